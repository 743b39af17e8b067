// Package picture owns pixels: it reads the pictures that a document names, sees
// that they are what they claim and not too much, and makes them ready for files:
// upright, 8 bits, sRGB, no larger than print can show, without the camera's notes.
// It knows no page and no tag, and must never reach beyond the files it is given.
package picture

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"
)

// Limits on pictures: each bounds the memory or the time that a small file can take.
const (
	// MaxBytes is the size of a picture's file.
	MaxBytes = 20 << 20
	// MaxPixels is the number of pixels of a picture; half of it with 16 bits a component.
	MaxPixels = 40_000_000
	// MaxSide is the width or height in pixels.
	MaxSide = 20_000
	// MaxCount is the number of different pictures in a document.
	MaxCount = 200
	// MaxTotal is the number of pixels of all pictures of a document.
	MaxTotal = 400_000_000
	// maxScans bounds the passes of a progressive JPEG: each goes over all pixels.
	maxScans = 64
)

// No page shows more than A4 at 300 dots an inch: what is larger is reduced at once.
const (
	longSide  = 3508
	shortSide = 2480
)

// Picture is one decoded file. It is immutable.
type Picture struct {
	// Width and Height are those of the file in pixels, upright.
	Width, Height int
	sum           [32]byte
	// photo tells that the file was compressed with loss, and may be again.
	photo bool
	// pixels are what print can show of the file.
	pixels *raster
	// file is a JPEG that can be stored as it is; nil if there is none.
	file []byte
	// Animated tells that there are more pictures than the first, which counts.
	Animated bool
	// Colors tells that the colours could only be converted roughly, and why.
	Colors string
}

// fault is why a file is not taken.
type fault struct {
	code, message, expected, fix string
}

func (f *fault) Error() string { return f.message }

func refuse(code, message, expected, fix string) *fault {
	return &fault{code, message, expected, fix}
}

func broken(format string, err error) *fault {
	return refuse("image-broken", fmt.Sprintf("the %s file is damaged or incomplete (%v)", format, err), "a whole file",
		"export or copy the picture again")
}

// header is what a file says of itself before its pixels are read.
type header struct {
	format        string
	width, height int
	deep          bool // 16 bits a component
	orientation   int  // EXIF, 1 to 8
	profile       []byte
	animated      bool
	lossy         bool
	cmyk          bool
	// plain is a JPEG without notes that PDF and browsers show as it is meant.
	plain []byte
}

// Decode reads a file. The error says in words what is wrong with it.
func Decode(data []byte) (*Picture, error) {
	p, f := decode(data)
	if f != nil {
		return nil, f
	}
	return p, nil
}

func decode(data []byte) (p *Picture, f *fault) {
	h, f := readHeader(data)
	if f != nil {
		return nil, f
	}
	defer func() { // decoders of strangers, on files of strangers
		if r := recover(); r != nil {
			p, f = nil, broken(h.format, fmt.Errorf("%v", r))
		}
	}()
	m, err := pixels(h, data)
	if err != nil {
		return nil, broken(h.format, err)
	}
	if b := m.Bounds(); b.Dx() != h.width || b.Dy() != h.height {
		return nil, broken(h.format, fmt.Errorf("it says %d × %d pixels and has %d × %d", h.width, h.height, b.Dx(), b.Dy()))
	}
	p = &Picture{sum: sha256.Sum256(data), photo: h.lossy, Animated: h.animated}
	p.pixels = upright(m, h.orientation)
	p.Width, p.Height = p.pixels.width, p.pixels.height
	exact := p.convert(h)
	if w, hh := within(p.Width, p.Height, longSide, shortSide); w < p.Width {
		p.pixels = p.pixels.scale(w, hh)
	}
	if exact && h.orientation <= 1 {
		p.file = h.plain
	}
	return p, nil
}

// convert brings the colours to sRGB and tells that they were sRGB already.
func (p *Picture) convert(h *header) bool {
	switch {
	case h.cmyk:
		p.Colors = "its colours are for printing presses (CMYK)"
		return false
	case len(h.profile) == 0:
		return true
	}
	c, ok := readProfile(h.profile, p.pixels.components)
	if !ok {
		p.Colors = "its colour profile is of a kind that is not known here"
		return true
	}
	if c.exact() {
		return true
	}
	c.apply(p.pixels)
	return false
}

// pixels decodes the first picture of a file.
func pixels(h *header, data []byte) (image.Image, error) {
	r := bytes.NewReader(data)
	switch h.format {
	case "PNG":
		return png.Decode(r)
	case "JPEG":
		return jpeg.Decode(r)
	case "WebP":
		return webp.Decode(r)
	}
	m, err := gif.Decode(r)
	if err != nil {
		return nil, err
	}
	// The first frame may leave a margin, which is transparent.
	canvas := image.NewNRGBA(image.Rect(0, 0, h.width, h.height))
	at := reader(m)
	b := m.Bounds().Intersect(canvas.Bounds())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, a := at(x, y)
			canvas.SetNRGBA(x, y, color.NRGBA{R: r, G: g, B: bl, A: a})
		}
	}
	return canvas, nil
}

// within reduces a size to fit the sides of the largest picture.
func within(w, h, long, short int) (int, int) {
	if w >= h {
		return fit(w, h, long, short)
	}
	return fit(w, h, short, long)
}

// fit reduces a size to a greatest width and height, keeping its proportions.
func fit(w, h, maxW, maxH int) (int, int) {
	if w <= maxW && h <= maxH {
		return w, h
	}
	if w*maxH > h*maxW {
		return maxW, max(1, (h*maxW+w/2)/w)
	}
	return max(1, (w*maxH+h/2)/h), maxH
}
