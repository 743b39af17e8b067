package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// quote sets the words of somebody behind a bar; the attribution never parts from them.
func (b *builder) quote(n *doc.Quote) {
	e := b.open(page.TypeQuote, &n.Attr)
	b.space(b.th.Space.Paragraph * 1.4)
	bar := &deco{color: page.Color(b.th.Light.Accent)}
	if b.rtl {
		bar.left, bar.right = b.frame.right-b.th.Rules.Quote, b.frame.right
	} else {
		bar.left, bar.right = b.frame.left, b.frame.left+b.th.Rules.Quote
	}
	b.within(e, b.inset(b.th.Space.QuoteIndent), func() {
		b.decorated(bar, func() {
			b.gapInside(func() { b.blocks(n.Blocks) })
			b.attribution(n)
		})
	})
	b.space(b.th.Space.Paragraph * 1.4)
}

// gapInside runs fn so that a decoration begins at its first line: the room
// asked for stays above it, and room asked for by the last block is dropped.
func (b *builder) gapInside(fn func()) {
	before := b.gap
	from := len(b.boxes)
	b.gap = 0
	fn()
	b.gap = 0
	if from < len(b.boxes) {
		b.boxes[from].space = before
	} else {
		b.gap = before
	}
}

func (b *builder) attribution(n *doc.Quote) {
	if len(n.Attribution) == 0 {
		return
	}
	if len(b.boxes) > 0 && len(n.Blocks) > 0 {
		b.boxes[len(b.boxes)-1].keep = true
	}
	st := b.body()
	st.size = b.scaled(b.th.Sizes.Table)
	st.color = page.Color(b.th.Light.Muted)
	content := append([]doc.Inline{&doc.Text{Value: "— "}}, n.Attribution...)
	b.space(b.th.Space.Paragraph * 0.6)
	b.set(b.lines(b.flatten(content, st), st, b.elem.New(page.TypeP)), true)
	b.boxes[len(b.boxes)-1].keep = false
}
