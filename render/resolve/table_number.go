package resolve

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"communique/render/doc"
)

// numbers finds the decimal axis of every number in columns that are aligned on
// the decimal mark. A column that is aligned to the end becomes one if it holds
// numbers, and nothing but numbers and signs for their absence.
func (r *resolver) numbers(t *doc.Table) {
	columns := make([]numberColumn, len(t.Columns))
	found := false
	for i, c := range t.Columns {
		columns[i].wanted = c.Align == doc.AlignEnd || c.Align == doc.AlignDecimal
		found = found || columns[i].wanted
	}
	if !found {
		return
	}
	rtl := t.Dir == doc.RightToLeft || t.Dir == doc.Inherit && r.d.Meta.Dir == doc.RightToLeft
	doc.WalkCells(t.Body, func(_, column int, c *doc.Cell) {
		switch {
		case column >= len(columns) || !columns[column].wanted:
		case c.Columns() == 1:
			columns[column].add(c)
		case rtl: // a number over several columns stands on no axis, but keeps its sign
			alone := numberColumn{}
			if alone.add(c); alone.settle(r.loc.Decimal()) {
				alone.isolate()
			}
		}
	})
	for i := range columns {
		c := &columns[i]
		switch forced := t.Columns[i].Align == doc.AlignDecimal; {
		case !c.wanted:
		case c.settle(r.loc.Decimal()) || forced:
			if rtl {
				c.isolate()
			}
			if c.tails || forced {
				t.Columns[i].Align = doc.AlignDecimal
				c.apply()
			}
		}
	}
}

// numberColumn is what stands in one column.
type numberColumn struct {
	wanted bool
	cells  []*doc.Cell
	texts  []string // up to the first mark that is no part of a number, such as a raised letter
	axes   []int
	tails  bool // some number has something behind its axis
}

func (n *numberColumn) add(c *doc.Cell) {
	text, marked := numeral(c.Content)
	n.cells, n.texts = append(n.cells, c), append(n.texts, text)
	n.tails = n.tails || marked
}

// numeral is the text of a cell as far as it can be a number; marked tells that
// something is raised behind it.
func numeral(in []doc.Inline) (text string, marked bool) {
	var b strings.Builder
	doc.WalkInlines(in, func(n doc.Inline) bool {
		if marked {
			return false
		}
		switch n := n.(type) {
		case *doc.Text:
			b.WriteString(n.Value)
		case *doc.Emphasis, *doc.Strong, *doc.Strikethrough, *doc.Span, *doc.Link, *doc.Abbreviation:
		default:
			marked = true
			return false
		}
		return true
	})
	return b.String(), marked
}

// settle finds the axes with the language's decimal mark, and reports whether
// the column is one of numbers.
func (n *numberColumn) settle(decimal string) bool {
	mark := n.mark(decimal)
	n.axes = make([]int, len(n.cells))
	numbers, words := 0, 0
	for i, s := range n.texts {
		axis, tail, ok := numberAxis(s, mark)
		n.axes[i] = axis
		switch {
		case ok:
			numbers++
			n.tails = n.tails || tail
		case axis == 0 && strings.TrimSpace(s) != "":
			words++
		}
	}
	return numbers > 0 && words == 0
}

// mark is the column's decimal mark: the language's, unless the column cannot be
// read with it but with the other one. An Arabic text may use either.
func (n *numberColumn) mark(decimal string) string {
	for _, s := range n.texts {
		if strings.Contains(s, "٫") {
			return "٫"
		}
	}
	other := map[string]string{".": ",", ",": ".", "٫": ","}[decimal]
	wrong := false
	for _, s := range n.texts {
		at := strings.LastIndex(s, other)
		if at < 0 {
			continue
		}
		if strings.Contains(s[at:], decimal) { // "1,234.5" with the language's own mark
			return decimal
		}
		behind := 0
		for _, c := range s[at+len(other):] {
			if !unicode.IsDigit(c) {
				break
			}
			behind++
		}
		wrong = wrong || behind != 3 && behind > 0
	}
	if wrong {
		return other
	}
	return decimal
}

// isolate keeps signs and units on their side of the digits in a text that runs
// from right to left, where "-7" would become "7-" (UAX #9, W4 to W6). A number
// with a word of the language behind it follows the language.
func (n *numberColumn) isolate() {
	for i, c := range n.cells {
		if n.axes[i] > 0 && !strings.ContainsFunc(doc.PlainText(c.Content), rightToLeft) {
			c.Content = []doc.Inline{&doc.Span{Dir: doc.LeftToRight, Content: c.Content}}
		}
	}
}

func rightToLeft(c rune) bool {
	p, _ := bidi.LookupRune(c)
	return p.Class() == bidi.R || p.Class() == bidi.AL
}

func (n *numberColumn) apply() {
	for i, c := range n.cells {
		c.Axis = n.axes[i]
	}
}

// maxUnit is how many characters behind a number can be its unit, and how many
// letters stand for a number that is not there ("n/a").
const maxUnit = 12

// numberAxis reads a number with its sign, currency, brackets and unit. The axis
// is the byte before the decimal mark, or after the last digit; a sign for no
// number ends before it too. tail tells that something follows.
func numberAxis(s, mark string) (axis int, tail, ok bool) {
	start := strings.IndexFunc(s, unicode.IsDigit)
	if start < 0 {
		if trimmed := strings.TrimRightFunc(s, unicode.IsSpace); utf8.RuneCountInString(trimmed) <= maxUnit/2 {
			return len(trimmed), false, false
		}
		return 0, false, false
	}
	if !sign(s[:start]) {
		return 0, false, false
	}
	axis = digits(s, start, mark)
	end := axis
	if rest := s[axis:]; strings.HasPrefix(rest, mark) && startsWithDigit(rest[len(mark):]) {
		end = digits(s, axis+len(mark), "")
	}
	unit := s[end:]
	if strings.ContainsFunc(unit, unicode.IsDigit) || utf8.RuneCountInString(unit) > maxUnit {
		return 0, false, false
	}
	return axis, axis < len(strings.TrimRightFunc(s, unicode.IsSpace)), true
}

// sign tells what may stand before a number: signs, brackets, a currency.
func sign(s string) bool {
	letters := 0
	for _, c := range s {
		if unicode.IsLetter(c) {
			letters++
		}
	}
	return letters <= 3 && utf8.RuneCountInString(s) <= maxUnit/2
}

// digits is the end of the digits from start on, with the marks between groups.
func digits(s string, start int, mark string) int {
	end := start
	for i, c := range s[start:] {
		at := start + i
		if unicode.IsDigit(c) {
			end = at + utf8.RuneLen(c)
			continue
		}
		if at != end || mark != "" && strings.HasPrefix(s[at:], mark) || !strings.ContainsRune(" .,'’٬\u00a0\u202f\u2009", c) || !startsWithDigit(s[at+utf8.RuneLen(c):]) {
			break
		}
	}
	return end
}

func startsWithDigit(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(c)
}
