package plain

import (
	"strings"

	"communique/render/doc"
)

// grid is a table as text, every field of it with the cell that covers it.
type grid struct {
	head, body []gridRow
	// totals is the row of the body from which on rows sum up.
	totals int
	aligns []doc.Align
	widths []int
	// whole and part are the widest text before and from the decimal mark on.
	whole, part []int
	// broken tells that a cell has line ends.
	broken bool
}

type gridRow []field

// field is one column of one row.
type field struct {
	text string
	// first is the column in which the cell begins, columns how many it takes;
	// begins tells that it begins in this very field.
	first, columns int
	begins         bool
	head           bool
	// axis is the width before the decimal mark; 0 for what is no number.
	axis int
}

func (r gridRow) empty() bool {
	for _, f := range r {
		if f.text != "" {
			return false
		}
	}
	return true
}

func (w *writer) grid(n *doc.Table) *grid {
	count := len(n.Columns)
	g := &grid{widths: make([]int, count), whole: make([]int, count), part: make([]int, count), totals: len(n.Body)}
	for _, c := range n.Columns {
		g.aligns = append(g.aligns, c.Align)
	}
	for g.totals > 0 && n.Body[g.totals-1].Total {
		g.totals--
	}
	g.head, g.body = w.fields(g, n.Head, true), w.fields(g, n.Body, false)
	g.measure()
	return g
}

// fields places the cells of rows.
func (w *writer) fields(g *grid, rows []*doc.Row, head bool) []gridRow {
	out := make([]gridRow, len(rows))
	for i := range out {
		out[i] = make(gridRow, len(g.widths))
		for k := range out[i] {
			out[i][k] = field{first: k, columns: 1}
		}
	}
	doc.WalkCells(rows, func(row, column int, c *doc.Cell) {
		if column >= len(g.widths) {
			return
		}
		f := field{text: strings.TrimSpace(w.inlines(c.Content)), first: column, columns: min(c.Columns(), len(g.widths)-column), head: head}
		g.broken = g.broken || strings.Contains(f.text, "\n")
		if plain := doc.PlainText(c.Content); c.Axis > 0 && c.Axis <= len(plain) && strings.HasPrefix(f.text, plain[:c.Axis]) {
			f.axis = columns(plain[:c.Axis])
		}
		f.text = w.apart(f.text)
		for i := row; i < min(row+c.Rows(), len(rows)); i++ {
			for k := column; k < column+f.columns; k++ {
				f.begins = i == row && k == column
				out[i][k] = f
			}
		}
	})
	return out
}

// measure finds the columns' widths: those of the cells of one column, then room
// for the wider ones.
func (g *grid) measure() {
	each := func(visit func(k int, f field)) {
		for _, rows := range [][]gridRow{g.head, g.body} {
			for _, r := range rows {
				for k, f := range r {
					if f.begins {
						visit(k, f)
					}
				}
			}
		}
	}
	each(func(k int, f field) {
		if f.columns > 1 {
			return
		}
		n := columns(seen(f.text))
		g.widths[k] = max(g.widths[k], n)
		if g.aligns[k] == doc.AlignDecimal && f.axis > 0 {
			g.whole[k], g.part[k] = max(g.whole[k], f.axis), max(g.part[k], n-f.axis)
			g.widths[k] = max(g.widths[k], g.whole[k]+g.part[k])
		}
	})
	each(func(k int, f field) {
		if more := columns(seen(f.text)) - g.room(f); more > 0 {
			g.widths[k+f.columns-1] += more
		}
	})
}

// room is the width that a cell has.
func (g *grid) room(f field) int {
	n := columnGap * (f.columns - 1)
	for _, w := range g.widths[f.first : f.first+f.columns] {
		n += w
	}
	return n
}

// width is that of all columns, and of the room between them.
func (g *grid) width() int { return g.room(field{columns: len(g.widths)}) }

// line is the cells of a row in their columns.
func (g *grid) line(r gridRow, rtl bool) string {
	var b strings.Builder
	for k := 0; k < len(r); k += r[k].columns {
		if k > 0 {
			b.WriteString(strings.Repeat(" ", columnGap))
		}
		f := r[k]
		room := g.room(f)
		if !f.begins { // it was said in a row above
			b.WriteString(strings.Repeat(" ", room))
			continue
		}
		room -= columns(seen(f.text))
		before := g.before(f, room, rtl)
		b.WriteString(strings.Repeat(" ", before) + f.text + strings.Repeat(" ", room-before))
	}
	return b.String()
}

// before is how much of the room left over stands before a cell's text.
func (g *grid) before(f field, room int, rtl bool) int {
	align := g.aligns[f.first]
	if f.head && f.columns > 1 {
		align = doc.AlignCenter
	}
	switch align {
	case doc.AlignNone, doc.AlignStart:
		return 0
	case doc.AlignCenter:
		return room / 2
	case doc.AlignEnd:
		return room
	case doc.AlignDecimal:
		if f.axis == 0 || f.columns > 1 {
			return room
		}
	}
	after := g.part[f.first] - (columns(seen(f.text)) - f.axis)
	if rtl { // the line runs from the right, and so meets the places after the mark first
		return min(after, room)
	}
	return max(0, room-after)
}

// label is the words above the columns of a cell.
func (g *grid) label(first, count int) string {
	var words []string
	for _, r := range g.head {
		last := -1
		for k := first; k < first+count; k++ {
			f := r[k]
			if f.first == last || f.text == "" {
				continue
			}
			last = f.first
			if len(words) == 0 || words[len(words)-1] != f.text { // what spans rows is one word
				words = append(words, f.text)
			}
		}
	}
	return strings.Join(words, " – ")
}

// apart isolates a cell that has letters of the other direction, so that it does
// not run together with its neighbours.
func (w *writer) apart(s string) string {
	other := rightToLeft
	if w.rtl {
		other = func(r rune) bool { return r < 0x300 && (r|0x20 >= 'a' && r|0x20 <= 'z' || r >= 0xc0) }
	}
	if strings.IndexFunc(s, other) < 0 {
		return s
	}
	return firstStrongIsolate + s + popIsolate
}
