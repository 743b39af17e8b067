package pdf

import (
	"math"

	"communique/render/page"
)

// Lines that stand side by side, as a list's label and its text or the cells of a
// table row, are written one after the other without a space between. Where
// lines run from left to right, readers see the gap. From right to left pdf.js and
// MuPDF see a jump backwards, which they take for none; and poppler takes a list's
// labels for a column. A mark with a space, which draws nothing, stands between.
//
// Lines of one cell of a table stand so far apart that poppler takes them for parts
// of columns, and reads the first lines of all cells first: marks stand between them,
// too.

// row is where a line of the page stands, and in which cell of a table, if any.
type row struct {
	left, right, y float64
	cell           *page.Element
}

// extent is the row of a line; the zero row of none.
func extent(line []lineRun) row {
	if len(line) == 0 {
		return row{}
	}
	r := row{left: math.Inf(1), y: line[0].Y}
	for i := range line {
		r.left = min(r.left, line[i].X)
		r.right = max(r.right, line[i].X+line[i].Run.Width)
	}
	return r
}

// pier is how far from the words at both sides a bridge stands, in ems: words of one
// block may stand 0.7 apart for poppler.
const pier = 0.5

// join returns the piece between a line and the one on its right, if that is the
// last one: a mark with a space, as wide as the gap, for poppler to see one block.
func join(last, r row, line []lineRun, list []piece) []piece {
	const slack = 0.01 // points
	gap := last.left - r.right
	if len(list) == 0 || !line[0].RightToLeft || gap < -slack || math.Abs(last.y-r.y) > slack {
		return nil
	}
	m, side := mark(leftToRightMark+" ", 0, 0), min(pier*line[0].Run.Size, gap/2)
	m.width = int32((gap - 2*side) / line[0].unit)
	return []piece{{text: list[0].text, x: r.right + side, codes: []code{m}, odd: true}}
}

// stack returns the piece halfway between a line and the last one, if that stands above
// it in the same cell of a table.
func stack(last, r row, line []lineRun, list []piece) []piece {
	right, size := min(last.right, r.right), line[0].Run.Size
	if len(list) == 0 || !line[0].RightToLeft || r.cell == nil || r.cell != last.cell || r.y <= last.y || right <= max(last.left, r.left) {
		return nil
	}
	return []piece{{text: list[0].text, x: right - pier*size, up: (r.y - last.y) / 2,
		codes: []code{wideMark(leftToRightMark+" ", 0, 0)}, odd: true}}
}

// cell is the cell of a table that an element is part of; nil if it is in none.
func cell(e *page.Element) *page.Element {
	for e != nil && e.Type != page.TypeTD && e.Type != page.TypeTH {
		e = e.Parent
	}
	return e
}

// startRow puts the mark before the first piece of a row of several lines by which
// PDFBox knows that it runs from left to right (turn.go).
func (s *scratch) startRow(p *piece) {
	if p.odd && !p.codes[0].isLeftToRightMark() {
		p.codes = append(append(s.take(len(p.codes)+1), wideMark(leftToRightMark, p.codes[0].run, p.codes[0].shift-aside)), p.codes...)
	}
}
