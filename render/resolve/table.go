package resolve

import "communique/render/doc"

// tables drops header rows without a single word: GFM demands a header row, but
// an empty one tells nothing and would be read out as empty headers.
func (r *resolver) tables() {
	doc.WalkBlocks(r.d.Blocks, func(b doc.Block) bool {
		if t, ok := b.(*doc.Table); ok && empty(t.Head) {
			t.Head = nil
		}
		return true
	})
}

func empty(rows []*doc.Row) bool {
	for _, row := range rows {
		for _, c := range row.Cells {
			if len(c.Content) > 0 {
				return false
			}
		}
	}
	return true
}
