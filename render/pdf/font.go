package pdf

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"communique/render/page"
	"communique/render/text"
)

// fontUse is one font of the document and the glyphs used of it. Character code,
// CID and glyph of the embedded program are one number, from 1. Glyphs are numbered
// in an order of their own and not by first use, so that texts with the same
// letters have the same program, which is made once.
type fontUse struct {
	font   *text.Font
	name   string   // in the resource dictionary
	codes  []uint16 // by page.Glyph.ID; 0 is not used
	glyphs []*page.Glyph
	marks  []*page.Glyph // the writer's own, which no shaper knows; they are in glyphs too
	places []uint16      // their codes
	again  bool          // it is used by its second name too
	spaced bool          // a code that is nothing but a space is shown
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

// collect finds the fonts and glyphs of the whole document, and gives glyphs their codes.
func (p *painter) collect() {
	for _, pg := range p.doc.Pages {
		for _, c := range pg.Contents {
			for _, m := range c.Marks {
				if t, ok := m.(*page.Text); ok && len(t.Run.Words) > 0 {
					p.collectRun(&t.Run)
				}
			}
		}
	}
	for _, u := range p.fonts {
		u.number()
	}
}

func (p *painter) collectRun(r *page.Run) {
	u := p.use(r.Font)
	if u == nil {
		return
	}
	for _, w := range r.Words {
		for i := range w.Glyphs {
			g := w.Glyphs[i].Glyph
			if int(g.ID) >= len(u.codes) {
				u.codes = append(u.codes, make([]uint16, int(g.ID)+1-len(u.codes))...)
			}
			if c := u.codes[g.ID]; c == 0 {
				u.glyphs = append(u.glyphs, g)
				u.codes[g.ID] = uint16(len(u.glyphs)) // Subset refuses more than fit
			} else if u.glyphs[c-1] != g {
				p.fail(errForeignGlyph)
			}
		}
	}
}

// number orders the glyphs by what they are, whatever shaper made them.
func (u *fontUse) number() {
	slices.SortFunc(u.glyphs, func(a, b *page.Glyph) int {
		if c := slices.CompareFunc(a.Parts, b.Parts, compareParts); c != 0 {
			return c
		}
		return cmp.Or(strings.Compare(a.Text, b.Text), cmp.Compare(a.Width, b.Width))
	})
	for i, g := range u.glyphs {
		u.codes[g.ID] = uint16(i + 1)
	}
}

func compareParts(a, b page.Part) int {
	return cmp.Or(cmp.Compare(a.GID, b.GID), cmp.Compare(a.DX, b.DX), cmp.Compare(a.DY, b.DY))
}

// code is the character code of a glyph.
func (u *fontUse) code(g *page.Glyph) uint16 { return u.codes[g.ID] }

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
func (u *fontUse) write(b *builder, made *programs) error {
	p, err := made.of(u)
	if err != nil {
		return err
	}
	descendant, descriptor, file, unicode := b.alloc(), b.alloc(), b.alloc(), b.alloc()
	b.stream(file, "/Length1 "+strconv.Itoa(p.length)+flate, p.file)
	b.stream(unicode, flate, p.unicode)
	name := p.tag + "+" + u.font.Name()
	b.object(u.object).raw("<</Type/Font/Subtype/Type0/BaseFont/").raw(name).
		raw("/Encoding/Identity-H/DescendantFonts[").ref(descendant).raw("]/ToUnicode ").ref(unicode).raw(">>")
	b.object(descendant).raw("<</Type/Font/Subtype/CIDFontType2/BaseFont/").raw(name).
		raw("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/DW 0/FontDescriptor ").
		ref(descriptor).raw("/W[1[").raw(p.widths).raw("]]>>")
	u.descriptor(b.object(descriptor), name, file)
	return nil
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
