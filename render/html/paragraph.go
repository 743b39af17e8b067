package html

import "communique/render/doc"

// paragraph writes running text. A number is text: it can be copied and found.
func (b *body) paragraph(n *doc.Paragraph) {
	b.open("p", &n.Attr)
	if n.Number != "" {
		b.raw(` class="numbered"><span class="number">`)
		b.text(n.Number)
		b.raw("</span> ")
	} else {
		b.raw(">")
	}
	b.inlines(n.Content)
	b.raw("</p>")
}
