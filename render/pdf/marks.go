package pdf

import "slices"

// markRules says which invisible marks go into lines with right-to-left text.
// The marks are direction marks that the source does not have; they draw nothing
// and have no width. Readers hand them out, so copied text holds them too.
type markRules uint8

const (
	// neutralMarks puts marks where poppler would give punctuation and the space
	// beside it to the wrong side: without them no mixed line is exact there.
	neutralMarks markRules = 1 << iota
	// boundaryMarks puts marks where pdf.js loses a space and MuPDF turns
	// punctuation round, at the ends of right-to-left pieces.
	boundaryMarks
	// wordMarks puts marks by which PDFium sorts the words of a phrase that runs
	// against its line.
	wordMarks
	// turnMarks puts marks by which PDFBox turns each piece round in its place, and
	// does not see the keys.
	turnMarks
)

// directionMarks are the rules in force: this is the one place that chooses.
// docs/extraction.md has the figures.
const directionMarks = neutralMarks | boundaryMarks | wordMarks | turnMarks

const (
	leftToRightMark = "\u200e"
	rightToLeftMark = "\u200f"
	// spaceMark is a space that pdf.js hands out: it takes a code that begins with a
	// space for nothing but a gap, and skips one that ends in a mark.
	spaceMark = rightToLeftMark + " "
)

// Readers sort what stands at one x wrongly, so marks stand a little to the side,
// in points: less than any reader takes for a gap.
const (
	beforeNeutral  = 0.05
	beforeBoundary = 0.03
)

func mark(text string, run int, shift float64) code {
	k := leftToRight
	if text == rightToLeftMark {
		k = rightToLeft
	}
	return code{mark: text, run: run, shift: shift, kind: k}
}

// markNeutrals follows poppler (TextPage's reorderText): it walks along the line in
// the direction of the page, here taken to be the line's. A left-to-right stretch
// begins at a letter or a number, to which it counts commas, stops and signs, and
// takes in all neutrals up to the next letter of the other direction. Where that
// is not what the levels say, a mark ends the stretch.
func (l *directed) markNeutrals() {
	out := l.take(2 * len(l.codes)) // no code takes more than one mark
	state := l.base
	if l.base == leftToRight {
		for k := range l.codes {
			out, state = l.fromLeft(out, k, state)
		}
	} else {
		for k := len(l.codes) - 1; k >= 0; k-- {
			out, state = l.fromRight(out, k, state)
		}
		slices.Reverse(out)
	}
	l.codes = out
}

// fromRight adds code k of a right-to-left line, after a mark on its right if it
// takes one. state is the direction of the stretch so far.
func (l *directed) fromRight(out []code, k int, state kind) ([]code, kind) {
	c := &l.codes[k]
	odd := l.odd(c.run)
	inRun := !odd && k+1 < len(l.codes) && l.group[l.codes[k+1].run] == l.group[c.run]
	switch {
	case inRun:
	case state == rightToLeft && c.kind == neutral && !odd && !c.isSpace():
		out, state = append(out, mark(leftToRightMark, c.run, 0)), leftToRight
	case state == leftToRight && c.kind != rightToLeft && k+1 < len(l.codes):
		run := c.run
		if !odd { // it belongs to right-to-left text, if there is any
			run = l.codes[k+1].run
		}
		out, state = append(out, mark(rightToLeftMark, run, -beforeNeutral)), rightToLeft
	}
	return append(out, *c), next(state, c)
}

// fromLeft is fromRight for a left-to-right line, from its left.
func (l *directed) fromLeft(out []code, k int, state kind) ([]code, kind) {
	c := &l.codes[k]
	odd := l.odd(c.run)
	inRun := odd && k > 0 && l.group[l.codes[k-1].run] == l.group[c.run]
	switch {
	case inRun:
	case state == leftToRight && c.kind != rightToLeft && odd:
		out, state = append(out, mark(rightToLeftMark, c.run, 0)), rightToLeft
	case state == rightToLeft && c.kind == neutral:
		out, state = append(out, mark(leftToRightMark, c.run, 0)), leftToRight
	}
	return append(out, *c), next(state, c)
}

// next is the state after a code.
func next(state kind, c *code) kind {
	if c.kind == neutral {
		return state
	}
	return c.kind
}

// markBoundaries puts a right-to-left mark at the left end of every right-to-left
// piece that ends in something else than a letter. MuPDF gives such an end the
// direction of what comes before it in the file; pdf.js drops a space there. The
// mark and a space are one code, since pdf.js takes a code that begins with a
// space for nothing but a gap, and skips one that ends in a mark. MuPDF ends its
// run at a cut anyway, and combining marks go with their letter.
func (s *scratch) markBoundaries(list []piece) {
	for i := range list {
		p := &list[i]
		if !p.odd {
			continue
		}
		for k := range p.codes {
			if m := skipMarks(p.codes, k+1); m == len(p.codes) || p.codes[m].combining() {
				p.codes[k].holdSpace(true)
			}
		}
		if m := skipMarks(p.codes, 0); m < len(p.codes) {
			p.codes[m].holdSpace(true)
		}
		c := &p.codes[0]
		switch {
		case c.kind == rightToLeft, c.invisible(), c.cut, len(p.codes) > 1 && p.codes[1].cut:
		case c.mark == spaceMark:
		default:
			p.codes = append(append(s.take(len(p.codes)+1), mark(rightToLeftMark, c.run, -beforeBoundary)), p.codes...)
		}
	}
}

// holdSpace gives a space a mark of its direction. pdf.js would lose it at the end
// of a right-to-left piece, and double it before a combining mark.
func (c *code) holdSpace(odd bool) {
	if c.glyph == nil || !c.isSpace() {
		return
	}
	text, k := leftToRightMark+" ", leftToRight
	if odd {
		text, k = spaceMark, rightToLeft
	}
	*c = code{mark: text, width: c.advance, advance: c.advance, run: c.run, kind: k}
}
