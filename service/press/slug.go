package press

import (
	"fmt"
	"regexp"
	"unicode/utf8"
)

// SlugPattern is what a slug looks like: lower-case letters, digits and single hyphens.
const SlugPattern = `^[a-z0-9]+(-[a-z0-9]+)*$`

// MaxSlug is the longest slug, in characters.
const MaxSlug = 120

var slugForm = regexp.MustCompile(SlugPattern)

// CheckSlug refuses what cannot be a slug.
func CheckSlug(slug string) error {
	if len(slug) <= MaxSlug && slugForm.MatchString(slug) {
		return nil
	}
	return &Error{Kind: Invalid, Field: "slug", Detail: "that is no slug",
		Fix: fmt.Sprintf("use lower-case letters, digits and single hyphens, at most %d characters, as in kimberley-2023", MaxSlug)}
}

// MaxNote is the longest public note in one language, in characters.
const MaxNote = 1000

// Check refuses notes that cannot be printed. It does not ask for one.
func (n Notes) Check() error {
	for lang, note := range n {
		switch {
		case !languageTag.MatchString(lang):
			return &Error{Kind: Invalid, Field: "notes." + lang, Detail: "that is no language tag", Fix: "use BCP 47 tags such as fr or zh-Hans"}
		case note == "" || !utf8.ValidString(note) || utf8.RuneCountInString(note) > MaxNote:
			return &Error{Kind: Invalid, Field: "notes." + lang, Detail: "that is no note", Fix: fmt.Sprintf("write 1 to %d characters", MaxNote)}
		}
	}
	return nil
}

// required refuses to do without a note.
func (n Notes) required(what string) error {
	if len(n) == 0 {
		return &Error{Kind: Invalid, Field: "notes", Detail: "readers need to be told why", Fix: `give ` + what + ` a public note in at least one language, as in {"notes": {"en": "The figure in paragraph 3 is 12, not 21."}}`}
	}
	return n.Check()
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)
