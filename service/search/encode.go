package search

import (
	"strings"
	"unicode"
)

// longest is the largest number of characters of a word that count: what is
// longer was not written by a person, and databases have limits.
const longest = 64

// joint stands between two parts of a symbol. It is of private use, as are all
// characters that encode makes: databases take those for letters, and no folded
// text has them.
const joint = "\uf8ff"

// plain are letters that every tokenizer has known for long, and takes for letters.
var plain = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x30, Hi: 0x39, Stride: 1}, {Lo: 0x61, Hi: 0x7a, Stride: 1}, {Lo: 0xdf, Hi: 0xf6, Stride: 1}, {Lo: 0xf8, Hi: 0x24f, Stride: 1}, // Latin
		{Lo: 0x3b1, Hi: 0x3c9, Stride: 1}, {Lo: 0x430, Hi: 0x45f, Stride: 1}, {Lo: 0x5d0, Hi: 0x5ea, Stride: 1}, // Greek, Cyrillic, Hebrew
		{Lo: 0x621, Hi: 0x63a, Stride: 1}, {Lo: 0x641, Hi: 0x64a, Stride: 1}, // Arabic
		{Lo: 0x3041, Hi: 0x3096, Stride: 1}, {Lo: 0x30a1, Hi: 0x30fa, Stride: 1}, {Lo: 0x4e00, Hi: 0x9fcb, Stride: 1}, {Lo: 0xac00, Hi: 0xd7a3, Stride: 1}, // kana, Han, Hangul
	},
	LatinOffset: 3,
}

// encode writes a word so that databases take it for one word of letters. What
// an old tokenizer may not know, and marks, at which many part a word, become two
// characters of private use. It goes letter by letter: the beginning of a word
// is encoded to the beginning of its encoding.
func encode(text string) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n++; n > longest {
			break
		}
		if unicode.Is(plain, r) {
			b.WriteRune(r)
			continue
		}
		b.WriteRune(0xe000 + r>>11)
		b.WriteRune(0xe800 + r&0x7ff)
	}
	return b.String()
}
