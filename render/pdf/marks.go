package pdf

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

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
	// wordMarks puts marks by which PDFium sorts the words of a left-to-right
	// phrase in a right-to-left line.
	wordMarks
)

// directionMarks are the rules in force: this is the one place that chooses.
// Measured on real statements with marks not counted, all three give text that is
// exact in pdftotext and 0.992 or better in the other readers; neutralMarks alone
// leaves MuPDF at 0.98; none at all leaves pdftotext at 0.98. Counted as
// errors, the marks cost 2 to 3 per cent.
const directionMarks = neutralMarks | boundaryMarks | wordMarks

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
	betweenWords   = 0.02
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
	out := make([]code, 0, len(l.codes)+len(l.codes)/8+4)
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
func markBoundaries(list []piece) {
	for i := range list {
		p := &list[i]
		if !p.odd {
			continue
		}
		for k := range p.codes {
			if m := skipMarks(p.codes, k+1); m == len(p.codes) || p.codes[m].combining() {
				p.codes[k].holdSpace()
			}
		}
		if m := skipMarks(p.codes, 0); m < len(p.codes) {
			p.codes[m].holdSpace()
		}
		c := &p.codes[0]
		switch {
		case c.kind == rightToLeft, c.invisible(), c.cut, len(p.codes) > 1 && p.codes[1].cut:
		case c.mark == spaceMark:
		default:
			p.codes = slices.Insert(p.codes, 0, mark(rightToLeftMark, c.run, -beforeBoundary))
		}
	}
}

// holdSpace gives a space a mark, so that it is not lost at the end of a piece or
// doubled before a combining mark in pdf.js.
func (c *code) holdSpace() {
	if c.glyph != nil && c.isSpace() {
		*c = code{mark: spaceMark, width: c.glyph.Width, advance: c.advance, run: c.run, kind: rightToLeft}
	}
}

// markWords cuts the left-to-right phrases of a right-to-left line wherever PDFium
// sees another direction: between letters, numbers with their punctuation, and
// neutrals. PDFium sorts text objects by where they start, and then reads a
// right-to-left line from the right, stretch by stretch. So every part but the first
// starts left of the phrase, with a right-to-left mark, each one further left than
// the one before; then the pen moves to the part's place. PDFium also puts a space
// where an object starts far from the last one's end, so a part ends in a mark
// where the next one starts; and it sees one in the move, if the font has a code
// that is a space, so spaces are codes of a mark and a space.
func (l *directed) markWords(list []piece) []piece {
	out := make([]piece, 0, len(list)+8)
	for len(list) > 0 {
		n := 1
		if !list[0].odd {
			for n < len(list) && list[n].group == list[0].group {
				n++
			}
			out = l.appendParts(out, list[:n])
		} else {
			out = append(out, list[0])
		}
		list = list[n:]
	}
	return out
}

// appendParts appends the parts of a left-to-right phrase.
func (l *directed) appendParts(out []piece, phrase []piece) []piece {
	first, start, x := len(out), phrase[0].x, 0.0
	last, end := none, 0.0 // of the first part
	for _, p := range phrase {
		from := 0
		x = p.x
		add := func(to int) {
			if to > from {
				out = append(out, p.part(from, to, start, x, len(out)-first))
				if len(out) == first+1 {
					end = x
				}
			}
			p.x, from = x, to
		}
		for k := range p.codes {
			c := &p.codes[k]
			if is := c.stretch(); is != none && is != last {
				if last != none {
					add(k)
				}
				last = is
			}
			if c.glyph != nil && c.isSpace() {
				*c = code{mark: leftToRightMark + " ", width: c.glyph.Width, advance: c.advance, run: c.run, kind: leftToRight}
			}
			x += float64(c.advance) * l.line[c.run].unit
		}
		add(len(p.codes))
	}
	if len(out) > first+1 {
		p := &out[first]
		run, shift := p.codes[0].run, x-end-beforeNeutral
		p.codes = append(p.codes[:len(p.codes):len(p.codes)], mark(rightToLeftMark, run, shift), mark(leftToRightMark, run, shift))
	}
	return out
}

// part is the codes [from,to) of a piece, whose x is that of the first; they end at
// end. key counts the parts of the phrase that starts at start, 0 for one that
// needs no key. MuPDF wants a left-to-right mark before what has no direction of
// its own.
func (p *piece) part(from, to int, start, end float64, key int) piece {
	w := *p
	w.codes = p.codes[from:to:to]
	if key == 0 {
		return w
	}
	start -= betweenWords * float64(key)
	first := &w.codes[0]
	keyed := make([]code, 0, len(w.codes)+3)
	keyed = append(keyed, keyMark(first.run, start-p.x, keyWidth, key))
	if first.mark == "" {
		keyed = append(keyed, mark(leftToRightMark, first.run, 0))
	}
	keyed = append(keyed, w.codes...)
	w.codes = append(keyed, keyMark(first.run, start-end, 0, key))
	return w
}

// keyWidth is what a part's first mark is wide, in font units: PDFium takes a part
// of it for the least gap that is a space.
const keyWidth = 60

// keyMark is a mark beside a phrase. PDFium drops a code that is among the last
// seven and stands near, so the marks of three parts are different codes.
func keyMark(run int, shift float64, width int32, key int) code {
	c := mark(rightToLeftMark, run, shift)
	c.width = width + int32(key%3)
	return c
}

// stretch is what PDFium takes a character for in text that runs from left to right.
type stretch uint8

const (
	none stretch = iota // it belongs to what is before it
	letter
	number
	other
)

func (c *code) stretch() stretch {
	if c.invisible() {
		return none
	}
	r, _ := utf8.DecodeRuneInString(c.text())
	p, _ := bidi.LookupRune(r)
	switch p.Class() {
	case bidi.L:
		return letter
	case bidi.EN, bidi.AN, bidi.ES, bidi.ET, bidi.CS, bidi.NSM, bidi.BN:
		return number
	}
	return other
}
