package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// pageBreak is a line :::pagebreak in goldmark's tree. It looks like the
// beginning of a division because the fence already sets apart what is about
// the page from the words; it holds nothing, so nothing closes it.
type pageBreak struct{ ast.BaseBlock }

var kindPageBreak = ast.NewNodeKind("PageBreak")

func (*pageBreak) Kind() ast.NodeKind           { return kindPageBreak }
func (n *pageBreak) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

type pageBreakParser struct{}

func (pageBreakParser) Trigger() []byte { return []byte{':'} }

func (pageBreakParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := r.PeekLine()
	if _, rest := colons(line); string(rest) != "pagebreak" {
		return nil, parser.NoChildren
	}
	for n := parent; n != nil; n = n.Parent() {
		if k := n.Kind(); k != ast.KindDocument && k != kindDivision {
			st := stateOf(pc)
			st.error("misplaced-pagebreak", st.pos(seg.Start-seg.Padding+max(pc.BlockOffset(), 0)), "a page cannot break within a list, a quote or a footnote",
				":::pagebreak between paragraphs", "put it before or after")
			break
		}
	}
	r.AdvanceToEOL()
	return &pageBreak{}, parser.NoChildren
}

func (pageBreakParser) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}

func (pageBreakParser) Close(ast.Node, text.Reader, parser.Context) {}
func (pageBreakParser) CanInterruptParagraph() bool                 { return true }
func (pageBreakParser) CanAcceptIndentedLine() bool                 { return false }
