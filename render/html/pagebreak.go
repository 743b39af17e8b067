package html

import "communique/render/doc"

// pageBreak writes what only paper shows.
func (b *body) pageBreak(n *doc.PageBreak) {
	b.open("div", &n.Attr)
	b.raw(` class="page-break"></div>`)
}
