package html

import (
	"strconv"
	"strings"

	"communique/render/doc"
)

// call writes the mark of a note: a link with the name of the note, since a
// number alone says nothing to who hears it (DPUB-ARIA 1.1, doc-noteref).
func (b *body) call(n *doc.FootnoteCall) {
	b.raw("<sup>")
	b.text(n.Lead)
	b.raw("<a")
	if b.d.Meta.Dir == doc.RightToLeft {
		b.raw(` dir="ltr"`) // isolated: it would join a number before it
	}
	b.attribute("id", n.ID)
	b.raw(` href="#`)
	b.buf = append(appendURL(b.buf, n.Note.ID), `" role="doc-noteref"`...)
	b.attribute("aria-label", b.noteWord("footnote-call", n.Note, ""))
	b.raw(">")
	b.text(n.Note.Label)
	b.raw("</a></sup>")
}

// noteWord is a generated name of a link to or from a note.
func (b *body) noteWord(key string, n *doc.Footnote, place string) string {
	return strings.NewReplacer("{number}", n.Label, "{place}", place).Replace(b.d.Front.Words[key])
}

// footnotes writes the notes after the text: a web page has no foot of a page.
func (b *body) footnotes(notes []*doc.Footnote) {
	if len(notes) == 0 {
		return
	}
	b.raw(`<section role="doc-endnotes"`)
	b.attribute("aria-label", b.d.Front.Words["footnotes"])
	b.raw("><ol")
	if c := digits(notes[0].Label); c != "" {
		b.raw(` class="`, c, `"`)
	}
	b.raw(">\n")
	for _, n := range notes {
		b.footnote(n)
	}
	b.raw("</ol></section>\n")
}

// footnote writes a note. The links back end its last paragraph, if it ends in one.
func (b *body) footnote(n *doc.Footnote) {
	b.open("li", &n.Attr)
	b.raw(">\n")
	last := len(n.Blocks) - 1
	p, ok := n.Blocks[last].(*doc.Paragraph)
	if !ok {
		b.blocks(n.Blocks)
		b.raw("<p>")
		b.backLinks(n)
		b.raw("</p></li>\n")
		return
	}
	b.blocks(n.Blocks[:last])
	b.open("p", &p.Attr)
	b.raw(">")
	b.inlines(p.Content)
	b.raw(" ")
	b.backLinks(n)
	b.raw("</p></li>\n")
}

// backLinks writes a link to every place that calls the note.
func (b *body) backLinks(n *doc.Footnote) {
	for i, id := range n.Calls {
		key, place := "footnote-back", ""
		if len(n.Calls) > 1 {
			key, place = "footnote-back-place", b.numeral(i+1)
		}
		if i > 0 {
			b.raw(" ")
		}
		b.raw(`<a href="#`)
		b.buf = append(appendURL(b.buf, id), `" role="doc-backlink"`...)
		b.attribute("aria-label", b.noteWord(key, n, place))
		b.raw(">", b.backArrow())
		if place != "" {
			b.raw("<sup>")
			b.text(place)
			b.raw("</sup>")
		}
		b.raw("</a>")
	}
}

// backArrow points against the direction of reading; the selector keeps it from
// being drawn as an emoji.
func (b *body) backArrow() string {
	if b.d.Meta.Dir == doc.RightToLeft {
		return "↪\uFE0E"
	}
	return "↩\uFE0E"
}

// numeral is a number in the language's digits.
func (b *body) numeral(n int) string {
	return strings.Map(func(c rune) rune {
		if d := b.d.Front.Digits; len(d) == 10 {
			return d[c-'0']
		}
		return c
	}, strconv.Itoa(n))
}
