package resolve

import (
	"strconv"

	"communique/render/doc"
	"communique/render/locale"
)

// tables completes tables: it drops empty header rows and finds the decimal marks
// of numbers.
func (r *resolver) tables() {
	r.eachTable(func(t *doc.Table) {
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
func (r *resolver) tableLabel(t *doc.Table, loc *locale.Locale, number int) {
	n := map[string]any{"Number": loc.Number(strconv.Itoa(number))}
	t.Label = r.wordIn(loc, "table", n)
	t.Continued = r.wordIn(loc, "table-continued", n)
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
