package resolve

import "communique/render/doc"

// figures numbers the pictures that have a caption, in the order of the text.
func (r *resolver) figures() {
	n := 0
	doc.WalkBlocks(r.d.Blocks, func(b doc.Block) bool {
		if f, ok := b.(*doc.Figure); ok && len(f.Caption) > 0 {
			n++
			f.Label = r.word("figure", map[string]any{"Number": n})
		}
		return true
	})
}
