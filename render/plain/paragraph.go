package plain

import "communique/render/doc"

// paragraph writes running text, its number hanging if it has one.
func (w *writer) paragraph(n *doc.Paragraph) {
	w.space(1)
	w.numbered(n.Number, func() { w.wrap(w.inlines(n.Content)) })
	w.space(1)
}

// numbered runs fn with a number before its first line.
func (w *writer) numbered(number string, fn func()) {
	if number == "" {
		fn()
		return
	}
	w.indented(columns(number)+1, number+" ", fn)
}
