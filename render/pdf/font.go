package pdf

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"

	"communique/render/page"
	"communique/render/text"
)

// fontUse is one font of the document and the glyphs used of it. Character code,
// CID and glyph of the embedded program are one number, given by first use from 1.
type fontUse struct {
	font   *text.Font
	name   string   // in the resource dictionary
	codes  []uint16 // by page.Glyph.ID; 0 is not used yet
	glyphs []*page.Glyph
	marks  []*page.Glyph // the writer's own, which no shaper knows; they are in glyphs too
	places []uint16      // their codes
	again  bool          // it is used by its second name too
	object int
}

// secondName is what a font's second name adds to the first.
const secondName = "r"

// use returns the font's use in this document, nil after a failure.
func (p *painter) use(id page.FontID) *fontUse {
	for int(id) >= len(p.byID) {
		p.byID = append(p.byID, nil)
	}
	if u := p.byID[id]; u != nil {
		return u
	}
	f := p.library(id)
	if f == nil {
		p.fail(fmt.Errorf("text in font %d, which the library does not have", id))
		return nil
	}
	u := &fontUse{font: f, name: "F" + strconv.Itoa(len(p.fonts)+1)}
	p.byID[id] = u
	p.fonts = append(p.fonts, u)
	return u
}

var errForeignGlyph = errors.New("two glyphs of one font have the same ID: the text comes from two shapers")

// code is the character code of a glyph.
func (u *fontUse) code(p *painter, g *page.Glyph) uint16 {
	if need := int(g.ID) + 1 - len(u.codes); need > 0 {
		u.codes = append(u.codes, make([]uint16, need)...)
	}
	c := u.codes[g.ID]
	if c == 0 {
		u.glyphs = append(u.glyphs, g)
		c = uint16(len(u.glyphs)) // Subset refuses more than fit
		u.codes[g.ID] = c
	} else if u.glyphs[c-1] != g {
		p.fail(errForeignGlyph)
	}
	return c
}

// mark is the character code of a blank glyph with a text of its own.
func (u *fontUse) mark(text string, width int32) uint16 {
	for i, g := range u.marks {
		if g.Text == text && g.Width == width {
			return u.places[i]
		}
	}
	g := &page.Glyph{Width: width, Text: text}
	u.glyphs = append(u.glyphs, g)
	u.marks, u.places = append(u.marks, g), append(u.places, uint16(len(u.glyphs)))
	return uint16(len(u.glyphs))
}

// Font flags (ISO 32000-1, table 123).
const (
	flagFixedPitch = 1 << 0
	flagSerif      = 1 << 1
	flagSymbolic   = 1 << 2 // its glyphs are not the standard Latin set
	flagItalic     = 1 << 6
)

// write emits the font's objects: a Type 0 font with a CIDFontType2 descendant
// (9.7), its program and its map to Unicode.
func (u *fontUse) write(b *builder) error {
	scratch := buffers.get()
	defer buffers.put(scratch)
	program, err := u.font.Subset((*scratch)[:0], u.glyphs)
	if err != nil {
		return err
	}
	descendant, descriptor, file, unicode := b.alloc(), b.alloc(), b.alloc(), b.alloc()
	b.deflated(file, "/Length1 "+strconv.Itoa(len(program)), program)
	name := u.subsetTag(program) + "+" + u.font.Name()
	*scratch = program[:0]

	cmap := syntax(program[:0])
	if err := u.unicodeMap(&cmap); err != nil {
		return err
	}
	b.deflated(unicode, "", cmap)
	*scratch = cmap[:0]

	b.object(u.object).raw("<</Type/Font/Subtype/Type0/BaseFont/").raw(name).
		raw("/Encoding/Identity-H/DescendantFonts[").ref(descendant).raw("]/ToUnicode ").ref(unicode).raw(">>")
	u.widths(b.object(descendant).raw("<</Type/Font/Subtype/CIDFontType2/BaseFont/").raw(name).
		raw("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/DW 0/FontDescriptor ").
		ref(descriptor).raw("/W[1[")).raw("]]>>")
	u.descriptor(b.object(descriptor), name, file)
	return nil
}

// widths appends the glyphs' widths in thousandths of an em.
func (u *fontUse) widths(s *syntax) *syntax {
	upem := int64(u.font.UnitsPerEm())
	for i, g := range u.glyphs {
		if i > 0 {
			s.raw(" ")
		}
		s.decimal(roundDiv(int64(g.Width)*100_000, upem), 2)
	}
	return s
}

// descriptor writes the font descriptor (9.8).
func (u *fontUse) descriptor(s *syntax, name string, file int) {
	f := u.font
	milli := func(v int32) int { return int(roundDiv(int64(v)*1000, int64(f.UnitsPerEm()))) }
	flags, stem := flagSymbolic, 80
	if f.Mono() {
		flags |= flagFixedPitch
	}
	if f.Serif() {
		flags |= flagSerif
	}
	if f.Italic() {
		flags |= flagItalic
	}
	if f.Bold() {
		stem = 140
	}
	s.raw("<</Type/FontDescriptor/FontName/").raw(name).raw("/Flags ").int(flags).raw("/FontBBox[")
	for i, v := range f.BBox() {
		if i > 0 {
			s.raw(" ")
		}
		s.int(milli(int32(v)))
	}
	s.raw("]/ItalicAngle ").num(f.ItalicAngle()).raw("/Ascent ").int(milli(f.Ascent())).
		raw("/Descent ").int(milli(f.Descent())).raw("/CapHeight ").int(milli(f.CapHeight())).
		raw("/StemV ").int(stem).raw("/FontFile2 ").ref(file).raw(">>")
}

// subsetTag is six letters that tell subsets of one font apart (9.6.4).
func (u *fontUse) subsetTag(program []byte) string {
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
