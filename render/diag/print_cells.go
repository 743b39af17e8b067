package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// cell is one code point of a line as a terminal shows it.
type cell struct {
	text  string
	width int // in terminal cells: 0 for what joins the character before
}

// tabStop is the distance of tab stops in excerpts.
const tabStop = 4

// cells spells out a line. Tabs become spaces; control characters, broken
// bytes and bidirectional controls become visible, so that a line can neither
// drive the terminal nor show its characters in a false order.
func cells(line string) []cell {
	out := make([]cell, 0, len(line))
	at, joined := 0, false
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		c := cell{line[i : i+size], runeWidth(r)}
		switch {
		case r == '\t':
			n := tabStop - at%tabStop
			c = cell{strings.Repeat(" ", n), n}
		case r == utf8.RuneError && size == 1:
			c = cell{"\uFFFD", 1}
		case hidden(r):
			s := symbol(r)
			c = cell{s, utf8.RuneCountInString(s)}
		case joined:
			c.width = 0
		}
		joined = r == zeroWidthJoiner
		at += c.width
		out = append(out, c)
		i += size
	}
	return out
}

// visible is a text on one line, with nothing in it that a terminal would obey.
func visible(text string) string {
	if strings.IndexFunc(text, hidden) < 0 {
		return strings.ToValidUTF8(text, "\uFFFD")
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n' || r == '\t':
			b.WriteByte(' ')
		case hidden(r):
			b.WriteString(symbol(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

const zeroWidthJoiner = '\u200D'

// hidden tells characters that must not be sent to a terminal as they are:
// controls, line separators and the bidirectional embeddings, overrides and isolates of UAX #9.
func hidden(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' ||
		(r >= '\u202A' && r <= '\u202E') || (r >= '\u2066' && r <= '\u2069')
}

// symbol is the visible form of a hidden character.
func symbol(r rune) string {
	switch {
	case r < ' ':
		return string('\u2400' + r) // the control pictures
	case r == 0x7F:
		return "\u2421"
	}
	return fmt.Sprintf("<U+%04X>", r)
}

// runeWidth is the number of terminal cells of a character (UAX #11).
func runeWidth(r rune) int {
	if r < 0x7F {
		return 1
	}
	if r != '\u00AD' && unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || isJamoTail(r) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// isJamoTail tells the vowels and final consonants of decomposed Korean
// syllables, which are drawn inside the cell of the first consonant.
func isJamoTail(r rune) bool { return r >= '\u1160' && r <= '\u11FF' }
