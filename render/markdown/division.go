package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"communique/render/doc"
)

// division is a container ::: {lang=fr dir=ltr #id} ... ::: in goldmark's tree.
type division struct {
	ast.BaseBlock
	fence  int
	closed bool
}

var kindDivision = ast.NewNodeKind("Division")

func (*division) Kind() ast.NodeKind           { return kindDivision }
func (d *division) Dump(src []byte, level int) { ast.DumpHelper(d, src, level, nil, nil) }

// divisionParser reads containers. A container ends at a line with at least as
// many colons as its first; one around others has a longer fence.
type divisionParser struct{}

func (divisionParser) Trigger() []byte { return []byte{':'} }

// colons reads a fence: the number of colons, 0 if it is none, and what follows.
func colons(line []byte) (n int, rest []byte) {
	line = bytes.TrimLeft(line, " ")
	for n < len(line) && line[n] == ':' {
		n++
	}
	if n < 3 {
		return 0, nil
	}
	return n, bytes.TrimSpace(line[n:])
}

func (divisionParser) Open(_ ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := r.PeekLine()
	n, rest := colons(line)
	if n == 0 {
		return nil, parser.NoChildren
	}
	st := stateOf(pc)
	offset := seg.Start + bytes.IndexByte(line, ':') - seg.Padding
	if len(rest) == 0 {
		st.warn("stray-fence", st.pos(offset), "this ::: closes nothing", "::: {lang=fr} before it", "remove it, or open the container")
		return nil, parser.NoChildren
	}
	d := &division{fence: n}
	name := rest
	if i := bytes.IndexByte(rest, '{'); i >= 0 {
		at := offset + bytes.IndexByte(line[offset-seg.Start+seg.Padding:], '{')
		a, ok := st.attributes(rest[i:], at)
		if ok {
			d.SetAttributeString("attributes", a)
			st.divided = st.divided || a.lang != ""
			name = bytes.TrimSpace(rest[:i])
		}
	}
	if len(name) > 0 {
		st.warn("unknown-container", st.pos(offset), "there is no container "+quoted(string(name))+"; its contents are kept",
			"a container with attributes only, such as ::: {lang=fr}", "")
	}
	r.AdvanceToEOL()
	return d, parser.HasChildren
}

func (divisionParser) Continue(n ast.Node, r text.Reader, _ parser.Context) parser.State {
	line, _ := r.PeekLine()
	d := n.(*division)
	indent, _ := util.IndentWidth(line, r.LineOffset())
	if c, rest := colons(line); c >= d.fence && len(rest) == 0 && indent < 4 {
		d.closed = true
		r.AdvanceToEOL()
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

func (divisionParser) Close(n ast.Node, _ text.Reader, pc parser.Context) {
	if d := n.(*division); !d.closed {
		st := stateOf(pc)
		st.warn("unclosed-container", st.pos(d.Pos()), "this container is not closed", "a line ::: after it", "")
	}
}

func (divisionParser) CanInterruptParagraph() bool { return true }
func (divisionParser) CanAcceptIndentedLine() bool { return false }

func (c *converter) division(n *division) doc.Block {
	return &doc.Division{Attr: c.attr(n), Blocks: c.blocks(n)}
}
