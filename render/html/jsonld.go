package html

import (
	"strconv"
	"unicode/utf8"

	"communique/render/doc"
)

// data writes what the publication is, for machines, in the vocabulary of
// schema.org. It is data in a script element: no browser runs it, and no
// character of the input can end the element.
func (b *body) data() {
	d, m := b.d, &b.d.Meta
	b.raw(`<script type="application/ld+json">{"@context":"https://schema.org"`)
	b.property("@type", b.schema())
	if origin(b.o.Canonical) != "" {
		b.property("@id", b.o.Canonical)
		b.property("url", b.o.Canonical)
	}
	b.property("headline", b.headlineText())
	b.property("description", doc.PlainText(d.Summary))
	b.property("inLanguage", m.Lang)
	b.property("datePublished", published(m.Date))
	b.release()
	b.property("identifier", m.Symbol)
	b.property("creativeWorkStatus", string(m.Status))
	if m.Place != "" {
		b.raw(`,"locationCreated":{"@type":"Place"`)
		b.property("name", m.Place)
		b.raw("}")
	}
	b.publisher()
	if len(m.Keywords) > 0 {
		b.raw(`,"keywords":[`)
		for i, k := range m.Keywords {
			if i > 0 {
				b.raw(",")
			}
			b.quoted(k)
		}
		b.raw("]")
	}
	b.translations()
	b.encodings()
	b.raw("}</script>")
}

// schema is the schema.org type of the kind of document.
func (b *body) schema() string {
	if b.o.Kind == nil || b.o.Kind.Schema == "" {
		return "NewsArticle"
	}
	return b.o.Kind.Schema
}

// release says which revision this is, and what was corrected.
func (b *body) release() {
	rel := b.d.Release
	if rel == nil {
		return
	}
	if rel.Revision > 0 {
		b.property("version", strconv.Itoa(rel.Revision))
	}
	b.property("dateModified", b.modified())
	if c := &rel.Correction; c.Note != "" {
		b.raw(`,"correction":{"@type":"CorrectionComment"`)
		b.property("text", c.Note)
		b.property("inLanguage", c.Lang)
		b.property("datePublished", b.modified())
		b.raw("}")
	}
}

func (b *body) publisher() {
	f := b.d.Front
	if f.Letterhead == "" {
		return
	}
	b.raw(`,"publisher":{"@type":"Organization"`)
	b.property("name", f.Letterhead)
	if u := b.d.Meta.Issuer.URL; origin(u) != "" {
		b.property("url", u)
	}
	if f.Unit != "" {
		b.raw(`,"department":{"@type":"Organization"`)
		b.property("name", f.Unit)
		b.raw("}")
	}
	b.raw("}")
}

// translations links the original to its translations, and a translation to its original.
func (b *body) translations() {
	self := b.d.Meta.Translation.Of == ""
	for i := range b.o.Alternates {
		if a := &b.o.Alternates[i]; a.Original && a.Format == page {
			self = a.Self
		}
	}
	if !self {
		b.original()
		return
	}
	first := true
	for i := range b.o.Alternates {
		a := &b.o.Alternates[i]
		if a.Self || a.Format != page || !safe(a.address()) {
			continue
		}
		if first {
			b.raw(`,"workTranslation":[`)
		} else {
			b.raw(",")
		}
		first = false
		b.work(a)
	}
	if !first {
		b.raw("]")
	}
}

func (b *body) original() {
	for i := range b.o.Alternates {
		if a := &b.o.Alternates[i]; a.Original && a.Format == page && safe(a.address()) {
			b.raw(`,"translationOfWork":`)
			b.work(a)
			return
		}
	}
	b.raw(`,"translationOfWork":{"@type":`)
	b.quoted(b.schema())
	b.property("identifier", b.d.Meta.Translation.Of)
	b.raw("}")
}

// work names the publication in another language.
func (b *body) work(a *Alternate) {
	b.raw(`{"@type":`)
	b.quoted(b.schema())
	b.property("inLanguage", a.Lang)
	b.property("url", a.address())
	b.raw("}")
}

// encodings names the files of this language in other formats.
func (b *body) encodings() {
	first := true
	for i := range b.o.Alternates {
		a := &b.o.Alternates[i]
		if a.Format == page || a.Lang != b.d.Meta.Lang || !safe(a.address()) {
			continue
		}
		if first {
			b.raw(`,"encoding":[`)
		} else {
			b.raw(",")
		}
		first = false
		b.raw(`{"@type":"MediaObject"`)
		b.property("encodingFormat", a.MediaType)
		b.property("contentUrl", a.address())
		b.property("inLanguage", a.Lang)
		b.raw("}")
	}
	if !first {
		b.raw("]")
	}
}

// property writes one more member of the object that is open, nothing for an empty value.
func (b *body) property(name, value string) {
	if value != "" {
		b.raw(`,"`, name, `":`)
		b.quoted(value)
	}
}

func (b *body) quoted(s string) {
	b.buf = append(appendJSON(append(b.buf, '"'), s), '"')
}

// appendJSON appends characters of a JSON string (RFC 8259, 7) which may stand
// in a script element (HTML 4.12.1.3): <, > and & are escaped as well, and so
// are the line ends of JavaScript.
func appendJSON(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r < 0x20 || r == '<' || r == '>' || r == '&' || r == 0x2028 || r == 0x2029 || r != utf8.RuneError && r < 0x10000 && !carried(r, utf8.RuneLen(r)):
			dst = append(dst, '\\', 'u', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		case !carried(r, 3):
			dst = append(dst, "\uFFFD"...)
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}
