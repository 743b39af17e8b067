package markdown

import (
	"github.com/yuin/goldmark/ast"

	"communique/render/doc"
)

// heading keeps the level as written; resolve makes the outline of it.
func (c *converter) heading(n *ast.Heading) doc.Block {
	h := &doc.Heading{Attr: c.attr(n), Level: n.Level, Content: c.paragraph(n)}
	if h.Content == nil {
		c.warn("empty-heading", h.Pos, "this heading has no words", "", "write the heading, or remove the line")
	}
	return h
}
