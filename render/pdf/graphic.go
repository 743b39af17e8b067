package pdf

import "communique/render/page"

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
	if p.dash != l.Dash {
		var pattern []float64
		if l.Dash > 0 {
			pattern = []float64{l.Dash, l.Dash}
		}
		p.fpdf.SetDashPattern(pattern, 0)
		p.dash = l.Dash
	}
	p.fpdf.Line(l.X1, l.Y1, l.X2, l.Y2)
}
