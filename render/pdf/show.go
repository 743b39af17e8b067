package pdf

import (
	"math"

	"communique/render/page"
)

// text shows a run (ISO 32000-1, 9.4).
func (p *painter) text(t *page.Text) {
	if len(p.queue) > 0 && p.queue[0].text == t {
		p.pieces(t)
		return
	}
	u := p.use(t.Run.Font)
	if u == nil || len(t.Run.Words) == 0 {
		return
	}
	u.spaced = true // or not; it matters in right-to-left lines only
	p.beginText()
	p.setFill(t.Run.Color)
	p.setFont(u, t.Run.Size, false)
	p.moveTo(t.X, t.Y)
	var s showing
	s.begin(p, u)
	for i, w := range t.Run.Words {
		s.glyphs(w.Glyphs)
		if t.Run.Extra != nil {
			s.owed += int64(t.Run.Extra[i]) * 1000
		}
	}
	s.end()
}

// direct arranges the page's lines that have to do with right-to-left text; the
// others are shown as they come. Texts find their pieces at the queue's head, as
// pieces stand in the order in which the texts are painted.
func (p *painter) direct(pg *page.Page) {
	p.queue, p.row = nil, p.row[:0]
	if p.scratch != nil {
		p.queue, p.scratch.codes = p.scratch.queue[:0], p.scratch.codes[:0]
	}
	directed := false
	var last row
	var in *page.Element // the cell of the line
	start := 0           // of the row in the queue
	end := func() {
		r := extent(p.row)
		r.cell = in
		if directed {
			if p.scratch == nil {
				p.scratch = scratches.get()
				p.queue = p.scratch.queue[:0]
			}
			list := p.scratch.arrange(p.row, directionMarks)
			between := join(last, r, p.row, list)
			if between == nil {
				p.queue = append(p.queue, stack(last, r, p.row, list)...)
				start = len(p.queue)
			} else if start < len(p.queue) {
				p.scratch.startRow(&p.queue[start])
			}
			p.queue = append(append(p.queue, between...), list...)
		} else {
			start = len(p.queue)
		}
		last = r
		p.row, directed = p.row[:0], false
	}
	for _, c := range pg.Contents {
		for _, m := range c.Marks {
			t, ok := m.(*page.Text)
			if !ok {
				continue
			}
			if n := len(p.row); n > 0 && (t.Line == 0 || t.Line != p.row[n-1].Line) {
				end()
			}
			if len(p.row) == 0 {
				in = cell(c.Element)
			}
			f := p.library(t.Run.Font)
			if f == nil {
				continue
			}
			p.row = append(p.row, lineRun{t, t.Run.Size / float64(f.UnitsPerEm())})
			directed = directed || t.RightToLeft || t.Run.RightToLeft
		}
	}
	end()
	if p.scratch != nil {
		p.scratch.queue = p.queue
	}
}

// pieces shows a run as the text objects at the head of the queue.
func (p *painter) pieces(t *page.Text) {
	p.endText()
	u := p.use(t.Run.Font)
	for len(p.queue) > 0 && p.queue[0].text == t {
		next := &p.queue[0]
		p.queue = p.queue[1:]
		p.beginText()
		p.setFill(t.Run.Color)
		p.setFont(u, t.Run.Size, next.again)
		p.moveTo(next.x+next.codes[0].shift, t.Y-next.up)
		var s showing
		s.begin(p, u)
		s.codes(next.codes, t.Run.Size)
		s.end()
		p.endText()
	}
}

func (p *painter) beginText() {
	if s := &p.state; !s.inText {
		p.ops.raw("BT\n")
		s.inText, s.lineX, s.lineY = true, 0, 0
	}
}

// setFont chooses a font by its name, or by its second one.
func (p *painter) setFont(u *fontUse, size float64, again bool) {
	s := &p.state
	if s.font == u && s.size == size && s.again == again {
		return
	}
	s.font, s.size, s.again = u, size, again
	p.ops.raw("/").raw(u.name)
	if again {
		u.again = true
		p.ops.raw(secondName)
	}
	p.ops.raw(" ").num(size).raw(" Tf\n")
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
	// marked tells that the last code was a mark, of this width in font units.
	marked bool
	width  int32
}

func (s *showing) begin(p *painter, u *fontUse) {
	*s = showing{p: p, u: u}
	p.ops.raw("[(")
}

// glyphs shows glyphs from left to right.
func (s *showing) glyphs(list []page.Placed) {
	for _, g := range list {
		s.code(s.u.code(g.Glyph), g.Advance-g.Glyph.Width)
	}
}

// codes shows codes from left to right, the marks among them beside their place.
func (s *showing) codes(list []code, size float64) {
	upem := float64(s.u.font.UnitsPerEm())
	shift := list[0].shift
	for i := range list {
		c := &list[i]
		if c.shift != shift {
			s.owed += int64(math.Round((c.shift - shift) / size * upem * 1000))
			shift = c.shift
		}
		if c.glyph != nil {
			s.u.spaced = s.u.spaced || c.glyph.Text == " "
			s.code(s.u.code(c.glyph), c.advance-c.glyph.Width)
		} else {
			s.code(s.u.mark(c.mark, c.width), c.advance-c.width)
		}
		s.marked, s.width = c.glyph == nil, c.width
	}
}

// code shows one code; extra is what the pen moves beyond its width.
func (s *showing) code(code uint16, extra int32) {
	upem := int64(s.u.font.UnitsPerEm())
	ops := &s.p.ops
	// Half a unit is no reason to move: a glyph's own width may be rounded.
	if move := roundDiv(s.owed, upem); move != 0 {
		ops.raw(")")
		if s.marked { // pdf.js forgets its width, and the first number after it
			const back = -100 // a move that is more than the width
			switch rest := move + roundDiv(int64(s.width)*1000, upem); {
			case move > 1:
				ops.raw("-1 ")
				move--
				s.owed -= upem
			case rest < back:
				ops.raw("1 ")
				move++
				s.owed += upem
			}
		}
		ops.int(int(-move)).raw("(")
		s.owed -= move * upem
	}
	ops.literalByte(byte(code >> 8))
	ops.literalByte(byte(code))
	s.owed += int64(extra) * 1000
}

func (s *showing) end() { s.p.ops.raw(")]TJ\n") }

// roundDiv is a/b rounded to the nearest whole, b > 0.
func roundDiv(a, b int64) int64 {
	if a < 0 {
		return -((-a + b/2) / b)
	}
	return (a + b/2) / b
}
