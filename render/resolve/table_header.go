package resolve

import (
	"strconv"

	"communique/render/diag"
	"communique/render/doc"
)

// tableHeaders names the headers of every cell of the tables whose header cells
// span: their scope alone does not tell which cells they head (ISO 14289-1, 7.5).
// It comes after all anchors that the author chose.
func (r *resolver) tableHeaders() {
	r.eachTable(func(t *doc.Table) {
		if spanningHeaders(t) {
			r.headersOf(t)
		}
	})
}

func (r *resolver) headersOf(t *doc.Table) {
	columns := make([][]*doc.Cell, len(t.Columns))
	doc.WalkCells(t.Head, func(_, column int, c *doc.Cell) {
		if len(c.Content) == 0 {
			return
		}
		r.cellID(c)
		for i := column; i < min(column+c.Columns(), len(columns)); i++ {
			columns[i] = append(columns[i], c)
		}
	})
	for _, rows := range [][]*doc.Row{t.Head, t.Body} {
		r.cellHeaders(rows, columns)
	}
}

// cellHeaders gives the cells of rows their headers: those of their columns, and
// those of their rows that stand before them.
func (r *resolver) cellHeaders(rows []*doc.Row, columns [][]*doc.Cell) {
	heads := make([][]*doc.Cell, len(rows)) // by row
	doc.WalkCells(rows, func(row, column int, c *doc.Cell) {
		if !c.Header {
			for i := column; i < min(column+c.Columns(), len(columns)); i++ {
				c.Headers = appendNew(c.Headers, columns[i])
			}
			for i := row; i < min(row+c.Rows(), len(rows)); i++ {
				c.Headers = appendNew(c.Headers, heads[i])
			}
			return
		}
		if len(c.Content) == 0 {
			return
		}
		r.cellID(c)
		for i := row; i < min(row+c.Rows(), len(rows)); i++ {
			heads[i] = append(heads[i], c)
		}
	})
}

func appendNew(to, from []*doc.Cell) []*doc.Cell {
next:
	for _, c := range from {
		for _, known := range to {
			if known == c {
				continue next
			}
		}
		to = append(to, c)
	}
	return to
}

// spanningHeaders tells that a header cell takes several columns or rows.
func spanningHeaders(t *doc.Table) bool {
	for _, rows := range [][]*doc.Row{t.Head, t.Body} {
		for _, row := range rows {
			for _, c := range row.Cells {
				if c.Header && (c.ColSpan > 1 || c.RowSpan > 1) {
					return true
				}
			}
		}
	}
	return false
}

// cellID gives a header cell an anchor of its own.
func (r *resolver) cellID(c *doc.Cell) {
	for c.ID == "" {
		r.cells++
		id := "cell-" + strconv.Itoa(r.cells)
		if _, taken := r.anchors[id]; !taken {
			r.anchors[id] = diag.Pos{}
			c.ID = id
		}
	}
}
