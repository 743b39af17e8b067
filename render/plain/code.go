package plain

import (
	"strings"

	"communique/render/doc"
)

// codeBlock writes lines as they are, whatever their width.
func (w *writer) codeBlock(n *doc.CodeBlock) {
	w.space(1)
	w.indented(4, "", func() {
		for _, l := range n.Lines {
			w.line(w.leftToRight(strings.TrimRight(l, " \t")))
		}
	})
	w.space(1)
}
