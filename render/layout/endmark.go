package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// endMark sets the line that ends the text in the middle of its column; it
// never stands alone at the head of a page.
func (b *builder) endMark(n *doc.EndMark) {
	if len(b.boxes) > 0 {
		b.boxes[len(b.boxes)-1].keep = true
	}
	st := style{size: b.th.Sizes.Table, leading: b.th.Sizes.Leading, bold: true, color: page.Color(b.th.Light.Muted), align: alignCenter}
	b.space(b.th.Space.Paragraph * 2)
	b.set(b.lines(b.plain(n.Text, st), st, b.open(page.TypeP, &n.Attr)), true)
	b.boxes[len(b.boxes)-1].keep = false
	b.space(b.th.Space.Paragraph * 2)
}
