package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// tableHead is what is painted again when a page breaks within a table.
type tableHead struct {
	rows   []*row
	height float64
	// continued is the small word above the repeated rows.
	continued *line
}

// row is a set table row, or a slice of one that is taller than a page.
type row struct {
	cells       []*cellLines
	left, right float64
	height, pad float64
	fill        *page.Color
	// rule is the width of the line under the row, 0 for none.
	rule  float64
	color page.Color
}

type cellLines struct{ lines []*line }

// smallTable is the part of a page below which a table is not split; of a
// longer one the first two and the last two rows stay together.
const smallTable = 0.3

// table sets a table as wide as its words need, up to the width of the page.
func (b *builder) table(n *doc.Table) {
	e := b.open(page.TypeTable, &n.Attr)
	if b.frame == b.textFrame() {
		defer func(f frame) { b.frame = f }(b.frame)
		b.frame = b.fullFrame()
	}
	t := &tableSetter{b: b, n: n, edges: make([]float64, len(n.Columns)+1)}
	t.measure()
	b.space(b.th.Space.Paragraph * 1.3)
	head := &tableHead{}
	if len(n.Head) > 0 {
		thead := e.New(page.TypeTHead)
		for _, r := range n.Head {
			set := t.row(r, thead, true)
			head.rows = append(head.rows, set)
			head.height += set.height
			b.add(box{height: set.height, item: set, keep: true})
		}
		head.continued = t.continued()
		head.height += head.continued.height
	}
	tbody := e.New(page.TypeTBody)
	room := b.pageRoom() - head.height
	rows := make([]*row, len(n.Body))
	height := head.height
	for i, r := range n.Body {
		rows[i] = t.row(r, tbody, false)
		height += rows[i].height
	}
	small := height < b.pageRoom()*smallTable
	for i, r := range rows {
		last := i == len(rows)-1
		if last {
			r.rule = b.th.Rules.Thick
		}
		for j, s := range r.split(room) {
			keep := !last && j == 0 && (small || i == 0 || i == len(rows)-2)
			b.add(box{height: s.height, item: s, table: head, keep: keep})
		}
	}
	b.space(b.th.Space.Paragraph * 1.6)
}

// tableSetter sets the rows of one table.
type tableSetter struct {
	b *builder
	n *doc.Table
	// edges are the left ends of the columns from the start side, and the end of the last.
	edges []float64
	flat  map[*doc.Cell]*inlines
}

func (t *tableSetter) style(header bool) style {
	return style{size: t.b.th.Sizes.Table, leading: t.b.th.Sizes.Leading, bold: header, color: page.Color(t.b.th.Light.Ink), setting: cell}
}

// measure gives every column its width: what its words want where there is
// room, otherwise in proportion, but never less than its longest word if that
// can be helped.
func (t *tableSetter) measure() {
	cols := len(t.n.Columns)
	least, want := make([]float64, cols), make([]float64, cols)
	t.flat = map[*doc.Cell]*inlines{}
	for _, rows := range [][]*doc.Row{t.n.Head, t.n.Body} {
		for _, r := range rows {
			for i, c := range r.Cells {
				if i >= cols {
					break
				}
				in := t.b.flatten(c.Content, t.style(c.Header))
				t.flat[c] = in
				longest, natural := t.b.o.Shaper.Measure(in.spans, t.b.rtl)
				least[i], want[i] = max(least[i], longest), max(want[i], natural)
			}
		}
	}
	pad := 2 * t.b.th.Space.CellX
	widths := distribute(least, want, t.b.frame.width()-pad*float64(cols))
	for i, w := range widths {
		t.edges[i+1] = t.edges[i] + w + pad
	}
}

// distribute shares the room between columns. Where not all can have what they
// want, columns that want no more than an equal share have it, and the others
// share the rest by what they want beyond their longest word.
func distribute(least, want []float64, room float64) []float64 {
	out := make([]float64, len(want))
	if over := room - sum(want); over >= 0 { // what is over goes to all alike, so that short columns breathe
		for i := range out {
			out[i] = want[i] + over/float64(len(out))
		}
		return out
	}
	settled := settle(least, want, room)
	var restLeast, restWant float64
	for i := range out {
		if settled[i] {
			out[i] = want[i]
			room -= want[i]
		} else {
			restLeast += least[i]
			restWant += want[i]
		}
	}
	for i := range out {
		switch {
		case settled[i]:
		case restLeast < room:
			out[i] = least[i] + (room-restLeast)*(want[i]-least[i])/(restWant-restLeast)
		default: // even the longest words do not fit: they are broken
			out[i] = room * least[i] / restLeast
		}
	}
	return out
}

