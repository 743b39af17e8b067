// Package testcard draws pictures for tests and for the gallery: a chart, a
// landscape as a camera would see it, a seal. It is for tests only; the same call
// gives the same bytes.
package testcard

import (
	"bytes"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
)

var (
	ink   = color.NRGBA{0x1a, 0x1d, 0x21, 0xff}
	blue  = color.NRGBA{0x1b, 0x3f, 0x6b, 0xff}
	light = color.NRGBA{0x9c, 0xb8, 0xd6, 0xff}
)

// Chart is bars on an axis, w by h pixels.
func Chart(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	fill(m, m.Rect, color.White)
	unit := max(1, h/100)
	base := h - 6*unit
	for i := range 5 {
		y := base - i*20*unit
		fill(m, image.Rect(4*unit, y, w-2*unit, y+max(1, unit/4)), color.Gray{0xd0})
	}
	bars := []int{46, 62, 58, 71, 80, 66, 74, 83}
	step := (w - 8*unit) / len(bars)
	for i, v := range bars {
		c := blue
		if i%2 == 1 {
			c = light
		}
		x := 6*unit + i*step
		fill(m, image.Rect(x, base-v*unit, x+step*6/10, base), c)
	}
	fill(m, image.Rect(4*unit, base, w-2*unit, base+max(1, unit/2)), ink)
	return m
}

// Landscape is sky, hills and a river with a camera's grain, w by h pixels. Its
// top left corner is dark, so that a turned copy is known.
func Landscape(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	noise := uint32(1)
	for y := range h {
		for x := range w {
			noise = noise*1664525 + 1013904223
			grain := int(noise>>28) - 8
			u, v := x*1000/w, y*1000/h
			hill := 520 + (u-300)*(u-300)/1800 - u/9
			far := 470 - (u-700)*(700-u)/2600
			var r, g, b int
			switch {
			case v > 820-(u-500)*(u-500)/9000:
				r, g, b = 70+v/20, 105+v/24, 130+v/20
			case v > hill:
				r, g, b = 60+v/18, 88+v/16, 52+u/30
			case v > far:
				r, g, b = 120+u/24, 134+u/28, 140
			default:
				r, g, b = 150+v/7, 185+v/11, 222+v/36
			}
			if u < 80 && v < 80 {
				r, g, b = 20, 20, 20
			}
			m.SetRGBA(x, y, color.RGBA{level(r + grain), level(g + grain), level(b + grain), 255})
		}
	}
	return m
}

// Seal is a ring around a rhombus on nothing, size pixels wide and high.
func Seal(size int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			// four samples a pixel for smooth edges
			cover := 0
			for s := range 16 {
				dx, dy := (8*x+2*(s%4)+1)-4*size, (8*y+2*(s/4)+1)-4*size
				d := dx*dx + dy*dy
				r := 4 * size
				if d < r*r && d > r*r*81/100 || abs(dx)+abs(dy)*7/10 < r*6/10 {
					cover++
				}
			}
			m.SetNRGBA(x, y, color.NRGBA{blue.R, blue.G, blue.B, uint8(cover * 255 / 16)})
		}
	}
	return m
}

func abs(v int) int { return max(v, -v) }

func level(v int) uint8 { return uint8(max(0, min(255, v))) }

func fill(m draw.Image, r image.Rectangle, c color.Color) {
	draw.Draw(m, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// PNG, JPEG and GIF are the files of an image.
func PNG(m image.Image) []byte {
	return file(func(b *bytes.Buffer) error { return png.Encode(b, m) })
}

func JPEG(m image.Image, quality int) []byte {
	return file(func(b *bytes.Buffer) error { return jpeg.Encode(b, m, &jpeg.Options{Quality: quality}) })
}

func GIF(frames ...image.Image) []byte {
	all := &gif.GIF{}
	for _, m := range frames {
		p := image.NewPaletted(m.Bounds(), palette.Plan9)
		draw.Draw(p, p.Rect, m, m.Bounds().Min, draw.Src)
		all.Image, all.Delay = append(all.Image, p), append(all.Delay, 10)
	}
	return file(func(b *bytes.Buffer) error { return gif.EncodeAll(b, all) })
}

func file(encode func(*bytes.Buffer) error) []byte {
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		panic(err) // a mistake in a test
	}
	return b.Bytes()
}
