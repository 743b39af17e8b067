package diag

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Printer writes problems the way compilers do.
type Printer struct {
	// Excerpt shows, under each problem, its source line with a caret and what
	// was expected. Without it a problem is one line, and its fix another, or
	// what was expected if there is no fix.
	Excerpt bool
	// Color marks severities and carets with ANSI colours.
	Color bool
	// Source gives the bytes of a file that a problem names, nil if it has none.
	// It may be nil when Excerpt is false.
	Source func(file string) []byte
}

// excerptWidth is how many terminal cells of a source line are shown.
const excerptWidth = 96

// Print writes the problems in the order given. Control characters of the
// input never reach the output, so that a source cannot drive a terminal.
func (p *Printer) Print(w io.Writer, problems []Problem) error {
	var out bytes.Buffer
	files := map[string]*lines{}
	for _, problem := range problems {
		out.WriteString(p.style(bold, visible(problem.Pos.String())+": "))
		out.WriteString(p.style(severityStyle(problem.Severity), problem.Severity.String()+": "))
		out.WriteString(p.style(bold, visible(problem.Message)) + "\n")
		if p.Excerpt {
			p.excerpt(&out, files, problem.Pos)
		}
		if p.Excerpt || problem.Fix == "" {
			p.detail(&out, "expected: ", problem.Expected)
		}
		p.detail(&out, "fix: ", problem.Fix)
	}
	_, err := w.Write(out.Bytes())
	return err
}

func (p *Printer) detail(out *bytes.Buffer, name, text string) {
	if text != "" {
		out.WriteString("    " + p.style(bold, name) + visible(text) + "\n")
	}
}

// excerpt writes the source line of a place and a caret under its column.
func (p *Printer) excerpt(out *bytes.Buffer, files map[string]*lines, pos Pos) {
	if pos.Line == 0 || p.Source == nil {
		return
	}
	file := files[pos.File]
	if file == nil {
		file = &lines{data: p.Source(pos.File)}
		files[pos.File] = file
	}
	text, ok := file.line(pos.Line)
	if !ok {
		return
	}
	shown, caret := window(cells(text), pos.Column, excerptWidth)
	number := fmt.Sprintf("%4d", pos.Line)
	fmt.Fprintf(out, "%s %s\n", p.style(dim, number+" |"), shown)
	if pos.Column > 0 {
		fmt.Fprintf(out, "%s %s%s\n", p.style(dim, strings.Repeat(" ", len(number))+" |"),
			strings.Repeat(" ", caret), p.style(green, "^"))
	}
}

// Summary counts problems, as in "2 errors, 1 warning"; it is empty for none.
func Summary(problems []Problem) string {
	errors := 0
	for _, p := range problems {
		if p.Severity == Error {
			errors++
		}
	}
	var parts []string
	for _, c := range []struct {
		n    int
		noun string
	}{{errors, "error"}, {len(problems) - errors, "warning"}} {
		switch c.n {
		case 0:
		case 1:
			parts = append(parts, "1 "+c.noun)
		default:
			parts = append(parts, fmt.Sprintf("%d %ss", c.n, c.noun))
		}
	}
	return strings.Join(parts, ", ")
}

// ANSI "select graphic rendition" parameters (ECMA-48, 8.3.117).
const (
	bold    = "1"
	dim     = "2"
	green   = "1;32"
	red     = "1;31"
	magenta = "1;35"
)

func severityStyle(s Severity) string {
	if s == Error {
		return red
	}
	return magenta
}

func (p *Printer) style(sgr, text string) string {
	if !p.Color {
		return text
	}
	return "\x1b[" + sgr + "m" + text + "\x1b[0m"
}

// lines finds lines of a file; the place of the last one found is kept, since
// problems come in the order of their lines.
type lines struct {
	data   []byte
	number int // of the line that starts at offset; 0 before the first search
	offset int
}

// line is the text of a line, counted from 1, without its ending.
func (l *lines) line(number int) (string, bool) {
	if l.number == 0 || number < l.number {
		l.number, l.offset = 1, 0
	}
	for l.number < number {
		i := bytes.IndexByte(l.data[l.offset:], '\n')
		if i < 0 {
			return "", false
		}
		l.number, l.offset = l.number+1, l.offset+i+1
	}
	if l.data == nil {
		return "", false
	}
	text, _, _ := bytes.Cut(l.data[l.offset:], []byte{'\n'})
	return string(bytes.TrimSuffix(text, []byte{'\r'})), true
}

// window cuts a line down to the given width around a column, counted from 1
// (0: the line's start), and tells how many terminal cells stand before it.
func window(line []cell, column, width int) (shown string, caret int) {
	at := min(max(column-1, 0), len(line))
	for at > 0 && at < len(line) && line[at].width == 0 {
		at-- // a combining mark is seen on its base
	}
	from, to := 0, len(line)
	if span(line) > width {
		from, to = around(line, at, width)
	}
	var b strings.Builder
	if from > 0 {
		b.WriteString("…")
	}
	for _, c := range line[from:to] {
		b.WriteString(c.text)
	}
	if to < len(line) {
		b.WriteString("…")
	}
	return b.String(), span(line[from:at]) + min(from, 1)
}

// around chooses the piece of a line to show: about two thirds of the width
// before the place, the rest after it, one cell at either end for the ellipsis.
func around(line []cell, at, width int) (from, to int) {
	from, to = at, at
	for before := 0; from > 0 && before+line[from-1].width <= width*2/3-1; from-- {
		before += line[from-1].width
	}
	for from < at && line[from].width == 0 {
		from++ // never start with marks of a character left out
	}
	used := span(line[from:at]) + 2
	for to < len(line) && used+line[to].width <= width {
		used += line[to].width
		to++
	}
	return from, to
}

func span(line []cell) int {
	n := 0
	for _, c := range line {
		n += c.width
	}
	return n
}
