package html

import (
	"math"
	"strconv"

	"communique/render/chart"
	"communique/render/doc"
	"communique/render/theme"
)

// slimChart is the width in points for which a chart is drawn a second time, for
// the screens of phones.
const slimChart = 240

// chart writes a chart as vectors, with its words for those who do not see it. The
// style sheet shows one of two drawings, by the width of the screen.
func (b *body) chart(n *doc.Chart) {
	dir := n.Dir
	if dir == doc.Inherit {
		dir = b.d.Meta.Dir
	}
	t, rtl := b.o.Theme, dir == doc.RightToLeft
	paper, _ := theme.Size(t.Paper.Default)
	b.open("figure", &n.Attr)
	b.raw(` class="chart"><div role="img"`)
	b.attribute("aria-label", n.Alt)
	b.raw(">\n")
	for _, d := range [...]struct {
		class string
		width float64
	}{{"broad", paper.Width - 2*t.Paper.Side}, {"slim", slimChart}} {
		b.drawing(chart.Draw(n, chart.Options{Width: d.width, Size: t.Sizes.Label, RightToLeft: rtl}), d.class, rtl)
	}
	b.raw("</div>")
	if len(n.Caption) > 0 {
		b.figcaption(n.Label, n.Caption)
	}
	b.raw("</figure>")
}

// inks are the classes of shapes.
var inks = [...]string{chart.Ink: "ink", chart.Muted: "muted", chart.Data: "data", chart.Grid: "grid", chart.Ground: "ground"}

// drawing writes a drawing as SVG, whose lengths are points.
func (b *body) drawing(d *chart.Drawing, class string, rtl bool) {
	b.raw(`<svg class="`, class, `" aria-hidden="true" direction="`, direction(rtl), `" viewBox="0 0`)
	b.length(" ", d.Width)
	b.length(" ", math.Ceil(d.Height))
	b.raw(`">` + "\n")
	for _, s := range d.Shapes {
		switch s := s.(type) {
		case *chart.Rect:
			b.shape("rect", s.Color)
			b.lengths(" x", s.X, " y", s.Y, " width", s.Width, " height", s.Height)
			b.raw("/>\n")
		case *chart.Line:
			b.shape("line", s.Color)
			b.lengths(" x1", s.X1, " y1", s.Y1, " x2", s.X2, " y2", s.Y2)
			b.stroke(s.Width, s.Dash, s.Gap)
		case *chart.Path:
			b.path(s)
		case *chart.Circle:
			b.shape("circle", s.Color)
			b.lengths(" cx", s.X, " cy", s.Y, " r", s.Radius)
			b.raw("/>\n")
		case *chart.Text:
			if s.Text != "" {
				b.label(s, rtl)
			}
		}
	}
	b.raw("</svg>\n")
}

func (b *body) shape(tag string, c chart.Color) { b.raw("<", tag, ` class="`, inks[c], `"`) }

// lengths writes attributes: pairs of a name and a length.
func (b *body) lengths(pairs ...any) {
	for i := 0; i+1 < len(pairs); i += 2 {
		b.raw(pairs[i].(string), `="`)
		b.length("", pairs[i+1].(float64))
		b.raw(`"`)
	}
}

// length writes a number to a hundredth.
func (b *body) length(before string, v float64) {
	b.raw(before)
	b.buf = strconv.AppendFloat(b.buf, math.Round(v*100)/100+0, 'f', -1, 64)
}

// stroke ends an element that is a line.
func (b *body) stroke(width, dash, gap float64) {
	b.lengths(" stroke-width", width)
	if dash > 0 {
		b.raw(` stroke-dasharray="`)
		b.length("", dash)
		b.length(" ", gap)
		b.raw(`"`)
	}
	b.raw("/>\n")
}

func (b *body) path(s *chart.Path) {
	tag := "polygon"
	if s.Width > 0 {
		tag = "polyline"
	}
	b.shape(tag, s.Color)
	b.raw(` points="`)
	for i, at := range s.Points {
		if i > 0 {
			b.raw(" ")
		}
		b.length("", at.X)
		b.length(",", at.Y)
	}
	b.raw(`"`)
	if s.Width > 0 {
		b.stroke(s.Width, s.Dash, s.Gap)
		return
	}
	b.raw("/>\n")
}

// label writes a line of words in a drawing that runs from right to left or not. SVG
// counts its anchors in the direction of the text.
func (b *body) label(s *chart.Text, rtl bool) {
	anchor := s.Anchor
	b.shape("text", s.Color)
	b.lengths(" x", s.X, " y", s.Y, " font-size", s.Size)
	if s.RightToLeft {
		anchor = chart.Right - anchor
	}
	if s.RightToLeft != rtl {
		b.raw(` direction="`, direction(s.RightToLeft), `"`)
	}
	switch anchor {
	case chart.Middle:
		b.raw(` text-anchor="middle"`)
	case chart.Right:
		b.raw(` text-anchor="end"`)
	case chart.Left:
	}
	b.raw(">")
	b.text(s.Text)
	b.raw("</text>\n")
}

func direction(rtl bool) string {
	if rtl {
		return doc.RightToLeft.String()
	}
	return doc.LeftToRight.String()
}
