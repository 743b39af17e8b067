package layout

import "math"

// columnGroup is columns that stand side by side: all of them, or some of a table
// that is too wide even for a turned page, behind the columns that say what the
// rows are about.
type columnGroup struct {
	// lead columns stand at the start of every group, then those of [from,to).
	lead, from, to int
	// edges are the left ends of the columns from the start side, and the end of the last.
	edges []float64
}

// longWord is the part of the page's width up to which a column is as wide as its
// longest word; a longer one is broken.
const longWord = 0.4

// shortText is the least width of a column whose text does not fit in one line, in ems.
const shortText = 4.0

// nearlyFull is the part of the frame above which groups of columns fill it.
const nearlyFull = 0.7

// fit chooses size, orientation and groups of columns: the text shrinks down to
// the theme's least size, then the table is turned, then its columns are split.
func (t *tableSetter) fit() {
	b := t.b
	t.size = b.scaled(b.th.Sizes.Table)
	t.measure()
	if len(t.columns) == 0 {
		return
	}
	b.frame = t.roomFor(b.frame)
	if t.shrink() {
		t.groups = []columnGroup{t.whole()}
		return
	}
	upright := b.frame
	if !b.turned && !b.noteText && len(b.decos) == 0 && b.o.Paper.Height > b.o.Paper.Width && upright.width() > (b.o.Paper.Width-2*b.th.Paper.Side)/2 {
		b.turned = true
		b.frame = b.fullFrame()
		if t.shrink() {
			b.turnKept()
			t.groups = []columnGroup{t.whole()}
			return
		}
		b.turned = false
		b.frame = upright
	}
	t.split()
}

// roomFor is the frame of a table: the full width instead of the measure of
// running text, and inside lists and quotes as far as it needs.
func (t *tableSetter) roomFor(f frame) frame {
	full := t.b.fullFrame()
	if f == t.b.textFrame() {
		return full
	}
	if t.b.rtl {
		f.left = min(f.left, max(full.left, f.right-t.wanted()))
	} else {
		f.right = max(f.right, min(full.right, f.left+t.wanted()))
	}
	return f
}

// wanted is the width at which no cell needs a second line.
func (t *tableSetter) wanted() float64 {
	w := 0.0
	for i := range t.columns {
		w += t.columns[i].want + 2*t.pad
	}
	return w
}

// need is the width below which a column cannot be read well, with its padding.
func (t *tableSetter) need(i int) float64 {
	w := t.columns[i]
	full := t.b.o.Paper.Width - 2*t.b.th.Paper.Side
	return min(max(w.least, min(w.want, shortText*t.size)), longWord*full) + 2*t.pad
}

// scale is the size of the table's text as a part of the theme's.
func (t *tableSetter) scale() float64 { return t.size / t.b.th.Sizes.Table }

// shrink makes the text smaller, in steps of a quarter point, until the table fits
// the frame. It is false, and the size as before, if it never does.
func (t *tableSetter) shrink() bool {
	before, room := t.size, t.b.frame.width()
	for { // again, as columns of long words do not shrink with the text
		need := 0.0
		for i := range t.columns {
			need += t.need(i)
		}
		if need <= room+0.01 || len(t.columns) == 1 {
			return true
		}
		size := min(math.Floor(t.size*room/need*4)/4, t.size-0.25)
		if size < t.b.th.Sizes.TableMin {
			t.resize(before)
			return false
		}
		t.resize(size)
	}
}

// resize measures everything anew in another size.
func (t *tableSetter) resize(size float64) {
	if size == t.size {
		return
	}
	t.size = size
	for i := range t.cells {
		t.cells[i].number = nil
	}
	t.measure()
}

// whole is the group of all columns, as wide as the frame.
func (t *tableSetter) whole() columnGroup { return t.group(0, 0, len(t.columns), true) }

// split divides the columns into as few groups as the width asks for, of about
// the same width. The columns of row headers, or else the first, lead each group.
func (t *tableSetter) split() {
	room := t.b.frame.width()
	if len(t.greedy(room)) > 3 {
		t.resize(t.b.th.Sizes.TableMin)
	}
	groups := t.greedy(room)
	for narrow := room; len(groups) > 1; { // even them out
		narrow *= 0.97
		even := t.greedy(narrow)
		if len(even) > len(groups) {
			break
		}
		groups = even
	}
	width := 0.0 // all groups are as wide as the one that wants most
	for _, g := range groups {
		g = t.group(g.lead, g.from, g.to, len(groups) == 1)
		width = max(width, g.edges[len(g.edges)-1])
	}
	if width > room*nearlyFull {
		width = room
	}
	if f := &t.b.frame; t.b.rtl {
		f.left = f.right - width
	} else {
		f.right = f.left + width
	}
	for _, g := range groups {
		t.groups = append(t.groups, t.group(g.lead, g.from, g.to, true))
	}
}

