package markdown

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"communique/render/doc"
)

// tableTransformer keeps tables within bounds: goldmark fills short rows up, so
// that a small source could ask for an enormous table.
type tableTransformer struct{ parser.ParagraphTransformer }

func (t tableTransformer) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	lines := p.Lines()
	for i := 1; i < lines.Len(); i++ {
		seg := lines.At(i)
		line := r.Source()[seg.Start:seg.Stop]
		if !delimiterRow(line) {
			continue
		}
		st := stateOf(pc)
		columns := bytes.Count(line, []byte{'|'}) + 1
		cells := columns * (lines.Len() - i)
		if columns > MaxColumns+1 || st.cells+cells > MaxCells {
			st.error("table-too-big", st.pos(seg.Start), fmt.Sprintf("a table may have %d columns, all tables together %d cells", MaxColumns, MaxCells), "", "divide the table")
			return
		}
		st.cells += cells
		t.captioned(p, i+1, r, pc)
		return
	}
}

// delimiterRow tells the row of dashes under a table's header.
func delimiterRow(line []byte) bool {
	line = bytes.TrimSpace(line)
	return bytes.ContainsAny(line, "-") && bytes.ContainsAny(line, "|:") && len(bytes.Trim(line, "-|: \t")) == 0 &&
		len(bytes.TrimLeft(line, "-|: \t")) == 0
}

// table converts a table. GFM says left, center and right; a page has start and
// end: ":--" aligns to the start of the line in either direction, "--:" to its end.
func (c *converter) table(n *extast.Table) doc.Block {
	t := &doc.Table{Attr: c.attr(n)}
	for _, a := range n.Alignments {
		t.Columns = append(t.Columns, doc.Column{Align: align(a)})
	}
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		if _, header := k.(*extast.TableHeader); header {
			t.Head = append(t.Head, c.row(k, len(t.Columns), true))
		} else {
			t.Body = append(t.Body, c.row(k, len(t.Columns), false))
		}
	}
	c.caption(n, t)
	c.tableAttributes(n, t)
	return t
}

func align(a extast.Alignment) doc.Align {
	switch a {
	case extast.AlignLeft:
		return doc.AlignStart
	case extast.AlignCenter:
		return doc.AlignCenter
	case extast.AlignRight:
		return doc.AlignEnd
	}
	return doc.AlignNone
}

func (c *converter) row(n ast.Node, columns int, header bool) *doc.Row {
	r := &doc.Row{Attr: c.attr(n), Cells: make([]*doc.Cell, 0, columns)}
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		cell := &doc.Cell{Header: header, Attr: doc.Attr{Pos: r.Pos}}
		if k.Lines() != nil && k.Lines().Len() > 0 {
			cell.Pos = c.pos(k.Lines().At(0).Start)
		}
		cell.Content = c.paragraph(k)
		r.Cells = append(r.Cells, cell)
	}
	c.excess(n, r)
	return r
}

// excess finds what a row has beyond the table's columns: goldmark drops it.
// It is an error, and the words are kept in the last cell.
func (c *converter) excess(n ast.Node, r *doc.Row) {
	start := n.Pos()
	line := c.src[start:]
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	line = bytes.TrimRight(line, " \t")
	trimmed := bytes.TrimLeft(line, " \t")
	start += len(line) - len(trimmed)
	bars, i := 0, 0
	if len(trimmed) > 0 && trimmed[0] == '|' {
		i = 1
	}
	for ; i < len(trimmed)-1; i++ { // a bar at the end closes the last cell
		if trimmed[i] != '|' || i > 0 && trimmed[i-1] == '\\' {
			continue
		}
		if bars++; bars == len(r.Cells) {
			break
		}
	}
	if len(r.Cells) == 0 || bars < len(r.Cells) {
		return
	}
	c.error("row-too-long", c.pos(start+i), fmt.Sprintf("this row has more cells than the table has columns (%d)", len(r.Cells)),
		"as many cells as the header row", `put a backslash before a bar that is text: \|`)
	last := r.Cells[len(r.Cells)-1]
	rest := bytes.TrimRight(trimmed[i+1:], "| \t")
	last.Content = append(last.Content, &doc.Text{Value: " " + string(c.decode(nil, bytes.TrimLeft(rest, " \t"), start+i))})
	c.balance()
}
