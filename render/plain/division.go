package plain

import "communique/render/doc"

// boxIndent sets apart what stands in a box on a page.
const boxIndent = 4

// division writes a group of blocks, under its name if it has one.
func (w *writer) division(n *doc.Division) {
	if n.Role == doc.RoleSignature {
		w.space(2)
	}
	if n.Label == "" {
		w.blocks(n.Blocks)
		return
	}
	w.box(n.Label, n.Blocks)
}

// box writes blocks below their name, further in.
func (w *writer) box(name string, blocks []doc.Block) {
	w.space(1)
	w.wrap(name)
	w.indented(boxIndent, "", func() { w.close(blocks) })
	w.space(1)
}

// close writes blocks without room above the first.
func (w *writer) close(blocks []doc.Block) {
	w.held = true
	w.blocks(blocks)
	w.held = false
}
