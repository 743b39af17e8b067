package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// strikethroughParser takes exactly two tildes. goldmark's own also takes one,
// which is common in text ("~30 parties").
type strikethroughParser struct{}

func (strikethroughParser) Trigger() []byte { return []byte{'~'} }

func (strikethroughParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	st := stateOf(pc)
	if st.isPlain(seg) {
		return nil
	}
	n := run(line)
	left, right := flanking(block.PrecendingCharacter(), following(line, n))
	if n != 2 || !left && !right || !st.mark(seg.Start) {
		return st.plain(seg, n)
	}
	d := parser.NewDelimiter(left, right, n, '~', strikethroughDelimiter{})
	d.Segment = text.NewSegment(seg.Start, seg.Start+n)
	block.Advance(n)
	pc.PushDelimiter(d)
	return d
}

type strikethroughDelimiter struct{}

func (strikethroughDelimiter) IsDelimiter(b byte) bool { return b == '~' }
func (strikethroughDelimiter) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}
func (strikethroughDelimiter) OnMatch(int) ast.Node { return extast.NewStrikethrough() }
