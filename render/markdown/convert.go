package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"communique/render/doc"
)

// converter turns goldmark's tree into the document model.
type converter struct {
	*place
	src []byte
	// level is how deep the current inline is nested.
	level int
	// last is the character before the current place, for line breaks.
	last rune
	// skipSpace tells that the next text must not bring a second space.
	skipSpace bool
	// controls are the directional characters of the current paragraph.
	controls []bidiControl
	buffers  [][]byte
	definitions
	tagNames map[string]bool
}

func newConverter(p *place, src []byte) *converter {
	return &converter{place: p, src: src}
}

// blocks converts the children of a container.
func (c *converter) blocks(parent ast.Node) []doc.Block {
	var out []doc.Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = c.block(out, n)
	}
	return out
}

// block converts one block and appends what it becomes, if anything.
func (c *converter) block(out []doc.Block, n ast.Node) []doc.Block {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		if content := c.paragraph(n); content != nil {
			out = append(out, &doc.Paragraph{Attr: c.attr(n), Content: content})
		}
	case *ast.Heading:
		out = c.heading(out, n)
	case *ast.ThematicBreak:
		out = append(out, &doc.Rule{Attr: c.attr(n)})
	case *ast.CodeBlock:
		out = append(out, c.codeBlock(n, ""))
	case *ast.FencedCodeBlock:
		out = append(out, c.codeBlock(n, c.syntax(n)))
	case *ast.Blockquote:
		out = append(out, c.quote(n))
	case *ast.List:
		out = append(out, c.list(n))
	case *extast.Table:
		out = append(out, c.table(n))
	case *division:
		out = append(out, c.division(n))
	case *ast.HTMLBlock:
		out = append(out, c.htmlBlock(n)...)
	case *ast.LinkReferenceDefinition:
		c.define(n)
	default:
		c.error("unknown-construct", c.pos(n.Pos()), "the construct "+n.Kind().String()+" is not understood", "", "write it differently")
		out = append(out, c.blocks(n)...)
	}
	return out
}

// attr is the common part of a block.
func (c *converter) attr(n ast.Node) doc.Attr {
	a := doc.Attr{Pos: c.pos(n.Pos())}
	if v, ok := n.AttributeString("attributes"); ok {
		own := v.(*attributes)
		a.ID, a.Lang, a.Dir = own.id, own.lang, own.dir
	}
	return a
}
