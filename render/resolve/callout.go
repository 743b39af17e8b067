package resolve

import (
	"strings"

	"communique/render/doc"
	"communique/render/locale"
)

// callouts names the kind of every callout in words: colour alone tells nothing
// to many readers (WCAG 2.2, 1.4.1). The words are in the language around.
func (r *resolver) callouts() {
	r.everywhere(func(b doc.Block, loc *locale.Locale, _ bool) {
		c, ok := b.(*doc.Callout)
		if !ok {
			return
		}
		c.Label = r.wordIn(loc, "callout-"+string(c.Kind), nil)
		if len(c.Title) > 0 {
			c.Label = r.wordIn(loc, "callout-titled", map[string]any{"Label": c.Label})
			if !strings.HasSuffix(c.Label, "：") { // the full-width colon brings its own room
				c.Label += " "
			}
		}
	})
}
