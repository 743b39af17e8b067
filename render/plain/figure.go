package plain

import "communique/render/doc"

// figure writes what a picture shows, in brackets, and its caption; nothing of a
// decorative one but a caption that it should not have.
func (w *writer) figure(n *doc.Figure) {
	w.space(1)
	if !n.Image.Decorative {
		w.wrap("[" + n.Image.Alt + "]")
	}
	if len(n.Caption) > 0 {
		label := ""
		if n.Label != "" {
			label = n.Label + "  "
		}
		w.wrap(label + w.inlines(n.Caption))
	}
	w.space(1)
}
