package html

import "communique/render/doc"

var headings = [...]string{"h2", "h3", "h4", "h5", "h6"}

// heading writes a heading of level 2 to 6; the headline alone is level 1.
func (b *body) heading(n *doc.Heading) {
	tag := headings[min(max(n.Level, 2), 6)-2]
	b.open(tag, &n.Attr)
	b.raw(">")
	b.number(n.Number)
	b.inlines(n.Content)
	b.raw("</", tag, ">")
	if anchor(n.ID) {
		b.section, b.named = n.ID, false
	}
}
