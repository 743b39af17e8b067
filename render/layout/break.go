package layout

// step places the boxes from i that belong together, or begins a page for them,
// and gives the box that is next. It fails when there are too many pages.
func (p *painter) step(i int) (next int, ok bool) {
	boxes := p.b.boxes
	n, closes := 0, i == len(boxes)
	if i < len(boxes) {
		n, _ = chain(boxes[i:], p.b.pageRoom(p.turned))
		closes = len(p.floats) > 0 && p.closes(boxes[i:i+n])
	}
	switch {
	case i == len(boxes) && len(p.floats) == 0:
		return i, p.newPage(false) // only the rest of a note is left
	case len(p.floats) > 0 && (p.fresh || closes):
		return i, p.placeFloats()
	case boxes[i].pageBreak:
		return i + 1, p.fresh || p.newPage(true)
	}
	x := &boxes[i]
	if x.turned != p.turned {
		return i, p.turn()
	}
	if x.turn && !p.fresh {
		return i, p.newPage(true)
	}
	floats := x.float && !p.closes(boxes[i:i+n])
	switch {
	case floats && len(p.floats) > 0: // floats keep their order
	case p.fits(boxes[i : i+n]):
		p.place(boxes[i : i+n])
		return i + n, true
	case p.fresh && len(p.foot.boxes) == 0:
		n = p.most(boxes[i : i+n])
		p.place(boxes[i : i+n])
		return i + n, true
	case p.fresh || !floats:
		again := x.table
		ok := p.newPage(true)
		if again != nil && len(again.rows) > 0 {
			p.again = again
		}
		return i, ok
	}
	p.floats = append(p.floats, boxes[i:i+n])
	return i + n, true
}

// chain counts the boxes at the beginning that must stand on one page, and their
// height without the room above the first. Of a chain that is higher than the
// room, below the header of a table that goes on, it counts as many as fit, or
// those before a table.
func chain(boxes []box, room float64) (n int, height float64) {
	if t := boxes[0].table; t != nil {
		room -= t.height
	}
	before, above := 0, 0.0 // what stands before the last table of the chain
	for j := range boxes {
		h := boxes[j].height
		if j > 0 {
			h += spaceBetween(&boxes[j-1], &boxes[j])
			if boxes[j].whole {
				before, above = j, height
			}
		}
		if j > 0 && height+h > room+0.01 {
			if before > 0 {
				return before, above
			}
			return j, height
		}
		height += h
		if !boxes[j].keep || j == len(boxes)-1 || boxes[j+1].pageBreak || boxes[j+1].turn || boxes[j+1].turned != boxes[j].turned {
			return j + 1, height
		}
	}
	return len(boxes), height
}

// fits reports whether boxes have room on the page, with at least the first
// lines of the notes that they call.
func (p *painter) fits(boxes []box) bool {
	notes, ok := p.foot.need(p.b, boxes)
	return ok && p.y+p.height(boxes)+notes <= p.bottom+0.01
}

// most counts the boxes of a chain that fit on an empty page: no page can hold
// all of them together with their notes.
func (p *painter) most(boxes []box) int {
	n := len(boxes)
	for n > 1 && !p.fits(boxes[:n]) {
		n--
	}
	return n
}

// height is what boxes take at the current place of the page.
func (p *painter) height(boxes []box) float64 {
	h := p.spaceAbove(&boxes[0])
	if t := boxes[0].table; t != nil && t == p.again {
		h += t.height
	}
	for i := range boxes {
		if i > 0 {
			h += spaceBetween(&boxes[i-1], &boxes[i])
		}
		h += boxes[i].height
	}
	return h
}

// spaceBetween is the room between two boxes.
func spaceBetween(above, below *box) float64 { return max(above.after, below.space) }

// closes reports that among boxes is one that ends the text, the section or the
// page within which floats that wait must be placed.
func (p *painter) closes(boxes []box) bool {
	for i := range boxes {
		x := &boxes[i]
		if x.ends || x.pageBreak || x.turn || x.turned != p.turned || x.mark != nil && x.mark.level <= max(p.level, 1) {
			return true
		}
	}
	return false
}

// placeFloats places those that wait at the top of a page; what has no room
// there waits for the next page.
func (p *painter) placeFloats() bool {
	if !p.fresh {
		return p.newPage(true)
	}
	for len(p.floats) > 0 {
		boxes := p.floats[0]
		switch {
		case p.fits(boxes):
		case !p.fresh:
			return true
		case len(p.foot.boxes) > 0:
			return p.newPage(true)
		default:
			boxes = boxes[:p.most(boxes)]
		}
		p.place(boxes)
		p.after = max(p.after, boxes[0].space)
		if p.floats[0] = p.floats[0][len(boxes):]; len(p.floats[0]) == 0 {
			p.floats = p.floats[1:]
		}
	}
	return true
}

// lastLineReach is the part of a page that may move to keep a last line company.
const lastLineReach = 0.25

// keepLastLine ties a single line at the very end to the lines before it, so
// that it never has a page for itself.
func (b *builder) keepLastLine() {
	last := len(b.boxes) - 1
	if last < 1 || b.boxes[last-1].keep || b.boxes[last-1].pageBreak || b.boxes[last].turn || b.boxes[last-1].turned != b.boxes[last].turned || b.boxes[last].float {
		return
	}
	if _, ok := b.boxes[last].item.(*line); !ok {
		return
	}
	height := 0.0
	for i := last - 1; i >= 0; i-- {
		if height += b.boxes[i].height; height > b.pageRoom(b.boxes[last].turned)*lastLineReach {
			return
		}
		if i == 0 || !b.boxes[i-1].keep {
			break
		}
	}
	b.boxes[last-1].keep = true
}
