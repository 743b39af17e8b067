package html

import "communique/render/doc"

func (b *body) endMark(n *doc.EndMark) {
	b.open("p", &n.Attr)
	b.raw(` class="end-mark">`)
	b.text(n.Text)
	b.raw("</p>")
}
