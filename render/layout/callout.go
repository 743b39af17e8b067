package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// callout sets a notice on a panel. Its label says what it is; the colour only helps.
func (b *builder) callout(n *doc.Callout) {
	e := b.open(page.TypeDiv, &n.Attr)
	fill := b.th.Light.Fill
	switch n.Kind {
	case doc.CalloutWarning, doc.CalloutCaution, doc.CalloutImportant:
		fill = b.th.Light.Band
	case doc.CalloutNote, doc.CalloutTip:
	}
	b.space(b.th.Space.Paragraph * 1.4)
	b.panel(e, page.Color(fill), true, func() {
		st := b.panelStyle()
		st.color = page.Color(b.th.Light.Ink)
		words := append([]doc.Inline{&doc.Text{Value: n.Label}}, n.Title...)
		b.panelTitle(b.flatten(words, st), st, e)
		from := len(b.boxes)
		b.blocks(n.Blocks)
		if from < len(b.boxes) {
			b.boxes[from].space = b.th.Space.TightItem
		}
	})
	b.space(b.th.Space.Paragraph * 1.4)
}
