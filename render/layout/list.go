package layout

import (
	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
)

// list sets items behind their labels, which hang in the indent.
func (b *builder) list(n *doc.List) {
	e := b.open(page.TypeL, &n.Attr)
	e.Attributes.List = page.ListDisc
	if n.Ordered {
		e.Attributes.List = page.ListDecimal
	}
	st := b.body()
	labels := make([]*inlines, len(n.Items))
	defer func(f frame, hanging float64) { b.frame, b.hanging = f, hanging }(b.frame, b.hanging)
	b.frame = b.hung()
	b.hanging = 0
	indent := b.th.Space.ListIndent
	for i, it := range n.Items {
		labels[i] = b.plain(it.Label, st)
		_, w := b.o.Shaper.Measure(labels[i].spans, b.rtl)
		indent = max(indent, w+st.size*0.6)
	}
	between := b.th.Space.Item
	if n.Tight {
		between = b.th.Space.TightItem
	}
	b.space(b.between())
	firsts := make([]int, 0, len(n.Items))
	for i, it := range n.Items {
		if i > 0 {
			b.gap = 0
			b.space(between)
		}
		firsts = append(firsts, len(b.boxes))
		b.item(it, labels[i], indent, e, n.Tight)
	}
	if len(firsts) > 1 {
		if n.Tight {
			b.loosen(firsts)
		}
		b.keepCompany(firsts)
	}
	b.gap = 0
	b.space(b.between())
}

// keepCompany ties an item of one line at either end of a list, whose items begin
// at some boxes, to its neighbour: like a first or last line, it never stands alone
// on its page.
func (b *builder) keepCompany(firsts []int) {
	if i := firsts[1]; i == firsts[0]+1 && i < len(b.boxes) {
		b.boxes[i-1].keep = true
	}
	if i := firsts[len(firsts)-1]; i > 0 && i == len(b.boxes)-1 {
		b.boxes[i-1].keep = true
	}
}

// longItem is from how many lines on, on average, the items of a list are
// paragraphs, which need room between them to be told apart.
const longItem = 3

// loosen gives the items of a tight list, which begin at some boxes, the room of
// a loose one if they are long.
func (b *builder) loosen(firsts []int) {
	if len(b.boxes)-firsts[0] < longItem*len(firsts) {
		return
	}
	for _, i := range firsts[1:] {
		if i < len(b.boxes) {
			b.boxes[i].space = max(b.boxes[i].space, b.th.Space.Item)
		}
	}
}

// item sets one entry. The label waits for the first line of the body.
func (b *builder) item(it *doc.Item, label *inlines, indent float64, list *page.Element, tight bool) {
	defer b.enter(&it.Attr)()
	li := list.New(page.TypeLI)
	li.ID, li.Lang = it.ID, it.Lang
	from := len(b.boxes)
	st := b.body()
	lb := li.New(page.TypeLbl)
	body := li.New(page.TypeLBody)
	set := b.o.Shaper.Lines(text.Paragraph{Spans: label.spans, RTL: b.rtl, Width: b.frame.width()})
	if len(set) > 0 {
		b.labels = append(b.labels, &line{text: &set[0], x: b.align(set[0].Width, alignStart),
			shift: st.size * 0.35, elem: lb, inl: label})
	}
	b.within(body, b.inset(indent), func() {
		if tight && len(it.Blocks) > 0 {
			// in a tight list the paragraphs are the item itself
			for i, c := range it.Blocks {
				if p, ok := c.(*doc.Paragraph); ok && i == 0 && len(p.Content) > 0 {
					in, e := b.flatten(p.Content, st), body
					if len(in.calls) > 0 || len(it.Blocks) > 1 { // notes and other blocks come after it
						e = body.New(page.TypeP)
					}
					b.set(b.lines(in, st, e), false)
					b.space(b.th.Space.TightItem)
					b.setNotes()
					continue
				}
				b.blocks([]doc.Block{c})
			}
		} else {
			gap := b.gap
			b.gap = 0
			from := len(b.boxes)
			b.blocks(it.Blocks)
			if from < len(b.boxes) {
				b.boxes[from].space = gap
			}
		}
		if len(b.labels) > 0 { // nothing took the label: an empty item
			l := b.labels[0]
			b.labels = nil
			l.height = b.lineHeight(st)
			b.add(box{height: l.height, item: l})
		}
	})
	if it.ID != "" && from < len(b.boxes) {
		b.boxes[from].anchors = append(b.boxes[from].anchors, it.ID)
	}
}
