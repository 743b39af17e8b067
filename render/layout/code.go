package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// code sets preformatted text on a panel, always from left to right.
func (b *builder) code(n *doc.CodeBlock) {
	st := style{size: b.th.Sizes.Code, leading: b.th.Sizes.TightLeading * 1.08, mono: true, color: page.Color(b.th.Light.Ink)}
	e := b.open(page.TypeP, &n.Attr).New(page.TypeCode)
	pad := b.th.Space.BandPad
	panel := &deco{left: b.frame.left, right: b.frame.right, color: page.Color(b.th.Light.Fill)}
	rtl := b.rtl
	b.rtl = false
	b.space(b.th.Space.Paragraph)
	b.within(e, frame{b.frame.left + pad, b.frame.right - pad}, func() {
		b.decorated(panel, func() {
			b.room(pad)
			for i, l := range n.Lines {
				if l == "" {
					b.add(box{height: b.lineHeight(st)})
					continue
				}
				b.set(b.lines(b.plain(l, st), st, e), i == len(n.Lines)-1)
			}
			b.boxes[len(b.boxes)-1].keep = true
			b.add(box{height: pad})
		})
	})
	b.rtl = rtl
	b.space(b.th.Space.Paragraph)
}
