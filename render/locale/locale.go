// Package locale owns everything that depends on a language: generated words
// and their plurals, dates, numbers, lists, quotation marks, names of languages
// and territories, the direction of writing. It reads a locales folder and
// hands out immutable Locales; it must never know a language by name, save
// that English is what a missing word falls back to.
package locale

import (
	"communique/render/doc"
)

// fallback is the language in which a word is printed that a language lacks.
const fallback = "en"

// Locale is one language. It never changes and is safe for concurrent use.
type Locale struct {
	tag     string
	script  string
	words   *words
	english *words
	formats formats
	dates   datePatterns
	numbers numberStyle
	names   func() (names, error)
	// collators are made when the first names are sorted.
	collators collators
}

// Tag is the BCP 47 tag, the name of the language's file: "zh-Hans".
func (l *Locale) Tag() string { return l.tag }

// Script is the ISO 15924 code of the language's writing: "Arab".
func (l *Locale) Script() string { return l.script }

// Direction is the direction of the language's writing.
func (l *Locale) Direction() doc.Direction {
	if l.formats.Direction == "rtl" {
		return doc.RightToLeft
	}
	return doc.LeftToRight
}
