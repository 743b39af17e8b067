package html

import (
	"strings"

	"communique/render/doc"
)

// direction is the page's base direction.
func (b *body) direction() string {
	d := b.d.Meta.Dir
	if d == doc.Inherit {
		d = b.o.Locale.Direction()
	}
	if d == doc.Inherit {
		d = doc.LeftToRight
	}
	return d.String()
}

func (b *body) skip() { b.raw(`<a class="skip" href="#`, b.main, `">`, b.words.skip, "</a>") }

// line writes one generated line, nothing when it is empty.
func (b *body) line(class, text string) {
	if text == "" {
		return
	}
	b.raw(`<p class="`, class, `">`)
	b.text(text)
	b.raw("</p>\n")
}

func (b *body) issuer() {
	b.logo()
	name, url := b.d.Front.Letterhead, b.d.Meta.Issuer.URL
	if name == "" || !safe(url) {
		b.line("issuer", name)
		return
	}
	b.raw(`<p class="issuer"><a`)
	b.address("href", url)
	b.raw(">")
	b.text(name)
	b.raw("</a></p>\n")
}

// symbol writes the reference number, isolated: it is the same in every script.
func (b *body) symbol() {
	if b.d.Front.Symbol == "" {
		return
	}
	b.raw(`<p class="symbol"><span class="hidden">`, b.words.reference, ` </span><bdi>`)
	b.text(b.d.Front.Symbol)
	b.raw("</bdi></p>\n")
}

// bands writes the notices that no reader may overlook. Their words, not their
// colours, say what they are.
func (b *body) bands() {
	for _, n := range b.d.Front.Bands {
		b.raw(`<p role="note" class="band band-`)
		b.buf = appendAttribute(b.buf, string(n.Kind))
		b.raw(`">`)
		if n.Content != nil {
			b.inlines(n.Content)
		} else {
			b.text(n.Text)
		}
		b.raw("</p>\n")
	}
}

// headlineElement writes the only level-1 heading.
func (b *body) headlineElement() {
	b.raw(`<h1 id="`, b.headline, `">`)
	if len(b.d.Title) > 0 {
		b.inlines(b.d.Title)
	} else {
		b.text(b.headlineText())
	}
	b.raw("</h1>\n")
}

func (b *body) summary() {
	if len(b.d.Summary) == 0 {
		return
	}
	b.raw(`<p class="summary">`)
	b.inlines(b.d.Summary)
	b.raw("</p>\n")
}

// dateline marks the date within the line for machines: the date alone where
// it stands there as the language writes it, else the whole line.
func (b *body) dateline() {
	f := b.d.Front
	if f.DatelineISO == "" {
		b.line("dateline", f.Dateline)
		return
	}
	date := b.o.Locale.Date(b.d.Meta.Date.Time)
	before, after, ok := strings.Cut(f.Dateline, date)
	if !ok || date == "" {
		before, date, after = "", f.Dateline, ""
	}
	b.raw(`<p class="dateline">`)
	b.text(before)
	b.raw("<time")
	b.attribute("datetime", f.DatelineISO)
	b.raw(">")
	b.text(date)
	b.raw("</time>")
	b.text(after)
	b.raw("</p>\n")
}

// printed writes the page's address for a reader on paper.
func (b *body) printed() {
	if origin(b.o.Canonical) != "" {
		b.raw(`<p class="address"><bdi dir="ltr">`)
		b.text(b.o.Canonical)
		b.raw("</bdi></p>\n")
	}
}
