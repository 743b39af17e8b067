package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// body is the style of running text.
func (b *builder) body() style {
	return style{size: b.th.Sizes.Body, leading: b.th.Sizes.Leading, color: page.Color(b.th.Light.Ink)}
}

func (b *builder) paragraph(n *doc.Paragraph) {
	if len(n.Content) == 0 {
		return
	}
	st := b.body()
	b.space(b.th.Space.Paragraph)
	b.set(b.lines(b.flatten(n.Content, st), st, b.open(page.TypeP, &n.Attr)), false)
	b.space(b.th.Space.Paragraph)
}
