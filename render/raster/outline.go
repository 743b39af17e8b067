package raster

import "golang.org/x/image/vector"

// outline is a glyph's contours in pixels, y down, and the box around them. It is
// a text.Pen.
type outline struct {
	unit, x, y             float32 // pixels a font unit, and the origin
	ops                    []op
	minX, minY, maxX, maxY float32
}

// op moves (0), draws a line (1) or a curve (2).
type op struct {
	kind         uint8
	cx, cy, x, y float32
}

func (o *outline) point(x, y float32) (float32, float32) {
	x, y = o.x+x*o.unit, o.y-y*o.unit
	if len(o.ops) == 0 {
		o.minX, o.maxX, o.minY, o.maxY = x, x, y, y
	}
	o.minX, o.maxX = min(o.minX, x), max(o.maxX, x)
	o.minY, o.maxY = min(o.minY, y), max(o.maxY, y)
	return x, y
}

// MoveTo begins a contour.
func (o *outline) MoveTo(x, y float32) {
	x, y = o.point(x, y)
	o.ops = append(o.ops, op{0, 0, 0, x, y})
}

// LineTo draws a line.
func (o *outline) LineTo(x, y float32) {
	x, y = o.point(x, y)
	o.ops = append(o.ops, op{1, 0, 0, x, y})
}

// QuadTo draws a curve.
func (o *outline) QuadTo(cx, cy, x, y float32) {
	cx, cy = o.point(cx, cy)
	x, y = o.point(x, y)
	o.ops = append(o.ops, op{2, cx, cy, x, y})
}

// replay draws the outline, moved to a left top corner.
func (o *outline) replay(z *vector.Rasterizer, left, top float32) {
	for _, p := range o.ops {
		switch p.kind {
		case 0:
			z.ClosePath()
			z.MoveTo(p.x-left, p.y-top)
		case 1:
			z.LineTo(p.x-left, p.y-top)
		default:
			z.QuadTo(p.cx-left, p.cy-top, p.x-left, p.y-top)
		}
	}
	z.ClosePath()
}
