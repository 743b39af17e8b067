package raster

import (
	"image"
	"math"

	"communique/render/page"
)

// steps is to how many places in a pixel, each way, a glyph's origin is rounded.
const steps = 4

// glyphKey is a glyph as it is painted: in a size, at a place within the pixel.
type glyphKey struct {
	glyph *page.Glyph
	font  page.FontID
	size  float64
	x, y  uint8
}

// coverage is how much of each pixel a glyph covers, and where its left top pixel
// stands from the origin's.
type coverage struct {
	alpha         []uint8
	width, height int
	left, top     int
}

// maxKept bounds the coverages that are kept, in bytes.
const maxKept = 8 << 20

// text paints a run from its left end.
func (p *painter) text(t *page.Text) error {
	f := p.fonts.Font(t.Run.Font)
	if f == nil {
		return errFont
	}
	unit := t.Run.Size / float64(f.UnitsPerEm()) * p.scale
	x, y := t.X*p.scale, t.Y*p.scale
	show := func(w *page.Word) error {
		for i := range w.Glyphs {
			g := &w.Glyphs[i]
			if len(g.Glyph.Parts) > 0 {
				if err := p.glyph(g.Glyph, &t.Run, x, y); err != nil {
					return err
				}
			}
			x += float64(g.Advance) * unit
		}
		return nil
	}
	for i := range t.Run.Words {
		k, extra := i, 0.0
		if t.Run.RightToLeft { // its words are in logical order: the last stands leftmost, its end at its left
			k = len(t.Run.Words) - 1 - i
		}
		if len(t.Run.Extra) > 0 {
			extra = float64(t.Run.Extra[k]) * unit
		}
		if t.Run.RightToLeft {
			x, extra = x+extra, 0
		}
		if err := show(t.Run.Words[k]); err != nil {
			return err
		}
		x += extra
	}
	return nil
}

// glyph paints a glyph at a point given in pixels.
func (p *painter) glyph(g *page.Glyph, r *page.Run, x, y float64) error {
	sx, sy := int(math.Round(x*steps)), int(math.Round(y*steps))
	key := glyphKey{g, r.Font, r.Size, uint8(sx & (steps - 1)), uint8(sy & (steps - 1))}
	m, ok := p.glyphs[key]
	if !ok {
		var err error
		if m, err = p.draw(g, r, float32(key.x)/steps, float32(key.y)/steps); err != nil {
			return err
		}
		if p.kept += len(m.alpha) + 96; p.kept > maxKept {
			clear(p.glyphs)
			p.kept = len(m.alpha) + 96
		}
		p.glyphs[key] = m
	}
	p.cover(m, floorDiv(sx), floorDiv(sy), r.Color)
	return nil
}

// floorDiv is v/steps, rounded down.
func floorDiv(v int) int { return (v - v&(steps-1)) / steps }

// draw computes a glyph's coverage with its origin at a place within the pixel.
func (p *painter) draw(g *page.Glyph, r *page.Run, x, y float32) (coverage, error) {
	f := p.fonts.Font(r.Font)
	o := outline{unit: float32(r.Size / float64(f.UnitsPerEm()) * p.scale), x: x, y: y}
	if err := f.Draw(g, &o); err != nil {
		return coverage{}, err
	}
	if len(o.ops) == 0 {
		return coverage{}, nil
	}
	left, top := int(math.Floor(float64(o.minX))), int(math.Floor(float64(o.minY)))
	w, h := int(math.Ceil(float64(o.maxX)))-left, int(math.Ceil(float64(o.maxY)))-top
	if w < 1 || h < 1 || w > maxSide || h > maxSide {
		return coverage{}, nil
	}
	p.filler.Reset(w, h)
	o.replay(&p.filler, float32(left), float32(top))
	mask := image.NewAlpha(image.Rect(0, 0, w, h))
	p.filler.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	return coverage{mask.Pix, w, h, left, top}, nil
}
