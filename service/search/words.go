package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a run of letters and digits in a folded text. Of a script that is
// written without spaces it is a run of many words.
type word struct {
	text  string
	dense bool
	// glue is what stands between this word and the one before, if that can be
	// within a symbol such as S/RES/2758(1971).
	glue string
}

// unspaced are the scripts without spaces between words, and Hangul, where a
// space does not part a noun from its particle.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

const (
	// firstUnspaced is where the first of their letters stands.
	firstUnspaced = '\u0e01'
	// longVowel is a letter of kana that Unicode counts to no script.
	longVowel = 'ー'
)

// spelled reports whether a character belongs to a word, and whether that word is
// of an unspaced script. A mark goes with what it stands on.
func spelled(r rune, inside, insideDense bool) (ok, dense bool) {
	switch {
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9', false
	case unicode.IsMark(r):
		return inside, insideDense
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return true, r >= firstUnspaced && (r == longVowel || unicode.In(r, unspaced...))
	}
	return false, false
}

// words parts a folded text.
func words(text string) []word {
	var all []word
	start, end, dense := -1, 0, false // the word that is being read, or the end of the last one
	take := func(to int) {
		if start < 0 {
			return
		}
		w := word{text: text[start:to], dense: dense}
		if gap := text[end:start]; len(all) > 0 && glues(gap) {
			w.glue = gap
		}
		all = append(all, w)
		start, end = -1, to
	}
	for i, r := range text {
		ok, d := spelled(r, start >= 0, dense)
		if start >= 0 && (!ok || d != dense) {
			take(i)
		}
		if ok && start < 0 {
			start, dense = i, d
		}
	}
	take(len(text))
	return all
}

// glues reports whether the parts of a symbol may be joined by this.
func glues(gap string) bool {
	return len(gap) > 0 && len(gap) <= 2 && strings.Trim(gap, "/.-_:()[]") == ""
}

// symbol is the number of words at the beginning that are the parts of one
// symbol: joined, with a slash and a digit among them. It is 1 for a mere word.
func symbol(all []word) int {
	n, slash, number := 0, false, false
	for n < len(all) && (n == 0 || all[n].glue != "") {
		slash = slash || n > 0 && strings.Contains(all[n].glue, "/")
		number = number || strings.ContainsAny(all[n].text, "0123456789")
		n++
	}
	if !slash || !number {
		return 1
	}
	return n
}

// units are the letters of a word, each with its marks.
func units(text string) []string {
	var all []string
	start := 0
	for i, r := range text {
		if i > 0 && !unicode.IsMark(r) {
			all = append(all, text[start:i])
			start = i
		}
	}
	return append(all, text[start:])
}

// articles are what Arabic writes together with the noun that follows.
var articles = []string{"وال", "بال", "كال", "فال", "ولل", "ال", "لل"}

// noun is an Arabic word without its article, or the word as it is.
func noun(text string) string {
	const least = 3 // letters that a noun has
	for _, a := range articles {
		if rest, ok := strings.CutPrefix(text, a); ok && utf8.RuneCountInString(rest) >= least {
			return rest
		}
	}
	return text
}
