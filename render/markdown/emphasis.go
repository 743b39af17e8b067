package markdown

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// emphasisParser keeps goldmark's emphasis within bounds: long runs and marks
// that cannot open or close anything are text at once.
type emphasisParser struct{ parser.InlineParser }

func (p emphasisParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	st := stateOf(pc)
	if st.isPlain(seg) {
		return nil
	}
	n := run(line)
	left, right := flanking(block.PrecendingCharacter(), following(line, n))
	switch {
	case n > MaxRun:
		st.tooComplex(seg.Start)
	case !left && !right:
	case line[0] == '_' && left && right && !intraword(block.PrecendingCharacter(), following(line, n)):
	case st.mark(seg.Start):
		return p.InlineParser.Parse(parent, block, pc)
	}
	return st.plain(seg, n)
}

// CloseBlock ends a paragraph: this parser stands for all that count its marks.
func (p emphasisParser) CloseBlock(_ ast.Node, _ text.Reader, pc parser.Context) {
	stateOf(pc).endBlock()
}

// intraword tells whether underscores between two such characters can mean
// anything (CommonMark 0.31.2, 6.2, rules 2 and 4).
func intraword(before, after rune) bool {
	return util.IsPunctRune(before) || util.IsPunctRune(after)
}

// run is the length of the run of equal bytes at the start of the line.
func run(line []byte) int {
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	return n
}

// following is the character after n bytes; the end of the text counts as space.
func following(line []byte, n int) rune {
	if n >= len(line) {
		return ' '
	}
	r, _ := utf8.DecodeRune(line[n:])
	return r
}

// flanking tells whether a mark between two characters can open and close
// (CommonMark 0.31.2, 6.2, left- and right-flanking delimiter runs).
func flanking(before, after rune) (left, right bool) {
	beforeSpace, afterSpace := util.IsSpaceRune(before), util.IsSpaceRune(after)
	beforePunct, afterPunct := util.IsPunctRune(before), util.IsPunctRune(after)
	left = !afterSpace && (!afterPunct || beforeSpace || beforePunct)
	right = !beforeSpace && (!beforePunct || afterSpace || afterPunct)
	return left, right
}
