package html

import (
	"strconv"
	"strings"
	"time"

	"communique/render/doc"
)

// headlineText is the headline in plain words. A document without one, of which
// the front end has complained, goes by its kind, its issuer or its file.
func (b *body) headlineText() string {
	f := b.d.Front
	for _, s := range [...]string{doc.PlainText(b.d.Title), f.Label, f.Letterhead, b.d.File} {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return b.o.Locale.Tag()
}

// title writes the text of the title element: what a list of open pages shows.
func (b *body) title() {
	b.text(b.headlineText())
	if s := b.d.Front.Letterhead; s != "" {
		b.raw(" | ")
		b.text(s)
	}
}

// metadata writes what the head says about the page.
func (b *body) metadata() {
	m := &b.d.Meta
	description := doc.PlainText(b.d.Summary)
	if description != "" {
		b.meta("name", "description", description)
	}
	if len(m.Keywords) > 0 {
		b.meta("name", "keywords", strings.Join(m.Keywords, ", "))
	}
	if m.Status == doc.StatusDraft || !m.Embargo.Until.IsZero() || b.d.Release != nil && b.d.Release.Reader != "" {
		b.meta("name", "robots", "noindex")
	}
	if b.o.Producer != "" {
		b.meta("name", "generator", b.o.Producer)
	}
	if safe(b.o.Canonical) {
		b.raw(`<link rel="canonical"`)
		b.address("href", b.o.Canonical)
		b.raw(">\n")
	}
	b.alternates()
	b.openGraph(description)
}

// openGraph writes what a link to the page shows elsewhere (ogp.me).
func (b *body) openGraph(description string) {
	m := &b.d.Meta
	b.meta("property", "og:type", "article")
	b.meta("property", "og:title", b.headlineText())
	if description != "" {
		b.meta("property", "og:description", description)
	}
	b.meta("property", "og:locale", strings.ReplaceAll(m.Lang, "-", "_"))
	if s := b.d.Front.Letterhead; s != "" {
		b.meta("property", "og:site_name", s)
	}
	if origin(b.o.Canonical) != "" {
		b.meta("property", "og:url", b.o.Canonical)
	}
	if p := published(m.Date); p != "" {
		b.meta("property", "article:published_time", p)
	}
	if s := b.modified(); s != "" {
		b.meta("property", "article:modified_time", s)
	}
	if c := b.o.Card; c != nil && safe(c.URL) {
		b.card(c)
	}
}

// card writes the picture that a shared link shows. What it says is the headline.
func (b *body) card(c *Card) {
	b.raw(`<meta property="og:image"`)
	b.address("content", c.URL)
	b.raw(">\n")
	b.meta("property", "og:image:type", "image/png")
	b.meta("property", "og:image:width", strconv.Itoa(c.Width))
	b.meta("property", "og:image:height", strconv.Itoa(c.Height))
	b.meta("property", "og:image:alt", b.headlineText())
	b.meta("name", "twitter:card", "summary_large_image")
}

func (b *body) meta(kind, name, content string) {
	b.raw("<meta ", kind, `="`, name, `"`)
	b.attribute("content", content)
	b.raw(">\n")
}

// modified is when the text was corrected; empty for one that was not.
func (b *body) modified() string {
	if rel := b.d.Release; rel != nil && !rel.Correction.At.IsZero() {
		return rel.Correction.At.Format(time.RFC3339)
	}
	return ""
}

// published is a date in the form of ISO 8601; empty for none.
func published(d doc.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Instant:
		return d.Time.Format(time.RFC3339)
	}
	return d.Time.Format(time.DateOnly)
}
