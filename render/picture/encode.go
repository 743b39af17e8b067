package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
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

func (r *raster) translucentImage() *image.NRGBA {
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

// container makes a PNG file of rows, with 1 or 3 components a pixel.
func container(w, h, components int, data []byte) []byte {
	out := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(name string, body []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
		from := len(out)
		out = append(append(out, name...), body...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[from:]))
	}
	colour := byte(2)
	if components == 1 {
		colour = 0
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	chunk("IHDR", append(head, 8, colour, 0, 0, 0))
	chunk("IDAT", data)
	chunk("IEND", nil)
	return out
}

// Pixels gives a stored picture back as pixels, in a size of w by h.
func Pixels(p *page.Picture, w, h int) (*image.NRGBA, error) {
	components := 3
	if p.Gray {
		components = 1
	}
	file, decoder := p.Data, jpeg.Decode
	if !p.JPEG {
		file, decoder = container(p.Width, p.Height, components, p.Data), png.Decode
	}
	m, err := decoder(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	r := upright(m, 1)
	if p.Alpha != nil {
		if m, err = png.Decode(bytes.NewReader(container(p.Width, p.Height, 1, p.Alpha))); err != nil {
			return nil, err
		}
		r.alpha = upright(m, 1).pix
	}
	r = r.scale(w, h)
	r.translucent()
	return r.translucentImage(), nil
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
