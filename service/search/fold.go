package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold writes a text as everybody may type it: one form of each character, no
// case, no accents or vowel points, ASCII digits. It works on characters taken
// apart (NFKD) and puts them together at the end, since Hangul and the voiced
// kana belong together.
func fold(text string) string {
	text = norm.NFKD.String(cases.Fold().String(norm.NFKD.String(text)))
	var b strings.Builder
	b.Grow(len(text))
	var before rune
	for _, r := range text {
		if !ornament(r, before) {
			b.WriteString(unify(r))
			before = r
		}
	}
	return norm.NFC.String(b.String())
}

// pointed are the scripts whose marks are left out by many who write them.
// Elsewhere (Devanagari, Thai) a mark is a vowel, and every word needs it.
var pointed = []*unicode.RangeTable{unicode.Inherited, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic, unicode.Syriac}

const (
	breve      = '\u0306'
	voiced     = '\u3099'
	halfVoiced = '\u309a'
	tatweel    = '\u0640'
	zeroSpace  = '\u200b'
)

// ornament reports whether a character is left out.
func ornament(r, before rune) bool {
	switch {
	case r < 0x80:
		return false
	case r == voiced, r == halfVoiced, r == breve && before == 'и': // three other letters: が, ぱ, й
		return false
	case r == zeroSpace: // parts words
		return false
	case r == tatweel:
		return true
	case unicode.IsLetter(r): // nearly all
		return false
	case unicode.In(r, unicode.Mn, unicode.Me):
		return unicode.In(r, pointed...)
	}
	return unicode.Is(unicode.Cf, r) // joiners, soft hyphens, marks of direction
}

// letters are those that have no parts and yet are written in a simpler way:
// Latin ones on other keyboards, Arabic ones by habit or in Persian and Urdu.
var letters = map[rune]string{
	'ı': "i", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'æ': "ae", 'œ': "oe", 'ħ': "h",
	'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ة': "ه", 'ہ': "ه", 'ھ': "ه", 'ک': "ك",
}

func unify(r rune) string {
	if r >= 0x80 {
		if s, ok := letters[r]; ok {
			return s
		}
		if unicode.Is(unicode.Nd, r) {
			return string(rune('0' + digit(r)))
		}
	}
	return string(r)
}

// digit is the value of a decimal digit: in Unicode the ten of a script stand
// together in order, and so do scripts that touch.
func digit(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	return 0
}
