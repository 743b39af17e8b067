package locale

import (
	"golang.org/x/text/language"

	"communique/render/doc"
)

// Direction is the direction in which a language is usually written, also one
// that has no locale: it follows from the likely script of the tag.
func Direction(tag string) doc.Direction {
	t, err := language.Parse(tag)
	if err != nil {
		return doc.Inherit
	}
	script, _ := t.Script()
	switch script.String() {
	case "Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Mand", "Samr", "Rohg", "Yezi":
		return doc.RightToLeft
	}
	return doc.LeftToRight
}
