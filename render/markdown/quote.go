package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"

	"communique/render/doc"
)

// quote reads a block quote. Its last paragraph, or the last line of it, says
// whose words they are if it starts with a dash. An id at its end is the quote's.
func (c *converter) quote(n *ast.Blockquote) doc.Block {
	if out := c.callout(n); out != nil {
		return out
	}
	q := &doc.Quote{Attr: c.attr(n)}
	last, ok := n.LastChild().(*ast.Paragraph)
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		if !ok || k != ast.Node(last) {
			q.Blocks = c.block(q.Blocks, k)
		}
	}
	if !ok {
		return q
	}
	if len(q.Blocks) > 0 && c.dashed(last, 0) {
		q.Attribution = undash(c.paragraph(last))
		q.ID = c.attr(last).ID
		if q.Attribution == nil {
			q.Blocks = c.block(q.Blocks, last)
		}
		return q
	}
	cut := c.attributionLine(last)
	if cut == nil {
		q.Blocks = c.block(q.Blocks, last)
		takeID(&q.Attr, q.Blocks, len(q.Blocks)-1)
		return q
	}
	words := trim(c.children(last.FirstChild(), cut, last.Pos()))
	if k := len(words) - 1; k >= 0 {
		if _, ok := words[k].(*doc.Break); ok {
			words = words[:k]
		}
	}
	q.Blocks = append(q.Blocks, &doc.Paragraph{Attr: c.attr(last), Content: words})
	takeID(&q.Attr, q.Blocks, len(q.Blocks)-1)
	q.Attribution = undash(trim(c.children(cut, nil, last.Pos())))
	c.balance()
	return q
}

// dashed tells that a line of a paragraph starts with a dash and goes on with words.
func (c *converter) dashed(p *ast.Paragraph, line int) bool {
	if p.Lines().Len() <= line {
		return false
	}
	seg := p.Lines().At(line)
	text := c.src[seg.Start:seg.Stop]
	rest := bytes.TrimLeft(text, dashMarks)
	return len(rest) < len(text) && !bytes.HasPrefix(text, []byte("- ")) &&
		(text[0] != '-' || bytes.HasPrefix(text, []byte("--"))) && len(bytes.TrimSpace(rest)) > 0
}

// dashMarks are the dashes before an attribution: em, en, horizontal bar, hyphens.
const dashMarks = "—–―-"

// attributionLine finds the first node of the last line if that line is an
// attribution; nil if it is not, or if an element spans the line break.
func (c *converter) attributionLine(p *ast.Paragraph) ast.Node {
	n := p.Lines().Len()
	if n < 2 || !c.dashed(p, n-1) {
		return nil
	}
	above := p.Lines().At(n - 2)
	var cut ast.Node
	for k := p.FirstChild(); k != nil; k = k.NextSibling() {
		t, ok := k.(*ast.Text)
		if ok && (t.SoftLineBreak() || t.HardLineBreak()) && t.Segment.Stop >= above.Start {
			cut = k.NextSibling()
		}
	}
	return cut
}

// undash takes the dash off the start of an attribution.
func undash(in []doc.Inline) []doc.Inline {
	if len(in) == 0 {
		return nil
	}
	if t, ok := in[0].(*doc.Text); ok {
		t.Value = strings.TrimLeft(t.Value, dashMarks+" \u00a0\u202f\u2009")
	}
	return trim(in)
}