// greedy fills groups one after the other; each has at least one column of its own.
func (t *tableSetter) greedy(room float64) []columnGroup {
	lead, width := 0, 0.0
	for lead < max(1, t.n.RowHeaders) && lead < len(t.columns)-1 && width+t.need(lead) <= room/2 {
		width += t.need(lead)
		lead++
	}
	var out []columnGroup
	for from := lead; from < len(t.columns); {
		to, used := from, width
		for to < len(t.columns) && (to == from || used+t.need(to) <= room+0.01) {
			used += t.need(to)
			to++
		}
		out = append(out, columnGroup{lead: lead, from: from, to: to})
		from = to
	}
	return out
}

// nameShare is the least share of the width that names have beside their values, so
// that tables of them that follow each other look alike.
const nameShare = 0.28

// pairs tells a table of names and their values: two columns without heads.
func (t *tableSetter) pairs() bool {
	return len(t.n.Head) == 0 && len(t.n.Columns) == 2 && t.n.RowHeaders == 1
}

// group finds the widths of columns that stand side by side: as wide as the
// frame, or no wider than they want.
func (t *tableSetter) group(lead, from, to int, full bool) columnGroup {
	g := columnGroup{lead: lead, from: from, to: to}
	var least, want []float64
	broken := longWord * (t.b.o.Paper.Width - 2*t.b.th.Paper.Side) // as need has it, so that a long word breaks and no other column's
	for i := range t.columns {
		if i < lead || i >= from && i < to {
			least, want = append(least, min(t.columns[i].least, broken)), append(want, t.columns[i].want)
		}
	}
	room := t.b.frame.width() - 2*t.pad*float64(len(want))
	if !full {
		room = min(room, sum(want))
	}
	if t.pairs() && full {
		want[0] = max(want[0], nameShare*room)
		want[1] = max(want[1], room-want[0])
	}
	g.edges = make([]float64, len(want)+1)
	for i, w := range distribute(least, want, room) {
		g.edges[i+1] = g.edges[i] + w + 2*t.pad
	}
	return g
}

// at is the place of a column within the group, -1 if it is not there.
func (g *columnGroup) at(column int) int {
	switch {
	case column < g.lead:
		return column
	case column >= g.from && column < g.to:
		return g.lead + column - g.from
	}
	return -1
}

// shows tells in which places of the group a cell stands, -1 if in none.
func (g *columnGroup) shows(c *tableCell) (first, last int) {
	first, last = -1, -1
	for i := c.column; i < c.column+c.columns; i++ {
		if at := g.at(i); at >= 0 {
			if first < 0 {
				first = at
			}
			last = at
		}
	}
	return first, last
}

// columnFrame is the frame from one column's outer edge to another's.
func (t *tableSetter) columnFrame(g columnGroup, first, last int) frame {
	f := t.b.frame
	if t.b.rtl {
		return frame{f.right - g.edges[last+1], f.right - g.edges[first]}
	}
	return frame{f.left + g.edges[first], f.left + g.edges[last+1]}
}

// keptLines bounds how many lines before a table go with it to a turned page.
const keptLines = 12

// turnKept turns the lines that may not part from what follows them: a heading,
// a paragraph that announces the table.
func (b *builder) turnKept() {
	shift := 0.0
	if b.rtl {
		shift = b.paper(true).Width - b.paper(false).Width
	}
	from := len(b.boxes)
	for from > 0 && b.boxes[from-1].keep {
		x := &b.boxes[from-1]
		if l, ok := x.item.(*line); x.item != nil && (!ok || len(l.beside) > 0) || len(x.decos) > 0 {
			return
		}
		if from--; len(b.boxes)-from > keptLines {
			return
		}
	}
	for i := from; i < len(b.boxes); i++ {
		b.boxes[i].turned = true
		if l, ok := b.boxes[i].item.(*line); ok {
			l.x += shift
		}
	}
}
