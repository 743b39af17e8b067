package raster

import (
	"cmp"
	"math"

	"communique/render/page"
)

// path fills an area, or strokes a line through points.
func (p *painter) path(m *page.Path) {
	if m.Width <= 0 {
		if len(m.Points) > 2 {
			p.fill(m.Points, m.Color)
		}
		return
	}
	d := dasher{on: true, left: m.Dash, dash: m.Dash, gap: cmp.Or(m.Gap, m.Dash)}
	for i := 1; i < len(m.Points); i++ {
		a, b := m.Points[i-1], m.Points[i]
		l := &page.Line{X1: a.X, Y1: a.Y, X2: b.X, Y2: b.Y, Width: m.Width, Color: m.Color}
		length := math.Hypot(b.X-a.X, b.Y-a.Y)
		if length == 0 {
			continue
		}
		dx, dy := (b.X-a.X)/length, (b.Y-a.Y)/length
		d.along(length, func(from, to float64) { p.stroke(l, dx, dy, from, to) })
		if d.on && i+1 < len(m.Points) {
			p.fill(disc(b, m.Width/2), m.Color) // the round join
		}
	}
}

// dasher cuts a line into dashes that go on from piece to piece.
type dasher struct {
	on        bool
	left      float64 // of the dash or gap that was begun
	dash, gap float64 // dash is 0 for a solid line
}

// along visits the dashes of the next piece, by their distances from its start.
func (d *dasher) along(length float64, visit func(from, to float64)) {
	if d.dash <= 0 || length/d.dash > mostDashes {
		visit(0, length)
		return
	}
	for at := 0.0; at < length; {
		to := min(length, at+d.left)
		if d.on {
			visit(at, to)
		}
		if d.left -= to - at; d.left <= 1e-9 {
			d.on = !d.on
			d.left = d.gap
			if d.on {
				d.left = d.dash
			}
		}
		at = to
	}
}

// disc is a circle as the points around it.
func disc(at page.Point, r float64) []page.Point {
	out := make([]page.Point, 12)
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(len(out)))
		out[i] = page.Point{X: at.X + r*cos, Y: at.Y + r*sin}
	}
	return out
}
