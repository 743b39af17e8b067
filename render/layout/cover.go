package layout

import (
	"communique/render/page"
)

// cover sets the front on a page of its own: the letterhead at its head, the
// headline in its upper third, place, date and symbol at its foot.
func (b *builder) cover() {
	f, c := b.d.Front, &b.th.Light
	from := len(b.boxes)
	if f.Letterhead != "" {
		b.within(b.root, b.fullFrame(), func() { b.letterhead(f, "") })
	}
	b.bands()
	if len(b.boxes) == from { // room above the headline needs something to stand below
		b.add(box{keep: true})
	}
	head := len(b.boxes)
	b.label(f.Label, "")
	b.within(b.root, b.fullFrame(), func() { b.title(b.th.Sizes.CoverTitle) })
	b.space(b.th.Space.LetterheadGap * 0.6)
	width := b.frame.width() / 6
	left := b.align(width, alignStart)
	b.add(box{height: 2 * b.th.Rules.Thick, item: &stroke{left, left + width, 2 * b.th.Rules.Thick, page.Color(c.Accent)}})
	b.space(b.th.Space.LetterheadGap * 0.6)
	b.frontSummary()
	b.space(b.th.Space.LetterheadGap)
	tail := len(b.boxes)
	b.within(b.root, b.fullFrame(), b.imprint)
	b.gap = 0
	if free := b.pageRoom(false) - flowHeight(b.boxes[from:]) - b.notesHeight(b.boxes[from:]) - 0.5; free > 0 {
		const upper = 0.3 // of the room that is left stands above the headline
		b.boxes[head].space += free * upper
		if tail < len(b.boxes) {
			b.boxes[tail].space += free * (1 - upper)
		}
	}
	b.turn = true
}

// imprint is the last line of a cover, under a thin rule.
func (b *builder) imprint() {
	f, c := b.d.Front, &b.th.Light
	if f.Dateline == "" && f.Symbol == "" {
		return
	}
	b.add(box{height: b.th.Rules.Thin, keep: true, item: &stroke{b.frame.left, b.frame.right, b.th.Rules.Thin, page.Color(c.Rule)}})
	b.space(b.th.Space.Paragraph)
	st := b.body()
	st.color = page.Color(c.Muted)
	b.pair(f.Dateline, f.Symbol, st, st)
}

// flowHeight is the height of boxes that stand below each other from the top of a page.
func flowHeight(boxes []box) (h float64) {
	for i := range boxes {
		if i > 0 {
			h += boxes[i].space
		}
		h += boxes[i].height
	}
	return h
}
