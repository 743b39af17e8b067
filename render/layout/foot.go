package layout

import (
	"slices"

	"communique/render/doc"
	"communique/render/page"
)

// foot is the area for notes at the foot of a page.
type foot struct {
	boxes []box
	// height is that of the boxes and of the rule over them with its room.
	height float64
	// rest is what goes on at the foot of the next page.
	rest []box
	// room is the height that boxes can have which must not be parted.
	room float64
	// continued tells that the page begins with the rest of a note.
	continued bool
}

// mostRest is the part of a page that the rest of a note may take from the text.
const mostRest = 0.6

// footRoom is the height of the rule over the notes with the room around it.
func (b *builder) footRoom() float64 {
	return b.th.Space.NoteAbove + b.th.Rules.Thin + b.th.Space.NoteBelow
}

// turn begins the foot of a new page with what the last one left.
func (f *foot) turn(b *builder, limit float64) {
	rest := f.rest
	*f = foot{boxes: f.boxes[:0], room: f.room, continued: len(rest) > 0}
	f.rest = f.fill(b, rest, limit)
}

// fill adds boxes up to a height of the whole area and returns those for which
// there is no room; boxes that must not be parted stay together. Something
// always gets into an empty area, so that notes come to an end.
func (f *foot) fill(b *builder, boxes []box, limit float64) []box {
	for len(boxes) > 0 {
		n, height := chain(boxes, f.room)
		height += boxes[0].space
		if len(f.boxes) == 0 {
			height += b.footRoom() - boxes[0].space
		}
		if f.height+height > limit+0.01 && len(f.boxes) > 0 {
			return boxes
		}
		f.boxes = append(f.boxes, boxes[:n]...)
		f.height += height
		boxes = boxes[n:]
	}
	return nil
}

// need is the least height of the area with the notes of some boxes: all of
// them, but of the last one its first lines, as it can go on. Nothing can be
// added to an area that overflows already: ok is false then.
func (f *foot) need(b *builder, boxes []box) (height float64, ok bool) {
	height = f.height
	first := len(f.boxes) == 0
	last := 0.0 // what the note before need not have on this page
	for i := range boxes {
		for _, n := range boxes[i].notes {
			note := b.setFootnotes[n]
			if len(f.rest) > 0 {
				return 0, false
			}
			height += last + note.first
			if first {
				height += b.footRoom()
				first = false
			} else {
				height += note.boxes[0].space
			}
			last = note.height - note.first
		}
	}
	return height, true
}

// notesHeight is the height of an area with all the notes of some boxes, 0 if they have none.
func (b *builder) notesHeight(boxes []box) float64 {
	height, _ := (&foot{}).need(b, boxes)
	for i := len(boxes) - 1; i >= 0; i-- {
		if n := len(boxes[i].notes); n > 0 { // of the last one need asks for its first lines only
			last := b.setFootnotes[boxes[i].notes[n-1]]
			return height + last.height - last.first
		}
	}
	return 0
}

// take adds the notes of boxes that stand on the page.
func (f *foot) take(b *builder, boxes []box, limit float64) {
	own := false // the rest of a note is a part of the note's boxes
	for i := range boxes {
		for _, n := range boxes[i].notes {
			if len(f.rest) > 0 { // more notes than a page can hold
				if !own {
					f.rest, own = slices.Clip(f.rest), true
				}
				f.rest = append(f.rest, b.setFootnotes[n].boxes...)
				continue
			}
			f.rest = f.fill(b, b.setFootnotes[n].boxes, limit)
		}
	}
}

// paintFoot paints the notes at the foot of the page, under a short rule; under
// a rule of the full measure if they begin with the rest of one.
func (p *painter) paintFoot() {
	if len(p.foot.boxes) == 0 {
		return
	}
	b := p.b
	rtl := b.rtl
	b.rtl = b.d.Meta.Dir == doc.RightToLeft
	f := b.textFrame()
	if b.rtl { // notes are set for pages upright
		p.shift = b.paper(p.turned).Width - b.o.Paper.Width
	}
	if width := f.width() / 4; !p.foot.continued && b.rtl {
		f.left = f.right - width
	} else if !p.foot.continued {
		f.right = f.left + width
	}
	b.rtl = rtl
	p.y = p.bottom - p.foot.height + b.th.Space.NoteAbove
	p.over(&page.Rect{X: f.left + p.shift, Y: p.y, Width: f.width(), Height: b.th.Rules.Thin, Color: page.Color(b.th.Light.Muted)})
	p.y += b.th.Rules.Thin + b.th.Space.NoteBelow
	p.open = p.open[:0]
	p.paint(p.foot.boxes)
	p.shift = 0
}
