// Package pdf writes a laid-out publication as one PDF 1.7 file that is PDF/A-2a
// (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) at once. fpdf writes the pages; the
// finisher takes its output and adds fonts, structure, links, metadata. It paints
// what layout placed, and must never measure, shape or move anything.
package pdf

import (
	"errors"
	"fmt"

	"communique/render/page"
	"communique/render/text"
)

// Write makes the file. The same document and fonts give the same bytes. Fonts
// must be the library whose shaper made the document's text. An error means that
// the document breaks the contract of package page or that a font file cannot be
// read: never that a publication is wrong.
func Write(d *page.Document, fonts *text.Library) ([]byte, error) {
	return write(d, fonts.Font)
}

func write(d *page.Document, fonts func(page.FontID) *text.Font) ([]byte, error) {
	if d.Root == nil || len(d.Pages) == 0 {
		return nil, errors.New("pdf: a document without pages or structure")
	}
	t, err := numberContents(d)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	p := newPainter(d, t, fonts)
	contents, err := p.paint()
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	f := &finisher{doc: d, tags: t, fonts: p.fonts, builder: newBuilder(64 << 10)}
	file, err := f.finish(contents)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return file, nil
}
