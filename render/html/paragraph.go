package html

import "communique/render/doc"

func (b *body) paragraph(n *doc.Paragraph) {
	b.open("p", &n.Attr)
	b.raw(">")
	b.inlines(n.Content)
	b.raw("</p>")
}
