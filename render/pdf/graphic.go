package pdf

import (
	"cmp"

	"communique/render/page"
)

// rect paints a filled rectangle.
func (p *painter) rect(r *page.Rect) {
	p.endText()
	p.setFill(r.Color)
	p.flush()
	p.fpdf.Rect(r.X, r.Y, r.Width, r.Height, "F")
}

// line strokes a straight line.
func (p *painter) line(l *page.Line) {
	p.endText()
	p.setStroke(l.Color)
	p.flush()
	p.pen(l.Width, l.Dash, l.Gap)
	p.fpdf.Line(l.X1, l.Y1, l.X2, l.Y2)
}

// pen sets the width and the dashes of lines where they change.
func (p *painter) pen(width, dash, gap float64) {
	if p.fpdf.GetLineWidth() != width {
		p.fpdf.SetLineWidth(width)
	}
	if dash := [2]float64{dash, cmp.Or(gap, dash)}; p.dash != dash {
		var pattern []float64
		if dash[0] > 0 {
			pattern = dash[:]
		}
		p.fpdf.SetDashPattern(pattern, 0)
		p.dash = dash
	}
}

// path fills an area or strokes a line through points (ISO 32000-1, 8.5).
func (p *painter) path(m *page.Path) {
	if len(m.Points) < 2 {
		return
	}
	p.endText()
	how := "F"
	if m.Width > 0 {
		how = "D"
		p.setStroke(m.Color)
		p.flush()
		p.pen(m.Width, m.Dash, m.Gap)
		if p.fpdf.GetLineJoinStyle() != "round" { // no other mark has joins
			p.fpdf.SetLineJoinStyle("round")
		}
	} else {
		p.setFill(m.Color)
		p.flush()
	}
	p.fpdf.MoveTo(m.Points[0].X, m.Points[0].Y)
	for _, to := range m.Points[1:] {
		p.fpdf.LineTo(to.X, to.Y)
	}
	p.fpdf.DrawPath(how)
}
