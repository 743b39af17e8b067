package doc

// Table has columns, header rows and body rows. The cells of a row stand in the
// columns that no cell above reaches into, one after the other, as in HTML;
// WalkCells tells which those are.
type Table struct {
	Attr
	// Caption says what the table shows; nil without one.
	Caption []Inline
	// Label is the numbered name, "Table 1", and Continued what stands above the
	// table where it goes on. Both come from resolve, for tables with a caption.
	Label, Continued string
	Columns          []Column
	// RowHeaders is how many columns at the start say what their rows are about.
	RowHeaders int
	Head       []*Row
	Body       []*Row
}

// Align is the alignment of a column.
type Align uint8

const (
	// AlignNone aligns to the start of the line.
	AlignNone Align = iota
	AlignStart
	AlignCenter
	AlignEnd
	// AlignDecimal sets numbers with their decimal marks below each other, at the end.
	AlignDecimal
)

// Column describes a table's column.
type Column struct{ Align Align }

// Row is a line of cells.
type Row struct {
	Attr
	// Total tells that the row sums up those above. Such rows end the body.
	Total bool
	Cells []*Cell
}

// Cell is one field of a table. Header cells say what a row or column means.
type Cell struct {
	Attr
	Header bool
	// ColSpan and RowSpan are how many columns and rows it takes; 0 is 1.
	ColSpan, RowSpan int
	// Axis is how many bytes of the plain text stand before the decimal mark, or
	// before where one would stand; 0 for what is no number. Resolve finds it.
	Axis int
	// Headers are the header cells of this one where spans make that hard to
	// tell, those of the columns first. Resolve finds them.
	Headers []*Cell
	Content []Inline
}

// Columns is how many columns the cell takes, Rows how many rows.
func (c *Cell) Columns() int { return max(1, c.ColSpan) }

func (c *Cell) Rows() int { return max(1, c.RowSpan) }

// WalkCells visits the cells of consecutive rows with the row and the column,
// from 0, in which each begins. What reaches beyond the last column or row is
// for the visitor to cut.
func WalkCells(rows []*Row, visit func(row, column int, c *Cell)) {
	var taken []int // by column: the first row that is free again
	for i, r := range rows {
		column := 0
		for _, c := range r.Cells {
			for column < len(taken) && taken[column] > i {
				column++
			}
			visit(i, column, c)
			if c.Rows() > 1 {
				for len(taken) < column+c.Columns() {
					taken = append(taken, 0)
				}
				for k := range c.Columns() {
					taken[column+k] = i + c.Rows()
				}
			}
			column += c.Columns()
		}
	}
}
