package html

import "communique/render/doc"

// badge writes the status of a thing; the style sheet gives it its frame.
func (b *body) badge(n *doc.Badge) {
	b.raw("<span")
	b.attribute("class", "badge badge-"+string(n.Tone))
	b.raw(">")
	b.inlines(n.Content)
	b.raw("</span>")
}
