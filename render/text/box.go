package text

import (
	"fmt"
	"unicode/utf8"

	"communique/render/page"
)

// box is the glyphs of which a font builds the sign for a character that no font
// has: a frame of dashes and bars around the code point in small digits.
type box struct {
	dash, bar frame
	digits    [16]frame
	// cell is the space for one digit.
	cellWidth, cellHeight int32
}

// frame is a glyph and its bounding box in font units.
type frame struct {
	gid                      uint16
	left, bottom, right, top int32
}

// boxDigits are the small digits: superscripts and modifier letters.
const boxDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠ"

// newBox collects the glyphs; nil if the font lacks one.
func newBox(f *fontState) *box {
	b := &box{}
	ok := f.frame('—', &b.dash) && f.frame('|', &b.bar)
	for i, at := 0, 0; ok && i < len(b.digits); i++ {
		r, n := utf8.DecodeRuneInString(boxDigits[at:])
		at += n
		d := &b.digits[i]
		ok = f.frame(r, d)
		b.cellWidth = max(b.cellWidth, d.right-d.left)
		b.cellHeight = max(b.cellHeight, d.top-d.bottom)
	}
	if !ok {
		return nil
	}
	return b
}

// frame reads a character's glyph and bounding box.
func (f *fontState) frame(r rune, to *frame) bool {
	gid, ok := f.face.NominalGlyph(r)
	if !ok {
		return false
	}
	o, err := f.font.outline(uint16(gid))
	if err != nil || len(o) < glyphHeader {
		return false
	}
	*to = frame{uint16(gid), int32(i16(o[2:])), int32(i16(o[4:])), int32(i16(o[6:])), int32(i16(o[8:]))}
	return true
}

// addBox appends the sign for a character to s.parts at pen and returns its advance.
func (s *Shaper) addBox(f *fontState, r rune, pen int32) int32 {
	b := s.boxOf(f)
	if b == nil { // the font's own sign
		if !f.font.empty(0) {
			s.parts = append(s.parts, page.Part{GID: 0, DX: int16(pen)})
		}
		return f.font.advance(0)
	}
	hex := fmt.Sprintf("%04x", r)
	if len(hex) > 4 {
		hex = fmt.Sprintf("%06x", r)
	}
	columns := int32(len(hex) / 2)
	gap, stroke := f.font.upem/16, b.bar.right-b.bar.left
	width := max(columns*(b.cellWidth+gap/2)+2*gap+2*stroke, b.dash.right-b.dash.left)
	height := max(2*b.cellHeight+3*gap+2*(b.dash.top-b.dash.bottom), b.bar.top-b.bar.bottom)
	left := pen + gap
	bottom := (f.font.CapHeight() - height) / 2
	s.addFrame(b, left, bottom, width, height)
	step := (width - 2*stroke) / columns
	for i, c := range hex {
		d := b.digits[hexValue(c)]
		column, row := int32(i)%columns, 1-int32(i)/columns
		x := left + stroke + column*step + (step-(d.right-d.left))/2
		y := bottom + height/2 + gap/2 + (row-1)*(b.cellHeight+gap)
		s.parts = append(s.parts, page.Part{GID: d.gid, DX: int16(x - d.left), DY: int16(y - d.bottom)})
	}
	return width + 2*gap
}

// addFrame appends the four sides; a side longer than its glyph gets two.
func (s *Shaper) addFrame(b *box, left, bottom, width, height int32) {
	add := func(f frame, x, y int32) {
		s.parts = append(s.parts, page.Part{GID: f.gid, DX: int16(x - f.left), DY: int16(y - f.bottom)})
	}
	dashWidth, dashHeight := b.dash.right-b.dash.left, b.dash.top-b.dash.bottom
	barWidth, barHeight := b.bar.right-b.bar.left, b.bar.top-b.bar.bottom
	for _, y := range [2]int32{bottom, bottom + height - dashHeight} {
		add(b.dash, left, y)
		if width > dashWidth {
			add(b.dash, left+width-dashWidth, y)
		}
	}
	for _, x := range [2]int32{left, left + width - barWidth} {
		add(b.bar, x, bottom)
		if height > barHeight {
			add(b.bar, x, bottom+height-barHeight)
		}
	}
}

func hexValue(c rune) int {
	if c >= 'a' {
		return int(c-'a') + 10
	}
	return int(c - '0')
}

// boxOf is the font's box, made once; nil if the font cannot draw one.
func (s *Shaper) boxOf(f *fontState) *box {
	if !f.boxed {
		f.box, f.boxed = newBox(f), true
	}
	return f.box
}

// boxFont is the font that draws the sign for a missing character in a style:
// the first that can build the box, else the first that can be read at all.
func (s *Shaper) boxFont(k styleKey) *slot {
	list := s.candidates(k, scriptPair{script: "Latn"})
	found := list[0]
	for i := len(list) - 1; i >= 0; i-- {
		if s.state(list[i]) != nil {
			found = list[i]
		}
	}
	for _, c := range list {
		if f := s.state(c); f != nil && s.boxOf(f) != nil {
			return c
		}
	}
	return found
}
