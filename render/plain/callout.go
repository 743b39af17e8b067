package plain

import "communique/render/doc"

// callout writes a notice under its label and title.
func (w *writer) callout(n *doc.Callout) { w.box(n.Label+w.inlines(n.Title), n.Blocks) }
