package picture

import (
	"image"
	"image/color"
)

// raster is pixels of 8 bits a component, rows from the top. Opacity stands apart.
type raster struct {
	width, height int
	components    int // 1 or 3
	pix           []byte
	alpha         []byte // nil if all is opaque
}

func (r *raster) bytes() int { return len(r.pix) + len(r.alpha) }

// upright copies an image into a raster, turned as EXIF tells.
func upright(m image.Image, orientation int) *raster {
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	r := &raster{width: w, height: h, components: 3}
	if orientation > 4 {
		r.width, r.height = h, w
	}
	switch m.ColorModel() {
	case color.GrayModel, color.Gray16Model:
		r.components = 1
	}
	r.pix = make([]byte, w*h*r.components)
	at := reader(m)
	for y := range h {
		for x := range w {
			red, green, blue, a := at(b.Min.X+x, b.Min.Y+y)
			dx, dy := turned(x, y, w, h, orientation)
			i := dy*r.width + dx
			if a != 255 {
				r.translucent()
				r.alpha[i] = a
			}
			if r.components == 1 {
				r.pix[i] = red
			} else {
				r.pix[3*i], r.pix[3*i+1], r.pix[3*i+2] = red, green, blue
			}
		}
	}
	return r
}

// translucent makes room for opacity, all opaque so far.
func (r *raster) translucent() {
	if r.alpha == nil {
		r.alpha = make([]byte, r.width*r.height)
		for i := range r.alpha {
			r.alpha[i] = 255
		}
	}
}

// turned is where a pixel of a w by h image goes (EXIF orientations 1 to 8).
func turned(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}

// half rounds 16 bits to 8.
func half(hi, lo byte) byte {
	return byte(((uint32(hi)<<8|uint32(lo))*255 + 32767) / 65535)
}

// reader gives access to the pixels of an image without a value on the heap for
// each: red, green, blue and opacity, colours not multiplied by it.
func reader(m image.Image) func(x, y int) (r, g, b, a byte) {
	switch m := m.(type) {
	case *image.Gray:
		return func(x, y int) (r, g, b, a byte) { v := m.Pix[m.PixOffset(x, y)]; return v, v, v, 255 }
	case *image.Gray16:
		return func(x, y int) (r, g, b, a byte) {
			i := m.PixOffset(x, y)
			v := half(m.Pix[i], m.Pix[i+1])
			return v, v, v, 255
		}
	case *image.YCbCr:
		return func(x, y int) (r, g, b, a byte) {
			i, j := m.YOffset(x, y), m.COffset(x, y)
			r, g, b = color.YCbCrToRGB(m.Y[i], m.Cb[j], m.Cr[j])
			return r, g, b, 255
		}
	case *image.NYCbCrA:
		return func(x, y int) (r, g, b, a byte) {
			i, j := m.YOffset(x, y), m.COffset(x, y)
			r, g, b = color.YCbCrToRGB(m.Y[i], m.Cb[j], m.Cr[j])
			return r, g, b, m.A[m.AOffset(x, y)]
		}
	case *image.NRGBA:
		return func(x, y int) (r, g, b, a byte) { p := m.Pix[m.PixOffset(x, y):]; return p[0], p[1], p[2], p[3] }
	case *image.RGBA:
		if m.Opaque() {
			return func(x, y int) (r, g, b, a byte) { p := m.Pix[m.PixOffset(x, y):]; return p[0], p[1], p[2], 255 }
		}
	case *image.RGBA64:
		if m.Opaque() {
			return func(x, y int) (r, g, b, a byte) {
				p := m.Pix[m.PixOffset(x, y):]
				return half(p[0], p[1]), half(p[2], p[3]), half(p[4], p[5]), 255
			}
		}
	case *image.NRGBA64:
		return func(x, y int) (r, g, b, a byte) {
			p := m.Pix[m.PixOffset(x, y):]
			return half(p[0], p[1]), half(p[2], p[3]), half(p[4], p[5]), half(p[6], p[7])
		}
	case *image.Paletted:
		table := make([]color.NRGBA, 256)
		for i, c := range m.Palette {
			table[i] = color.NRGBAModel.Convert(c).(color.NRGBA)
		}
		return func(x, y int) (r, g, b, a byte) { c := &table[m.Pix[m.PixOffset(x, y)]]; return c.R, c.G, c.B, c.A }
	case *image.CMYK:
		return func(x, y int) (r, g, b, a byte) {
			p := m.Pix[m.PixOffset(x, y):]
			r, g, b = color.CMYKToRGB(p[0], p[1], p[2], p[3])
			return r, g, b, 255
		}
	}
	return func(x, y int) (r, g, b, a byte) {
		c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
		return c.R, c.G, c.B, c.A
	}
}
