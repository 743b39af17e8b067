package html

import "communique/render/doc"

func (b *body) rule(n *doc.Rule) {
	b.open("hr", &n.Attr)
	b.raw(">")
}
