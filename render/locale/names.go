package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Territory names a country or territory by its ISO 3166-1 alpha-2 code, in
// the form that stands in running text. It is false, and the code itself, when
// there is no name.
func (l *Locale) Territory(code string) (string, bool) {
	n, err := l.names()
	if name, ok := n.Territories[code]; ok && err == nil {
		return name, true
	}
	return code, false
}

// TerritoryNamed is the ISO 3166-1 alpha-2 code of a country's name in this language.
func (l *Locale) TerritoryNamed(name string) (code string, ok bool) {
	n, err := l.names()
	if err != nil {
		return "", false
	}
	for c, known := range n.Territories { // the first code, should two have one name
		if strings.EqualFold(known, name) && len(c) == 2 && (code == "" || c < code) {
			code = c
		}
	}
	return code, code != ""
}

// Language names a language by its BCP 47 tag: in this language, as in running
// text, or of this language itself, as in a menu, with a capital. It is false, and the tag
// itself, when there is no name.
func (l *Locale) Language(tag string) (string, bool) {
	if tag == l.tag {
		return l.autonym()
	}
	return l.LanguageInText(tag)
}

// LanguageInText names a language as Language does, and this language itself as in
// running text, too.
func (l *Locale) LanguageInText(tag string) (string, bool) {
	n, err := l.names()
	if err != nil {
		return tag, false
	}
	if name, ok := n.Languages[tag]; ok {
		return name, true
	}
	t, err := language.Parse(tag)
	if err != nil {
		return tag, false
	}
	base, script, region := t.Raw()
	name, ok := n.Languages[base.String()]
	if !ok || script != (language.Script{}) {
		return tag, false
	}
	if region == (language.Region{}) {
		return name, true
	}
	territory, ok := n.Territories[region.String()]
	if !ok {
		return tag, false
	}
	return fill(n.WithRegion, name, territory), true
}

// autonym is the language's own name for itself.
func (l *Locale) autonym() (string, bool) {
	base, _ := l.words.tag.Base()
	for _, tag := range []string{l.tag, base.String()} {
		if name, ok := l.formats.Autonyms[tag]; ok {
			first, size := utf8.DecodeRuneInString(name)
			return string(unicode.ToTitle(first)) + name[size:], true
		}
	}
	return l.tag, false
}
