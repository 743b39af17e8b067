package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// tableHead is what is painted again when a page breaks within a table.
type tableHead struct {
	rows   []*band
	height float64
	// continued is the small word above the repeated rows.
	continued *line
}

// tallHead is the part of a page above which header rows are not repeated.
const tallHead = 0.5

// headBoxes adds the header rows and tells what of them is repeated.
func (t *tableSetter) headBoxes(g columnGroup, head *tableHead, room float64) {
	if t.head == 0 {
		return
	}
	rows := t.bands(g, 0, t.head)
	height := 0.0
	for _, r := range rows {
		height += r.height
	}
	for i, r := range rows {
		first := room
		if i == 0 {
			first -= t.captioned
		}
		for _, s := range r.split(first, room) {
			t.b.add(box{height: s.height, item: s, keep: true})
		}
	}
	if height <= room*tallHead {
		head.rows = rows
		head.continued = t.continued()
		head.height = height + head.continued.height
	}
}

// caption sets the table's name and number above it; the two never part.
func (t *tableSetter) caption() {
	if t.captionEl == nil {
		return
	}
	b := t.b
	st := style{size: b.th.Sizes.Table, leading: b.th.Sizes.Leading, color: page.Color(b.th.Light.Ink), setting: headline}
	content := t.n.Caption
	if t.n.Label != "" {
		content = append([]doc.Inline{&doc.Strong{Content: []doc.Inline{&doc.Text{Value: t.n.Label}}}, &doc.Text{Value: "\u2003"}}, content...)
	}
	f := b.frame
	b.frame = b.measured(f)
	from := len(b.boxes)
	b.set(b.lines(b.flatten(content, st), st, t.captionEl), true)
	b.frame = f
	b.room(b.th.Space.CellY)
	for _, x := range b.boxes[from:] {
		t.captioned += x.height
	}
}

// hang sets the label of a list item that begins with the table, beside its first row.
func (t *tableSetter) hang() {
	b := t.b
	for _, l := range b.labels {
		l.height = b.lineHeight(style{size: t.size, leading: b.th.Sizes.Leading}) + 2*b.th.Space.CellY*t.scale()
		b.add(box{item: l, keep: true})
	}
	b.labels = nil
}

// measured is a frame no wider than running text.
func (b *builder) measured(f frame) frame {
	if over := f.width() - b.th.Paper.Measure; over > 0 {
		if b.rtl {
			f.left += over
		} else {
			f.right -= over
		}
	}
	return f
}

// continued sets the words that say that a table goes on.
func (t *tableSetter) continued() *line {
	b := t.b
	words := t.n.Continued
	if words == "" {
		words = b.d.Front.Words["continued"]
	}
	st := style{size: b.th.Sizes.Furn, leading: b.th.Sizes.Leading, italic: true, color: page.Color(b.th.Light.Muted), align: alignEnd}
	return b.lines(b.plain(words, st), st, nil)[0]
}

// goesOn adds the same words above a further group of columns.
func (t *tableSetter) goesOn() {
	l := t.continued()
	t.captioned = l.height
	t.b.add(box{height: l.height, item: repeated{l}, keep: true})
}

// repeated is a line outside the structure.
type repeated struct{ *line }

func (r repeated) paint(p *painter, top float64) {
	defer func(was bool) { p.artifact = was }(p.artifact)
	p.artifact = true
	r.line.paint(p, top)
}

// paint draws the header again, as an artifact: its cells are in the structure once.
func (h *tableHead) paint(p *painter, top float64) float64 {
	p.artifact = true
	h.continued.paint(p, top)
	top += h.continued.height
	for _, r := range h.rows {
		r.paint(p, top)
		top += r.height
	}
	p.artifact = false
	return top
}
