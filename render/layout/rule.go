package layout

import "communique/render/page"

// rule sets a thematic break: a short line in the middle.
func (b *builder) rule() {
	b.space(b.th.Space.Paragraph * 1.5)
	width := b.frame.width() / 5
	left := b.align(width, alignCenter)
	b.add(box{height: b.th.Rules.Thin, item: &stroke{left, left + width, b.th.Rules.Thin, page.Color(b.th.Light.Muted)}})
	b.space(b.th.Space.Paragraph * 1.5)
}

// stroke is a horizontal line.
type stroke struct {
	left, right, width float64
	color              page.Color
}

func (s *stroke) paint(p *painter, top float64) {
	p.over(&page.Rect{X: s.left + p.shift, Y: top, Width: s.right - s.left, Height: s.width, Color: s.color})
}
