// Package raster owns pictures of pages: it paints what layout placed, from the
// fonts' own outlines, and writes PNG. It must never measure, shape or move
// anything, so that a picture shows the page of the PDF.
package raster

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"

	"communique/render/page"
	"communique/render/text"
)

// Resolutions in pixels an inch.
const (
	DefaultDPI = 150
	MinDPI     = 24
	MaxDPI     = 300
)

// Options are how pictures are made.
type Options struct {
	// DPI is the resolution: 72 gives a point one pixel. 0 is the default.
	DPI float64
	// First and Last are indexes of pages, Last excluded; a Last of 0 is the end.
	First, Last int
}

// maxSide bounds a picture: 15 inches at the greatest resolution.
const maxSide = 4500

// Write makes a PNG of each page. The same document and fonts give the same
// bytes. Fonts must be the library whose shaper made the document's text. The
// error is the context's, or tells a broken document or font file.
func Write(ctx context.Context, d *page.Document, fonts *text.Library, o Options) ([][]byte, error) {
	if o.DPI == 0 {
		o.DPI = DefaultDPI
	}
	if o.Last == 0 {
		o.Last = len(d.Pages)
	}
	if o.First < 0 || o.First >= o.Last || o.Last > len(d.Pages) {
		return nil, fmt.Errorf("raster: pages %d to %d of %d", o.First, o.Last, len(d.Pages))
	}
	p := &painter{fonts: fonts, scale: o.DPI / 72, glyphs: map[glyphKey]coverage{}}
	pictures := make([][]byte, 0, o.Last-o.First)
	for _, pg := range d.Pages[o.First:o.Last] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b, err := p.picture(pg, o.DPI)
		if err != nil {
			return nil, fmt.Errorf("raster: %w", err)
		}
		pictures = append(pictures, b)
	}
	return pictures, nil
}

// picture paints a page and encodes it.
func (p *painter) picture(pg *page.Page, dpi float64) ([]byte, error) {
	w, h := int(math.Ceil(pg.Width*p.scale-1e-6)), int(math.Ceil(pg.Height*p.scale-1e-6))
	if w < 1 || h < 1 || w > maxSide || h > maxSide {
		return nil, fmt.Errorf("a page of %d by %d pixels", w, h)
	}
	p.begin(w, h)
	for _, c := range pg.Contents {
		for _, m := range c.Marks {
			if err := p.mark(m); err != nil {
				return nil, err
			}
		}
	}
	return p.encode(dpi)
}

// begin makes the page white. The picture before gives its memory.
func (p *painter) begin(w, h int) {
	if r := image.Rect(0, 0, w, h); p.img == nil || p.img.Rect != r {
		p.img = image.NewRGBA(r)
	}
	span(p.img.Pix, page.Color{R: 0xff, G: 0xff, B: 0xff})
}

func (p *painter) mark(m page.Mark) error {
	switch m := m.(type) {
	case *page.Text:
		return p.text(m)
	case *page.Rect:
		p.rect(m)
	case *page.Line:
		p.line(m)
	case *page.Path:
		p.path(m)
	case *page.Image:
		return p.image(m)
	default:
		return fmt.Errorf("a mark of unknown type %T", m)
	}
	return nil
}

var errFont = errors.New("text in a font that the library does not have")
