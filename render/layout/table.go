package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// smallTable is the part of a page below which a table is not split; of a
// longer one the first two and the last two rows stay together.
const smallTable = 0.3

// table sets a table as wide as its words need, up to the width of the page. One
// that is too wide is set smaller, then turned, then split into groups of columns.
func (b *builder) table(n *doc.Table) {
	e := b.open(page.TypeTable, &n.Attr)
	defer func(f frame, turned bool) { b.frame, b.turned = f, turned }(b.frame, b.turned)
	t := &tableSetter{b: b, n: n}
	t.place()
	t.fit()
	t.structure(e)
	b.space(b.th.Space.Paragraph * 1.3)
	from := len(b.boxes)
	t.caption()
	t.hang()
	for i, g := range t.groups {
		if i > 0 {
			b.space(b.th.Space.Paragraph * 1.3)
			t.goesOn()
		}
		t.set(g)
	}
	if from < len(b.boxes) {
		b.boxes[from].whole = true
	}
	b.gap = 0
	b.space(b.th.Space.Paragraph * 1.6)
}

// tableSetter sets the rows of one table.
type tableSetter struct {
	b *builder
	n *doc.Table
	// cells are in reading order; rows[i] is where those of row i begin, the
	// header rows first.
	cells []tableCell
	rows  []int
	head  int
	// size is that of the text, pad the room at either side of it.
	size, pad float64
	columns   []columnWidth
	groups    []columnGroup
	captionEl *page.Element
	// anchored tells that the ids of the rows stand already.
	anchored  bool
	captioned float64 // height of the caption
}

// tableCell is a cell where it stands in the grid.
type tableCell struct {
	*doc.Cell
	row, column int
	// columns and rows are how many it takes within the table.
	columns, rows int
	total         bool
	in            *inlines
	// number is the cell's one line if it is aligned on the decimal mark, and
	// axis is where that stands in it.
	number *line
	axis   float64
	elem   *page.Element
	// painted tells that the words stand in an earlier group of columns already.
	painted bool
}

// place finds the place of every cell in the grid.
func (t *tableSetter) place() {
	t.head = len(t.n.Head)
	rows := t.head + len(t.n.Body)
	t.rows = make([]int, 0, rows+1)
	t.cells = make([]tableCell, 0, rows*len(t.n.Columns))
	for _, part := range [][]*doc.Row{t.n.Head, t.n.Body} {
		from := len(t.rows)
		for range part {
			t.rows = append(t.rows, 0)
		}
		last := -1
		doc.WalkCells(part, func(row, column int, c *doc.Cell) {
			for ; last < row; last++ {
				t.rows[from+last+1] = len(t.cells)
			}
			if column >= len(t.n.Columns) {
				return
			}
			t.cells = append(t.cells, tableCell{Cell: c, row: from + row, column: column, total: part[row].Total,
				columns: min(c.Columns(), len(t.n.Columns)-column), rows: min(c.Rows(), len(part)-row)})
		})
		for ; last < len(part)-1; last++ {
			t.rows[from+last+1] = len(t.cells)
		}
	}
	t.rows = append(t.rows, len(t.cells))
}

// row is the cells of a row.
func (t *tableSetter) row(i int) []tableCell { return t.cells[t.rows[i]:t.rows[i+1]] }

// structure makes the structure elements, in reading order: however the table is
// spread over pages, its structure is one table (ISO 32000-1, 14.8.4.3.4).
func (t *tableSetter) structure(e *page.Element) {
	if len(t.n.Caption) > 0 {
		t.captionEl = e.New(page.TypeCaption)
	}
	var part *page.Element
	for i := range len(t.rows) - 1 {
		typ := t.part(i)
		if part == nil || part.Type != typ {
			part = e.New(typ)
		}
		tr := part.New(page.TypeTR)
		row := t.row(i)
		for k := range row {
			t.cellElement(&row[k], tr)
		}
	}
}

// part is the part of the table to which a row belongs.
func (t *tableSetter) part(row int) page.Type {
	switch {
	case row < t.head:
		return page.TypeTHead
	case t.n.Body[row-t.head].Total:
		return page.TypeTFoot
	}
	return page.TypeTBody
}

func (t *tableSetter) cellElement(c *tableCell, tr *page.Element) {
	c.elem = tr.New(page.TypeTD)
	c.elem.ID = c.ID
	if c.columns > 1 {
		c.elem.Attributes.ColSpan = c.columns
	}
	if c.rows > 1 {
		c.elem.Attributes.RowSpan = c.rows
	}
	if c.Header && len(c.Content) > 0 { // an empty header says nothing
		c.elem.Type = page.TypeTH
		c.elem.Attributes.Scope = page.ScopeRow
		if c.row < t.head {
			c.elem.Attributes.Scope = page.ScopeColumn
		}
	}
	for _, h := range c.Headers {
		c.elem.Headers = append(c.elem.Headers, h.ID)
	}
	if c.Lang != "" && c.Lang != t.b.d.Meta.Lang {
		c.elem.Lang = c.Lang
	}
}

// style is how a cell's text is set: column headers and totals are bold.
func (t *tableSetter) style(c *tableCell) style {
	st := style{size: t.size, leading: t.b.th.Sizes.Leading, color: page.Color(t.b.th.Light.Ink), bold: c.row < t.head || c.total, setting: cell}
	switch t.n.Columns[c.column].Align {
	case doc.AlignCenter:
		st.align = alignCenter
	case doc.AlignEnd, doc.AlignDecimal:
		st.align, st.tabular = alignEnd, true
	case doc.AlignNone, doc.AlignStart:
	}
	if c.columns > 1 && c.row < t.head { // it stands above several columns
		st.align = alignCenter
	}
	return st
}

// set adds the boxes of one group of columns.
func (t *tableSetter) set(g columnGroup) {
	b := t.b
	head := &tableHead{}
	room := b.pageRoom(b.turned)
	above := b.kept(room / 2)
	t.headBoxes(g, head, room)
	bands := t.bands(g, t.head, len(t.rows)-1)
	height := head.height
	for _, r := range bands {
		height += r.height
	}
	small := height < room*smallTable
	row := 0
	for i, r := range bands {
		anchors := t.anchors(row, row+len(r.rows))
		row += len(r.rows)
		last := i == len(bands)-1
		first := room - head.height
		if i == 0 {
			first -= t.captioned + above
			t.captioned = 0
		}
		slices := r.split(first, room-head.height)
		for j, s := range slices {
			keep := !last && j == len(slices)-1 && (small || i == 0 && j == 0 || i == len(bands)-2 || bands[i+1].total)
			keep = keep || len(slices) > 1 && (j == 0 || j == len(slices)-2) && s.height+slices[j+1].height < room/2
			b.add(box{height: s.height, item: s, table: head, keep: keep, anchors: anchors})
			anchors = nil
		}
	}
	t.anchored = true
}

// anchors are the ids of rows of the body. Where a table is split, those of its first
// columns are meant.
func (t *tableSetter) anchors(from, to int) (ids []string) {
	if t.anchored {
		return nil
	}
	for _, r := range t.n.Body[from:to] {
		if r.ID != "" {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// kept is the height of what stands above and must not part from what comes next, such as
// a heading; 0 if it is more than a limit, as it is parted then.
func (b *builder) kept(limit float64) (height float64) {
	for i := len(b.boxes) - 1; i >= 0 && b.boxes[i].keep; i-- {
		height += b.boxes[i].height + b.boxes[i].space
	}
	if height += b.gap; height > limit {
		return 0
	}
	return height
}
