package layout

import (
	"math"

	"communique/render/chart"
	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
)

// sketch is the drawing of a chart on the page, and what hangs beside its top.
type sketch struct {
	x       float64
	drawing *chart.Drawing
	// words are the texts of the drawing, in their order, colors the theme's.
	words  []*text.Line
	colors [chart.Ground + 1]page.Color
	elem   *page.Element
	// caption comes after the drawing in its element.
	caption *page.Element
	beside  []*line
}

// chart sets a chart with its caption. It takes all the width that there is, as
// the table of its figures does.
func (b *builder) chart(n *doc.Chart) {
	e := b.open(page.TypeFigure, &n.Attr)
	e.Alt = n.Alt
	caption := b.caption(n.Label, n.Caption, &n.Attr, e)
	room := b.pageRoom(b.turned) - b.th.Space.Item
	for _, l := range caption {
		room -= l.height
	}
	f := b.wideFrame()
	d := chart.Draw(n, chart.Options{Width: f.width(), Height: room, Size: b.th.Sizes.Label, RightToLeft: b.rtl})
	c := &b.th.Light
	s := &sketch{x: f.left, drawing: d, elem: e, beside: b.labels}
	s.colors = [...]page.Color{chart.Ink: page.Color(c.Ink), chart.Muted: page.Color(c.Muted), chart.Data: page.Color(c.Accent),
		chart.Grid: page.Color(c.Rule), chart.Ground: page.Color(c.Paper)}
	s.words = b.drawn(d, &s.colors)
	if len(caption) > 0 {
		s.caption = caption[0].elem
	}
	b.captioned(box{height: d.Height, item: s, float: b.floats(n.Caption)}, caption)
}

// drawn sets the texts of a drawing, each on its own line. The space at the end of
// one parts it from the next for whoever follows the structure. Where lines run from
// right to left, numbers do so within them, so that a row is read as one, and its start
// is a space (docs/extraction.md).
func (b *builder) drawn(d *chart.Drawing, colors *[chart.Ground + 1]page.Color) []*text.Line {
	var out []*text.Line
	for _, s := range d.Shapes {
		t, ok := s.(*chart.Text)
		if !ok {
			continue
		}
		words := t.Text
		if b.rtl && !t.RightToLeft {
			words = leftToRightIsolate + words + popIsolate
		}
		if !t.Joined && (words != "" || b.rtl) {
			words += " "
		}
		st := &text.Style{Family: b.th.Fonts.Text, Size: t.Size, Lang: b.lang, Color: colors[t.Color], Whole: true}
		const endless = 1e6 // the drawing has broken its lines
		set := b.o.Shaper.Lines(text.Paragraph{Spans: []text.Span{{Text: words, Style: st}}, RTL: b.rtl, Width: endless, Autospace: true})
		if len(set) == 0 {
			set = []text.Line{{}}
		}
		out = append(out, &set[0])
	}
	return out
}

func (s *sketch) paint(p *painter, top float64) {
	for _, l := range s.beside {
		l.runs(p, top+l.height/2+l.shift)
	}
	c, left, words := p.content(s.elem), s.x+p.shift, s.words
	for _, m := range s.drawing.Shapes {
		switch m := m.(type) {
		case *chart.Rect:
			c.Marks = append(c.Marks, &page.Rect{X: left + m.X, Y: top + m.Y, Width: m.Width, Height: m.Height, Color: s.colors[m.Color]})
		case *chart.Line:
			c.Marks = append(c.Marks, &page.Line{X1: left + m.X1, Y1: top + m.Y1, X2: left + m.X2, Y2: top + m.Y2,
				Width: m.Width, Dash: m.Dash, Gap: m.Gap, Color: s.colors[m.Color]})
		case *chart.Path:
			c.Marks = append(c.Marks, s.path(m, left, top))
		case *chart.Circle:
			c.Marks = append(c.Marks, s.circle(m, left, top))
		case *chart.Text:
			s.write(p, c, m, words[0], left+m.X, top+m.Y)
			words = words[1:]
		}
	}
	s.elem.Box = page.Box{X0: left, Y0: top, X1: left + s.drawing.Width, Y1: top + s.drawing.Height}
	if s.caption != nil {
		s.elem.Kids = append(s.elem.Kids, page.Kid{Element: s.caption})
	}
}

func (s *sketch) path(m *chart.Path, left, top float64) *page.Path {
	out := &page.Path{Points: make([]page.Point, len(m.Points)), Width: m.Width, Dash: m.Dash, Gap: m.Gap, Color: s.colors[m.Color]}
	for i, at := range m.Points {
		out.Points[i] = page.Point{X: left + at.X, Y: top + at.Y}
	}
	return out
}

// circle is a circle as so many sides that nobody sees them.
func (s *sketch) circle(m *chart.Circle, left, top float64) *page.Path {
	out := &page.Path{Points: make([]page.Point, 24), Color: s.colors[m.Color]}
	for i := range out.Points {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(len(out.Points)))
		out.Points[i] = page.Point{X: left + m.X + m.Radius*cos, Y: top + m.Y + m.Radius*sin}
	}
	return out
}

// write paints a line of words whose anchor is at x.
func (s *sketch) write(p *painter, c *page.Content, t *chart.Text, l *text.Line, x, base float64) {
	switch t.Anchor {
	case chart.Middle:
		x -= l.Width / 2
	case chart.Right:
		x -= l.Width
	case chart.Left:
	}
	p.b.painted++
	for i := range l.Runs {
		r := &l.Runs[i]
		c.Marks = append(c.Marks, &page.Text{X: x + r.X, Y: base, Run: r.Run, Line: p.b.painted, RightToLeft: p.b.rtl})
	}
}
