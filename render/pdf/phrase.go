package pdf

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// A phrase is a stretch that runs against its line: PDFium sorts text objects by where
// they start, and then reads the line in its own direction, stretch by stretch, so
// that the stretches of a phrase come out in the wrong order. Therefore phrases
// are cut where PDFium sees another stretch. The part that stays where it is is the
// first of a left-to-right phrase, the last of a right-to-left one; every other part
// starts left of the phrase, in the order that PDFium needs, with a mark that runs
// with the line (a key); then the pen moves to the part's place.
//
// PDFium also puts a space where an object starts far from the last one's end, so
// each part ends in a mark where the next one starts. And it sees a space in the move, if
// the font has a code that is a space, so spaces are codes of a mark and a space.

// markPhrases cuts the phrases of a line.
func (l *directed) markPhrases(list []piece) []piece {
	out := l.phrases[:0]
	for len(list) > 0 {
		n := 1
		if with := list[0].odd == (l.base == rightToLeft); with {
			out = append(out, list[0])
		} else {
			for n < len(list) && list[n].group == list[0].group {
				n++
			}
			out = l.appendParts(out, list[:n])
		}
		list = list[n:]
	}
	l.phrases = out
	return out
}

// appendParts appends the parts of a phrase, whose pieces are in logical order.
func (l *directed) appendParts(out []piece, phrase []piece) []piece {
	from := len(out)
	for _, p := range phrase {
		cuts, codes, n, last := len(out), p.codes, 0, none
		unit := l.line[codes[0].run].unit
		for k := range codes {
			is := codes[k].stretch(p.odd)
			if is == none || is == last {
				continue
			}
			if last != none {
				part := p
				part.codes = codes[n:k:k]
				out = append(out, part)
				p.x += width(part.codes, unit)
				n = k
			}
			last = is
		}
		p.codes = codes[n:]
		out = append(out, p)
		if p.odd {
			slices.Reverse(out[cuts:])
		}
	}
	if parts := out[from:]; len(parts) > 1 {
		l.keyParts(parts)
	}
	return out
}

// Readers sort what stands at one x wrongly, so keys stand a little to the side of
// each other, in points.
const betweenKeys = 0.02

// keyParts gives the parts of a phrase, in logical order, their marks.
func (l *directed) keyParts(parts []piece) {
	odd := parts[0].odd
	left, right := parts[0], parts[len(parts)-1]
	if odd {
		left, right = right, left
	}
	rightEdge := right.x + width(right.codes, l.line[right.codes[0].run].unit)
	parts[0].keyed = span{left.x, rightEdge}
	for i := range parts {
		p := &parts[i]
		for k := range p.codes {
			p.codes[k].holdSpace(odd)
		}
		key := i
		if odd {
			key = len(parts) - 1 - i
		}
		run := p.codes[0].run
		end := p.x + width(p.codes, l.line[run].unit)
		if odd && (i == 0 || p.codes[0].mark == spaceMark) {
			// For PDFBox, which puts a space into the move there; poppler sees the
			// mark where the line goes on.
			p.codes = append(append(l.take(len(p.codes)+1), mark(leftToRightMark, run, rightEdge-p.x)), p.codes...)
		}
		if key > 0 {
			l.key(p, left.x-betweenKeys*float64(key), end, key)
			continue
		}
		shift := rightEdge - end - beforeNeutral
		p.codes = append(append(l.take(len(p.codes)+2), p.codes...), wideMark(l.against(), run, shift))
		if !odd { // for MuPDF, which sees jumps within one direction
			p.codes = append(p.codes, wideMark(leftToRightMark, run, shift))
		}
	}
}

// against is the mark that runs with the line, and against its phrases.
func (l *directed) against() string {
	if l.base == rightToLeft {
		return rightToLeftMark
	}
	return leftToRightMark
}

// keyWidth is what a key is wide, in font units, at least: PDFium takes a part of it
// for the least gap that is a space, PDFBox for how far off an equal code may be
// (hideKeys).
const keyWidth = 60

// wideMark is a mark as wide as a key.
func wideMark(text string, run int, shift float64) code {
	m := mark(text, run, shift)
	m.width = keyWidth
	return m
}

// key puts a part that ends at end between marks at start. MuPDF wants a
// left-to-right mark before what has no direction of its own.
func (l *directed) key(p *piece, start, end float64, key int) {
	run := p.codes[0].run
	before, after := mark(l.against(), run, start-p.x), mark(l.against(), run, start-end)
	// PDFium drops a code that is among the last seven and stands near, so the marks
	// of three parts are different codes. Further keys are wider, for PDFBox.
	before.width = int32(keyWidth*(1+key/4) + key%3)
	after.width = before.width
	keyed := l.take(len(p.codes) + 3)
	keyed = append(keyed, before)
	if !p.odd && p.codes[0].mark == "" {
		keyed = append(keyed, mark(leftToRightMark, run, 0))
	}
	keyed = append(keyed, p.codes...)
	p.codes = append(keyed, after)
}

// stretch is what PDFium takes a character for.
type stretch uint8

const (
	none stretch = iota // it belongs to what is before it
	letter
	number // with its punctuation
	other
)

// stretch tells where to cut. Right-to-left phrases are cut at spaces only.
func (c *code) stretch(odd bool) stretch {
	if c.invisible() {
		return none
	}
	if odd {
		if c.isSpace() {
			return other
		}
		return letter
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
