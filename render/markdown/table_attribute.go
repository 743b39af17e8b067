package markdown

import (
	"fmt"
	"strconv"
	"strings"

	extast "github.com/yuin/goldmark/extension/ast"

	"communique/render/doc"
)

// tableAttributes are what only a table's caption line has: how many columns and
// rows are headers, how many rows at the end are totals, which columns are aligned
// on the decimal mark, and whether cells may span others.
var tableAttributes = []string{"rowheaders", "headers", "totals", "decimal", "spans"}

// maxHeaders bounds header and total rows and header columns: a table whose head
// is longer says less, not more, and each cell may name all its headers.
const maxHeaders = 8

// tableAttributes applies the attributes of a caption line.
func (c *converter) tableAttributes(n *extast.Table, t *doc.Table) {
	a := &attributes{}
	if v, ok := n.AttributeString("attributes"); ok {
		a = v.(*attributes)
	}
	rows := len(t.Head) + len(t.Body)
	headers := c.count(a, "headers", len(t.Head), rows)
	for len(t.Head) < headers {
		t.Head, t.Body = append(t.Head, t.Body[0]), t.Body[1:]
	}
	for _, r := range t.Head[1:] {
		for _, cell := range r.Cells {
			cell.Header = true
		}
	}
	for i := range c.count(a, "totals", 0, len(t.Body)) {
		t.Body[len(t.Body)-1-i].Total = true
	}
	c.decimal(a, t)
	c.spans(a, n, t)
	corner := 0
	if cornered(t) {
		corner = 1
	}
	t.RowHeaders = c.count(a, "rowheaders", corner, len(t.Columns))
	headColumns(t)
}

// count reads a number of rows or columns.
func (c *converter) count(a *attributes, name string, unset, most int) int {
	v, ok := a.own[name]
	if !ok {
		return unset
	}
	most = min(most, maxHeaders)
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 || n > most || n < unset && name == "headers" {
		c.error("table-attribute", c.pos(a.offset), fmt.Sprintf("the table cannot have %s=%s", name, v),
			fmt.Sprintf("a number up to %d", most), "")
		return unset
	}
	return n
}

// decimal aligns the named columns on the decimal mark.
func (c *converter) decimal(a *attributes, t *doc.Table) {
	v, ok := a.own["decimal"]
	if !ok {
		return
	}
	for s := range strings.SplitSeq(v, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 1 || n > len(t.Columns) {
			c.error("table-attribute", c.pos(a.offset), "there is no column "+quoted(s)+" to align on the decimal mark",
				fmt.Sprintf("numbers from 1 to %d with commas between them", len(t.Columns)), "")
			return
		}
		t.Columns[n-1].Align = doc.AlignDecimal
	}
}

// cornered tells that the first column has no header, but others have one: then
// the column itself is made of headers.
func cornered(t *doc.Table) bool {
	corner, others := true, false
	doc.WalkCells(t.Head, func(_, column int, cell *doc.Cell) {
		if column == 0 {
			corner = corner && len(cell.Content) == 0
		} else {
			others = others || len(cell.Content) > 0
		}
	})
	return corner && others
}

// headColumns makes the cells of the first columns headers of their rows.
func headColumns(t *doc.Table) {
	if t.RowHeaders == 0 {
		return
	}
	doc.WalkCells(t.Body, func(_, column int, cell *doc.Cell) {
		if column < t.RowHeaders {
			cell.Header = len(cell.Content) > 0
		}
	})
}
