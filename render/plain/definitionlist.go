package plain

import "communique/render/doc"

// definitionList writes terms on lines of their own and what they mean below them,
// further in.
func (w *writer) definitionList(n *doc.DefinitionList) {
	w.space(1)
	for _, d := range n.Items {
		w.turned(&d.Attr, func() {
			for _, t := range d.Terms {
				w.wrap(w.inlines(t))
			}
			w.indented(boxIndent, "", func() { w.close(d.Blocks) })
		})
		w.space(1)
	}
}
