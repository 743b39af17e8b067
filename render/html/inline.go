package html

import (
	"fmt"

	"communique/render/doc"
)

// inlines writes the constructs of a line of text.
func (b *body) inlines(in []doc.Inline) {
	for _, n := range in {
		b.inline(n)
	}
}

func (b *body) inline(n doc.Inline) {
	switch n := n.(type) {
	case *doc.Text:
		b.text(n.Value)
	case *doc.Emphasis:
		b.element("em", n.Content)
	case *doc.Strong:
		b.element("strong", n.Content)
	case *doc.Strikethrough:
		b.element("s", n.Content)
	case *doc.Subscript:
		b.element("sub", n.Content)
	case *doc.Superscript:
		b.element("sup", n.Content)
	case *doc.Break:
		b.raw("<br>")
	case *doc.Code:
		b.code(n)
	case *doc.Link:
		b.link(n)
	case *doc.Image:
		b.image(n)
	case *doc.FootnoteCall:
		b.call(n)
	case *doc.Badge:
		b.badge(n)
	case *doc.Span:
		b.span(n)
	case *doc.BidiOverride:
		b.override(n)
	case *doc.Abbreviation:
		b.abbreviation(n)
	default:
		b.fail(fmt.Errorf("no way to write the inline %T", n))
	}
}

func (b *body) element(tag string, content []doc.Inline) {
	b.raw("<", tag, ">")
	b.inlines(content)
	b.raw("</", tag, ">")
}

// span isolates text of another language or direction: the dir attribute
// isolates what bears it (HTML 15.3.6), and so does bdi where there is none.
func (b *body) span(n *doc.Span) {
	tag := "span"
	if n.Lang == "" && n.Dir == doc.Inherit {
		tag = "bdi"
	}
	b.raw("<", tag)
	b.language(n.Lang, n.Dir)
	b.raw(">")
	b.inlines(n.Content)
	b.raw("</", tag, ">")
}

func (b *body) override(n *doc.BidiOverride) {
	dir := n.Dir
	if dir == doc.Inherit {
		dir = doc.LeftToRight
	}
	b.raw(`<bdo dir="`, dir.String(), `">`)
	b.inlines(n.Content)
	b.raw("</bdo>")
}

func (b *body) abbreviation(n *doc.Abbreviation) {
	b.raw("<abbr")
	if n.Title != "" {
		b.attribute("title", n.Title)
	}
	b.raw(">")
	b.inlines(n.Content)
	b.raw("</abbr>")
}
