package html

import (
	"unicode/utf8"
)

// What a byte of valid UTF-8 needs before it may stand in a page.
const (
	plain  = iota
	markup // a character reference
	quote  // a character reference within an attribute
	check  // a control, or the first byte of a character that may be one
)

var class = func() (t [256]uint8) {
	for c := range 0x20 {
		t[c] = check
	}
	t['\t'], t['\n'] = plain, plain
	t['&'], t['<'], t['>'], t['"'] = markup, markup, markup, quote
	// U+007F to U+009F; U+FDD0 to U+FDEF, U+FFFE, U+FFFF; the last two of every other plane
	t[0x7f], t[0xc2], t[0xef] = check, check, check
	for c := 0xf0; c <= 0xf4; c++ {
		t[c] = check
	}
	return t
}()

// appendText appends characters as the content of an element. What HTML cannot
// carry (controls, noncharacters, broken UTF-8: HTML 13.2.3.5) becomes U+FFFD.
func appendText(dst []byte, s string) []byte { return appendEscaped(dst, s, markup) }

// appendAttribute appends characters as the value of an attribute in double quotes.
func appendAttribute(dst []byte, s string) []byte { return appendEscaped(dst, s, quote) }

func appendEscaped(dst []byte, s string, upTo uint8) []byte {
	valid := utf8.ValidString(s)
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		k := class[c]
		switch {
		case k == plain && (valid || c < utf8.RuneSelf), k == quote && upTo == markup:
			i++
			continue
		case k == markup || k == quote:
			dst = append(append(dst, s[from:i]...), reference(c)...)
			i++
			from = i
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !carried(r, n) {
			dst = append(append(dst, s[from:i]...), "\uFFFD"...)
			from = i + n
		}
		i += n
	}
	return append(dst, s[from:]...)
}

func reference(c byte) string {
	switch c {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	}
	return "&#34;"
}

// carried reports whether HTML can carry the character r, decoded from n bytes.
func carried(r rune, n int) bool {
	switch {
	case r == utf8.RuneError && n == 1:
		return false
	case r < 0x20:
		return r == '\t' || r == '\n'
	case r >= 0x7f && r <= 0x9f, r >= 0xfdd0 && r <= 0xfdef:
		return false
	}
	return r&0xfffe != 0xfffe
}
