// Package markdown owns the front end for statements: a Markdown file with
// YAML front matter becomes a doc.Document. It knows goldmark, and must never
// know a label, a page or a markup language of the output. Whatever it cannot
// express is a problem with its place; no word is dropped without one.
package markdown

import (
	"fmt"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/kind"
	"communique/render/locale"
)

// Source is one Markdown file.
type Source struct {
	// Name is the file name, used in problems; "a.fr.md" also tells the language.
	Name string
	Data []byte
}

// Options are what a parse needs from outside.
type Options struct {
	Locales *locale.Catalog
	Kinds   *kind.Set
	// Lang overrides the language of the front matter and the file name.
	Lang string
}

// Parse reads front matter and body. It always returns a document, which is fit
// for output if no problem is an error. It is safe for concurrent use with
// separate lists of problems.
func Parse(src Source, opts Options, problems *diag.List) *doc.Document {
	d := &doc.Document{File: src.Name}
	r := newReporter(problems)
	if len(src.Data) > MaxSource {
		r.error("too-big", diag.Pos{File: src.Name}, fmt.Sprintf("the file has %d bytes", len(src.Data)),
			fmt.Sprintf("at most %d bytes", MaxSource), "divide the document")
		return finish(d, opts)
	}
	s := read(src.Name, src.Data, r)
	if len(s.lines) > MaxLines {
		r.error("too-big", diag.Pos{File: src.Name, Line: MaxLines + 1}, fmt.Sprintf("the file has %d lines", len(s.lines)),
			fmt.Sprintf("at most %d lines", MaxLines), "divide the document")
		return finish(d, opts)
	}
	front := readFront(s, opts, r)
	front.language(opts)
	d.Meta = front.meta

	types := typographer{locales: opts.Locales, lang: d.Meta.Lang}
	p := &place{reporter: r, src: s}
	st := &state{place: p, typographer: types}
	root := st.parse(s.text, front.lines)
	c := newConverter(st, s.text)
	d.Blocks = c.blocks(root)
	c.unused()
	front.title(d, c)
	d.Summary = front.summary(c)
	d.Footnotes = c.notes
	c.unusedAbbreviations()
	return d
}

// Identify reads the front matter alone, as far as it can be read: enough to
// tell which works documents belong to. Problems are for Parse to find.
func Identify(src Source, opts Options) *doc.Document {
	var problems diag.List
	front := readFront(read(src.Name, src.Data, newReporter(&problems)), opts, newReporter(&problems))
	front.language(opts)
	return &doc.Document{File: src.Name, Meta: front.meta}
}

// finish gives a document that was not read what every document has.
func finish(d *doc.Document, opts Options) *doc.Document {
	d.Meta.Lang, d.Meta.Dir = "en", doc.LeftToRight
	if opts.Lang != "" {
		d.Meta.Lang = opts.Lang
		d.Meta.Dir = locale.Direction(opts.Lang)
	}
	return d
}
