package raster

import (
	"cmp"
	"image"
	"math"

	"golang.org/x/image/vector"

	"communique/render/page"
	"communique/render/text"
)

// painter paints pages one after the other.
type painter struct {
	fonts *text.Library
	// scale is pixels a point.
	scale float64
	img   *image.RGBA
	small *image.Paletted // img with a palette

	filler   vector.Rasterizer
	glyphs   map[glyphKey]coverage
	kept     int // bytes in glyphs
	encoding buffer
}

// blend lays a colour over a pixel. Like PDF viewers it mixes the sRGB values
// themselves: text has the weight that readers are used to.
func (p *painter) blend(at int, c page.Color, alpha uint32) {
	if alpha = rounded(alpha); alpha == 0 {
		return
	}
	pix := p.img.Pix[at : at+3 : at+3]
	if alpha == 255 {
		pix[0], pix[1], pix[2] = c.R, c.G, c.B
		return
	}
	mix := func(under, over uint8) uint8 {
		return uint8((uint32(under)*(255-alpha) + uint32(over)*alpha + 127) / 255)
	}
	pix[0], pix[1], pix[2] = mix(pix[0], c.R), mix(pix[1], c.G), mix(pix[2], c.B)
}

// rect fills a rectangle; a pixel that it covers in part takes part of the colour.
func (p *painter) rect(r *page.Rect) {
	x0, y0 := r.X*p.scale, r.Y*p.scale
	x1, y1 := (r.X+r.Width)*p.scale, (r.Y+r.Height)*p.scale
	b := p.img.Rect
	left, right := max(0, int(math.Floor(x0))), min(b.Max.X, int(math.Ceil(x1)))
	inner, end := max(0, int(math.Ceil(x0))), min(b.Max.X, int(math.Floor(x1))) // covered over their whole width
	for y := max(0, int(math.Floor(y0))); y < min(b.Max.Y, int(math.Ceil(y1))); y++ {
		down := overlap(y, y0, y1)
		for x := left; x < right; x++ {
			if down == 1 && x == inner && inner < end {
				span(p.img.Pix[p.img.PixOffset(inner, y):p.img.PixOffset(end, y)], r.Color)
				x = end - 1
				continue
			}
			p.blend(p.img.PixOffset(x, y), r.Color, uint32(down*overlap(x, x0, x1)*255+0.5))
		}
	}
}

// span gives pixels one colour.
func span(pix []byte, c page.Color) {
	copy(pix, []byte{c.R, c.G, c.B, 0xff})
	for done := 4; done < len(pix); done *= 2 {
		copy(pix[done:], pix[:done])
	}
}

// overlap is how much of pixel i lies between two edges.
func overlap(i int, from, to float64) float64 {
	return max(0, min(float64(i+1), to)-max(float64(i), from))
}

// mostDashes is how many dashes a line has at most: a page holds no more that can be seen.
const mostDashes = 4000

// line strokes a line with butt ends, as PDF does unless told otherwise.
func (p *painter) line(l *page.Line) {
	dx, dy := l.X2-l.X1, l.Y2-l.Y1
	length := math.Hypot(dx, dy)
	if length == 0 {
		return
	}
	dx, dy = dx/length, dy/length
	if l.Dash <= 0 || length/l.Dash > mostDashes {
		p.stroke(l, dx, dy, 0, length)
		return
	}
	for at := 0.0; at < length; at += l.Dash + cmp.Or(l.Gap, l.Dash) {
		p.stroke(l, dx, dy, at, min(at+l.Dash, length))
	}
}

// stroke fills the part of a line between two distances from its start.
func (p *painter) stroke(l *page.Line, dx, dy, from, to float64) {
	half := l.Width / 2
	corner := func(along, across float64) page.Point {
		return page.Point{X: l.X1 + dx*along - dy*across, Y: l.Y1 + dy*along + dx*across}
	}
	p.fill([]page.Point{corner(from, -half), corner(to, -half), corner(to, half), corner(from, half)}, l.Color)
}

// fill paints the area that points enclose.
func (p *painter) fill(points []page.Point, c page.Color) {
	low, high := points[0], points[0]
	for _, at := range points {
		low.X, low.Y = min(low.X, at.X), min(low.Y, at.Y)
		high.X, high.Y = max(high.X, at.X), max(high.Y, at.Y)
	}
	box := image.Rect(int(math.Floor(low.X*p.scale)), int(math.Floor(low.Y*p.scale)),
		int(math.Ceil(high.X*p.scale)), int(math.Ceil(high.Y*p.scale))).Intersect(p.img.Rect)
	if box.Empty() {
		return
	}
	p.filler.Reset(box.Dx(), box.Dy())
	for i, at := range points {
		x, y := float32(at.X*p.scale-float64(box.Min.X)), float32(at.Y*p.scale-float64(box.Min.Y))
		if i == 0 {
			p.filler.MoveTo(x, y)
		} else {
			p.filler.LineTo(x, y)
		}
	}
	p.filler.ClosePath()
	mask := image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	p.filler.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	p.cover(coverage{mask.Pix, mask.Rect.Dx(), mask.Rect.Dy(), 0, 0}, box.Min.X, box.Min.Y, c)
}

// cover paints a colour through a mask whose origin stands at a pixel.
func (p *painter) cover(m coverage, x, y int, c page.Color) {
	x, y = x+m.left, y+m.top
	b := p.img.Rect
	for j := max(0, -y); j < min(m.height, b.Max.Y-y); j++ {
		row := m.alpha[j*m.width : (j+1)*m.width]
		at := p.img.PixOffset(x, y+j)
		for i := max(0, -x); i < min(m.width, b.Max.X-x); i++ {
			p.blend(at+4*i, c, uint32(row[i]))
		}
	}
}
