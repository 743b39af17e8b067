package html

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"communique/render/doc"
)

// pads makes numbers stand with their decimal marks below each other, which CSS
// cannot: each gets, behind it and unseen, the characters by which another number
// of its column is longer. In a text that runs from right to left a column is
// flush at the left, where the digits before the mark begin.
func (b *body) pads(n *doc.Table) map[*doc.Cell]string {
	numbers := map[int][]*doc.Cell{}
	doc.WalkCells(n.Body, func(_, column int, c *doc.Cell) {
		if c.Axis > 0 && column < len(n.Columns) && n.Columns[column].Align == doc.AlignDecimal {
			numbers[column] = append(numbers[column], c)
		}
	})
	if len(numbers) == 0 {
		return nil
	}
	dir := n.Dir
	if dir == doc.Inherit {
		dir = b.d.Meta.Dir
	}
	pads := map[*doc.Cell]string{}
	for _, cells := range numbers {
		if dir == doc.RightToLeft {
			padBefore(cells, pads)
		} else {
			padBehind(cells, pads)
		}
	}
	return pads
}

// padBefore pads numbers with what the longest has before its axis.
func padBefore(cells []*doc.Cell, pads map[*doc.Cell]string) {
	longest := ""
	for _, c := range cells {
		if s := doc.PlainText(c.Content)[:c.Axis]; utf8.RuneCountInString(s) > utf8.RuneCountInString(longest) {
			longest = s
		}
	}
	for _, c := range cells {
		more := utf8.RuneCountInString(longest) - utf8.RuneCountInString(doc.PlainText(c.Content)[:c.Axis])
		pads[c] = string([]rune(longest)[:more])
	}
}

// padBehind pads numbers with the longest fraction and unit of the column.
func padBehind(cells []*doc.Cell, pads map[*doc.Cell]string) {
	var fraction, unit string
	for _, c := range cells {
		f, u := tail(c)
		if utf8.RuneCountInString(f) > utf8.RuneCountInString(fraction) {
			fraction = f
		}
		if utf8.RuneCountInString(u) > utf8.RuneCountInString(unit) {
			unit = u
		}
	}
	for _, c := range cells {
		f, u := tail(c)
		pad := string([]rune(fraction)[utf8.RuneCountInString(f):])
		if u == "" {
			pad += unit
		}
		pads[c] = pad
	}
}

// tail is what stands behind a number's axis: the decimal mark with the digits
// after it, and the rest.
func tail(c *doc.Cell) (fraction, unit string) {
	s := doc.PlainText(c.Content)[c.Axis:]
	end := 0
	for i, r := range s {
		if unicode.IsDigit(r) && i > 0 {
			end = i + utf8.RuneLen(r)
		} else if i > 0 {
			break
		} else if !strings.ContainsRune(".,٫", r) {
			break
		}
	}
	return s[:end], s[end:]
}
