// Package html owns the web page: one standing-alone, semantic, accessible
// page for one resolved document in one language. It reads documents, themes
// and words, and must never generate text of its own, change a document, run a
// script, or let a character of the input become markup.
package html

import (
	"errors"
	"fmt"
	"sync"

	"communique/render/doc"
	"communique/render/kind"
	"communique/render/locale"
	"communique/render/picture"
	"communique/render/theme"
)

// Options are what a page needs beside its document.
type Options struct {
	// Theme is one of the themes that the Writer was made with.
	Theme *theme.Theme
	// Locale has the words of the document's language.
	Locale *locale.Locale
	// Locales names the other languages in themselves; nil leaves their tags.
	Locales *locale.Catalog
	// Kind gives the schema.org type; nil means NewsArticle.
	Kind *kind.Kind
	// Alternates are the languages and formats of this publication, this page
	// among them, in the order in which they are to be shown.
	Alternates []Alternate
	// Canonical is the address of this page; empty takes the document's own.
	Canonical string
	// Home is the address of the page of the publication, which may be relative; empty without one.
	Home string
	// Card is the picture for links shared elsewhere; nil without one.
	Card *Card
	// Pictures are those of the document; nil if it has none.
	Pictures *picture.Set
	// Logo is the theme's, among Pictures, for a document without one; nil for none.
	Logo *doc.Image
	// Producer is the program's name and version.
	Producer string
}

// Card is a PNG that shows the headline; its address may be relative.
type Card struct {
	URL string
	// Width and Height are pixels.
	Width, Height int
}

// Alternate is one form of the publication: a language in a format.
type Alternate struct {
	// Lang is a BCP 47 tag.
	Lang string
	// Format is "html", "pdf" or another of the facade's formats.
	Format    string
	MediaType string
	// URL is the address for readers, which may be relative; Address is the absolute
	// one for machines, empty for the same.
	URL, Address string
	// Self marks this page, Original the language that the others translate.
	Self, Original bool
}

// page is the format of which this package writes.
const page = "html"

// Writer writes pages. It holds each theme's compiled shell and style sheet
// and each locale's words, and is safe for concurrent use.
type Writer struct {
	shells map[*theme.Theme]*shell
	words  sync.Map // *locale.Locale to *words
	bodies sync.Pool
}

// New compiles the shell and the style sheet of every theme. An error names
// the file and line.
func New(themes *theme.Set) (*Writer, error) {
	w := &Writer{shells: map[*theme.Theme]*shell{}}
	w.bodies.New = func() any { return &body{} }
	for _, name := range themes.Names() {
		t, _ := themes.Get(name)
		s, err := compile(t)
		if err != nil {
			return nil, err
		}
		w.shells[t] = s
	}
	return w, nil
}

// Write writes the page of a resolved document. Its errors are faults of the
// caller (a document that is not resolved, a theme that the Writer does not
// know, no locale) or a construct that this stage does not know yet.
func (w *Writer) Write(d *doc.Document, o Options) ([]byte, error) {
	switch {
	case d.Front == nil:
		return nil, errors.New("html: the document is not resolved")
	case o.Locale == nil:
		return nil, errors.New("html: there is no locale")
	}
	s := w.shells[o.Theme]
	if s == nil {
		return nil, errors.New("html: the theme was not compiled")
	}
	if o.Canonical == "" {
		o.Canonical = d.Meta.Canonical
	}
	b := w.bodies.Get().(*body)
	defer w.bodies.Put(b)
	b.begin(d, &o, w.wordsOf(o.Locale))
	out, err := s.execute(b.slots())
	if err == nil {
		err = b.err
	}
	if err != nil {
		return nil, fmt.Errorf("html: %w", err)
	}
	return out, nil
}
