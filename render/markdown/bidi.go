package markdown

import (
	"fmt"
	"unicode/utf8"
)

// Explicit directional formatting characters (UAX #9, 2.1 to 2.4).
const (
	lre, rle, pdf, lro, rlo = '\u202a', '\u202b', '\u202c', '\u202d', '\u202e'
	lri, rli, fsi, pdi      = '\u2066', '\u2067', '\u2068', '\u2069'
)

func isBidiControl(r rune) bool { return r >= lre && r <= rlo || r >= lri && r <= pdi }

// bidiControl is a directional character found in the text of a paragraph.
type bidiControl struct {
	char   rune
	offset int
}

// noteBidi collects the directional characters of a piece of text.
func (c *converter) noteBidi(text []byte, offset int) {
	for i, r := range string(text) {
		if isBidiControl(r) {
			c.controls = append(c.controls, bidiControl{r, offset + i})
		}
	}
}

// balance checks that every directional character opened in a paragraph is
// closed in it; what stays open would reorder words unseen.
func (c *converter) balance() {
	if len(c.controls) == 0 {
		return
	}
	for _, u := range unbalanced(c.controls) {
		pos := c.pos(u.offset)
		if u.char == pdf || u.char == pdi {
			c.warn("bidi-stray", pos, fmt.Sprintf("the invisible character %U closes nothing in this paragraph", u.char), "", "remove it")
			continue
		}
		c.error("bidi-unclosed", pos, fmt.Sprintf("the invisible character %U is not closed in its paragraph and would reorder the text", u.char),
			"a closing character in the same paragraph", `remove it, or write <span dir="rtl">...</span> or <bdo dir="rtl">...</bdo>`)
	}
	c.controls = c.controls[:0]
}

// unbalanced pairs openers with closers: PDF closes an embedding or override,
// PDI an isolate and all that was opened in it (UAX #9, X6a and X7).
func unbalanced(controls []bidiControl) []bidiControl {
	var open, bad []bidiControl
	for _, k := range controls {
		switch k.char {
		case pdf:
			if n := len(open); n > 0 && !isIsolate(open[n-1].char) {
				open = open[:n-1]
			} else {
				bad = append(bad, k)
			}
		case pdi:
			i := len(open) - 1
			for i >= 0 && !isIsolate(open[i].char) {
				i--
			}
			if i < 0 {
				bad = append(bad, k)
				break
			}
			bad = append(bad, open[i+1:]...)
			open = open[:i]
		default:
			open = append(open, k)
		}
	}
	return append(bad, open...)
}

func isIsolate(r rune) bool { return r == lri || r == rli || r == fsi }

// bidiBalanced checks a text that stands alone, such as a value of the front matter.
func bidiBalanced(s string) bool {
	var controls []bidiControl
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if isBidiControl(r) {
			controls = append(controls, bidiControl{r, i})
		}
		i += size
	}
	return len(unbalanced(controls)) == 0
}
