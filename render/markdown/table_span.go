package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"communique/render/doc"
)

// upMark stands in a cell that belongs to the cell above it.
const upMark = "^^"

// spans joins cells where the table allows it with spans=true: bars without
// anything between them widen the cell before (as in MultiMarkdown), and ^^ is
// part of the cell above. Without the attribute both mean what they mean in GFM.
func (c *converter) spans(a *attributes, n *extast.Table, t *doc.Table) {
	v, ok := a.own["spans"]
	if ok && v != "true" && v != "false" {
		c.error("table-attribute", c.pos(a.offset), "the table cannot have spans="+v, "true or false", "")
	}
	if v != "true" {
		c.straySpans(t)
		return
	}
	marks := make(map[*doc.Row][]bool, len(t.Head)+len(t.Body))
	k := n.FirstChild()
	for _, rows := range [][]*doc.Row{t.Head, t.Body} {
		for _, r := range rows {
			marks[r] = c.widened(k)
			k = k.NextSibling()
		}
	}
	totals := len(t.Body)
	for totals > 0 && t.Body[totals-1].Total {
		totals--
	}
	for _, rows := range [][]*doc.Row{t.Head, t.Body[:totals], t.Body[totals:]} {
		s := spanner{converter: c, above: make([]owned, len(t.Columns))}
		for _, r := range rows {
			s.row(r, marks[r])
		}
	}
}

// straySpans warns of a mark that looks like a span and is printed as it stands.
func (c *converter) straySpans(t *doc.Table) {
	for _, rows := range [][]*doc.Row{t.Head, t.Body} {
		for _, r := range rows {
			for _, cell := range r.Cells {
				if above(cell) {
					c.warn("span-mark", cell.Pos, "the mark ^^ is printed as it stands: this table has no spans",
						"the attribute spans=true", "add {spans=true} to the end of the caption line, or write something else")
					return
				}
			}
		}
	}
}

// above tells a cell that is no more than the mark for the cell above.
func above(c *doc.Cell) bool {
	if len(c.Content) != 1 {
		return false
	}
	t, ok := c.Content[0].(*doc.Text)
	return ok && t.Value == upMark
}

// widened tells, by column, that two bars stand there without anything between.
func (c *converter) widened(row ast.Node) []bool {
	line := c.src[row.Pos():]
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	// goldmark leaves a cell out that two bars at the end of the row make
	open := bytes.HasSuffix(bytes.TrimRight(line, " \t"), []byte("||"))
	var out []bool
	for k := row.FirstChild(); k != nil; k = k.NextSibling() {
		mark := false
		if k.Lines() == nil || k.Lines().Len() == 0 {
			mark, open = open, false
		} else if at := k.Lines().At(0); at.Len() == 0 && at.Start > 0 && at.Start < len(c.src) {
			mark = c.src[at.Start-1] == '|' && c.src[at.Start] == '|'
		}
		out = append(out, mark)
	}
	return out
}

// spanner joins the cells of consecutive rows.
type spanner struct {
	*converter
	above []owned
}

// owned says which cell a column belongs to, and where that begins.
type owned struct {
	cell  *doc.Cell
	start int
}

func (s *spanner) row(r *doc.Row, marks []bool) {
	cells := r.Cells
	r.Cells = make([]*doc.Cell, 0, len(cells))
	next := make([]owned, len(cells))
	if len(marks) > 0 && marks[0] {
		s.wrong(cells[0], r, "nothing stands before these bars that they could widen", "put a space between the bars for an empty cell")
	}
	for i := 0; i < len(cells); {
		end, cell := i+1, cells[i]
		target := s.above[i]
		up := above(cell)
		for end < len(cells) && (marks[end] || up && above(cells[end]) && s.above[end] == target) {
			end++
		}
		switch {
		case !up:
			cell.ColSpan = spanOf(end - i)
			r.Cells = append(r.Cells, cell)
		case target.cell == nil || target.start != i || target.cell.Columns() != end-i:
			s.wrong(cell, r, "this cell cannot belong to the one above it", "begin and end ^^ in the same columns as the cell above, within header, body or totals")
			r.Cells = append(r.Cells, cell)
			cell.ColSpan = spanOf(end - i)
		default:
			target.cell.RowSpan = target.cell.Rows() + 1
			cell = target.cell
		}
		for ; i < end; i++ {
			next[i] = owned{cell, end - cell.Columns()}
		}
	}
	s.above = next
}

func spanOf(n int) int {
	if n == 1 {
		return 0
	}
	return n
}

func (s *spanner) wrong(cell *doc.Cell, r *doc.Row, message, fix string) {
	pos := cell.Pos
	if pos.Line == 0 {
		pos = r.Pos
	}
	s.error("bad-span", pos, message, "a cell to join with", fix)
}
