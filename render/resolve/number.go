package resolve

import (
	"strconv"

	"communique/render/doc"
)

// numberedParts gives the paragraphs of numbered divisions their numbers, which go on
// through the text unless a division starts anew. A note stands by itself: its
// numbers begin with 1.
func (r *resolver) numberedParts() {
	var next int
	var visit func(b doc.Block) bool
	visit = func(b doc.Block) bool {
		d, ok := b.(*doc.Division)
		if !ok || d.Role != doc.RoleNumbered {
			return true
		}
		if d.Start > 0 {
			next = d.Start
		}
		r.number(d.Blocks, &next, visit)
		return false
	}
	r.d.Flows(func(blocks []doc.Block) {
		next = 1
		doc.WalkBlocks(blocks, visit)
	})
}

// number numbers the paragraphs that stand directly among blocks, in reading
// order, and lets visit walk the others. One that has a number keeps it.
func (r *resolver) number(blocks []doc.Block, next *int, visit func(doc.Block) bool) {
	for i, b := range blocks {
		p, ok := b.(*doc.Paragraph)
		if !ok {
			doc.WalkBlocks(blocks[i:i+1], visit)
			continue
		}
		if p.Number == "" {
			p.Number = r.digits(strconv.Itoa(*next)) + "."
			*next++
		}
	}
}
