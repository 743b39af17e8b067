package plenary

import (
	"strings"
	"unicode/utf8"

	"communique/render/diag"
)

// located tells where a place in a text stands in the file, for problems within the
// text: the text's own lines and columns count from 1. YAML and JSON write a text in
// many ways; where its words cannot be found again, it is where the text begins.
func (r *Record) located(v Version) func(line, column int) diag.Pos {
	var pieces []piece // in their order; found at the first question, in one pass
	return func(line, column int) diag.Pos {
		if pieces == nil {
			pieces = r.pieces(v)
		}
		at := v.Pos
		for low, high := 0, len(pieces); low < high; { // the last piece that begins at or before the place
			middle := (low + high) / 2
			p := &pieces[middle]
			if p.line > line || p.line == line && p.column > column {
				high = middle
				continue
			}
			if low = middle + 1; p.line == line {
				at.Line, at.Column = p.at.Line, p.at.Column+column-p.column
			}
		}
		return at
	}
}

// piece is a stretch of a text's line, and where it begins in the file. A folded line
// of YAML has several.
type piece struct {
	line, column int
	at           diag.Pos
}

// pieces finds the lines of a text in the file.
func (r *Record) pieces(v Version) []piece {
	out := []piece{{line: 1, column: 1, at: v.Pos}}
	if v.Pos.Line == 0 {
		return out
	}
	f := &finder{lines: r.sourceLines(), line: v.Pos.Line - 1}
	f.advance(f.skipRunes(v.Pos.Column - 1))
	n := 0
	for text := range strings.SplitSeq(v.Text, "\n") {
		n++
		words := strings.TrimSpace(text)
		if words == "" {
			continue
		}
		column := 1 + utf8.RuneCountInString(text[:strings.Index(text, words)])
		var ok bool
		if out, ok = f.find(out, words, n, column); !ok {
			break
		}
	}
	return out
}

// sourceLines are the lines of the file.
func (r *Record) sourceLines() []string {
	r.once.Do(func() { // editions are made at the same time
		r.lines = strings.Split(strings.ReplaceAll(string(r.data), "\r\n", "\n"), "\n")
	})
	return r.lines
}

// finder goes through a file: offset bytes of the line have been passed, which are
// column characters. It never goes back.
type finder struct {
	lines                []string
	line, offset, column int
}

// skipRunes is how many bytes of the line some characters take.
func (f *finder) skipRunes(n int) (size int) {
	if f.line >= len(f.lines) {
		return 0
	}
	for range n {
		_, w := utf8.DecodeRuneInString(f.lines[f.line][size:])
		size += w
	}
	return size
}

// advance passes some bytes of the line.
func (f *finder) advance(size int) {
	if f.line < len(f.lines) {
		f.column += utf8.RuneCountInString(f.lines[f.line][f.offset : f.offset+size])
		f.offset += size
	}
}

// find looks for the words of a line of the text, which may be folded over several of
// the file, and adds its pieces.
func (f *finder) find(out []piece, words string, line, column int) ([]piece, bool) {
	for ; f.line < len(f.lines); f.line, f.offset, f.column = f.line+1, 0, 0 {
		rest := f.lines[f.line][f.offset:]
		if i := strings.Index(rest, words); i >= 0 {
			f.advance(i)
			out = append(out, piece{line, column, diag.Pos{Line: f.line + 1, Column: f.column + 1}})
			f.advance(len(words))
			return out, true
		}
		here := strings.Trim(rest, " \t\"'")
		if here == "" {
			continue
		}
		if !strings.HasPrefix(words, here) {
			if f.offset == 0 {
				return out, false
			}
			continue // the head of a block: the text begins below it
		}
		f.advance(strings.Index(rest, here))
		out = append(out, piece{line, column, diag.Pos{Line: f.line + 1, Column: f.column + 1}})
		column += utf8.RuneCountInString(here) + 1
		words = strings.TrimLeft(words[len(here):], " ")
	}
	return out, false
}
