package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// footnoteParser keeps footnotes visible as text until they are understood.
type footnoteParser struct{}

func (footnoteParser) Trigger() []byte { return []byte{'['} }

func (footnoteParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	n := footnoteLabel(line)
	if n == 0 {
		return nil
	}
	st := stateOf(pc)
	what := "a footnote reference"
	if n < len(line) && line[n] == ':' && !parent.HasChildren() {
		what = "a footnote"
	}
	st.warn("footnote", st.pos(seg.Start), what+" is not set as one yet; it is kept as text", "", "write the note into the text")
	return st.plain(seg, n)
}

// footnoteLabel is the length of a label such as [^1], 0 if there is none.
func footnoteLabel(line []byte) int {
	if !bytes.HasPrefix(line, []byte("[^")) {
		return 0
	}
	for i := 2; i < len(line) && i < 1000; i++ {
		switch line[i] {
		case ']':
			if i == 2 {
				return 0
			}
			return i + 1
		case '[', ' ', '\t', '\n':
			return 0
		}
	}
	return 0
}

// footnoteLine tells that a line begins a footnote.
func footnoteLine(line []byte) bool {
	line = bytes.TrimLeft(line, " ")
	n := footnoteLabel(line)
	return n > 0 && n < len(line) && line[n] == ':'
}
