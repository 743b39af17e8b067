package text

import "unicode"

const (
	softHyphen  = 0x00ad
	drawnHyphen = 0x2010
	zwj         = 0x200d
)

// isLineEnd tells the characters that break a line by themselves (UAX #14, BK,
// CR, LF, NL).
func isLineEnd(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// lineEnd is the number of bytes of the line end that a text begins with; 0 for none.
func lineEnd(t string) int {
	switch t[0] {
	case '\r':
		if len(t) > 1 && t[1] == '\n' {
			return 2
		}
		return 1
	case '\n', '\v', '\f':
		return 1
	case 0xc2:
		if len(t) > 1 && t[1] == 0x85 {
			return 2
		}
	case 0xe2:
		if len(t) > 2 && t[1] == 0x80 && (t[2] == 0xa8 || t[2] == 0xa9) {
			return 3
		}
	}
	return 0
}

// isControl tells the characters that act or mean nothing, and are never drawn:
// controls, the bidirectional controls, break controls, interlinear marks.
func isControl(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0, r == softHyphen:
		return true
	case r < 0x61c:
		return false
	case r == 0x61c, r == 0x180e, r == 0x200b, r == 0x200e, r == 0x200f, r == 0xfeff:
		return true
	case r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r >= 0xfff9 && r <= 0xfffb:
		return true
	}
	return false
}

// isBidiControl tells the explicit controls of UAX #9.
func isBidiControl(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x61c
}

// invisible tells the characters that shape others and need no glyph.
func invisible(r rune) bool {
	return r == 0x200c || r == zwj || r == 0x34f || r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0000 && r <= 0xe0fff
}

// extends tells the characters that are drawn with the one before them.
func extends(r rune) bool {
	if r < 0x300 {
		return false
	}
	return invisible(r) || unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) || r >= 0x1f3fb && r <= 0x1f3ff
}

// pictograph tells the characters that U+200D may join to one picture.
func pictograph(r rune) bool {
	return r >= 0x2190 && r < 0x2c00 || r >= 0x1f000 && r < 0x1fb00
}

// hangs tells white space that a line does not count at its end (UAX #14, SP
// and the breaking spaces of BA).
func hangs(text string) bool {
	switch text {
	case " ", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2008", "\u2009", "\u200a", "\u205f", "\u3000":
		return true
	}
	return false
}

// ideographic tells the characters between which lines break without spaces:
// each is a token of its own.
func ideographic(r rune) bool {
	return r >= 0x2e80 && r < 0xa4d0 || r >= 0xac00 && r < 0xd7b0 || r >= 0xf900 && r < 0xfb00 ||
		r >= 0xfe30 && r < 0xfe50 || r >= 0xff00 && r < 0xfff0 || r >= 0x20000 && r < 0x40000
}

// wordy tells letters and digits between which UAX #14 never breaks (AL, HL,
// NU; also SA, for which there is no dictionary).
func wordy(r rune) bool {
	if r < 0x80 {
		return r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return r >= 0xc0 && r < 0x1100 && (unicode.IsLetter(r) || r >= 0x300 && r < 0x370 || r >= 0x64b && r < 0x670)
}

// closesPlainly tells marks after which a space is always a place to break.
func closesPlainly(r rune) bool {
	switch r {
	case '.', ',', ';', ':', '!', '?', ')', ']', '%', '\'', 0xbb, 0x2019, 0x201d, 0x2026, 0x60c, 0x61b, 0x61f:
		return true
	}
	return wordy(r)
}

// opensPlainly tells marks before which, after a space, a line may end wherever
// no quotation mark or bracket is before the space.
func opensPlainly(r rune) bool {
	switch r {
	case '(', '[', 0xab, 0x2018, 0x201c, 0x201e:
		return true
	}
	return false
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n*2)
	}
	return s[:n]
}
