package plain

import (
	"strings"
	"unicode/utf8"

	"communique/render/doc"
)

// columnGap is the room between two columns.
const columnGap = 2

// table writes columns, or, where a line has no room for them, a record for each row.
func (w *writer) table(n *doc.Table) {
	g := w.grid(n)
	w.space(1)
	if g.width() <= Width-w.indent && !g.broken {
		w.columns(g)
	} else {
		w.records(g)
	}
	w.space(1)
}

// grid is a table as text: head and body by row and column.
type grid struct {
	head, body [][]string
	aligns     []doc.Align
	widths     []int
	// broken tells that a cell has line ends.
	broken bool
}

func (w *writer) grid(n *doc.Table) *grid {
	g := &grid{widths: make([]int, len(n.Columns))}
	for _, c := range n.Columns {
		g.aligns = append(g.aligns, c.Align)
	}
	g.head, g.body = w.cells(g, n.Head), w.cells(g, n.Body)
	return g
}

func (w *writer) cells(g *grid, rows []*doc.Row) [][]string {
	out := make([][]string, len(rows))
	for i, r := range rows {
		out[i] = make([]string, len(r.Cells))
		for k, c := range r.Cells {
			s := strings.TrimSpace(w.inlines(c.Content))
			g.broken = g.broken || strings.Contains(s, "\n")
			s = w.apart(s)
			out[i][k] = s
			if k < len(g.widths) {
				g.widths[k] = max(g.widths[k], columns(seen(s)))
			}
		}
	}
	return out
}

// apart isolates a cell that has letters of the other direction, so that it does
// not run together with its neighbours.
func (w *writer) apart(s string) string {
	other := rightToLeft
	if w.rtl {
		other = func(r rune) bool { return r < 0x300 && (r|0x20 >= 'a' && r|0x20 <= 'z' || r >= 0xc0) }
	}
	if strings.IndexFunc(s, other) < 0 {
		return s
	}
	return firstStrongIsolate + s + popIsolate
}

// width is that of all columns, and of the room between them.
func (g *grid) width() int {
	n := columnGap * (len(g.widths) - 1)
	for _, w := range g.widths {
		n += w
	}
	return n
}

func (w *writer) columns(g *grid) {
	for _, r := range g.head {
		w.line(g.row(r))
	}
	if len(g.head) > 0 {
		rules := make([]string, len(g.widths))
		for i, n := range g.widths {
			rules[i] = strings.Repeat("-", n)
		}
		w.line(g.row(rules))
	}
	for _, r := range g.body {
		w.line(g.row(r))
	}
}

// row is the cells of a row in their columns.
func (g *grid) row(cells []string) string {
	var b strings.Builder
	for i, s := range cells {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", columnGap))
		}
		room := g.widths[i] - columns(seen(s))
		before := 0
		switch g.aligns[i] {
		case doc.AlignNone, doc.AlignStart:
		case doc.AlignCenter:
			before = room / 2
		case doc.AlignEnd:
			before = room
		}
		b.WriteString(strings.Repeat(" ", before) + s + strings.Repeat(" ", room-before))
	}
	return b.String()
}

// records writes each row as lines of "label: value".
func (w *writer) records(g *grid) {
	if len(g.body) == 0 {
		for _, r := range g.head {
			w.wrap(strings.Join(r, "\n"))
		}
	}
	for i, r := range g.body {
		if i > 0 {
			if strings.Join(r, "") == "" {
				continue
			}
			w.space(1)
		}
		for k, value := range r {
			label := g.label(k)
			if value == "" && label == "" {
				continue
			}
			w.hanging(label, value)
		}
	}
}

// label is the words above a column.
func (g *grid) label(k int) string {
	var words []string
	for _, r := range g.head {
		if k < len(r) && r[k] != "" {
			words = append(words, r[k])
		}
	}
	return strings.Join(words, ", ")
}

// hanging writes a label and a value whose further lines stand further in.
func (w *writer) hanging(label, value string) {
	if label != "" {
		value = label + colon(label) + value
	}
	lines := broken(strings.ReplaceAll(value, "\n", " "), max(Width-w.indent-2, 24))
	open := ""
	for i, l := range lines {
		l, open = balanced(open, l)
		if i == 0 {
			w.line(l)
		} else {
			w.indented(2, "", func() { w.line(l) })
		}
	}
}

// colon is full-width after a word in full-width characters.
func colon(label string) string {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(label, popIsolate))
	if columns(string(last)) == 2 {
		return "："
	}
	return ": "
}
