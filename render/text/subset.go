package text

import (
	"encoding/binary"
	"fmt"
	"math"

	"communique/render/page"
)

// Subset appends to dst a TrueType program that holds just what the glyphs draw
// (ISO 32000-1, 9.9: glyf, head, hhea, hmtx, loca, maxp; no hinting). Glyph 0 is
// .notdef and glyph i+1 is glyphs[i]; outlines that several glyphs share follow.
// It fails if the font file is damaged or there are too many glyphs.
func (f *Font) Subset(dst []byte, glyphs []*page.Glyph) ([]byte, error) {
	s := subset{font: f, numbers: make(map[uint16]uint16, 2*len(glyphs)), next: len(glyphs) + 1}
	s.glyf = make([]byte, 0, 160*len(glyphs))
	s.loca = append(make([]uint32, 0, 2*len(glyphs)+2), 0)
	s.hmtx = make([]byte, 0, 8*len(glyphs))
	if err := s.collect(glyphs); err != nil {
		return dst, err
	}
	if len(s.loca) > math.MaxUint16 {
		return dst, fmt.Errorf("font %s: a subset of %d glyphs, at most %d fit", f.file, len(s.loca)-1, math.MaxUint16-1)
	}
	return s.program(dst), nil
}

// subset is a font program being made.
type subset struct {
	font *Font
	// numbers gives the new glyph that is a source glyph's plain outline.
	numbers map[uint16]uint16
	// shared are source glyphs still to be added as plain outlines, in order of
	// number; next is the number of the next one.
	shared []uint16
	next   int

	glyf []byte
	loca []uint32
	hmtx []byte
	// deepest and widest composite, for maxp
	depth, width int
}

// collect fills glyf, loca and hmtx.
func (s *subset) collect(glyphs []*page.Glyph) error {
	f := s.font
	parts := make([]page.Part, 0, 2*len(glyphs))
	ends := make([]int, len(glyphs))
	var err error
	for i, g := range glyphs {
		start := len(parts)
		for _, p := range g.Parts {
			if parts, err = f.place(parts, p); err != nil {
				return err
			}
		}
		ends[i] = len(parts)
		if own := parts[start:]; len(own) == 1 && own[0].DX == 0 && own[0].DY == 0 {
			if _, ok := s.numbers[own[0].GID]; !ok {
				s.numbers[own[0].GID] = uint16(i + 1)
			}
		}
	}
	notdef, err := f.place(nil, page.Part{})
	if err != nil {
		return err
	}
	if err := s.add(notdef, f.advance(0)); err != nil {
		return err
	}
	start := 0
	for i, g := range glyphs {
		if err := s.add(parts[start:ends[i]], g.Width); err != nil {
			return err
		}
		start = ends[i]
	}
	for i := 0; i < len(s.shared); i++ {
		if err := s.add([]page.Part{{GID: s.shared[i]}}, 0); err != nil {
			return err
		}
	}
	return nil
}

// add writes the next glyph.
func (s *subset) add(parts []page.Part, width int32) (err error) {
	if width < 0 || width > math.MaxUint16 {
		return fmt.Errorf("font %s: a glyph of width %d", s.font.file, width)
	}
	left := int16(0)
	switch {
	case len(parts) == 0:
	case len(parts) == 1 && parts[0].DX == 0 && parts[0].DY == 0:
		left, err = s.copyOutline(parts[0].GID)
	default:
		left, err = s.compose(parts)
	}
	if len(s.glyf)%2 == 1 { // short offsets count in twos
		s.glyf = append(s.glyf, 0)
	}
	s.loca = append(s.loca, uint32(len(s.glyf)))
	s.hmtx = put16(s.hmtx, uint16(width))
	s.hmtx = put16(s.hmtx, uint16(left))
	return err
}

// number is the new glyph that is a source glyph's plain outline.
func (s *subset) number(gid uint16) uint16 {
	n, ok := s.numbers[gid]
	if !ok {
		n = uint16(s.next)
		s.next++
		s.numbers[gid] = n
		s.shared = append(s.shared, gid)
	}
	return n
}

// copyOutline writes an outline as it stands in the source; left is its left edge.
func (s *subset) copyOutline(gid uint16) (left int16, err error) {
	g, err := s.font.outline(gid)
	if err != nil || len(g) == 0 {
		return 0, err
	}
	at := len(s.glyf)
	s.glyf = append(s.glyf, g...)
	if isComposite(g) {
		list, _, err := components(g)
		if err != nil {
			return 0, err
		}
		for _, c := range list {
			binary.BigEndian.PutUint16(s.glyf[at+c.at+2:], s.number(c.GID))
		}
		// What its components are made of does not matter here: maxp may be too large.
		s.width, s.depth = max(s.width, len(list)), maxComponentDepth
	}
	return i16(g[2:]), nil
}

