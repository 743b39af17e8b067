package pdf

import (
	"container/list"
	"crypto/sha256"
	"encoding/binary"
	"hash/fnv"
	"sync"

	"communique/render/text"
)

// program is a font made for a set of glyphs: what of it goes into a file.
type program struct {
	// length is that of the font program before compression; file and unicode are compressed.
	length        int
	file, unicode []byte
	tag, widths   string
}

// programs keeps the fonts made last. Subsetting and compressing them is most of
// what a short document costs, and texts of one office in one language use the same
// letters again and again. What is kept never shows: a program depends on its glyphs
// alone. It is safe for many goroutines.
type programs struct {
	mu sync.Mutex
	// byKey leads to the elements of recent, which are *kept, the latest used in front.
	byKey  map[programKey]*list.Element
	recent list.List
	bytes  int
}

// maxKept bounds what programs holds, in bytes.
const maxKept = 8 << 20

type programKey struct {
	font   *text.Font
	glyphs [sha256.Size]byte
}

type kept struct {
	key programKey
	*program
}

func (p *program) bytes() int { return len(p.file) + len(p.unicode) + len(p.widths) }

// of returns the program of a font's glyphs, made now if it is not kept.
func (ps *programs) of(u *fontUse) (*program, error) {
	key := programKey{u.font, u.digest()}
	if p := ps.find(key); p != nil {
		return p, nil
	}
	p, err := u.program()
	if err == nil {
		ps.keep(key, p)
	}
	return p, err
}

func (ps *programs) find(key programKey) *program {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	e := ps.byKey[key]
	if e == nil {
		return nil
	}
	ps.recent.MoveToFront(e)
	return e.Value.(*kept).program
}

func (ps *programs) keep(key programKey, p *program) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if ps.byKey[key] != nil || p.bytes() > maxKept/4 {
		return
	}
	if ps.byKey == nil {
		ps.byKey = map[programKey]*list.Element{}
	}
	ps.byKey[key] = ps.recent.PushFront(&kept{key, p})
	ps.bytes += p.bytes()
	for ps.bytes > maxKept {
		last := ps.recent.Remove(ps.recent.Back()).(*kept)
		delete(ps.byKey, last.key)
		ps.bytes -= last.bytes()
	}
}

// digest tells sets of glyphs apart by all that goes into the program.
func (u *fontUse) digest() [sha256.Size]byte {
	scratch := buffers.get()
	b := (*scratch)[:0]
	for _, g := range u.glyphs {
		b = binary.AppendVarint(b, int64(g.Width))
		b = binary.AppendUvarint(b, uint64(len(g.Parts)))
		for _, p := range g.Parts {
			b = binary.LittleEndian.AppendUint16(b, p.GID)
			b = binary.LittleEndian.AppendUint16(b, uint16(p.DX))
			b = binary.LittleEndian.AppendUint16(b, uint16(p.DY))
		}
		b = binary.AppendUvarint(b, uint64(len(g.Text)))
		b = append(b, g.Text...)
	}
	if u.spaced {
		b = append(b, 1)
	}
	sum := sha256.Sum256(b)
	*scratch = b
	buffers.put(scratch)
	return sum
}

// program makes the font program, its map to Unicode and its widths.
func (u *fontUse) program() (*program, error) {
	scratch := buffers.get()
	defer buffers.put(scratch)
	source, err := u.font.Subset((*scratch)[:0], u.glyphs)
	if err != nil {
		return nil, err
	}
	*scratch = source
	p := &program{length: len(source), tag: subsetTag(source), file: compressed(source)}
	cmap := syntax(source[:0])
	if err := u.unicodeMap(&cmap); err != nil {
		return nil, err
	}
	*scratch = cmap
	p.unicode = compressed(cmap)
	widths := syntax(cmap[:0])
	u.widths(&widths)
	p.widths = string(widths)
	return p, nil
}

// widths appends the glyphs' widths in thousandths of an em.
func (u *fontUse) widths(s *syntax) {
	upem := int64(u.font.UnitsPerEm())
	for i, g := range u.glyphs {
		if i > 0 {
			s.raw(" ")
		}
		s.decimal(roundDiv(int64(g.Width)*100_000, upem), 2)
	}
}

// subsetTag is six letters that tell subsets of one font apart (ISO 32000-1, 9.6.4).
func subsetTag(program []byte) string {
	h := fnv.New64a()
	h.Write(program)
	v := h.Sum64()
	var tag [6]byte
	for i := range tag {
		tag[i] = 'A' + byte(v%26)
		v /= 26
	}
	return string(tag[:])
}
