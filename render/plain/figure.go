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
		w.caption(n.Label, n.Caption)
	}
	w.space(1)
}

// caption writes the words below a picture, behind its name.
func (w *writer) caption(label string, in []doc.Inline) {
	if label != "" {
		label += "  "
	}
	w.wrap(label + w.inlines(in))
}
