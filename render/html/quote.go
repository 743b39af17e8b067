package html

import "communique/render/doc"

// quote writes the words of somebody. Who spoke is not part of the quotation
// (HTML 4.4.4): it is the caption of a figure around it.
func (b *body) quote(n *doc.Quote) {
	if len(n.Attribution) == 0 {
		b.open("blockquote", &n.Attr)
		b.raw(">\n")
		b.blocks(n.Blocks)
		b.raw("</blockquote>")
		return
	}
	b.open("figure", &n.Attr)
	b.raw("><blockquote>\n")
	b.blocks(n.Blocks)
	b.raw("</blockquote><figcaption>— ")
	b.inlines(n.Attribution)
	b.raw("</figcaption></figure>")
}
