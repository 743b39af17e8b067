package site

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes a text fit for HTML and XML: what ends lines is a space, and what
// neither may hold is left out: control characters, noncharacters (U+FFFE and
// others) and broken UTF-8.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029:
			return ' '
		case unicode.IsControl(r) || r == utf8.RuneError || r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE:
			return -1
		}
		return r
	}, s))
}

// plain is a clean text without characters that change the direction of what
// stands beside it: for titles, attributes and feeds, where no element isolates it.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, clean(s))
}

// isolate is a plain text whose direction stays its own in the text around it.
func isolate(s string) string { return "\u2068" + plain(s) + "\u2069" }
