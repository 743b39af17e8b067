package pdf

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"communique/render/page"
)

// This file owns the form in which lines with right-to-left text are written.
// PDF says nothing of direction: a reader sees character codes at places, and
// turns them back into text by rules of its own. The form is what poppler,
// PDFium, pdf.js, MuPDF and PDFBox together give back best. It moves no outline: it
// chooses the order of the codes, cuts them into text objects, and adds marks
// (marks.go) that draw nothing.

// lineRun is one run of a line, and the size of its font's unit in points.
type lineRun struct {
	*page.Text
	unit float64
}

// piece is one text object (ISO 32000-1, 9.4).
type piece struct {
	text *page.Text
	// x is where the first code would stand without its shift, in points.
	x     float64
	codes []code
	// up is how far above the base line of its text it stands, in points.
	up float64
	// again asks for the second resource name of the font.
	again bool
	// group is that of the codes; odd tells that it runs right to left.
	group int
	odd   bool
	// keyed is where the phrase reaches that begins here and has keys.
	keyed span
}

// code is one character code to be shown.
type code struct {
	glyph *page.Glyph // nil for a mark
	// mark is the text of a mark, width what its code is wide in font units.
	mark  string
	width int32
	// advance is how far the pen moves, in font units.
	advance int32
	// shift is how far from the pen's place a mark stands, in points.
	shift float64
	// run is the index in the line of the run that it is part of.
	run  int
	kind kind
	// cut tells the separators and terminators of numbers (classes ES and ET).
	cut bool
	// alone tells a mirrored character and the marks around it (isolate).
	alone bool
}

// kind is the direction of a character as poppler sees it, whose table tells
// numbers and the punctuation of numbers from other neutrals, but its lines treat
// them as left-to-right letters.
type kind uint8

const (
	neutral kind = iota
	leftToRight
	rightToLeft
)

func (c *code) text() string {
	if c.glyph != nil {
		return c.glyph.Text
	}
	return c.mark
}

func (c *code) isSpace() bool { return c.text() == " " || c.text() == "\u00a0" }

// arrange turns a line, its runs in logical order, into text objects in the order
// in which they are written. The objects of a run stay together. They are valid
// until the next line.
func (s *scratch) arrange(line []lineRun, marks markRules) []piece {
	l := s.directed(line)
	if marks&neutralMarks != 0 {
		l.markNeutrals()
	} else {
		l.codes = append(s.take(len(l.codes)), l.codes...)
	}
	if l.base == rightToLeft && marks&boundaryMarks != 0 {
		l.isolate()
	}
	list := l.pieces()
	if l.base == rightToLeft {
		if marks&boundaryMarks != 0 {
			s.markBoundaries(list)
		}
	}
	if marks&wordMarks != 0 {
		list = l.markPhrases(list)
	}
	if marks&turnMarks != 0 {
		if l.base == rightToLeft {
			l.turn(list)
		}
		list = l.hideKeys(list)
	}
	return list
}

// directed is a line being arranged.
type directed struct {
	*scratch
	line []lineRun
	base kind
	// group numbers, by run, the stretches of one embedding level: font and style
	// may change inside.
	group []int
	codes []code // from left to right
}

func (s *scratch) directed(line []lineRun) *directed {
	s.group = resized(s.group, len(line))
	l := &directed{scratch: s, line: line, base: leftToRight, group: s.group}
	if line[0].RightToLeft {
		l.base = rightToLeft
	}
	for i := range line {
		if i > 0 {
			l.group[i] = l.group[i-1]
			if !follows(&line[i-1], &line[i]) {
				l.group[i]++
			}
		}
	}
	s.order = resized(s.order, len(line))
	order := s.order
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(line[a].X, line[b].X) })
	l.codes = s.line[:0]
	for _, i := range order {
		l.addRun(i)
	}
	s.line = l.codes
	return l
}

// follows tells that b goes on where a ends, in the direction of both.
func follows(a, b *lineRun) bool {
	const slack = 0.01 // points
	gap := a.X + a.Run.Width - b.X
	if a.Run.RightToLeft {
		gap = b.X + b.Run.Width - a.X
	}
	return a.Run.RightToLeft == b.Run.RightToLeft && max(gap, -gap) < slack
}

// addRun appends the codes of a run from left to right.
func (l *directed) addRun(i int) {
	r := &l.line[i].Run
	for k := range r.Words {
		at := k
		if r.RightToLeft {
			at = len(r.Words) - 1 - k
		}
		from := len(l.codes)
		for _, g := range r.Words[at].Glyphs {
			c := code{glyph: g.Glyph, advance: g.Advance, run: i}
			c.classify()
			l.codes = append(l.codes, c)
		}
		if r.Extra != nil && len(l.codes) > from {
			end := len(l.codes) - 1
			if r.RightToLeft {
				end = from
			}
			l.codes[end].advance += r.Extra[at]
		}
	}
}

