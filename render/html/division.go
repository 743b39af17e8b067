package html

import "communique/render/doc"

func (b *body) division(n *doc.Division) {
	b.open("div", &n.Attr)
	b.raw(">\n")
	b.blocks(n.Blocks)
	b.raw("</div>")
}
