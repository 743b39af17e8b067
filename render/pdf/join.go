package pdf

import "math"

// Lines that stand side by side, as a list's label and its text or the cells of a
// table row, are written one after the other without a space between. Where
// lines run from left to right, readers see the gap. From right to left pdf.js and
// MuPDF see a jump backwards, which they take for none; and poppler takes a list's
// labels for a column. A mark with a space, which draws nothing, stands between.

// row is where a line of the page stands.
type row struct{ left, right, y float64 }

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

const (
	// hop is how far apart words of one block may stand for poppler, in ems: a
	// little less than its own 0.7.
	hop = 0.6
	// maxBridge is how wide a gap, in ems, still is one between a label and its text.
	maxBridge = 3.0
)

// join returns the pieces between a line and the one on its right, if that is the
// last one: one that holds a space, or more where a label must be kept by its text.
func join(last row, line []lineRun, list []piece) []piece {
	const slack = 0.01 // points
	r := extent(line)
	gap := last.left - r.right
	if len(list) == 0 || !line[0].RightToLeft || gap < -slack || math.Abs(last.y-r.y) > slack {
		return nil
	}
	size := line[0].Run.Size
	n := 1
	if gap < maxBridge*size {
		n = max(1, int(math.Ceil(gap/(hop*size)))-1)
	}
	out := make([]piece, 0, n)
	for i := range n {
		p := piece{text: list[0].text, x: last.left - gap*float64(i+1)/float64(n+1), odd: true}
		if gap >= maxBridge*size {
			p.x = last.left - beforeBoundary
		}
		p.codes = []code{mark(leftToRightMark+" ", 0, 0)}
		out = append(out, p)
	}
	return out
}

// startRow puts the mark before the first piece of a row of several lines by which
// PDFBox knows that it runs from left to right (turn.go).
func (s *scratch) startRow(p *piece) {
	if p.odd && !p.codes[0].isLeftToRightMark() {
		p.codes = append(append(s.take(len(p.codes)+1), wideMark(leftToRightMark, p.codes[0].run, p.codes[0].shift-aside)), p.codes...)
	}
}
