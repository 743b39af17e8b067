package plain

import "communique/render/doc"

// chart writes what a chart comes to, in brackets as for a picture, and its
// caption. Without a caption its words say that it is a chart, too.
func (w *writer) chart(n *doc.Chart) {
	w.space(1)
	if len(n.Caption) == 0 {
		w.wrap("[" + n.Alt + "]")
	} else {
		w.wrap("[" + n.Summary + "]")
		w.caption(n.Label, n.Caption)
	}
	w.space(1)
}
