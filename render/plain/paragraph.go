package plain

import "communique/render/doc"

func (w *writer) paragraph(n *doc.Paragraph) {
	w.space(1)
	w.wrap(w.inlines(n.Content))
	w.space(1)
}
