package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"communique/render/doc"
)

// converter turns goldmark's tree into the document model.
type converter struct {
	*place
	src   []byte
	types *typographer
	// short are the abbreviations of the document.
	short *abbreviations
	// lined tells that line ends of the source are line ends in print.
	lined bool
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
	// notes are the footnotes in the order of the source; inNote tells that one
	// is being converted.
	notes     []*doc.Footnote
	footnotes map[string]*footnote // by name
	inNote    bool
	tagNames  map[string]bool
}

// newConverter makes a converter of what a parse with the state found.
func newConverter(st *state, src []byte) *converter {
	return &converter{place: st.place, src: src, types: &st.typographer, short: &st.abbreviations, footnotes: st.notes}
}

// blocks converts the children of a container.
func (c *converter) blocks(parent ast.Node) []doc.Block {
	var out []doc.Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if f := c.figure(n); f != nil {
			if f.Caption == nil && c.captionBelow(f, n.NextSibling()) {
				n = n.NextSibling()
			}
			c.captioned(f)
			out = append(out, f)
			continue
		}
		out = c.block(out, n)
	}
	return out
}

// block converts one block and appends what it becomes, if anything.
func (c *converter) block(out []doc.Block, n ast.Node) []doc.Block {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		out = c.textBlock(out, n)
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
	case *extast.DefinitionList:
		out = append(out, c.definitionList(n))
	case *division:
		out = append(out, c.division(n))
	case *footnote:
		c.footnote(n)
	case *pageBreak:
		out = append(out, &doc.PageBreak{Attr: c.attr(n)})
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
	if own := c.types.attributesOf(n); own != nil {
		a.ID, a.Lang, a.Dir = own.id, own.lang, own.dir
	}
	return a
}
