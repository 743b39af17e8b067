package markdown

import (
	"bytes"
	"fmt"
	"sort"
	"unicode/utf8"

	"communique/render/diag"
)

// file is a source made fit for parsing: valid UTF-8, line feeds as line ends,
// no byte-order mark, no control characters. Lines and columns (in code points)
// are those of the original file.
type file struct {
	name string
	text []byte
	// lines are the offsets of the lines' first bytes.
	lines []int
	// bidi tells that there are embedding, override or isolate characters.
	bidi bool
	// last is the place asked for last: counting goes on from there, so that a
	// long line with many places takes linear time.
	last struct{ offset, line, column int }
}

var byteOrderMark = []byte("\ufeff")

// read cleans a file. What cannot stay becomes U+FFFD and an error, one for
// each kind of fault, at its first place.
func read(name string, data []byte, r *reporter) *file {
	s := &file{name: name, text: bytes.TrimPrefix(data, byteOrderMark)}
	faults := s.inspect()
	s.index()
	for _, f := range faults {
		f.report(s, r)
	}
	return s
}

// index notes where lines start.
func (s *file) index() {
	s.lines = make([]int, 1, 1+bytes.Count(s.text, []byte{'\n'}))
	for i, c := range s.text {
		if c == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
}

// pos is the place of a byte of the cleaned text.
func (s *file) pos(offset int) diag.Pos {
	offset = min(max(offset, 0), len(s.text))
	line := sort.SearchInts(s.lines, offset+1)
	from, column := s.lines[line-1], 1
	if s.last.line == line && s.last.offset-offset < offset-from {
		from, column = s.last.offset, s.last.column
	}
	if from <= offset {
		column += utf8.RuneCount(s.text[from:offset])
	} else {
		column -= utf8.RuneCount(s.text[offset:from])
	}
	s.last.offset, s.last.line, s.last.column = offset, line, column
	return diag.Pos{File: s.name, Line: line, Column: column}
}

// fault is one kind of character that cannot stay.
type fault struct {
	code, message, fix string
	severity           diag.Severity
	first, count       int
}

func (f *fault) report(s *file, r *reporter) {
	message := f.message
	if f.count > 1 {
		message += fmt.Sprintf(" (the first of %d such places)", f.count)
	}
	r.add(diag.Problem{Severity: f.severity, Code: f.code, Pos: s.pos(f.first), Message: message, Expected: "UTF-8 text", Fix: f.fix})
}

// inspect finds what must be cleaned, and cleans it in a copy.
func (s *file) inspect() []*fault {
	i := 0
	for i < len(s.text) && plain[s.text[i]] {
		i++
	}
	if i == len(s.text) {
		return nil
	}
	c := cleaner{src: s}
	return c.run(i)
}

// plain marks the bytes that need no look: printable ASCII, tab and line feed.
var plain = func() (t [256]bool) {
	for c := ' '; c < 0x7f; c++ {
		t[c] = true
	}
	t['\t'], t['\n'] = true, true
	return t
}()

// cleaner copies the text only once something must change.
type cleaner struct {
	src    *file
	out    []byte
	copied bool
	from   int
	faults []*fault
}

func (c *cleaner) run(i int) []*fault {
	text := c.src.text
	for i < len(text) {
		if plain[text[i]] {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			c.fault(i, "invalid-utf8", "bytes that are not UTF-8", "save the file as UTF-8")
			c.replace(i, 1, "\ufffd")
		case r == '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				c.replace(i, 1, "")
			} else {
				c.replace(i, 1, "\n")
			}
		case r == 0:
			c.fault(i, "nul", "a NUL character", "remove it")
			c.replace(i, 1, "\ufffd")
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff:
			c.fault(i, "control-character", fmt.Sprintf("the control character %U", r), "remove it")
			c.replace(i, size, "\ufffd")
		case r == 0x2028 || r == 0x2029:
			c.fault(i, "line-separator", fmt.Sprintf("the separator %U stands for a space here", r), "press Enter for a new line, twice for a new paragraph").severity = diag.Warning
			c.replace(i, size, " ")
		case isBidiControl(r):
			c.src.bidi = true
		}
		i += size
	}
	if c.copied {
		c.src.text = append(c.out, text[c.from:]...)
	}
	return c.faults
}

func (c *cleaner) replace(i, size int, with string) {
	if !c.copied {
		c.copied = true
		c.out = make([]byte, 0, len(c.src.text)+16)
	}
	c.out = append(append(c.out, c.src.text[c.from:i]...), with...)
	c.from = i + size
}

// fault counts a place; its offset is that in the cleaned text.
func (c *cleaner) fault(i int, code, message, fix string) *fault {
	for _, f := range c.faults {
		if f.code == code {
			f.count++
			return f
		}
	}
	f := &fault{code: code, message: message, fix: fix, severity: diag.Error, first: len(c.out) + i - c.from, count: 1}
	c.faults = append(c.faults, f)
	return f
}
