// Package pdf writes a laid-out publication as one PDF 1.7 file that is PDF/A-2a
// (ISO 19005-2), or PDF/A-3a with a file attached, and PDF/UA-1 (ISO 14289-1) at
// once. fpdf writes the pages; the finisher takes its output and adds fonts,
// structure, links, metadata. It paints what layout placed, and must never measure,
// shape or move anything.
package pdf

import (
	"bytes"
	"errors"
	"fmt"

	"communique/render/page"
	"communique/render/text"
)

// Writer writes files in the fonts of one library. It is safe for many goroutines.
type Writer struct {
	fonts    func(page.FontID) *text.Font
	programs programs
}

// NewWriter makes a writer. Fonts must be the library whose shapers make the text
// of the documents.
func NewWriter(fonts *text.Library) *Writer { return &Writer{fonts: fonts.Font} }

// Write makes the file. The same document and fonts give the same bytes. An error
// means that the document breaks the contract of package page or that a font file
// cannot be read: never that a publication is wrong.
func (w *Writer) Write(d *page.Document) ([]byte, error) {
	file, err := w.write(d)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return file, nil
}

func (w *Writer) write(d *page.Document) ([]byte, error) {
	if d.Root == nil || len(d.Pages) == 0 {
		return nil, errors.New("a document without pages or structure")
	}
	t, err := numberContents(d)
	if err != nil {
		return nil, err
	}
	p := newPainter(d, t, w.fonts)
	contents, err := p.paint()
	if err != nil {
		return nil, err
	}
	f := &finisher{doc: d, tags: t, fonts: p.fonts, images: &p.images, programs: &w.programs, builder: newBuilder()}
	defer f.builder.drop()
	file, err := f.finish(contents)
	return bytes.Clone(file), err
}
