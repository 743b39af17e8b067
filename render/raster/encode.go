package raster

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
)

// levels is how many shades of coverage are told apart: enough for the eye, and
// few enough that the shades of a page's colours fit in a palette.
const levels = 32

// rounded is a coverage to the nearest level.
func rounded(alpha uint32) uint32 { return (alpha*levels + 127) / 255 * 255 / levels }

// buffer is the PNG encoder's memory, kept from page to page.
type buffer struct{ b *png.EncoderBuffer }

func (p *buffer) Get() *png.EncoderBuffer  { return p.b }
func (p *buffer) Put(b *png.EncoderBuffer) { p.b = b }

// encode writes the page as PNG, with a palette if its colours fit in one: that
// takes a third of the time and of the bytes.
func (p *painter) encode(dpi float64) ([]byte, error) {
	var m image.Image = p.img
	if small := p.paletted(); small != nil {
		m = small
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &p.encoding}
	if err := encoder.Encode(&out, m); err != nil {
		return nil, err
	}
	return withResolution(out.Bytes(), dpi), nil
}

// enter gives a colour its place in the palette, its own or, in a full one, that of
// a colour which nobody can tell from it.
func enter(palette *color.Palette, c color.RGBA) (uint8, bool) {
	if n := len(*palette); n < 256 {
		*palette = append(*palette, c)
		return uint8(n), true
	}
	const alike = 12 // of 255, in each component
	best, least := 0, alike+1
	for i, p := range *palette {
		q := p.(color.RGBA)
		if d := max(apart(c.R, q.R), apart(c.G, q.G), apart(c.B, q.B)); d < least {
			best, least = i, d
		}
	}
	return uint8(best), least <= alike
}

func apart(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// paletted is the page with a palette in the order of first use; nil if it has
// more colours than a palette can show.
func (p *painter) paletted() *image.Paletted {
	if p.small == nil || p.small.Rect != p.img.Rect {
		p.small = image.NewPaletted(p.img.Rect, nil)
	}
	p.small.Palette = p.small.Palette[:0]
	known := map[uint32]uint8{}
	last, index := uint32(0), uint8(0) // no colour, as all are opaque
	for i := range p.small.Pix {
		if v := binary.BigEndian.Uint32(p.img.Pix[4*i:]); v != last {
			k, ok := known[v]
			if !ok {
				c := p.img.Pix[4*i:]
				if k, ok = enter(&p.small.Palette, color.RGBA{c[0], c[1], c[2], 0xff}); !ok {
					return nil
				}
				known[v] = k
			}
			last, index = v, k
		}
		p.small.Pix[i] = index
	}
	return p.small
}
