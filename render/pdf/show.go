package pdf

import "communique/render/page"

// text shows a run (ISO 32000-1, 9.4).
func (p *painter) text(t *page.Text) {
	u := p.use(t.Run.Font)
	if u == nil || len(t.Run.Words) == 0 {
		return
	}
	if s := &p.state; !s.inText {
		p.ops.raw("BT\n")
		s.inText, s.lineX, s.lineY = true, 0, 0
	}
	p.setFill(t.Run.Color)
	if s := &p.state; s.font != u || s.size != t.Run.Size {
		s.font, s.size = u, t.Run.Size
		p.ops.raw("/").raw(u.name).raw(" ").num(t.Run.Size).raw(" Tf\n")
	}
	if t.Run.RightToLeft {
		p.showRightToLeft(u, t)
		return
	}
	p.moveTo(t.X, t.Y)
	var s showing
	s.begin(p, u)
	for _, w := range t.Run.Words {
		s.glyphs(w.Glyphs)
	}
	s.end()
}

// showRightToLeft shows the run's glyphs from left to right, as most readers
// expect of right-to-left text, but the white space at its left end last, since
// it follows the text.
func (p *painter) showRightToLeft(u *fontUse, t *page.Text) {
	words := t.Run.Words
	last := words[len(words)-1]
	spaces, width := 0, int32(0)
	for spaces < len(last.Glyphs) && width < last.Trail {
		width += last.Glyphs[spaces].Advance
		spaces++
	}
	var s showing
	if len(words) > 1 || spaces < len(last.Glyphs) {
		p.moveTo(t.X+float64(width)*t.Run.Size/float64(u.font.UnitsPerEm()), t.Y)
		s.begin(p, u)
		s.glyphs(last.Glyphs[spaces:])
		for i := len(words) - 2; i >= 0; i-- {
			s.glyphs(words[i].Glyphs)
		}
		s.end()
	}
	if spaces > 0 {
		p.moveTo(t.X, t.Y)
		s.begin(p, u)
		s.glyphs(last.Glyphs[:spaces])
		s.end()
	}
}

// moveTo starts a text line at a place of the page. It counts from where readers
// think the last one is, so that rounding never adds up.
func (p *painter) moveTo(x, y float64) {
	s := &p.state
	hx, hy := hundredths(x), hundredths(p.height-y)
	p.ops.decimal(hx-s.lineX, 2).raw(" ").decimal(hy-s.lineY, 2).raw(" Td\n")
	s.lineX, s.lineY = hx, hy
}

func (p *painter) endText() {
	if p.state.inText {
		p.ops.raw("ET\n")
		p.state.inText = false
	}
}

// showing is one TJ operator (9.4.3) being written.
type showing struct {
	p *painter
	u *fontUse
	// owed is how far the pen must still move, in font units times 1000; what
	// does not make a whole thousandth of an em stays owed.
	owed int64
}

func (s *showing) begin(p *painter, u *fontUse) {
	*s = showing{p: p, u: u}
	p.ops.raw("[(")
}

// glyphs shows glyphs from left to right.
func (s *showing) glyphs(list []page.Placed) {
	upem := int64(s.u.font.UnitsPerEm())
	ops := &s.p.ops
	for _, g := range list {
		// Half a unit is no reason to move: a glyph's own width may be rounded.
		if move := roundDiv(s.owed, upem); move != 0 {
			ops.raw(")").int(int(-move)).raw("(")
			s.owed -= move * upem
		}
		code := s.u.code(s.p, g.Glyph)
		ops.literalByte(byte(code >> 8))
		ops.literalByte(byte(code))
		s.owed += int64(g.Advance-g.Glyph.Width) * 1000
	}
}

func (s *showing) end() { s.p.ops.raw(")]TJ\n") }

// roundDiv is a/b rounded to the nearest whole, b > 0.
func roundDiv(a, b int64) int64 {
	if a < 0 {
		return -((-a + b/2) / b)
	}
	return (a + b/2) / b
}
