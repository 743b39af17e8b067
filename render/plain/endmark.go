package plain

import "communique/render/doc"

func (w *writer) endMark(n *doc.EndMark) {
	w.space(1)
	w.wrap(n.Text)
	w.space(1)
}
