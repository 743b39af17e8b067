package plain

import "communique/render/doc"

// heading underlines sections and sets deeper levels apart by room.
func (w *writer) heading(n *doc.Heading) {
	text := w.inlines(n.Content)
	if n.Number != "" {
		text = n.Number + " " + text
	}
	if n.Level > 2 {
		w.space(1)
		w.wrap(text)
		w.space(1)
		return
	}
	w.space(2)
	w.underlined(text, "-")
	w.space(1)
}
