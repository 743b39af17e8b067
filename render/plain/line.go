package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/bidi"
)

// Characters that act and are not seen.
const (
	leftToRightMark     = "\u200e"
	rightToLeftMark     = "\u200f"
	leftToRightIsolate  = "\u2066"
	rightToLeftIsolate  = "\u2067"
	firstStrongIsolate  = "\u2068"
	popIsolate          = "\u2069"
	leftToRightOverride = "\u202d"
	rightToLeftOverride = "\u202e"
	popOverride         = "\u202c"
	joiner              = "\u2060" // forbids a break
)

// columns is how many columns a text takes: wide East Asian characters two,
// combining and invisible ones none.
func columns(s string) int {
	n := 0
	for len(s) > 0 {
		ascii := 0
		for ascii < len(s) && s[ascii] >= ' ' && s[ascii] < 0x7f {
			ascii++
		}
		if ascii == len(s) {
			return n + ascii
		}
		if ascii > 1 { // the last one may have marks upon it
			n += ascii - 1
			s = s[ascii-1:]
		}
		var width int
		_, s, width, _ = uniseg.FirstGraphemeClusterInString(s, -1)
		n += width
	}
	return n
}

// wrap writes text in lines of the width that the indent leaves. Line ends of the
// text stay. It returns the width of the widest line.
func (w *writer) wrap(text string) (widest int) {
	room := max(Width-w.indent, 24)
	open := ""
	for hard := range strings.SplitSeq(text, "\n") {
		for _, line := range broken(hard, room) {
			line, open = balanced(open, line)
			widest = max(widest, columns(line))
			w.line(line)
		}
	}
	return widest
}

// broken cuts text into lines no wider than the room, where UAX #14 allows it. What
// cannot be broken sticks out.
func broken(text string, room int) []string {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if len(text) <= room { // bytes, and so columns
		return []string{text}
	}
	var lines []string
	var line strings.Builder
	used := 0 // the spaces at the end too
	segments(text, func(piece string) {
		width := columns(strings.TrimRight(piece, " "))
		if used > 0 && used+width > room {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
			piece = strings.TrimLeft(piece, " ")
		}
		line.WriteString(piece)
		used += width + len(piece) - len(strings.TrimRight(piece, " "))
	})
	return append(lines, line.String())
}

// segments visits the pieces between which UAX #14 lets a line end.
func segments(text string, visit func(string)) {
	for text != "" {
		n, simple := word(text)
		if simple {
			visit(text[:n])
			text = text[n:]
			continue
		}
		rest, state := text[:n], -1
		for rest != "" {
			var piece string
			piece, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
			visit(piece)
		}
		text = text[n:]
	}
}

// word is the length of the text up to a place where a line may certainly end:
// after spaces between letters or figures of alphabets (LB18), with a comma or a
// stop at most before them. simple tells that it may end nowhere before.
func word(text string) (n int, simple bool) {
	simple = true
	certain, spaces := false, false // about the character before
	for i, r := range text {
		letter := alphabetic(r)
		if spaces && certain && letter {
			return i, simple
		}
		switch {
		case r == ' ':
			simple = simple && i > 0
			spaces = true
			continue
		case letter:
			simple = simple && !spaces && (i == 0 || certain && !punctuated(text[i-1]))
			certain = true
		case r < utf8.RuneSelf && punctuated(byte(r)):
			simple = simple && !spaces && certain
		default:
			simple, certain = false, false
		}
		spaces = false
	}
	return len(text), simple
}

func punctuated(c byte) bool { return c == '.' || c == ',' || c == ';' || c == ':' }

// alphabetic tells letters and figures of Latin, Greek, Cyrillic and Arabic, which
// are of the classes AL and NU.
func alphabetic(r rune) bool {
	switch {
	case r < 0x80:
		return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'
	case r >= 0xc0 && r <= 0x24f:
		return r != 0xd7 && r != 0xf7
	case r >= 0x391 && r <= 0x3c9, r >= 0x410 && r <= 0x45f, r >= 0x620 && r <= 0x64a:
		return true
	}
	return false
}

// balanced closes what a line leaves open of directional controls, since a line
// of a plain text is a paragraph of its own to UAX #9, and gives what the next one
// must begin with. open is what this one must.
func balanced(open, line string) (whole, next string) {
	if open == "" && strings.IndexFunc(line, directional) < 0 {
		return line, ""
	}
	line = strings.TrimRight(open+line, " ")
	var stack []rune
	for _, r := range line {
		switch r {
		case '\u2066', '\u2067', '\u2068', '\u202a', '\u202b', '\u202d', '\u202e':
			if len(stack) < maxDepth {
				stack = append(stack, r)
			}
		case '\u2069':
			stack = popped(stack, true)
		case '\u202c':
			stack = popped(stack, false)
		}
	}
	next = string(stack)
	for i := len(stack) - 1; i >= 0; i-- {
		if stack[i] >= '\u2066' {
			line += popIsolate
		} else {
			line += popOverride
		}
	}
	return line, next
}

// maxDepth is how deep UAX #9 looks (BD2).
const maxDepth = 125

func directional(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// popped is the stack after the end of an isolate, which ends the embeddings
// within it too, or of an embedding, which ends no isolate (UAX #9, X6a and X7).
func popped(stack []rune, isolate bool) []rune {
	for i := len(stack) - 1; i >= 0; i-- {
		switch is := stack[i] >= '\u2066'; {
		case is == isolate:
			return stack[:i]
		case is:
			return stack
		}
	}
	return stack
}

// line writes one line, without spaces at its end.
func (w *writer) line(text string) {
	w.held = false
	for ; w.gap > 0; w.gap-- {
		if len(w.out) > 0 {
			w.out = append(w.out, '\n')
		}
	}
	begin := w.lead
	if begin == "" {
		begin = strings.Repeat(" ", w.indent)
	}
	w.lead = ""
	text = strings.TrimRightFunc(begin+seen(text), unicode.IsSpace)
	w.out = append(append(append(w.out, w.directionMark(text)...), text...), '\n')
}

var hidden = strings.NewReplacer(joiner, "", "\u00ad", "", "\u200b", "")

// seen leaves out the characters that only tell where a line may end.
func seen(s string) string { return hidden.Replace(s) }

// directionMark is the mark that a line needs before it so that a reader who takes
// the direction of a line from its first letter (UAX #9, P2) takes the right one.
func (w *writer) directionMark(line string) string {
	depth, figures := 0, false
	for _, r := range line {
		p, _ := bidi.LookupRune(r)
		switch c := p.Class(); {
		case c == bidi.LRI || c == bidi.RLI || c == bidi.FSI:
			depth++
		case c == bidi.PDI:
			depth = max(depth-1, 0)
		case depth > 0:
		case c == bidi.L:
			if w.rtl {
				return rightToLeftMark
			}
			return ""
		case c == bidi.R || c == bidi.AL:
			if !w.rtl {
				return leftToRightMark
			}
			return ""
		}
		figures = figures || unicode.IsNumber(r) || unicode.IsLetter(r)
	}
	if w.rtl && figures {
		return rightToLeftMark
	}
	return ""
}
