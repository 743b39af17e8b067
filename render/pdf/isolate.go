package pdf

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// isolate serves PDFium and PDFBox in the right-to-left stretches of a right-to-left
// line.
//
// Both turn mirrored characters (brackets, angle quotation marks) into their
// opposites there, as if the file named outlines and not characters. Between
// left-to-right marks they do not. The three are a text object of their own, for
// MuPDF turns nothing round across marks; and if no letter follows on the left, a
// mark ends the stretch for poppler.
//
// PDFium takes a combining mark and the punctuation left of it for one stretch that
// runs from left to right: a mark parts them.
func (l *directed) isolate() {
	n := 0
	for k := range l.codes {
		if c := &l.codes[k]; l.odd(c.run) && (c.mirrored() || l.endsWord(k)) {
			n += 3
		}
	}
	if n == 0 {
		return
	}
	out := l.take(len(l.codes) + n)
	for k, c := range l.codes {
		switch {
		case !l.odd(c.run):
		case l.endsWord(k):
			out = append(out, mark(rightToLeftMark, c.run, 0))
		case c.mirrored():
			if k > 0 && l.codes[k-1].kind != rightToLeft {
				out = append(out, mark(rightToLeftMark, c.run, -beforeNeutral))
			}
			m := mark(leftToRightMark, c.run, -beforeBoundary)
			m.width, m.alone, c.alone = keyWidth, true, true
			out = append(out, m, c)
			m.shift = -beforeBoundary - keyWidth*l.line[c.run].unit
			out = append(out, m)
			continue
		}
		out = append(out, c)
	}
	l.codes = out
}

// endsWord tells that code k is the last combining mark of a word, with punctuation after it.
func (l *directed) endsWord(k int) bool {
	if k == 0 || !l.codes[k].combining() {
		return false
	}
	next := &l.codes[k-1]
	return !next.combining() && next.kind != rightToLeft && next.stretch(false) == number
}

// mirrored tells the characters that have an opposite (Bidi_Mirrored).
func (c *code) mirrored() bool {
	r, n := utf8.DecodeRuneInString(c.text())
	if c.glyph == nil || n != len(c.glyph.Text) {
		return false
	}
	switch r {
	case '<', '>', '«', '»', '‹', '›', '≤', '≥':
		return true
	}
	p, _ := bidi.LookupRune(r)
	return p.IsBracket()
}
