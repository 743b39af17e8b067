package plain

import (
	"strings"

	"communique/render/doc"
)

// call writes the mark of a note.
func (w *writer) call(b *strings.Builder, n *doc.FootnoteCall) {
	b.WriteString(n.Lead + mark(n.Note))
}

// mark is the raised number of a note. Brackets would be those of addresses.
func mark(n *doc.Footnote) string { return raised(n.Label, superscripts, "^") }

// footnotes writes the notes below the text.
func (w *writer) footnotes() {
	if len(w.d.Footnotes) == 0 {
		return
	}
	w.rule()
	for _, n := range w.d.Footnotes {
		sign := mark(n) + " "
		w.turned(&n.Attr, func() {
			w.indented(columns(sign), sign, func() { w.blocks(n.Blocks) })
		})
	}
}
