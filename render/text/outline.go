package text

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"communique/render/page"
)

// empty tells that a glyph of the font draws nothing.
func (f *Font) empty(gid uint16) bool {
	start, end := f.outlines.span(gid)
	return end <= start
}

// outlines are the tables loca and glyf.
type outlines struct {
	file   io.ReaderAt
	offset int64 // of glyf in the file
	size   int64 // of glyf
	loca   []byte
	long   bool // loca holds 32-bit offsets
	count  int

	mu     sync.RWMutex
	cache  map[uint16][]byte // glyphs as read, without hinting
	cached int               // bytes in cache
}

func (f *Font) readOutlineIndex(d *directory) (err error) {
	o := &f.outlines
	glyf, ok := d.find("glyf")
	if !ok {
		return fmt.Errorf("table glyf is missing: only TrueType outlines can be embedded")
	}
	o.file, o.offset, o.size, o.count = d.file, int64(glyf.offset), int64(glyf.length), f.glyphCount
	o.long = u16(f.head[50:]) != 0
	entry := 2
	if o.long {
		entry = 4
	}
	o.loca, err = d.table("loca", entry*(o.count+1))
	o.cache = make(map[uint16][]byte)
	return err
}

// span is where a glyph's outline stands in glyf; empty if there is none.
func (o *outlines) span(gid uint16) (start, end int64) {
	switch i := int(gid); {
	case i >= o.count:
		return 0, 0
	case o.long:
		return int64(u32(o.loca[4*i:])), int64(u32(o.loca[4*i+4:]))
	default:
		return 2 * int64(u16(o.loca[2*i:])), 2 * int64(u16(o.loca[2*i+2:]))
	}
}

// maxCachedOutlines bounds the outlines that one font keeps in memory. A Chinese
// font has 10 MB of them, of which a press office uses a tenth.
const maxCachedOutlines = 4 << 20

// maxComponentDepth bounds composites of composites; real fonts have 2 or 3 levels.
const maxComponentDepth = 8

// Flags of a simple glyph's points and of a composite glyph's components
// (OpenType, "glyf").
const (
	pointXShort    = 0x02
	pointYShort    = 0x04
	pointRepeat    = 0x08
	pointXSame     = 0x10
	pointYSame     = 0x20
	argsAreWords   = 0x0001
	argsAreOffsets = 0x0002
	hasScale       = 0x0008
	moreComponents = 0x0020
	hasXYScale     = 0x0040
	hasMatrix      = 0x0080
	hasProgram     = 0x0100
	transformed    = hasScale | hasXYScale | hasMatrix
	glyphHeader    = 10 // number of contours and bounding box
)

var errOutline = errors.New("the outline is cut short")

