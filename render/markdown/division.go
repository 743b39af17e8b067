package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"communique/render/diag"
	"communique/render/doc"
)

// division is a container ::: name {lang=fr dir=ltr #id} ... ::: in goldmark's tree.
type division struct {
	ast.BaseBlock
	role   doc.Role
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
		var own []string
		if string(bytes.TrimSpace(rest[:i])) == string(doc.RoleNumbered) {
			own = []string{"start"}
		}
		a, ok := st.attributes(rest[i:], at, own...)
		if ok {
			d.SetAttributeString("attributes", a)
			st.divided = st.divided || a.lang != ""
			name = bytes.TrimSpace(rest[:i])
		}
	}
	d.role = st.role(string(name), offset)
	r.AdvanceToEOL()
	return d, parser.HasChildren
}

// role finds the container of a name; an unknown one is reported with the nearest known.
func (st *state) role(name string, offset int) doc.Role {
	var names []string
	for _, r := range doc.Roles() {
		if string(r) == name {
			return r
		}
		names = append(names, string(r))
	}
	if name != "" {
		fix := ""
		if near := diag.Nearest(name, names); near != "" {
			fix = "write ::: " + near
		}
		st.warn("unknown-container", st.pos(offset), "there is no container "+quoted(name)+"; its contents are kept",
			strings.Join(names, ", ")+", or attributes only, such as ::: {lang=fr}", fix)
	}
	return doc.RoleNone
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

// division converts a container. In those that are written line by line, the
// lines of the source are kept.
func (c *converter) division(n *division) doc.Block {
	d := &doc.Division{Attr: c.attr(n), Role: n.role}
	if a := c.types.attributesOf(n); a != nil && a.own["start"] != "" {
		d.Start = c.start(a.own["start"], a.offset)
	}
	lined := c.lined
	switch d.Role {
	case doc.RoleAddress, doc.RoleContact, doc.RoleSignature:
		c.lined = true
	}
	d.Blocks = c.blocks(n)
	c.lined = lined
	if d.Role != doc.RoleNone && len(d.Blocks) == 0 {
		c.warn("empty-container", d.Pos, "there is nothing in this container", "text between the two lines :::", "write it, or remove both lines")
	}
	return d
}

// maxStart is the greatest number that a numbered container may begin with.
const maxStart = 99_999

// start reads the first number of a numbered container; a wrong one is reported and left out.
func (p *place) start(value string, offset int) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > maxStart {
		p.error("bad-start", p.pos(offset), "the numbering cannot start at "+quoted(value), "a number from 1 to "+strconv.Itoa(maxStart), "start=1")
		return 0
	}
	return n
}
