package html

import "communique/render/doc"

// callout writes a notice. It is a note (WAI-ARIA 1.2, 5.4), not a landmark: a
// page may have many. Its name is the label that is printed.
func (b *body) callout(n *doc.Callout) {
	b.open("div", &n.Attr)
	b.raw(` role="note"`)
	b.attribute("class", "callout "+string(n.Kind))
	b.attribute("aria-label", n.Label+doc.PlainText(n.Title))
	b.raw(`><p class="box-label">`)
	b.text(n.Label)
	b.inlines(n.Title)
	b.raw("</p>\n")
	b.blocks(n.Blocks)
	b.raw("</div>")
}
