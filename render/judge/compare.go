package judge

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Normal is text as it is compared: NFC, without the controls of the
// bidirectional algorithm (readers add their own), soft hyphens and zero-width
// breaks; a run of white space is one space.
func Normal(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case c >= 0x202A && c <= 0x202E, c >= 0x2066 && c <= 0x2069, c == 0x200E, c == 0x200F, c == 0x061C,
			c == 0x00AD, c == 0x200B, c == 0x2060, c == 0xFEFF:
			return -1
		}
		return c
	}, s)
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

// Letters is normal text without any white space.
func Letters(s string) string { return strings.ReplaceAll(Normal(s), " ", "") }

// SameText reports how text that was read back differs from what was written:
// "" if every character is there in order, no space between words was lost, and
// none came in but where a line of the page ends.
func SameText(written, read string) string {
	w, r := []rune(Letters(written)), []rune(Letters(read))
	for i := range max(len(w), len(r)) {
		if i >= len(w) || i >= len(r) || w[i] != r[i] {
			return fmt.Sprintf("after %q: %q was written, %q was read", window(w, i-30, i), window(w, i, i+30), window(r, i, i+30))
		}
	}
	// The characters are the same: now walk both and compare the gaps.
	ws, rs := gaps(written), gaps(read)
	for i := range ws {
		if ws[i] != none && rs[i] == none && !unspaced(w, i) {
			return fmt.Sprintf("the space after %q was lost", window(w, i-30, i))
		}
		if ws[i] == none && rs[i] == space {
			return fmt.Sprintf("a space came in after %q", window(w, i-30, i))
		}
	}
	return ""
}

// lineHyphen is PDFium's sign for a hyphen that ends a line, U+002D as well as
// U+00AD: Chromium takes it away when text is copied.
const lineHyphen = 0xFFFE

// EndHyphens puts in PDFium's sign what was written there: the soft hyphen of a word
// that the page divides, if the word goes on as it was written, or else a hyphen.
func EndHyphens(written, read string) string {
	if !strings.ContainsRune(read, lineHyphen) {
		return read
	}
	w, r := Normal(written), []rune(read)
	var out strings.Builder
	for i, c := range r {
		if c != lineHyphen {
			out.WriteRune(c)
			continue
		}
		const most = 24 // characters at either side
		before, after := strings.Fields(Normal(string(r[max(0, i-most):i]))), strings.Fields(Normal(string(r[i+1:min(i+most, len(r))])))
		if len(before) > 0 && len(after) > 0 && strings.Contains(w, before[len(before)-1]+after[0]) {
			out.WriteString("\u00ad\n")
		} else {
			out.WriteString("-\n")
		}
	}
	return out.String()
}

// unspaced reports that the gap before w[i] lies beside an ideograph: there a
// line end of the source is no space (CSS Text 3, segment break transformation).
func unspaced(w []rune, i int) bool {
	wide := func(c rune) bool {
		return unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana) || c >= 0x3000 && c < 0x3040 || c >= 0xFF00 && c < 0xFFF0
	}
	return i > 0 && i < len(w) && (wide(w[i-1]) || wide(w[i]))
}

type gap uint8

const (
	none gap = iota
	space
	lineEnd
)

// gaps says what stands before each character that is not white space.
func gaps(s string) []gap {
	var out []gap
	g := none
	s = norm.NFC.String(s)
	for _, c := range s {
		switch {
		case c == '\n' || c == '\f' || c == '\r':
			g = lineEnd
		case unicode.IsSpace(c):
			g = max(g, space)
		case Letters(string(c)) == "":
		default:
			out = append(out, g)
			g = none
		}
	}
	return out
}

func window(s []rune, from, to int) string {
	return string(s[min(max(from, 0), len(s)):min(max(to, 0), len(s))])
}

// Similarity is 1 less the edit distance for the longer length, over normal text.
func Similarity(a, b string) float64 {
	x, y := []rune(Normal(a)), []rune(Normal(b))
	n := max(len(x), len(y))
	if n == 0 {
		return 1
	}
	for band := 64; ; band *= 4 { // Ukkonen: a distance within the band is exact
		if d := distance(x, y, band); d <= band || band >= n {
			return 1 - float64(d)/float64(n)
		}
	}
}

// distance is the edit distance of x and y along a band around the diagonal.
func distance(x, y []rune, band int) int {
	const far = 1 << 30
	if d := max(len(x)-len(y), len(y)-len(x)); d > band {
		return d
	}
	prev, next := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
		if j > band {
			prev[j] = far
		}
	}
	for i := 1; i <= len(x); i++ {
		from, to := max(1, i-band), min(len(y), i+band)
		next[from-1] = far
		if from == 1 {
			next[0] = i
		}
		for j := from; j <= to; j++ {
			d := prev[j-1]
			if x[i-1] != y[j-1] {
				d++
			}
			next[j] = min(d, prev[j]+1, next[j-1]+1)
		}
		if to < len(y) {
			next[to+1] = far
		}
		prev, next = next, prev
	}
	return prev[len(y)]
}
