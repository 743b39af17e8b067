package pdf

import "strings"

// This file serves PDFBox, which takes the codes of a row as they come in the file
// and applies the bidirectional algorithm to them as if they were logical text: what
// comes out is the visual order of what the file holds. Its first strong character
// says which way the row runs, and there is no other hint. A row that runs from
// left to right keeps its pieces in their order, which is the logical one, and turns
// each right-to-left stretch round in its place. So a right-to-left line starts with
// a left-to-right mark, one stands between any two pieces of which one runs from
// right to left, and what stands at the ends of such a piece and has no direction
// gets a mark of the other kind on its outer side.
//
// A left-to-right mark that touches left-to-right text changes nothing for the other
// readers. Elsewhere it stands where a stretch ends anyway.

const (
	// aside is how far marks of one place stand from each other, in points.
	aside = 0.01
	// nextTo is aside for a mark beyond another one.
	nextTo = 0.02
	// sameLine is what PDFium needs beyond the distance of two base lines: it sees
	// another line where the next code stands more than half the width of a code
	// higher or lower.
	sameLine = 2.05
)

// turn puts the marks into a right-to-left line.
func (l *directed) turn(list []piece) {
	odd := false
	for i := range list {
		odd = odd || list[i].odd
	}
	if left, right := list[0].open(); !odd || len(list) == 1 && !left && !right {
		return // join sees to the start
	}
	for i := range list {
		var before, after *piece
		if i > 0 {
			before = &list[i-1]
		}
		if i+1 < len(list) {
			after = &list[i+1]
		}
		l.turnPiece(&list[i], before, after)
	}
	l.weigh(list)
}

// turnPiece puts the marks about the codes of a piece. Those that belong to a raised
// piece stand with its neighbours, for PDFium and poppler find it by its base line.
func (l *directed) turnPiece(p, before, after *piece) {
	first, last := p.codes[0], p.codes[len(p.codes)-1]
	run, at := first.run, first.shift-aside
	if first.mark != "" && first.mark != spaceMark && first.width == 0 {
		at = first.shift + aside
	}
	left, right := p.open()
	out := l.take(len(p.codes) + 6)
	down := p.rise(before) < 0 // it comes after a raised one
	if (before == nil || before.odd || down && p.odd) && p.rise(before) <= 0 && !first.isLeftToRightMark() && !before.endsMarked() {
		if down { // MuPDF sees jumps within one direction
			out = append(out, mark(rightToLeftMark, run, at))
		}
		out = append(out, wideMark(leftToRightMark, run, at))
	}
	if left {
		out = append(out, mark(rightToLeftMark, run, at-nextTo))
	}
	rest := p.codes
	if left && first.mark == spaceMark && len(rest) > 1 && rest[1].combining() {
		// MuPDF would see a gap before the letter
		out = append(out, first, mark(rightToLeftMark, run, -aside))
		rest = rest[1:]
	}
	out = append(out, rest...)
	if right {
		out = append(out, mark(rightToLeftMark, run, last.shift-nextTo))
	}
	switch up := -p.rise(after); {
	case up > 0 && p.odd:
		m := mark(leftToRightMark, run, last.shift-nextTo)
		m.width = int32(sameLine * up / l.line[run].unit)
		out = append(out, m)
	case up >= 0 && after != nil && !p.odd && after.odd && !last.isLeftToRightMark() && !after.codes[0].isLeftToRightMark():
		m := wideMark(leftToRightMark, run, last.shift-nextTo)
		if last.glyph != nil {
			m.shift -= keyWidth * l.line[run].unit // it ends where the piece does
		}
		out = append(out, m)
	}
	p.codes = out
}

// rise is how much higher a piece stands than another one, in points; 0 if there is none.
func (p *piece) rise(other *piece) float64 {
	if other == nil {
		return 0
	}
	return other.text.Y - p.text.Y
}

func (p *piece) endsMarked() bool {
	return p != nil && p.codes[len(p.codes)-1].isLeftToRightMark()
}

func (c *code) isLeftToRightMark() bool { return c.mark == leftToRightMark }

// open tells which ends of a right-to-left piece have no direction of their own.
// PDFBox turns round a code of several characters, so that the mark of a space comes
// after it. What is one character alone needs no turning, but a mark on its right,
// for PDFium.
func (p *piece) open() (left, right bool) {
	if !p.odd {
		return false, false
	}
	directed, visible := false, 0
	for i := range p.codes {
		c := &p.codes[i]
		if !c.invisible() {
			visible++
		}
		isSpace := c.mark == spaceMark
		if isSpace || c.kind != rightToLeft && !c.invisible() {
			left = left || !directed
			right = !isSpace
		}
		if c.kind == rightToLeft {
			directed, right = true, false
		}
	}
	if visible < 2 {
		return false, right && !p.codes[0].alone
	}
	return left, right
}

// weight is the code that outweighs left-to-right marks, and ballast how many more
// right-to-left characters than such marks a line must have to need none.
const (
	weight  = rightToLeftMark + rightToLeftMark + rightToLeftMark + rightToLeftMark
	ballast = 3
)

// weigh serves poppler, which gives a page the direction that most of its letters
// have, and counts marks. It drops equal ones that stand together.
func (l *directed) weigh(list []piece) {
	n := ballast
	for i := range list {
		for k := range list[i].codes {
			switch c := &list[i].codes[k]; {
			case c.kind == rightToLeft:
				n--
			case strings.HasPrefix(c.mark, leftToRightMark):
				n++
			}
		}
	}
	if n > 0 {
		p := &list[len(list)-1]
		end := p.codes[len(p.codes)-1]
		m := mark(rightToLeftMark, end.run, end.shift)
		m.mark = weight
		if end.glyph == nil { // it ends where the piece does
			m.width = end.width
		}
		p.codes = append(p.codes, m)
	}
}

// span is from where to where something reaches, in points.
type span struct{ left, right float64 }

// hideKeys puts marks before the phrases that have keys. PDFBox sees a space in each
// move to the right, such as follows a key; but it drops a code if an equal one came
// before at its place, within a third of the code's width. These marks are what came
// before. They have no width, so PDFium drops their text objects.
//
// In a right-to-left line they stand before the phrase. In a left-to-right line that
// would be a move to the right again: they are at the line's start, the rightmost
// one first.
func (l *directed) hideKeys(list []piece) []piece {
	out := l.hidden[:0]
	if l.base == leftToRight {
		for i := len(list) - 1; i >= 0; i-- {
			if p := &list[i]; p.keyed != (span{}) {
				out = append(out, l.hiding(&list[0], p.keyed.right, leftToRightMark), l.hiding(&list[0], p.keyed.left-beforeNeutral, leftToRightMark))
			}
		}
		if len(out) == 0 {
			return list
		}
		out = append(out, list...)
	} else {
		for i := range list {
			if p := &list[i]; p.keyed != (span{}) {
				out = append(out, l.hiding(p, p.keyed.right-beforeNeutral, leftToRightMark, rightToLeftMark, leftToRightMark), l.hiding(p, p.keyed.left-beforeNeutral, rightToLeftMark))
			}
			out = append(out, list[i])
		}
	}
	l.hidden = out
	return out
}

// hiding is a text object of marks, with the text that a piece belongs to.
func (l *directed) hiding(p *piece, x float64, marks ...string) piece {
	h := piece{text: p.text, x: x, codes: l.take(len(marks)), group: p.group, odd: p.odd, again: p.again}
	for _, m := range marks {
		h.codes = append(h.codes, mark(m, p.codes[0].run, 0))
	}
	return h
}