// compose writes a composite of several outlines; left is its left edge.
func (s *subset) compose(parts []page.Part) (left int16, err error) {
	box := [4]int16{math.MaxInt16, math.MaxInt16, math.MinInt16, math.MinInt16}
	for _, p := range parts {
		g, err := s.font.outline(p.GID)
		if err != nil {
			return 0, err
		}
		box[0], box[1] = min(box[0], i16(g[2:])+p.DX), min(box[1], i16(g[4:])+p.DY)
		box[2], box[3] = max(box[2], i16(g[6:])+p.DX), max(box[3], i16(g[8:])+p.DY)
	}
	s.glyf = put16(s.glyf, 0xffff) // minus one contour: a composite
	for _, v := range box {
		s.glyf = put16(s.glyf, uint16(v))
	}
	for i, p := range parts {
		flags := uint16(argsAreOffsets)
		if i < len(parts)-1 {
			flags |= moreComponents
		}
		small := int16(int8(p.DX)) == p.DX && int16(int8(p.DY)) == p.DY
		if !small {
			flags |= argsAreWords
		}
		s.glyf = put16(s.glyf, flags)
		s.glyf = put16(s.glyf, s.number(p.GID))
		if small {
			s.glyf = append(s.glyf, byte(p.DX), byte(p.DY))
		} else {
			s.glyf = put16(s.glyf, uint16(p.DX))
			s.glyf = put16(s.glyf, uint16(p.DY))
		}
	}
	s.width, s.depth = max(s.width, len(parts)), max(s.depth, 1)
	return box[0], nil
}

// program appends the whole font file.
func (s *subset) program(dst []byte) []byte {
	count := len(s.loca) - 1
	loca, long := s.packLoca()
	head := append([]byte(nil), s.font.head[:54]...)
	binary.BigEndian.PutUint32(head[8:], 0)                    // checkSumAdjustment, set below
	binary.BigEndian.PutUint16(head[16:], 0x0003)              // baseline at 0, left bearings are left edges
	binary.BigEndian.PutUint16(head[18:], uint16(s.font.upem)) // less than the file's own in a scaled font
	binary.BigEndian.PutUint16(head[50:], long)
	hhea := append([]byte(nil), s.font.hhea[:36]...)
	binary.BigEndian.PutUint16(hhea[34:], uint16(count))
	return writeFont(dst, []fontTable{
		{"glyf", s.glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", s.hmtx}, {"loca", loca}, {"maxp", s.profile(count)},
	})
}

// packLoca writes the offsets, in 16 bits if they fit.
func (s *subset) packLoca() (loca []byte, long uint16) {
	if len(s.glyf) > 2*math.MaxUint16 {
		for _, o := range s.loca {
			loca = binary.BigEndian.AppendUint32(loca, o)
		}
		return loca, 1
	}
	for _, o := range s.loca {
		loca = put16(loca, uint16(o/2))
	}
	return loca, 0
}

// profile writes maxp: the source's limits, those of composites raised to what
// was composed, those of hinting taken out.
func (s *subset) profile(count int) []byte {
	var t [32]byte
	copy(t[:10], s.font.maxp)
	binary.BigEndian.PutUint32(t[:], 0x00010000)
	binary.BigEndian.PutUint16(t[4:], uint16(count))
	for _, at := range [2]int{6, 8} { // points and contours; then those of composites
		most := int(u16(t[at:])) * max(1, s.width) * max(1, s.depth)
		binary.BigEndian.PutUint16(t[at+4:], uint16(min(most, math.MaxUint16)))
	}
	binary.BigEndian.PutUint16(t[14:], 1) // maxZones without a twilight zone
	binary.BigEndian.PutUint16(t[28:], uint16(s.width))
	binary.BigEndian.PutUint16(t[30:], uint16(s.depth))
	return t[:]
}

type fontTable struct {
	tag  string
	data []byte
}

// writeFont appends a font file made of the tables, which are in order of tag.
func writeFont(dst []byte, tables []fontTable) []byte {
	start, search, entry := len(dst), 1, 0
	for 2*search <= len(tables) {
		search, entry = 2*search, entry+1
	}
	dst = binary.BigEndian.AppendUint32(dst, 0x00010000)
	for _, v := range [4]int{len(tables), 16 * search, entry, 16 * (len(tables) - search)} {
		dst = put16(dst, uint16(v))
	}
	offset, adjustment, sum := 12+16*len(tables), 0, uint32(0)
	for _, t := range tables {
		if t.tag == "head" {
			adjustment = start + offset + 8
		}
		c := checksum(t.data)
		sum += c
		dst = append(dst, t.tag...)
		for _, v := range [3]uint32{c, uint32(offset), uint32(len(t.data))} {
			dst = binary.BigEndian.AppendUint32(dst, v)
		}
		offset += (len(t.data) + 3) &^ 3
	}
	sum += checksum(dst[start:])
	for _, t := range tables {
		dst = append(dst, t.data...)
		for (len(dst)-start)%4 != 0 {
			dst = append(dst, 0)
		}
	}
	binary.BigEndian.PutUint32(dst[adjustment:], 0xB1B0AFBA-sum)
	return dst
}

// checksum is a table's sum of 32-bit words, padded with zeros.
func checksum(b []byte) (sum uint32) {
	for ; len(b) >= 4; b = b[4:] {
		sum += u32(b)
	}
	var rest [4]byte
	copy(rest[:], b)
	return sum + u32(rest[:])
}

func put16(b []byte, v uint16) []byte { return append(b, byte(v>>8), byte(v)) }
