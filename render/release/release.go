// Package release owns what a publisher says about a revision of a publication, and
// what it is told about each edition: it checks the one, lays it over what the source
// says, and gathers the other. It must never know a format or a word of a language.
package release

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"golang.org/x/text/language"

	"communique/render/doc"
	"communique/render/locale"
)

// Publication is what the publisher says about a revision. It takes the place of what
// each source says. The zero value is a final text.
type Publication struct {
	// Status is doc.StatusFinal, which empty is too, doc.StatusCorrected or
	// doc.StatusDraft. A source's own "draft" does not count, nor does its embargo;
	// "provisional", "corrected" and "withdrawn" do, as they are about the text.
	Status doc.Status
	// Correction is needed for a corrected text, and for no other.
	Correction Correction
	// Embargo makes a preview of what is not yet released. Zone is an IANA time zone, and needed.
	Embargo doc.Embargo
	// Reader is the accredited reader of a preview, in one line.
	Reader string
	// Revision counts from 1; 0 is unsaid.
	Revision int
	// Address is where the publication will stand, such as
	// "https://press.example.org/p/slug"; empty leaves all addresses relative.
	Address string
}

// Correction tells when a text was corrected, and what.
type Correction struct {
	// At is the instant, Zone the IANA time zone that tells its day.
	At   time.Time
	Zone string
	// Notes say in a line what was corrected, by BCP 47 tag. There may be none; a
	// language without one gets that of the original.
	Notes map[string]string
}

// Publisher lays a publication, which Check has passed, over documents.
type Publisher struct {
	p     Publication
	at    time.Time
	notes []note
}

type note struct {
	lang string
	text string
}

// Over puts what the publisher says in the place of what the source of a document
// says. original is the language of the work's original, product the kind of a
// record's product, address the document's own.
func (p *Publisher) Over(d *doc.Document, original, product, address string) {
	m := &d.Meta
	m.Embargo = p.p.Embargo
	switch {
	case m.Status == doc.StatusDraft || m.Status == doc.StatusNone:
		m.Status = cmp.Or(p.p.Status, doc.StatusFinal)
	case p.p.Status == doc.StatusDraft, p.p.Status == doc.StatusCorrected && m.Status == doc.StatusFinal:
		m.Status = p.p.Status
	}
	m.Canonical = cmp.Or(m.Canonical, address)
	d.Release = &doc.Release{Revision: p.p.Revision, Product: product, Reader: p.p.Reader}
	if p.at.IsZero() {
		return
	}
	c := &d.Release.Correction
	c.At = p.at
	if n, ok := p.note(m.Lang, original); ok {
		c.Note, c.Lang, c.Dir = n.text, n.lang, locale.Direction(n.lang)
		if same(n.lang, m.Lang) {
			c.Lang, c.Dir = m.Lang, m.Dir
		}
	}
}

// note is the one in a language, else in that of the original, else in English, else the first.
func (p *Publisher) note(lang, original string) (note, bool) {
	for _, wanted := range []string{lang, original, "en"} {
		exact := func(n note) bool { return n.lang == wanted }
		near := func(n note) bool { return same(n.lang, wanted) }
		for _, is := range []func(note) bool{exact, near} {
			if i := slices.IndexFunc(p.notes, is); i >= 0 {
				return p.notes[i], true
			}
		}
	}
	if len(p.notes) == 0 {
		return note{}, false
	}
	return p.notes[0], true
}

// same reports that a reader of one language reads the other: "zh" and "zh-Hans".
func same(a, b string) bool {
	x, errX := language.Parse(a)
	y, errY := language.Parse(b)
	if errX != nil || errY != nil {
		return false
	}
	baseX, _ := x.Base()
	baseY, _ := y.Base()
	scriptX, _ := x.Script()
	scriptY, _ := y.Script()
	return baseX == baseY && scriptX == scriptY
}

// tags are the languages of the notes, in order.
func (c *Correction) tags() []string { return slices.Sorted(maps.Keys(c.Notes)) }
