package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"communique/render/doc"
)

// paragraphParser takes an attribute list off the end of a paragraph.
type paragraphParser struct{ parser.BlockParser }

func (p paragraphParser) Close(n ast.Node, r text.Reader, pc parser.Context) {
	p.BlockParser.Close(n, r, pc)
	if n.Parent() != nil {
		stateOf(pc).takeTrailing(n, r.Source())
	}
}

// takeTrailing reads {#id} at the end of a paragraph. Braces alone in their
// paragraph stay there: they belong to the block before.
func (st *state) takeTrailing(n ast.Node, src []byte) {
	lines := n.Lines()
	i := lines.Len() - 1
	if i < 0 {
		return
	}
	last := lines.At(i)
	open := trailingBraces(src[last.Start:last.Stop])
	if open < 0 || !addressed(src[last.Start+open:last.Stop]) || pictured(n, src) || afterPicture(src[last.Start:last.Start+open]) {
		return
	}
	a, ok := st.attributes(src[last.Start+open:last.Stop], last.Start+open)
	if !ok {
		return
	}
	st.divided = st.divided || a.lang != ""
	last.Stop = last.Start + open
	last = last.TrimRightSpace(src)
	switch {
	case last.Len() > 0:
		lines.Set(i, last)
	case i > 0:
		lines.SetSliced(0, i)
		before := lines.At(i - 1)
		lines.Set(i-1, before.TrimRightSpace(src))
	default:
		a.lone = true
	}
	if st.trailing == nil {
		st.trailing = map[int]*attributes{}
	}
	st.trailing[lines.At(lines.Len()-1).Start] = a
}

// addressed reports whether braces in running text are meant as attributes:
// they have an id, a language or a direction.
func addressed(list []byte) bool {
	s := strings.TrimSpace(string(list))
	fields, ok := attributeFields(strings.TrimSuffix(strings.TrimPrefix(s, "{"), "}"))
	for _, f := range fields {
		name, _, _ := strings.Cut(f, "=")
		if ok && (f[0] == '#' || name == "id" || name == "lang" || name == "dir") {
			return true
		}
	}
	return false
}

// textBlock converts a paragraph. One of braces alone gives its attributes to
// the block before it.
func (c *converter) textBlock(out []doc.Block, n ast.Node) []doc.Block {
	if a := c.types.attributesOf(n); a != nil && a.lone {
		if len(out) > 0 && give(out[len(out)-1].Attributes(), a) {
			return out
		}
		c.warn("stray-attributes", c.pos(n.Pos()), "these braces belong to no block; they are printed as text",
			"{#id} at the end of a paragraph, or below a list, a table, a quote or a block of code without braces of its own",
			"move them there, or put a backslash before the first brace if it is text")
		return append(out, &doc.Paragraph{Attr: doc.Attr{Pos: c.pos(n.Pos())}, Content: c.paragraph(n)})
	}
	if f := c.figure(n); f != nil { // in a quote, whose captions stand on the next line
		c.captioned(f)
		return append(out, f)
	}
	if content := c.paragraph(n); content != nil {
		out = append(out, &doc.Paragraph{Attr: c.attr(n), Content: content})
	}
	return out
}

// give sets a block's attributes, if it has none of its own.
func give(to *doc.Attr, a *attributes) bool {
	if to.ID != "" || to.Lang != "" || to.Dir != doc.Inherit {
		return false
	}
	to.ID, to.Lang, to.Dir = a.id, a.lang, a.dir
	return true
}

// takeID moves the id of a block's last or first paragraph to the block around it.
func takeID(to *doc.Attr, blocks []doc.Block, i int) {
	if i < 0 || i >= len(blocks) || to.ID != "" {
		return
	}
	if p, ok := blocks[i].(*doc.Paragraph); ok {
		to.ID, p.ID = p.ID, ""
	}
}
