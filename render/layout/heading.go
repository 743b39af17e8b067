package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// headingTypes are the structure types of outline levels 1 to 6.
var headingTypes = [...]page.Type{page.TypeH1, page.TypeH2, page.TypeH3, page.TypeH4, page.TypeH5, page.TypeH6}

// heading sets a heading, which never stands alone at the foot of a page.
func (b *builder) heading(n *doc.Heading) {
	st := style{size: b.th.Sizes.Headings[n.Level-2], leading: b.th.Sizes.TightLeading, bold: true, color: page.Color(b.th.Light.Accent), setting: headline}
	if b.small {
		st.size = min(st.size, b.th.Sizes.Body)
	}
	above := b.th.Space.Heading
	if n.Level > 2 {
		above *= 0.75
	}
	b.hanging = 0
	b.space(above)
	e := b.open(headingTypes[n.Level-1], &n.Attr)
	title, frame := doc.PlainText(doc.Unbadged(n.Content)), b.frame
	if n.Number != "" {
		title = n.Number + " " + title
		number := b.besideLine(n.Number+" ", st, e)
		b.labels = append(b.labels, number)
		frame = b.inset(number.text.Width + st.size*0.7)
	}
	from := len(b.boxes)
	b.within(e, frame, func() { b.set(b.lines(b.flatten(n.Content, st), st, e), true) })
	if from < len(b.boxes) {
		b.boxes[from].mark = &bookmark{title, n.Level - 1}
	}
	b.space(b.th.Space.HeadingAfter)
}
