package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"communique/render/page"
)

// Quality of pictures that are compressed with loss again, in print and on the web.
const (
	printQuality = 90
	webQuality   = 84
)

// print makes what a PDF stores: the file itself where it can, or what is shown.
func (p *Picture) print(w, h int) *page.Picture {
	out := &page.Picture{Width: w, Height: h, Gray: p.pixels.components == 1}
	switch r := p.sized(w, h); {
	case p.file != nil && w == p.Width && h == p.Height:
		out.JPEG, out.Data = true, p.file
	case p.photo:
		out.JPEG, out.Data = true, r.jpeg(printQuality)
		out.Alpha = r.opacity()
	default:
		out.Data = rows(r.opaque())
		out.Alpha = r.opacity()
	}
	sum := sha256.New()
	sum.Write(out.Data)
	sum.Write(out.Alpha)
	sum.Sum(out.Sum[:0])
	return out
}

// web makes a file for a page: of a photograph a JPEG, of all else a PNG.
func (p *Picture) web(w, h int) *Web {
	out := &Web{Width: w, Height: h, MediaType: "image/jpeg", Translucent: p.pixels.alpha != nil}
	switch r := p.sized(w, h); {
	case p.file != nil && w == p.Width && h == p.Height:
		out.Data = p.file
	case p.photo && r.alpha == nil:
		out.Data = r.jpeg(webQuality)
	case r.alpha == nil:
		out.MediaType, out.Data = "image/png", encode(r.opaque())
	default:
		out.MediaType, out.Data = "image/png", encode(r.translucentImage())
	}
	return out
}

func (p *Picture) sized(w, h int) *raster {
	if w >= p.pixels.width {
		return p.pixels
	}
	return p.pixels.scale(w, h)
}

// opaque is the colours without the opacity.
func (r *raster) opaque() image.Image {
	rect := image.Rect(0, 0, r.width, r.height)
	if r.components == 1 {
		return &image.Gray{Pix: r.pix, Stride: r.width, Rect: rect}
	}
	m := image.NewRGBA(rect)
	for i, k := 0, 0; i+2 < len(r.pix); i, k = i+3, k+4 {
		m.Pix[k], m.Pix[k+1], m.Pix[k+2], m.Pix[k+3] = r.pix[i], r.pix[i+1], r.pix[i+2], 255
	}
	return m
}

func (r *raster) translucentImage() image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, r.width, r.height))
	for i, a := range r.alpha {
		for c := range 3 {
			m.Pix[4*i+c] = r.pix[i*r.components+min(c, r.components-1)]
		}
		m.Pix[4*i+3] = a
	}
	return m
}

// opacity is the rows of a soft mask; nil if all is opaque.
func (r *raster) opacity() []byte {
	if r.alpha == nil {
		return nil
	}
	return rows(&image.Gray{Pix: r.alpha, Stride: r.width, Rect: image.Rect(0, 0, r.width, r.height)})
}

func (r *raster) jpeg(quality int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, r.opaque(), &jpeg.Options{Quality: quality}); err != nil {
		panic(fmt.Errorf("picture: %w", err)) // memory does not fail, and the size is within the format's
	}
	return b.Bytes()
}

func encode(m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(fmt.Errorf("picture: %w", err)) // as above
	}
	return b.Bytes()
}

// rows is the compressed rows of an image: what a PNG file has in its IDAT chunks.
func rows(m image.Image) []byte {
	file := encode(m)
	out := make([]byte, 0, len(file))
	for i := 8; i+12 <= len(file); {
		n := int(binary.BigEndian.Uint32(file[i:]))
		if string(file[i+4:i+8]) == "IDAT" {
			out = append(out, file[i+8:i+8+n]...)
		}
		i += 12 + n
	}
	return out
}