// outline returns a glyph's outline without its hinting program and padding; it
// is empty if the glyph draws nothing. Callers must not change it.
func (f *Font) outline(gid uint16) ([]byte, error) {
	o := &f.outlines
	o.mu.RLock()
	g, ok := o.cache[gid]
	o.mu.RUnlock()
	if ok {
		return g, nil
	}
	g, err := o.read(gid)
	if err != nil {
		return nil, fmt.Errorf("font %s: glyph %d: %w", f.file, gid, err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.cached += len(g); o.cached > maxCachedOutlines {
		clear(o.cache)
		o.cached = len(g)
	}
	o.cache[gid] = g
	return g, nil
}

// read fetches an outline from the file and checks it, so that nobody else needs to.
func (o *outlines) read(gid uint16) ([]byte, error) {
	start, end := o.span(gid)
	if start > end || end > o.size {
		return nil, fmt.Errorf("its outline lies at %d to %d of %d bytes", start, end, o.size)
	}
	if start == end {
		return nil, nil
	}
	g := make([]byte, end-start)
	if n, err := o.file.ReadAt(g, o.offset+start); n < len(g) {
		return nil, err
	}
	if len(g) < glyphHeader {
		return nil, errOutline
	}
	if i16(g) < 0 {
		return plainComposite(g)
	}
	return plainSimple(g)
}

// isComposite tells whether an outline is made of other glyphs.
func isComposite(g []byte) bool { return len(g) > 0 && i16(g) < 0 }

// plainSimple cuts the hinting program and the padding out of a simple glyph.
func plainSimple(g []byte) ([]byte, error) {
	contours := int(u16(g))
	if contours == 0 {
		return nil, nil
	}
	at := glyphHeader + 2*contours
	if len(g) < at+2 {
		return nil, errOutline
	}
	points := int(u16(g[at-2:])) + 1
	program := int(u16(g[at:]))
	if len(g) < at+2+program {
		return nil, errOutline
	}
	data := g[at+2+program:]
	n, err := pointBytes(data, points)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, at+2+n)
	out = append(out, g[:at]...)
	out = append(out, 0, 0)
	return append(out, data[:n]...), nil
}

// pointBytes is how many bytes flags and coordinates of that many points take.
func pointBytes(data []byte, points int) (int, error) {
	at, coordinates := 0, 0
	for points > 0 {
		if at+2 > len(data) { // a flag and its repeat count, or a flag and a coordinate at least
			if at+1 > len(data) || data[at]&pointRepeat != 0 {
				return 0, errOutline
			}
		}
		flag, same := data[at], 1
		at++
		if flag&pointRepeat != 0 {
			same += int(data[at])
			at++
		}
		if same > points {
			return 0, errOutline
		}
		coordinates += same * (coordinateBytes(flag, pointXShort, pointXSame) + coordinateBytes(flag, pointYShort, pointYSame))
		points -= same
	}
	if at+coordinates > len(data) {
		return 0, errOutline
	}
	return at + coordinates, nil
}

func coordinateBytes(flag, short, same byte) int {
	switch {
	case flag&short != 0:
		return 1
	case flag&same != 0:
		return 0
	}
	return 2
}

// component is one glyph drawn as part of a composite.
type component struct {
	at    int // its first byte in the outline
	flags uint16
	page.Part
}

// components lists what a composite is made of and where the list ends.
func components(g []byte) (list []component, end int, err error) {
	for at := glyphHeader; ; {
		if at+6 > len(g) {
			return nil, 0, errOutline
		}
		c := component{at: at, flags: u16(g[at:])}
		c.GID = u16(g[at+2:])
		size := 6
		if c.flags&argsAreWords != 0 {
			if size = 8; at+size > len(g) {
				return nil, 0, errOutline
			}
			c.DX, c.DY = i16(g[at+4:]), i16(g[at+6:])
		} else {
			c.DX, c.DY = int16(int8(g[at+4])), int16(int8(g[at+5]))
		}
		switch {
		case c.flags&hasScale != 0:
			size += 2
		case c.flags&hasXYScale != 0:
			size += 4
		case c.flags&hasMatrix != 0:
			size += 8
		}
		if at += size; at > len(g) {
			return nil, 0, errOutline
		}
		list = append(list, c)
		if c.flags&moreComponents == 0 {
			return list, at, nil
		}
	}
}

// plainComposite cuts the hinting program out of a composite glyph.
func plainComposite(g []byte) ([]byte, error) {
	list, end, err := components(g)
	if err != nil {
		return nil, err
	}
	g = g[:end:end]
	for _, c := range list {
		flags := c.flags &^ hasProgram
		g[c.at], g[c.at+1] = byte(flags>>8), byte(flags)
	}
	return g, nil
}

// place appends the outlines that draw a glyph at an offset, moved so that its
// left edge stands where hmtx wants it: a subset has edge and bearing equal.
func (f *Font) place(out []page.Part, p page.Part) ([]page.Part, error) {
	g, err := f.outline(p.GID)
	if err != nil || len(g) == 0 {
		return out, err
	}
	p.DX += f.bearing(p.GID) - i16(g[2:])
	return f.flatten(out, p, 0)
}

// flatten appends the outlines that draw a glyph at an offset. A composite whose
// components are only moved is taken apart; one that scales, turns or aligns
// them by their points stays whole.
func (f *Font) flatten(out []page.Part, p page.Part, depth int) ([]page.Part, error) {
	g, err := f.outline(p.GID)
	if err != nil || len(g) == 0 {
		return out, err
	}
	if !isComposite(g) {
		return append(out, p), nil
	}
	if depth == maxComponentDepth {
		return out, fmt.Errorf("font %s: glyph %d: composites are nested more than %d deep", f.file, p.GID, maxComponentDepth)
	}
	list, _, err := components(g)
	if err != nil {
		return out, err
	}
	whole := false
	for _, c := range list {
		whole = whole || c.flags&argsAreOffsets == 0 || c.flags&transformed != 0
	}
	start := len(out)
	for _, c := range list {
		c.DX, c.DY = c.DX+p.DX, c.DY+p.DY
		if out, err = f.flatten(out, c.Part, depth+1); err != nil {
			return out, err
		}
		if len(out)-start > maxComponents {
			return out, fmt.Errorf("font %s: glyph %d: more than %d components", f.file, p.GID, maxComponents)
		}
	}
	if whole { // its components were walked only to see that they are sound
		out = append(out[:start], p)
	}
	return out, nil
}

// maxComponents bounds the outlines that one character draws.
const maxComponents = 256