// settle finds the columns that want no more than an equal share of what the
// wider ones leave, none if that would break words in those.
func settle(least, want []float64, room float64) []bool {
	settled := make([]bool, len(want))
	for left, changed := len(want), true; changed; {
		changed = false
		for i := range want {
			if !settled[i] && want[i] <= room/float64(left) {
				settled[i], changed = true, true
				room -= want[i]
				left--
			}
		}
	}
	need := 0.0
	for i := range least {
		if !settled[i] {
			need += least[i]
		}
	}
	if need > room {
		clear(settled)
	}
	return settled
}

func sum(v []float64) (s float64) {
	for _, x := range v {
		s += x
	}
	return s
}

// column is the frame of a cell's text.
func (t *tableSetter) column(i int) frame {
	f, x := t.b.frame, t.b.th.Space.CellX
	if t.b.rtl {
		return frame{f.right - t.edges[i+1] + x, f.right - t.edges[i] - x}
	}
	return frame{f.left + t.edges[i] + x, f.left + t.edges[i+1] - x}
}

func (t *tableSetter) row(r *doc.Row, parent *page.Element, header bool) *row {
	b := t.b
	tr := parent.New(page.TypeTR)
	out := &row{left: b.frame.left, right: b.frame.right, pad: b.th.Space.CellY, rule: b.th.Rules.Thin, color: page.Color(b.th.Light.Rule)}
	if header {
		fill := page.Color(b.th.Light.Fill)
		out.fill = &fill
	}
	for i, c := range r.Cells {
		if i >= len(t.n.Columns) {
			break
		}
		e := tr.New(page.TypeTD)
		if c.Header {
			e.Type = page.TypeTH
			e.Attributes.Scope = page.ScopeRow
			if header {
				e.Attributes.Scope = page.ScopeColumn
			}
		}
		if c.Lang != "" && c.Lang != b.d.Meta.Lang {
			e.Lang = c.Lang
		}
		out.cells = append(out.cells, t.cell(c, i, e))
	}
	out.measure()
	return out
}

func (t *tableSetter) cell(c *doc.Cell, i int, e *page.Element) *cellLines {
	b := t.b
	st := t.style(c.Header)
	switch t.n.Columns[i].Align {
	case doc.AlignCenter:
		st.align = alignCenter
	case doc.AlignEnd:
		st.align = alignEnd
	case doc.AlignNone, doc.AlignStart:
	}
	old := b.frame
	b.frame = t.column(i)
	out := &cellLines{b.lines(t.flat[c], st, e)}
	b.frame = old
	return out
}

// continued sets the word that says that a table goes on.
func (t *tableSetter) continued() *line {
	b := t.b
	st := style{size: b.th.Sizes.Furn, leading: b.th.Sizes.Leading, italic: true, color: page.Color(b.th.Light.Muted), align: alignEnd}
	return b.lines(b.plain(b.d.Front.Words["continued"], st), st, nil)[0]
}

// measure sets the row's height from its tallest cell.
func (r *row) measure() {
	tallest := 0.0
	for _, c := range r.cells {
		h := 0.0
		for _, l := range c.lines {
			h += l.height
		}
		tallest = max(tallest, h)
	}
	r.height = tallest + 2*r.pad
}

// split cuts a row that is taller than the room on an empty page.
func (r *row) split(room float64) []*row {
	if r.height <= room {
		return []*row{r}
	}
	var out []*row
	rest := *r
	for {
		part := rest
		part.cells = make([]*cellLines, len(rest.cells))
		next := make([]*cellLines, len(rest.cells))
		more, took := false, false
		for i, c := range rest.cells {
			n, h := 0, 2*r.pad
			for n < len(c.lines) && (h+c.lines[n].height <= room || n == 0) {
				h += c.lines[n].height
				n++
			}
			part.cells[i], next[i] = &cellLines{c.lines[:n]}, &cellLines{c.lines[n:]}
			more = more || n < len(c.lines)
			took = took || n > 0
		}
		part.measure()
		out = append(out, &part)
		if !more || !took {
			return out
		}
		part.rule = 0
		rest.cells = next
	}
}

func (r *row) paint(p *painter, top float64) {
	if r.fill != nil {
		p.under(&page.Rect{X: r.left, Y: top, Width: r.right - r.left, Height: r.height, Color: *r.fill})
	}
	for _, c := range r.cells {
		y := top + r.pad
		for _, l := range c.lines {
			l.paint(p, y)
			y += l.height
		}
	}
	if r.rule > 0 {
		p.over(&page.Rect{X: r.left, Y: top + r.height - r.rule, Width: r.right - r.left, Height: r.rule, Color: r.color})
	}
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
