package layout

import (
	"communique/render/page"
)

// band is set rows that belong together: one row, or those that a spanning cell
// joins, or a slice of them where they are taller than a page.
type band struct {
	cells       []cellLines
	rows        []bandRow
	left, right float64
	height, pad float64
	fill        *page.Color
	total, head bool
}

// bandRow is a row of a band: its top within the band, its height, and the line
// under it, which is interrupted by cells that span it.
type bandRow struct {
	top, height float64
	rule        float64
	color       page.Color
}

// cellLines is the text of a cell in the rows [from,to) of a band.
type cellLines struct {
	lines       []*line
	from, to    int
	left, right float64
	// y is the top of the first line within the band.
	y float64
	// open tells that the cell goes on in the next slice.
	open bool
	// artifact tells that the words are in the structure already.
	artifact bool
}

func (c *cellLines) height() (h float64) {
	for _, l := range c.lines {
		h += l.height
	}
	return h
}

// bands sets the rows [from,to) in the columns of a group.
func (t *tableSetter) bands(g columnGroup, from, to int) []*band {
	var out []*band
	for i := from; i < to; {
		end := i + 1
		for k := i; k < end; k++ {
			row := t.row(k)
			for c := range row {
				end = max(end, row[c].row+row[c].rows)
			}
		}
		out = append(out, t.band(g, i, end))
		i = end
	}
	if n := len(out); n > 0 && to > t.head {
		rows := out[n-1].rows
		rows[len(rows)-1].rule = t.b.th.Rules.Thick
	}
	for i := 1; i < len(out); i++ {
		if out[i].total && !out[i-1].total {
			rows := out[i-1].rows
			rows[len(rows)-1].color = page.Color(t.b.th.Light.Ink)
		}
	}
	return out
}

// band sets the rows [from,to), which spanning cells join.
func (t *tableSetter) band(g columnGroup, from, to int) *band {
	b := t.b
	out := &band{rows: make([]bandRow, to-from), left: b.frame.left, right: b.frame.right, pad: b.th.Space.CellY * t.scale()}
	for i := range out.rows {
		out.rows[i] = bandRow{rule: b.th.Rules.Thin, color: page.Color(b.th.Light.Rule)}
	}
	if from < t.head {
		fill := page.Color(b.th.Light.Fill)
		out.fill, out.head = &fill, true
	} else {
		out.total = t.n.Body[from-t.head].Total
	}
	out.cells = make([]cellLines, 0, t.rows[to]-t.rows[from])
	for i := t.rows[from]; i < t.rows[to]; i++ {
		c := &t.cells[i]
		first, last := g.shows(c)
		if first < 0 {
			continue
		}
		out.cells = append(out.cells, t.cell(c, g, first, last, from))
	}
	out.settle()
	return out
}

// cell sets a cell in the columns from first to last of a group.
func (t *tableSetter) cell(c *tableCell, g columnGroup, first, last, row int) cellLines {
	b := t.b
	old := b.frame
	outer := t.columnFrame(g, first, last)
	b.frame = frame{outer.left + t.pad, outer.right - t.pad}
	out := cellLines{from: c.row - row, to: c.row - row + c.rows, left: outer.left, right: outer.right, artifact: c.painted}
	if c.number != nil && c.columns == 1 {
		l := *c.number
		l.elem = c.elem
		l.x = t.onAxis(c)
		out.lines = []*line{&l}
	} else {
		out.lines = b.lines(c.in, t.style(c), c.elem)
	}
	b.frame = old
	c.painted = true
	return out
}

// settle finds the heights of the rows and the place of the text: rows as tall as
// their own cells, and the last row of a spanning cell taller if that needs more.
func (r *band) settle() {
	for i := range r.cells {
		if c := &r.cells[i]; c.to == c.from+1 {
			r.rows[c.from].height = max(r.rows[c.from].height, c.height()+2*r.pad)
		}
	}
	for i := range r.cells {
		c := &r.cells[i]
		if c.to == c.from+1 {
			continue
		}
		have := 0.0
		for _, x := range r.rows[c.from:c.to] {
			have += x.height
		}
		r.rows[c.to-1].height += max(0, c.height()+2*r.pad-have)
	}
	r.height = 0
	for i := range r.rows {
		r.rows[i].height = max(r.rows[i].height, 2*r.pad)
		r.rows[i].top = r.height
		r.height += r.rows[i].height
	}
	for i := range r.cells {
		c := &r.cells[i]
		c.y = r.rows[c.from].top + r.pad
		if r.head { // the words of a header stand next to what they head
			last := r.rows[c.to-1]
			c.y = last.top + last.height - r.pad - c.height()
		}
	}
}

func (r *band) paint(p *painter, top float64) {
	if r.fill != nil {
		p.under(&page.Rect{X: r.left + p.shift, Y: top, Width: r.right - r.left, Height: r.height, Color: *r.fill})
	}
	for i := range r.cells {
		c := &r.cells[i]
		was := p.artifact
		p.artifact = was || c.artifact
		y := top + c.y
		for _, l := range c.lines {
			l.paint(p, y)
			y += l.height
		}
		p.artifact = was
	}
	for i := range r.rows {
		r.paintRule(p, top, i)
	}
}

// paintRule draws the line under a row, from cell to cell that ends there.
func (r *band) paintRule(p *painter, top float64, i int) {
	row := r.rows[i]
	if row.rule == 0 {
		return
	}
	y := top + row.top + row.height - row.rule
	if i == len(r.rows)-1 && !r.open() {
		p.over(&page.Rect{X: r.left + p.shift, Y: y, Width: r.right - r.left, Height: row.rule, Color: row.color})
		return
	}
	for k := range r.cells {
		if c := &r.cells[k]; c.from <= i && c.to == i+1 && !c.open {
			p.over(&page.Rect{X: c.left + p.shift, Y: y, Width: c.right - c.left, Height: row.rule, Color: row.color})
		}
	}
}

// open tells that a cell goes on in the next slice.
func (r *band) open() bool {
	for i := range r.cells {
		if r.cells[i].open {
			return true
		}
	}
	return false
}
