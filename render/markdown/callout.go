package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"communique/render/diag"
	"communique/render/doc"
)

// calloutTransformer reads > [!NOTE] and a title at the start of a quote. The
// rest of that line becomes a block of its own, so that its inlines are parsed.
type calloutTransformer struct{}

// calloutTitle marks the block with the title.
const calloutTitle = "callout-title"

func (calloutTransformer) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	quote, ok := p.Parent().(*ast.Blockquote)
	if !ok || p.PreviousSibling() != nil || p.Lines().Len() == 0 {
		return
	}
	src := r.Source()
	seg := p.Lines().At(0)
	seg = seg.TrimLeftSpace(src)
	name, rest := calloutName(src[seg.Start:seg.Stop])
	if name == "" {
		return
	}
	st := stateOf(pc)
	kind := doc.CalloutKind(strings.ToLower(name))
	if !known(kind) {
		st.unknownCallout(name, seg.Start)
		return
	}
	quote.SetAttributeString("callout", kind)
	title := ast.NewTextBlock()
	seg.Start += rest
	seg = seg.TrimLeftSpace(src)
	title.Lines().Append(seg.TrimRightSpace(src))
	title.SetPos(seg.Start)
	title.SetAttributeString(calloutTitle, true)
	quote.InsertBefore(quote, p, title)
	st.takeTrailing(title, src)
	dropFirstLine(p)
}

// calloutName reads [!NAME] at the start of a line: the name, and how long the
// mark is. A mark that a bracket follows is a link.
func calloutName(line []byte) (name string, n int) {
	if !bytes.HasPrefix(line, []byte("[!")) {
		return "", 0
	}
	n = bytes.IndexByte(line[:min(len(line), 40)], ']')
	if n < 3 || !isName(string(line[2:n])) {
		return "", 0
	}
	if after := n + 1; after < len(line) && !util.IsSpace(line[after]) {
		return "", 0
	}
	return string(line[2:n]), n + 1
}

func known(kind doc.CalloutKind) bool {
	for _, k := range doc.CalloutKinds() {
		if k == kind {
			return true
		}
	}
	return false
}

func (st *state) unknownCallout(name string, offset int) {
	var names []string
	for _, k := range doc.CalloutKinds() {
		names = append(names, strings.ToUpper(string(k)))
	}
	fix := ""
	if near := diag.Nearest(name, names); near != "" {
		fix = "write [!" + near + "]"
	}
	st.warn("unknown-callout", st.pos(offset), "there is no callout "+quoted(name)+"; it is set as a quote, with the mark as text",
		"one of "+strings.Join(names, ", "), fix)
}

// dropFirstLine takes the first line off a paragraph, and the paragraph away if
// nothing is left of it.
func dropFirstLine(p *ast.Paragraph) {
	lines := p.Lines()
	if lines.Len() == 1 {
		p.Parent().RemoveChild(p.Parent(), p)
		return
	}
	lines.SetSliced(1, lines.Len())
	p.SetPos(lines.At(0).Start)
}

// callout converts a quote that is one; nil if it is not.
func (c *converter) callout(n *ast.Blockquote) *doc.Callout {
	v, ok := n.AttributeString("callout")
	if !ok {
		return nil
	}
	out := &doc.Callout{Attr: c.attr(n), Kind: v.(doc.CalloutKind)}
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		if _, ok := k.AttributeString(calloutTitle); !ok {
			out.Blocks = c.block(out.Blocks, k)
			continue
		}
		if a := c.types.attributesOf(k); a != nil {
			give(&out.Attr, a)
			if a.lone {
				continue
			}
		}
		out.Title = c.paragraph(k)
	}
	if len(out.Blocks) == 0 {
		c.warn("empty-callout", out.Pos, "this callout has no text", "lines that begin with > below it", "write the text below the mark")
	}
	return out
}
