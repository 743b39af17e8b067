package layout

// split cuts a band that is too tall: between its rows if it can, else between lines. first is the room for the first slice, room for the others.
func (r *band) split(first, room float64) []*band {
	if first < room/4 {
		first = room
	}
	switch {
	case len(r.rows) > 1 && r.height > min(first, room*tallBand):
		return r.splitRows(first, room)
	case r.height > first:
		return r.splitRow(first, room)
	}
	return []*band{r}
}

// tallBand is the part of a page above which rows that a cell spans may be parted.
const tallBand = 0.4

// fitted cuts a slice that its last row has made too tall.
func (r *band) fitted(limit, room float64) []*band {
	switch {
	case r.height <= limit+0.01:
		return []*band{r}
	case len(r.rows) == 1:
		return r.splitRow(limit, room)
	}
	return r.splitRows(limit, room)
}

// clean finds the first row behind row from before which no words are cut: those
// of all cells that span it have ended. next is the first cell of row from. It is
// no farther than a height allows.
func (r *band) clean(from, next int, carried []cellLines, limit float64) (to int, height float64) {
	open := 0.0 // where the words end of cells that go on, from the top of row from
	for i := range carried {
		open = max(open, carried[i].height()+2*r.pad)
	}
	for to = from; to < len(r.rows) && (to == from || height+r.rows[to].height <= limit); {
		for ; next < len(r.cells) && r.cells[next].from == to; next++ {
			if c := &r.cells[next]; c.to > to+1 {
				open = max(open, height+c.height()+2*r.pad)
			}
		}
		height += r.rows[to].height
		if to++; open <= height+0.01 {
			break
		}
	}
	return to, height
}

// splitRows cuts between rows. A spanning cell goes on behind the cut; what of its
// words is left at its end makes its last row taller. Each slice looks at its own
// cells only, so that a band of very many rows takes linear time.
func (r *band) splitRows(first, room float64) []*band {
	var out []*band
	var carried []cellLines
	next, limit := 0, first
	for from := 0; from < len(r.rows); {
		to, height := r.clean(from, next, carried, limit)
		part := *r
		part.rows = append([]bandRow(nil), r.rows[from:to]...)
		part.cells = nil
		last := next
		for last < len(r.cells) && r.cells[last].from < to {
			last++
		}
		var left []cellLines
		for _, cells := range [2][]cellLines{carried, r.cells[next:last]} {
			for _, c := range cells {
				above := r.rows[max(c.from, from)].top - r.rows[from].top
				here := c.within(from, to, height-above-2*r.pad)
				part.cells = append(part.cells, here)
				if here.open {
					c.lines = c.lines[len(here.lines):]
					left = append(left, c)
				}
			}
		}
		part.settle()
		out = append(out, part.fitted(limit, room)...)
		carried, next, from, limit = left, last, to, room
	}
	return out
}

// within is the part of a cell that stands in the rows [from,to), where it has
// room for lines of a height; the others go on behind those rows if the cell does.
func (c cellLines) within(from, to int, height float64) cellLines {
	if c.to > to {
		c.lines, c.open = c.lines[:c.fitting(height)], true
	}
	c.from, c.to = max(0, c.from-from), min(c.to, to)-from
	return c
}

// fitting counts the lines of a cell that a height has room for.
func (c *cellLines) fitting(height float64) (n int) {
	for at := 0.0; n < len(c.lines) && at+c.lines[n].height <= height+0.01; n++ {
		at += c.lines[n].height
	}
	return n
}

// splitRow cuts a single row between lines.
func (r *band) splitRow(first, room float64) []*band {
	var out []*band
	for limit := first; r.height > limit+0.01; limit = room {
		part, rest := *r, *r
		part.rows, rest.rows = []bandRow{r.rows[0]}, []bandRow{r.rows[0]}
		part.rows[0].height, part.rows[0].rule, rest.rows[0].height = 0, 0, 0
		part.cells, rest.cells = r.share(limit-2*r.pad, 0)
		if part.cells == nil { // a line that is taller than the room goes first
			part.cells, rest.cells = r.share(limit-2*r.pad, 1)
		}
		part.settle()
		rest.settle()
		out = append(out, &part)
		if rest.empty() {
			part.rows[0].rule = r.rows[0].rule
			return out
		}
		r = &rest
	}
	return append(out, r)
}

// share parts the lines of a single row: those that a height has room for, and
// the others. least is how many lines of a cell go first even if they do not
// fit; if no line goes first, there is no first part.
func (r *band) share(height float64, least int) (above, below []cellLines) {
	took := false
	for _, c := range r.cells {
		n := max(c.fitting(height), min(least, len(c.lines)))
		took = took || n > 0
		a, b := c, c
		a.lines, b.lines = c.lines[:n], c.lines[n:]
		above, below = append(above, a), append(below, b)
	}
	if !took && least == 0 {
		return nil, nil
	}
	return above, below
}

// empty tells that no line is left.
func (r *band) empty() bool {
	for i := range r.cells {
		if len(r.cells[i].lines) > 0 {
			return false
		}
	}
	return true
}
