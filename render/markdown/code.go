package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"communique/render/doc"
)

// codeParser keeps goldmark's code spans from searching for the same closing
// backticks again and again.
type codeParser struct{ parser.InlineParser }

func (p codeParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	st := stateOf(pc)
	if st.isPlain(seg) {
		return nil
	}
	n := run(line)
	if n > MaxRun {
		st.tooComplex(seg.Start)
		return st.plain(seg, n)
	}
	if seg.Start < st.unclosed[n] {
		return st.plain(seg, n)
	}
	node := p.InlineParser.Parse(parent, block, pc)
	if _, open := node.(*ast.Text); open {
		lines := parent.Lines()
		st.unclosed[n] = lines.At(lines.Len() - 1).Stop
	}
	return node
}

// codeSpan joins the lines of a code span with spaces (CommonMark 0.31.2, 6.1).
func (c *converter) codeSpan(w *writer, n *ast.CodeSpan) {
	var value []byte
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		seg := k.(*ast.Text).Segment
		if c.place.src.bidi {
			c.noteBidi(c.src[seg.Start:seg.Stop], seg.Start)
		}
		value = append(value, c.src[seg.Start:seg.Stop]...)
	}
	value = bytes.ReplaceAll(value, []byte{'\n'}, space)
	if inCell(n) {
		value = bytes.ReplaceAll(value, []byte(`\|`), []byte(`|`))
	}
	w.add(&doc.Code{Value: string(value)})
	c.last = '`'
}

// inCell tells that code is part of a table, where a backslash keeps a bar
// from ending the cell, in code too.
func inCell(n ast.Node) bool {
	for ; n != nil && n.Type() == ast.TypeInline; n = n.Parent() {
	}
	_, ok := n.(*extast.TableCell)
	return ok
}

func (c *converter) codeBlock(n ast.Node, syntax string) doc.Block {
	b := &doc.CodeBlock{Attr: c.attr(n), Syntax: syntax}
	lines := n.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		if c.place.src.bidi {
			c.noteBidi(c.src[seg.Start:seg.Stop], seg.Start)
			c.balance()
		}
		b.Lines = append(b.Lines, strings.TrimSuffix(string(seg.Value(c.src)), "\n"))
	}
	return b
}

// syntax is the first word of a fence's info string.
func (c *converter) syntax(n *ast.FencedCodeBlock) string {
	if n.Info == nil {
		return ""
	}
	word, rest, _ := bytes.Cut(c.src[n.Info.Segment.Start:n.Info.Segment.Stop], space)
	if len(bytes.TrimSpace(rest)) > 0 {
		c.warn("code-info", c.pos(n.Info.Segment.Start), "only the first word after the fence is used", "a language such as json", "")
	}
	return c.decoded(word, n.Info.Segment.Start)
}
