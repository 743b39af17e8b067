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
	if p.fpdf.GetLineWidth() != l.Width {
		p.fpdf.SetLineWidth(l.Width)
	}
	if dash := [2]float64{l.Dash, cmp.Or(l.Gap, l.Dash)}; p.dash != dash {
		var pattern []float64
		if l.Dash > 0 {
			pattern = dash[:]
		}
		p.fpdf.SetDashPattern(pattern, 0)
		p.dash = dash
	}
	p.fpdf.Line(l.X1, l.Y1, l.X2, l.Y2)
}
