package text

import (
	"fmt"

	"communique/render/page"
)

// Pen draws outlines: closed contours of lines and quadratic curves, in font
// units, y up. Contours are filled by the nonzero rule.
type Pen interface {
	MoveTo(x, y float32)
	LineTo(x, y float32)
	QuadTo(cx, cy, x, y float32)
}

// Draw draws a glyph as Subset embeds it. An error means a damaged font file.
func (f *Font) Draw(g *page.Glyph, pen Pen) error {
	var store [8]page.Part
	for _, part := range g.Parts {
		placed, err := f.place(store[:0], part)
		if err != nil {
			return err
		}
		for _, p := range placed {
			at := affine{xx: 1, yy: 1, dx: float32(p.DX), dy: float32(p.DY)}
			if err := f.draw(p.GID, at, pen, 0); err != nil {
				return err
			}
		}
	}
	return nil
}

// affine is a transformation of points: x' = xx·x + xy·y + dx, y' = yx·x + yy·y + dy.
type affine struct{ xx, xy, yx, yy, dx, dy float32 }

func (a affine) apply(x, y float32) (float32, float32) {
	return a.xx*x + a.xy*y + a.dx, a.yx*x + a.yy*y + a.dy
}

// then is the transformation by b and after it a.
func (a affine) then(b affine) affine {
	x, y := a.apply(b.dx, b.dy)
	return affine{
		xx: a.xx*b.xx + a.xy*b.yx, xy: a.xx*b.xy + a.xy*b.yy,
		yx: a.yx*b.xx + a.yy*b.yx, yy: a.yx*b.xy + a.yy*b.yy, dx: x, dy: y,
	}
}

func (f *Font) draw(gid uint16, at affine, pen Pen, depth int) error {
	g, err := f.outline(gid)
	if err != nil || len(g) == 0 {
		return err
	}
	if !isComposite(g) {
		return f.drawSimple(gid, g, at, pen)
	}
	if depth == maxComponentDepth {
		return fmt.Errorf("font %s: glyph %d: composites are nested more than %d deep", f.file, gid, maxComponentDepth)
	}
	list, _, err := components(g)
	if err != nil {
		return fmt.Errorf("font %s: glyph %d: %w", f.file, gid, err)
	}
	if len(list) > maxComponents {
		return fmt.Errorf("font %s: glyph %d: more than %d components", f.file, gid, maxComponents)
	}
	for _, c := range list {
		if err := f.draw(c.GID, at.then(transformation(g, c)), pen, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// scaledOffset tells that a component's offset is in its own, scaled units.
const scaledOffset = 0x0800

// transformation is that of a component (OpenType, "glyf", composite glyphs).
// Components that are aligned by their points stand where they are: no font in
// use has them, and readers differ.
func transformation(g []byte, c component) affine {
	a := affine{xx: 1, yy: 1}
	at := c.at + 6
	if c.flags&argsAreWords != 0 {
		at += 2
	}
	fixed := func(i int) float32 { return float32(i16(g[at+2*i:])) / 16384 }
	switch {
	case c.flags&hasScale != 0:
		a.xx = fixed(0)
		a.yy = a.xx
	case c.flags&hasXYScale != 0:
		a.xx, a.yy = fixed(0), fixed(1)
	case c.flags&hasMatrix != 0:
		a.xx, a.yx, a.xy, a.yy = fixed(0), fixed(1), fixed(2), fixed(3)
	}
	if c.flags&argsAreOffsets != 0 {
		a.dx, a.dy = float32(c.DX), float32(c.DY)
		if c.flags&scaledOffset != 0 {
			a.dx, a.dy = a.xx*a.dx+a.xy*a.dy, a.yx*a.dx+a.yy*a.dy
		}
	}
	return a
}

// point is a point of a simple outline.
type point struct {
	x, y float32
	on   bool // the curve goes through it
	end  bool // of its contour
}

// drawSimple draws the contours of a simple glyph.
func (f *Font) drawSimple(gid uint16, g []byte, at affine, pen Pen) error {
	points, err := points(g)
	if err != nil {
		return fmt.Errorf("font %s: glyph %d: %w", f.file, gid, err)
	}
	for i := range points {
		points[i].x, points[i].y = at.apply(points[i].x, points[i].y)
	}
	start := 0
	for i := range points {
		if points[i].end {
			contour(points[start:i+1], pen)
			start = i + 1
		}
	}
	return nil
}

// points decodes the points of a simple glyph, which plainSimple has found whole.
func points(g []byte) ([]point, error) {
	contours := int(u16(g))
	n := int(u16(g[glyphHeader+2*contours-2:])) + 1
	list := make([]point, n)
	for c := range contours {
		last := int(u16(g[glyphHeader+2*c:]))
		if last >= n {
			return nil, errOutline
		}
		list[last].end = true
	}
	data := g[glyphHeader+2*contours+2:]
	flags := make([]byte, n)
	at := 0
	for i := 0; i < n; {
		flag, same := data[at], 1
		at++
		if flag&pointRepeat != 0 {
			same += int(data[at])
			at++
		}
		for ; same > 0; same-- {
			flags[i] = flag
			list[i].on = flag&pointOnCurve != 0
			i++
		}
	}
	at = coordinates(data, at, flags, pointXShort, pointXSame, func(i int, v float32) { list[i].x = v })
	coordinates(data, at, flags, pointYShort, pointYSame, func(i int, v float32) { list[i].y = v })
	return list, nil
}

// pointOnCurve is the flag of a point that the curve goes through.
const pointOnCurve = 0x01

// coordinates decodes one coordinate of all points and returns where it ends.
func coordinates(data []byte, at int, flags []byte, short, same byte, set func(int, float32)) int {
	v := int32(0)
	for i, flag := range flags {
		switch {
		case flag&short != 0 && flag&same != 0:
			v += int32(data[at])
			at++
		case flag&short != 0:
			v -= int32(data[at])
			at++
		case flag&same == 0:
			v += int32(i16(data[at:]))
			at += 2
		}
		set(i, float32(v))
	}
	return at
}

// contour draws one closed contour. Between two points off the curve lies one on
// it, halfway.
func contour(p []point, pen Pen) {
	if len(p) < 2 {
		return
	}
	first := 0
	for first < len(p) && !p[first].on {
		first++
	}
	start := point{}
	if first == len(p) { // no point is on the curve
		first = 0
		start = halfway(p[len(p)-1], p[0])
	} else {
		start = p[first]
		first++
	}
	pen.MoveTo(start.x, start.y)
	var control *point
	for i := range p {
		q := &p[(first+i)%len(p)]
		switch {
		case q.on && control == nil:
			pen.LineTo(q.x, q.y)
		case q.on:
			pen.QuadTo(control.x, control.y, q.x, q.y)
			control = nil
		case control == nil:
			control = q
		default:
			m := halfway(*control, *q)
			pen.QuadTo(control.x, control.y, m.x, m.y)
			control = q
		}
	}
	if control != nil {
		pen.QuadTo(control.x, control.y, start.x, start.y)
	} else {
		pen.LineTo(start.x, start.y)
	}
}

func halfway(a, b point) point { return point{x: (a.x + b.x) / 2, y: (a.y + b.y) / 2} }
