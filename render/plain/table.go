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
	w.space(1)
	if n.Caption != nil {
		caption := w.inlines(n.Caption)
		if n.Label != "" {
			caption = n.Label + "  " + caption
		}
		w.wrap(caption)
		w.space(1)
	}
	g := w.grid(n)
	if g.width() <= Width-w.indent && !g.broken {
		w.columns(g)
	} else {
		w.records(g)
	}
	w.space(1)
}

func (w *writer) columns(g *grid) {
	for _, r := range g.head {
		w.line(g.line(r, w.rtl))
	}
	if len(g.head) > 0 {
		w.columnRules(g)
	}
	for i, r := range g.body {
		if i == g.totals && i > 0 {
			w.columnRules(g)
		}
		w.line(g.line(r, w.rtl))
	}
}

func (w *writer) columnRules(g *grid) {
	rules := make([]string, len(g.widths))
	for i, n := range g.widths {
		rules[i] = strings.Repeat("-", n)
	}
	w.line(strings.Join(rules, strings.Repeat(" ", columnGap)))
}

// records writes each row as lines of "label: value". What spans rows is said in each.
func (w *writer) records(g *grid) {
	if len(g.body) == 0 {
		for _, r := range g.head {
			for _, c := range r {
				if c.begins {
					w.wrap(c.text)
				}
			}
		}
	}
	for i, r := range g.body {
		if i > 0 {
			if r.empty() {
				continue
			}
			w.space(1)
		}
		for k, c := range r {
			if c.first != k { // a cell of several columns is said once
				continue
			}
			if label := g.label(k, c.columns); c.text != "" || label != "" {
				w.hanging(label, c.text)
			}
		}
	}
}

// hanging writes a label and a value whose further lines stand further in.
func (w *writer) hanging(label, value string) {
	if label != "" {
		value = label + colon(label) + value
	}
	var lines []string
	for part := range strings.SplitSeq(value, "\n") {
		lines = append(lines, broken(part, max(Width-w.indent-2, 24))...)
	}
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
