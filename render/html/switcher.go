package html

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"communique/render/doc"
)

// alternates writes the links between languages and formats. Every page of a
// publication writes the same set, itself included, as search engines demand.
func (b *body) alternates() {
	for i := range b.o.Alternates {
		a := &b.o.Alternates[i]
		if a.Self && len(b.o.Alternates) == 1 {
			return
		}
		b.alternate(a, a.Lang)
	}
	if a := b.fallback(); a != nil {
		b.alternate(a, "x-default")
	}
}

func (b *body) alternate(a *Alternate, lang string) {
	if !safe(a.address()) || !tag(lang) {
		return
	}
	b.raw(`<link rel="alternate" hreflang="`, lang, `"`)
	if a.Format != page && a.MediaType != "" {
		b.attribute("type", a.MediaType)
	}
	b.address("href", a.address())
	b.raw(">\n")
}

// address is the one for machines.
func (a *Alternate) address() string { return cmp.Or(a.Address, a.URL) }

// fallback is the page for readers of all other languages: the original, else
// the English one, else the first; nil for a publication in one language.
func (b *body) fallback() *Alternate {
	var best *Alternate
	rank, pages := 0, 0
	for i := range b.o.Alternates {
		a := &b.o.Alternates[i]
		if a.Format != page {
			continue
		}
		pages++
		r := 1
		switch {
		case a.Original:
			r = 3
		case a.Lang == "en" || strings.HasPrefix(a.Lang, "en-"):
			r = 2
		}
		if r > rank {
			best, rank = a, r
		}
	}
	if pages < 2 {
		return nil
	}
	return best
}

// languages writes the switcher, which names each language in itself.
func (b *body) languages() {
	if b.fallback() == nil {
		return
	}
	b.raw(`<nav class="languages" aria-label="`, b.words.languages, `"><ul>`, "\n")
	for i := range b.o.Alternates {
		if a := &b.o.Alternates[i]; a.Format == page && (a.Self || safe(a.URL)) {
			b.languageEntry(a)
		}
	}
	b.raw("</ul></nav>\n")
}

func (b *body) languageEntry(a *Alternate) {
	name, dir := b.autonym(a.Lang)
	if a.Self {
		b.raw(`<li><span aria-current="page"`)
		b.language(a.Lang, dir)
		b.raw(">")
		b.text(name)
		b.raw("</span></li>\n")
		return
	}
	b.raw("<li><a")
	b.address("href", a.URL)
	b.raw(` rel="alternate"`)
	if tag(a.Lang) {
		b.attribute("hreflang", a.Lang)
	}
	b.language(a.Lang, dir)
	b.raw(">")
	b.text(name)
	b.raw("</a></li>\n")
}

// autonym is a language's name in itself, with a capital as a name that stands
// alone has, and the direction of that language.
func (b *body) autonym(lang string) (string, doc.Direction) {
	if b.o.Locales == nil {
		return lang, doc.LeftToRight
	}
	l, ok := b.o.Locales.Match(lang)
	if !ok {
		return lang, doc.LeftToRight
	}
	name, ok := l.Language(lang)
	if !ok {
		return lang, doc.LeftToRight
	}
	first, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToTitle(first)) + name[n:], l.Direction()
}

// elsewhere writes the links to this language in other formats, and to the page of
// the publication.
func (b *body) elsewhere() {
	b.formats()
	if safe(b.o.Home) {
		b.raw(`<nav class="home" aria-label="`, b.words.home, `"><a`)
		b.address("href", b.o.Home)
		b.raw(">", b.words.home, "</a></nav>\n")
	}
}

func (b *body) formats() {
	begun := false
	for i := range b.o.Alternates {
		a := &b.o.Alternates[i]
		if a.Format == page || a.Lang != b.d.Meta.Lang || !safe(a.URL) {
			continue
		}
		if !begun {
			begun = true
			b.raw(`<nav class="formats" aria-label="`, b.words.formats, `"><span aria-hidden="true">`, b.words.formats, "</span><ul>\n")
		}
		b.raw("<li><a")
		b.address("href", a.URL)
		b.raw(` rel="alternate"`)
		if a.MediaType != "" {
			b.attribute("type", a.MediaType)
		}
		b.raw(">")
		b.text(strings.ToUpper(a.Format))
		b.raw("</a></li>\n")
	}
	if begun {
		b.raw("</ul></nav>\n")
	}
}
