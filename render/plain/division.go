package plain

import "communique/render/doc"

func (w *writer) division(n *doc.Division) { w.blocks(n.Blocks) }
