package raster

import (
	"fmt"
	"math"

	"communique/render/page"
	"communique/render/picture"
)

// image paints a picture on the whole pixels that are nearest to its rectangle.
func (p *painter) image(m *page.Image) error {
	pixel := func(v float64) int { return int(math.Round(v * p.scale)) }
	x0, y0 := pixel(m.X), pixel(m.Y)
	w, h := max(1, pixel(m.X+m.Width)-x0), max(1, pixel(m.Y+m.Height)-y0)
	if w > maxSide || h > maxSide {
		return fmt.Errorf("a picture of %d by %d pixels", w, h)
	}
	pix, err := picture.Pixels(m.Picture, w, h)
	if err != nil {
		return fmt.Errorf("a picture: %w", err)
	}
	b := p.img.Rect
	for y := max(0, -y0); y < min(h, b.Max.Y-y0); y++ {
		for x := max(0, -x0); x < min(w, b.Max.X-x0); x++ {
			c := pix.NRGBAAt(x, y)
			p.blend(p.img.PixOffset(x0+x, y0+y), page.Color{R: c.R, G: c.G, B: c.B}, uint32(c.A))
		}
	}
	return nil
}
