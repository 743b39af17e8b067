package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// definitionList sets terms in bold, and what they mean below, indented. Its
// structure is a list whose labels are the terms (ISO 32000-1, 14.8.4.3.3).
func (b *builder) definitionList(n *doc.DefinitionList) {
	list := b.open(page.TypeL, &n.Attr)
	b.space(b.th.Space.Paragraph)
	var body *page.Element
	for i, d := range n.Items {
		restore := b.enter(&d.Attr)
		from := len(b.boxes)
		gap := b.th.Space.TightItem
		if len(d.Terms) > 0 || body == nil {
			if i > 0 {
				b.gap = 0
				b.space(b.th.Space.Item * 1.4)
			}
			li := list.New(page.TypeLI)
			li.ID, li.Lang = d.ID, d.Lang
			b.terms(d, li)
			body = li.New(page.TypeLBody)
		} else {
			gap = b.th.Space.Item
		}
		b.definition(d, body, gap)
		if d.ID != "" && from < len(b.boxes) {
			b.boxes[from].anchors = append(b.boxes[from].anchors, d.ID)
		}
		restore()
	}
	b.gap = 0
	b.space(b.th.Space.Paragraph)
}

// terms sets the terms of an entry, each on lines of its own that stay with what follows.
func (b *builder) terms(d *doc.Definition, li *page.Element) {
	if len(d.Terms) == 0 {
		return
	}
	st := b.body()
	st.bold = true
	label := li.New(page.TypeLbl)
	for i, t := range d.Terms {
		e := label
		if len(d.Terms) > 1 {
			e = label.New(page.TypeSpan)
		}
		in := b.flatten(t, st)
		if n := len(in.spans); n > 0 && i+1 < len(d.Terms) {
			in.spans[n-1].Text += " " // parts the terms (lineBreak)
		}
		b.set(b.lines(in, st, e), true)
	}
}

// definition sets one definition.
func (b *builder) definition(d *doc.Definition, body *page.Element, gap float64) {
	b.within(body, b.inset(b.th.Space.ListIndent), func() {
		from := len(b.boxes)
		b.gap = 0
		b.blocks(d.Blocks)
		if from < len(b.boxes) {
			b.boxes[from].space = gap
		}
	})
}
