package markdown

import (
	"github.com/yuin/goldmark/ast"

	"communique/render/doc"
)

// heading keeps the level as written; resolve makes the outline of it. A
// heading without words is nothing: it would only puzzle screen readers.
func (c *converter) heading(out []doc.Block, n *ast.Heading) []doc.Block {
	h := &doc.Heading{Attr: c.attr(n), Level: n.Level, Content: c.paragraph(n)}
	if h.Content == nil {
		c.warn("empty-heading", h.Pos, "this heading has no words; it is left out", "", "write the heading, or remove the line")
		return out
	}
	if c.inNote {
		return append(out, c.titled(h))
	}
	return append(out, h)
}
