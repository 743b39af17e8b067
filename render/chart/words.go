package chart

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// piece is a line of words; joined tells that no space parts it from the next.
type piece struct {
	text   string
	joined bool
}

// Widths of characters in ems, no less than in the fonts of publications and web
// pages, but for some letters that do not come in rows.
const (
	narrowEm = 0.38 // i l . ,
	spaceEm  = 0.30
	letterEm = 0.62
	digitEm  = 0.60
	upperEm  = 0.76
	broadEm  = 0.98 // m W Щ
	squareEm = 1.02 // ideographs
)

// Length estimates how long words are in a size, in points: rather too much than
// too little.
func Length(s string, size float64) float64 {
	em := 0.0
	for _, c := range s {
		em += ems(c)
	}
	return em * size
}

// ems estimates the width of a character.
func ems(c rune) float64 {
	switch {
	case c == ' ' || c == '\u00a0' || c == '\u202f' || c == '\u2009':
		return spaceEm
	case strings.ContainsRune("ijlI.,:;'’!|()[]-\u2010\u2011/", c):
		return narrowEm
	case c >= '0' && c <= '9':
		return digitEm
	case strings.ContainsRune("سشصضـ", c):
		return 0.8
	case strings.ContainsRune("mwMW@%‰&ЖШЩЮЫФМжшщюыфмДд—…œæŒÆĲ", c):
		return broadEm
	case c < 0x250:
		if unicode.IsUpper(c) {
			return upperEm
		}
		return letterEm
	case unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	switch width.LookupRune(c).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return squareEm
	}
	switch {
	case unicode.In(c, unicode.Arabic, unicode.Hebrew):
		return letterEm
	case unicode.IsUpper(c):
		return upperEm
	case unicode.In(c, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Georgian):
		return letterEm + 0.05
	case c >= 0x2000 && c < 0x2070: // dashes, quotation marks
		return letterEm
	}
	return squareEm
}

// wrapped breaks words into lines no longer than room, in points: at spaces, after
// hyphens, between ideographs, and within a word only where nothing else helps.
func wrapped(s string, size, room float64) []piece {
	if s = strings.Join(strings.Fields(s), " "); s == "" {
		return nil
	}
	if Length(s, size) <= room {
		return []piece{{text: s}}
	}
	var out []piece
	for s != "" {
		cut := fitting(s, size, room)
		line := s[:cut]
		s = strings.TrimLeft(s[cut:], " ")
		out = append(out, piece{strings.TrimRight(line, " "), s != "" && !strings.HasSuffix(line, " ")})
	}
	return out
}

// fitting is how many bytes of a text make its first line.
func fitting(s string, size, room float64) int {
	long, last := 0.0, 0 // last is the latest place for a break
	prev := rune(0)
	for i, c := range s {
		if i > 0 && breaks(prev, c) {
			last = i
		}
		if long += ems(c) * size; long > room && c != ' ' && prev != 0 {
			switch {
			case last > 0:
				return last
			case ems(c) > 0: // a word longer than the line
				return i
			}
		}
		prev = c
	}
	return len(s)
}

// breaks reports whether a line may end between two characters.
func breaks(a, b rune) bool {
	switch {
	case b == ' ' || ems(b) == 0:
		return false
	case a == ' ':
		return true
	case a == '-' || a == '\u2010':
		return unicode.IsLetter(b)
	}
	return (square(a) || square(b)) && !unicode.In(b, unicode.Pe, unicode.Pf, unicode.Po) && !unicode.In(a, unicode.Ps, unicode.Pi)
}

func square(c rune) bool { return ems(c) == squareEm }

// longestWord is the length of the longest piece that only an emergency breaks.
func longestWord(s string, size float64) float64 {
	longest, at, prev := 0.0, 0, rune(0)
	for i, c := range s {
		if i > 0 && breaks(prev, c) {
			longest = max(longest, Length(strings.TrimRight(s[at:i], " "), size))
			at = i
		}
		prev = c
	}
	return max(longest, Length(s[at:], size))
}

// longest is the length of the longest of some lines.
func longest(lines []piece, size float64) (most float64) {
	for _, l := range lines {
		most = max(most, Length(l.text, size))
	}
	return most
}
