package plain

import "communique/render/doc"

// quoteIndent sets the words of others apart; the sign ">" would make mail
// programs fold them away as what was answered to.
const quoteIndent = 4

func (w *writer) quote(n *doc.Quote) {
	w.space(1)
	w.indented(quoteIndent, "", func() {
		w.blocks(n.Blocks)
		if len(n.Attribution) > 0 {
			w.gap = 0
			w.indented(2, "— ", func() { w.wrap(w.inlines(n.Attribution)) })
		}
	})
	w.space(1)
}
