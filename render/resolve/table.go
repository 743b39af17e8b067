package resolve

import (
	"strconv"

	"communique/render/doc"
)

// tables completes tables: it numbers those with a caption, drops empty header
// rows and finds the decimal marks of numbers.
func (r *resolver) tables() {
	number := 0
	r.eachTable(func(t *doc.Table) {
		if t.Caption != nil {
			number++
			r.tableLabel(t, number)
		}
		if empty(t.Head) { // GFM demands a header row, but an empty one would be read out as empty headers
			t.Head = nil
		}
		r.numbers(t)
	})
}

// eachTable visits the tables of the text, then those of the notes.
func (r *resolver) eachTable(visit func(*doc.Table)) {
	r.d.Flows(func(blocks []doc.Block) {
		doc.WalkBlocks(blocks, func(b doc.Block) bool {
			if t, ok := b.(*doc.Table); ok {
				visit(t)
			}
			return true
		})
	})
}

// tableLabel names a table by its number.
func (r *resolver) tableLabel(t *doc.Table, number int) {
	n := map[string]any{"Number": r.loc.Number(strconv.Itoa(number))}
	t.Label = r.word("table", n)
	t.Continued = r.word("table-continued", n)
}

func empty(rows []*doc.Row) bool {
	for _, row := range rows {
		for _, c := range row.Cells {
			if len(c.Content) > 0 {
				return false
			}
		}
	}
	return true
}
