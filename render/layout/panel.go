package layout

import "communique/render/page"

// panel sets what fn appends on a filled area, with a bar along the start side if
// it is barred. The room inside never parts from what it surrounds.
func (b *builder) panel(e *page.Element, fill page.Color, barred bool, fn func()) {
	pad, f := b.th.Space.BandPad, b.frame
	inner := frame{f.left + 2*pad, f.right - 2*pad}
	if inner.width() < 6*b.th.Sizes.Body { // deep nesting keeps some room
		inner = f
	}
	decos := []*deco{{left: f.left, right: f.right, color: fill}}
	if barred {
		bar := &deco{left: f.left, right: f.left + b.th.Rules.Quote, color: page.Color(b.th.Light.Accent)}
		if b.rtl {
			bar.left, bar.right = f.right-b.th.Rules.Quote, f.right
		}
		decos = append(decos, bar)
	}
	around := b.decos
	b.decos = append(around[:len(around):len(around)], decos...)
	b.within(e, inner, func() {
		b.room(pad)
		from := len(b.boxes)
		fn()
		b.gap = 0
		if from < len(b.boxes) {
			b.boxes[from].space = 0
		}
		b.boxes[len(b.boxes)-1].keep = true
		b.add(box{height: pad})
	})
	b.decos = around
}

// panelTitle sets the words at the head of a panel, which stay with what follows.
func (b *builder) panelTitle(inl *inlines, st style, e *page.Element) {
	b.set(b.lines(inl, st, e.New(page.TypeP)), true)
	b.space(b.th.Space.TightItem)
}

// panelStyle is how the words at the head of a panel look.
func (b *builder) panelStyle() style {
	st := b.body()
	st.size, st.bold, st.color = b.th.Sizes.Table, true, page.Color(b.th.Light.Accent)
	return st
}
