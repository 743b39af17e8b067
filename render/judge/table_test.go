package judge_test

import (
	"slices"
	"strings"

	"communique/render/doc"
	"communique/render/judge"
)

// tableWords is a table and where its cells stand in words.labelled.
type tableWords struct {
	table    *doc.Table
	from, to int
}

// manyColumns is the number of columns from which a table may be split.
const manyColumns = 20

// spread puts the words of tables that are split into groups of columns in the
// order in which a page has them: group by group, each after the first below the
// words that say that the table goes on, and behind the columns that are repeated.
// Which columns begin a group is found in what was read.
func (w *words) spread(pages []string) {
	read := judge.Letters(strings.Join(pages, "\n"))
	for _, t := range slices.Backward(w.tables) {
		n := t.table
		if len(n.Columns) <= manyColumns || len(n.Head) != 1 {
			continue
		}
		rows := append([]*doc.Row{n.Head[0]}, n.Body...)
		lead := max(1, n.RowHeaders)
		begin := n.Continued + texts(rows[0], 0, lead)
		starts := []int{lead}
		for k := lead + 1; k < len(n.Columns); k++ {
			next := texts(rows[0], k, min(k+2, len(n.Columns)))
			if k+1 == len(n.Columns) {
				next += texts(rows[1], 0, 1)
			}
			if strings.Contains(read, judge.Letters(begin+next)) {
				starts = append(starts, k)
			}
		}
		var out []string
		for i, from := range starts {
			to := len(n.Columns)
			if i+1 < len(starts) {
				to = starts[i+1]
			}
			if i > 0 {
				out = append(out, n.Continued)
			}
			for _, r := range rows {
				out = append(out, texts(r, 0, lead), texts(r, from, to))
			}
		}
		w.labelled = slices.Replace(w.labelled, t.from, t.to, out...)
	}
	w.tables = nil
}

// texts are the words of some cells of a row, one a line.
func texts(r *doc.Row, from, to int) string {
	var b strings.Builder
	for _, c := range r.Cells[from:to] {
		b.WriteString(plain(c.Content) + "\n")
	}
	return b.String()
}
