package site

import (
	"slices"
	"time"

	"communique/render"
)

// Publication is one announcement, as readers may see it.
type Publication struct {
	Item
	// ID never changes, even if the slug moves; empty is the slug.
	ID string
	// Symbol is the document's number.
	Symbol string
	// Published is the instant of the first release.
	Published time.Time
	// Revisions are those that were released, in any order. The one with the
	// greatest number is the current one.
	Revisions []Revision
	// Withdrawal says when and why it was withdrawn; nil if it was not.
	Withdrawal *Withdrawal
}

// Withdrawal is the end of a publication, which stays to be seen.
type Withdrawal struct {
	At    time.Time
	Notes []Note
}

// Change is what a revision does.
type Change string

// The changes.
const (
	First      Change = "first"
	Correction Change = "correction"
	Language   Change = "language"
)

// Revision is one released state of a publication.
type Revision struct {
	Number int
	At     time.Time
	// Zone is that in which the instant is shown; nil is the office's.
	Zone   *time.Location
	Change Change
	// Languages are those that a language revision added.
	Languages []string
	// Notes are the public remarks of a correction, by language.
	Notes    []Note
	Editions []Edition
}

// newestFirst are the revisions, the current one in front.
func (p *Publication) newestFirst() []Revision {
	out := slices.Clone(p.Revisions)
	slices.SortStableFunc(out, func(a, b Revision) int { return b.Number - a.Number })
	return out
}

// editions are what can be read now: nothing of what was withdrawn.
func (f *Face) editions(p *Publication) []Edition {
	if p.gone() || len(p.Revisions) == 0 {
		return nil
	}
	return f.usual(p.newestFirst()[0].Editions)
}

func (p *Publication) gone() bool { return p.Withdrawn || p.Withdrawal != nil }

// publicationView is what the page of a publication shows.
type publicationView struct {
	frame
	Label, Symbol, Dateline string
	Headline, Summary       foreign
	Marked                  string
	Notice                  *noticeBand
	Files                   []fileGroup
	History                 []revisionView
	Sums                    []sumView
	Verify                  string
	Released, Changed       moment
}

// noticeBand says that a publication was withdrawn, and why.
type noticeBand struct {
	Text string
	Note foreign
}

// revisionView is a line of the history.
type revisionView struct {
	Name, What string
	At         moment
	Current    bool
	Note       foreign
	Links      []revisionLink
}

// revisionLink leads to a language of a revision; PDF is the address of its
// PDF, empty for none.
type revisionLink struct {
	choice
	PDF string
}

// Publication is the page of a publication: what can be read, and what happened to it.
func (f *Face) Publication(p *Publication, lang string) Page {
	t := f.speak(lang)
	item := p.Item
	item.Withdrawn = p.gone()
	title, summary := t.headline(&item)
	self := func(lang string) string { return f.at.publication(p.Slug, lang) }
	v := publicationView{frame: f.frame(t, elsewhere, title.Text, self), Label: f.label(t, p.Kind), Symbol: clean(p.Symbol),
		Headline: title, Summary: summary, Verify: f.at.verify(t.tag)}
	f.found(&v.frame, self)
	v.Description = plain(summary.Text)
	v.Dateline = t.dateline(&item)
	v.Released, v.Changed = t.instant(p.Published, nil), t.instant(p.Updated, nil)
	if v.Changed == v.Released {
		v.Changed = moment{}
	}
	editions := f.editions(p)
	v.Files = f.fileGroups(t, editions, f.at.current(p.Slug))
	v.Sums = f.sums(t, editions, f.at.current(p.Slug))
	v.History = f.history(t, p)
	switch {
	case item.Withdrawn:
		v.Notice, v.Hidden = t.withdrawn(p), true
		v.Marked = t.word("site-withdrawn")
	case p.Corrected:
		v.Marked = t.word("site-corrected")
	}
	v.Graph = f.graph(&v.frame, p, editions)
	v.Data = f.linkedData(&v.frame, p, editions)
	return f.write("publication", &v)
}

// dateline is place and day, the place as the page's language or the original writes it.
func (t *tongue) dateline(i *Item) string {
	day := t.day(i.Date).Text
	x, _ := pick(i.Texts, textLang, t.tag, i.Original)
	if place := clean(x.Place); place != "" && day != "" {
		return t.say("dateline", map[string]any{"Place": place, "Date": day})
	}
	return day
}

func (t *tongue) withdrawn(p *Publication) *noticeBand {
	w := p.Withdrawal
	if w == nil {
		return &noticeBand{Text: t.word("band-withdrawn")}
	}
	text, _ := t.loc.Word("site-withdrawn-on", map[string]any{"Date": t.loc.Date(w.At.In(t.zone))})
	return &noticeBand{text, t.note(w.Notes, p.Original)}
}

// note is a remark in the page's language, else in the original's.
func (t *tongue) note(notes []Note, original string) foreign {
	n, ok := pick(notes, noteLang, t.tag, original)
	if !ok {
		return foreign{}
	}
	return t.foreign(n.Lang, n.Text)
}

// history is what happened, newest first, with links to what stood there.
func (f *Face) history(t *tongue, p *Publication) []revisionView {
	var out []revisionView
	for n, r := range p.newestFirst() {
		v := revisionView{Name: t.number("site-revision", "Number", r.Number), What: t.what(&r), At: t.instant(r.At, r.Zone), Current: n == 0 && !p.gone()}
		if r.Change == Correction {
			v.Note = t.note(r.Notes, p.Original)
		}
		if !p.gone() {
			v.Links = f.revisionLinks(t, &p.Item, &r)
		}
		out = append(out, v)
	}
	return out
}

// revisionLinks are the languages of a revision.
func (f *Face) revisionLinks(t *tongue, i *Item, r *Revision) []revisionLink {
	below, product, editions := f.at.revision(i.Slug, r.Number), f.product(i.Product), f.usual(r.Editions)
	pdf := map[string]string{}
	for _, tag := range inFormat(editions, product, render.PDF) {
		pdf[tag] = f.at.edition(below, Edition{Lang: tag, Product: product, Format: render.PDF})
	}
	var out []revisionLink
	for _, c := range t.choices(inFormat(editions, product, webPage), func(tag string) string { return f.at.edition(below, f.webPage(i, tag)) }) {
		out = append(out, revisionLink{c, pdf[c.Hreflang]})
	}
	return out
}

// what says what a revision changed.
func (t *tongue) what(r *Revision) string {
	switch r.Change {
	case Correction:
		return t.word("site-correction")
	case Language:
		s, _ := t.loc.Word("site-added", map[string]any{"Languages": t.list(r.Languages)})
		return s
	case First:
		return t.word("site-first")
	}
	return clean(string(r.Change))
}
