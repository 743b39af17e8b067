// Package plain owns the plain-text edition, for e-mail: UTF-8, wrapped at 72
// columns, every word of one resolved document. It must never generate text of
// its own beyond labels that resolve made and signs that show structure.
package plain

import (
	"errors"
	"fmt"
	"strings"

	"communique/render/doc"
)

// Width is the greatest width of a line in columns, but for what cannot be
// broken: addresses and code. RFC 3676 and old custom ask for less than 78.
const Width = 72

// Write writes a resolved document. An error is a fault of the caller (a document
// that is not resolved) or a construct that this stage does not know yet.
func Write(d *doc.Document) ([]byte, error) {
	if d.Front == nil {
		return nil, errors.New("plain: the document is not resolved")
	}
	w := &writer{d: d, out: make([]byte, 0, 8<<10), rtl: d.Meta.Dir == doc.RightToLeft}
	w.head()
	w.blocks(d.Blocks)
	w.footnotes()
	w.tail()
	if w.err != nil {
		return nil, fmt.Errorf("plain: %w", w.err)
	}
	return w.out, nil
}

// writer is the state of one text.
type writer struct {
	d   *doc.Document
	out []byte
	// rtl is the base direction of what is being written.
	rtl bool
	// indent begins every line; lead stands in for it on the next one, as the
	// label of a list item does.
	indent int
	lead   string
	// gap is the number of blank lines before the next line.
	gap int
	// held forbids blank lines until something is written.
	held bool
	// links are the addresses of the notes, in order of first use.
	links  []note
	number map[note]int
	// expanded are the abbreviations whose full form has been given.
	expanded map[string]bool
	err      error
}

// note is an address at the end of the text.
type note struct{ url, title string }

func (w *writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// space asks for blank lines before the next line; of several wishes the greatest
// counts. An item's label and its first block are never parted.
func (w *writer) space(lines int) {
	if w.lead == "" && !w.held {
		w.gap = max(w.gap, lines)
	}
}

// blocks writes paragraph-level constructs.
func (w *writer) blocks(in []doc.Block) {
	for _, n := range in {
		w.turned(n.Attributes(), func() { w.block(n) })
	}
}

// turned runs fn in the direction of a block's own, if it has one.
func (w *writer) turned(a *doc.Attr, fn func()) {
	rtl := w.rtl
	if a.Dir != doc.Inherit {
		w.rtl = a.Dir == doc.RightToLeft
	}
	fn()
	w.rtl = rtl
}

func (w *writer) block(n doc.Block) {
	switch n := n.(type) {
	case *doc.Heading:
		w.heading(n)
	case *doc.Paragraph:
		w.paragraph(n)
	case *doc.List:
		w.list(n)
	case *doc.Quote:
		w.quote(n)
	case *doc.Table:
		w.table(n)
	case *doc.CodeBlock:
		w.codeBlock(n)
	case *doc.Figure:
		w.figure(n)
	case *doc.Chart:
		w.chart(n)
	case *doc.Rule:
		w.rule()
	case *doc.Division:
		w.division(n)
	case *doc.Callout:
		w.callout(n)
	case *doc.DefinitionList:
		w.definitionList(n)
	case *doc.EndMark:
		w.endMark(n)
	case *doc.PageBreak:
		w.pageBreak()
	default:
		w.fail(fmt.Errorf("no way to write the block %T", n))
	}
}

// maxIndent bounds indents: deeper nesting stays where it is, so that a line
// keeps room for words.
const maxIndent = 40

// indented runs fn with lines that begin further in; lead, no wider, begins the first.
func (w *writer) indented(by int, lead string, fn func()) {
	old := w.indent
	if lead != "" {
		if w.lead == "" {
			w.lead = strings.Repeat(" ", w.indent)
		}
		w.lead += lead
	}
	if w.indent+by <= maxIndent {
		w.indent += by
	}
	fn()
	if lead != "" && w.lead != "" { // there was nothing to stand beside it
		w.line("")
	}
	w.indent = old
}
