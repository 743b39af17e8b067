package markdown

import "github.com/yuin/goldmark/ast"

// image keeps the alternative text of a picture, which cannot be shown yet.
func (c *converter) image(w *writer, n *ast.Image) {
	if n.Reference != nil {
		c.use(n.Reference.Value)
	}
	c.warn("image", c.pos(n.Pos()), "pictures are not shown yet; the alternative text stands for this one", "", "say in words what the picture shows")
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		c.inline(w, k)
	}
}
