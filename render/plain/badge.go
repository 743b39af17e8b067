package plain

import (
	"strings"

	"communique/render/doc"
)

// badge writes the status of a thing in square brackets.
func (w *writer) badge(b *strings.Builder, n *doc.Badge) {
	b.WriteString("[" + w.inlines(n.Content) + "]")
}
