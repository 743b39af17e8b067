package doc

// Table has columns, header rows and body rows. Every row has one cell a column.
type Table struct {
	Attr
	Columns []Column
	Head    []*Row
	Body    []*Row
}

// Align is the alignment of a column.
type Align uint8

const (
	// AlignNone aligns to the start of the line.
	AlignNone Align = iota
	AlignStart
	AlignCenter
	AlignEnd
)

// Column describes a table's column.
type Column struct{ Align Align }

// Row is a line of cells.
type Row struct {
	Attr
	Cells []*Cell
}

// Cell is one field of a table. Header cells say what a row or column means.
type Cell struct {
	Attr
	Header  bool
	Content []Inline
}