// classify finds what the code's characters are.
func (c *code) classify() {
	for i, r := range c.glyph.Text {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.R, bidi.AL:
			c.kind = rightToLeft
		case bidi.ES, bidi.ET:
			c.cut = c.cut || i == 0
			c.kind = max(c.kind, leftToRight)
		case bidi.L, bidi.EN, bidi.AN, bidi.CS:
			if !unicode.IsSpace(r) { // poppler drops these before it looks
				c.kind = max(c.kind, leftToRight)
			}
		}
	}
}

func (l *directed) odd(run int) bool { return l.line[run].Run.RightToLeft }

// pieces cuts the line into text objects.
//
// Order: runs follow each other in logical order, since pdf.js and MuPDF keep the
// order of the file; inside a run codes go from left to right, since all readers
// turn right-to-left letters round.
//
// Split: a right-to-left run is cut at every change of font, because pdf.js ends
// its item there, and in right-to-left lines at the characters that MuPDF never
// takes for right-to-left (classes ES and ET), which end its run; what is cut
// goes in logical order too.
func (l *directed) pieces() []piece {
	l.bounds = resized(l.bounds, len(l.line)) // of each run in l.codes
	bounds := l.bounds
	for k := range l.codes {
		b := &bounds[l.codes[k].run]
		if b[1] == 0 {
			b[0] = k
		}
		b[1] = k + 1
	}
	list := l.cut[:0]
	for i, b := range bounds {
		if b[0] == b[1] {
			continue
		}
		p := piece{text: l.line[i].Text, x: l.line[i].X, codes: l.codes[b[0]:b[1]:b[1]], group: l.group[i], odd: l.odd(i)}
		// Second name: Arabic in English starts an item of its own in pdf.js if its
		// font has another name.
		p.again = p.odd && l.base == leftToRight
		if p.odd && l.base == rightToLeft {
			list = appendSplit(list, p, l.line[i].unit)
		} else {
			list = append(list, p)
		}
	}
	l.cut = list
	return list
}

// appendSplit appends the parts of a right-to-left piece, last one first.
func appendSplit(list []piece, p piece, unit float64) []piece {
	from := len(list)
	for len(p.codes) > 0 {
		n := partEnd(p.codes)
		part := p
		part.codes = p.codes[:n:n]
		list = append(list, part)
		p.x += width(part.codes, unit)
		p.codes = p.codes[n:]
	}
	slices.Reverse(list[from:])
	return list
}

// partEnd is how many codes, from left to right, are the first part of a
// right-to-left piece. Marks before a cut go with it.
func partEnd(codes []code) int {
	n := 0
	if codes[0].alone {
		for n < len(codes) && codes[n].alone {
			n++
		}
		return n
	}
	for n < len(codes) {
		m := skipMarks(codes, n)
		switch {
		case m == len(codes), codes[m].alone:
			return withoutLetters(codes[:m])
		case codes[m].cut && n == 0:
			return skipMarks(codes, m+1)
		case codes[m].cut:
			return withoutLetters(codes[:n])
		}
		n = m + 1
	}
	return withoutLetters(codes)
}

// withoutLetters is partEnd within codes that have no cut: pdf.js does not turn round
// what has no letter, so spaces there are parts of their own.
func withoutLetters(codes []code) int {
	for i := range codes {
		if c := &codes[i]; c.kind == rightToLeft && !c.invisible() {
			return len(codes)
		}
	}
	m := skipMarks(codes, 0)
	if m < len(codes) && codes[m].isSpace() {
		return skipMarks(codes, m+1)
	}
	for ; m < len(codes); m++ {
		if codes[m].isSpace() {
			return m
		}
	}
	return len(codes)
}

// width is how far codes move the pen, in points.
func width(codes []code, unit float64) float64 {
	w := int32(0)
	for i := range codes {
		w += codes[i].advance
	}
	return float64(w) * unit
}

// skipMarks is the first code from k on that is not an invisible mark.
func skipMarks(codes []code, k int) int {
	for k < len(codes) && codes[k].invisible() && !codes[k].alone {
		k++
	}
	return k
}

// invisible tells the marks of this file and those of the source that are kept.
func (c *code) invisible() bool {
	if c.advance != 0 {
		return false
	}
	switch c.text() {
	case leftToRightMark, rightToLeftMark, "\u061c", "\u200b", "\u2060", "\u200c", "\u200d":
		return true
	}
	return false
}

// combining tells a code that belongs on the letter before it.
func (c *code) combining() bool {
	r, _ := utf8.DecodeRuneInString(c.text())
	return unicode.Is(unicode.Mn, r)
}
