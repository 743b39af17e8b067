package plain

import (
	"strings"

	"communique/render/doc"
)

func (w *writer) list(n *doc.List) {
	w.space(1)
	w.items(n)
	w.space(1)
}

// items writes items with hanging indents, as deep as the widest label asks.
func (w *writer) items(n *doc.List) {
	gap := 1
	if n.Tight {
		gap = 0
	}
	hang := 0
	for _, it := range n.Items {
		hang = max(hang, columns(it.Label)+1)
	}
	for _, it := range n.Items {
		label := it.Label + strings.Repeat(" ", hang-columns(it.Label))
		w.indented(hang, label, func() { w.item(it, n.Tight) })
		w.gap = gap
	}
}

// item writes an item's blocks. In a tight list nothing parts the list below a
// paragraph from it.
func (w *writer) item(it *doc.Item, tight bool) {
	w.turned(&it.Attr, func() {
		for i, b := range it.Blocks {
			if n, ok := b.(*doc.List); ok && tight && i > 0 {
				w.gap = 0
				w.turned(&n.Attr, func() { w.items(n) })
			} else {
				w.blocks(it.Blocks[i : i+1])
			}
		}
	})
}
