package resolve

import (
	"strings"

	"communique/render/doc"
)

// callouts names the kind of every callout in words: colour alone tells nothing
// to many readers (WCAG 2.2, 1.4.1).
func (r *resolver) callouts() {
	doc.WalkBlocks(r.d.Blocks, func(b doc.Block) bool {
		c, ok := b.(*doc.Callout)
		if !ok {
			return true
		}
		c.Label = r.word("callout-"+string(c.Kind), nil)
		if len(c.Title) > 0 {
			c.Label = r.word("callout-titled", map[string]any{"Label": c.Label})
			if !strings.HasSuffix(c.Label, "：") { // the full-width colon brings its own room
				c.Label += " "
			}
		}
		return true
	})
}
