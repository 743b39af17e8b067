package markdown

import (
	"communique/render/diag"
	"communique/render/doc"
)

// Fragment is a Markdown text within another file, such as a field of a meeting's
// record. It has no front matter.
type Fragment struct {
	File, Text string
	// Lang is the language of the text.
	Lang string
	// At tells where in the file a line and a column of the text stand, which count
	// from 1.
	At func(line, column int) diag.Pos
}

// ParseFragment reads a fragment as Parse reads the body of a file. The notes are
// those that the fragment calls; abbreviations hold within it.
func ParseFragment(f Fragment, opts Options, problems *diag.List) ([]doc.Block, []*doc.Footnote) {
	src := &file{name: f.File, text: []byte(f.Text), bidi: true}
	src.index()
	p := &place{reporter: newReporter(problems), src: src, at: f.At}
	st := &state{place: p, typographer: typographer{locales: opts.Locales, lang: f.Lang}}
	c := newConverter(st, src.text)
	blocks := c.blocks(st.parse(src.text, 0))
	c.unused()
	c.unusedAbbreviations()
	return blocks, c.notes
}
