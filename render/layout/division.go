package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// division groups blocks; its lines align to its own direction.
func (b *builder) division(n *doc.Division) {
	b.within(b.open(page.TypeDiv, &n.Attr), b.frame, func() { b.blocks(n.Blocks) })
}
