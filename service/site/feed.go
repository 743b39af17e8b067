package site

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"slices"
	"strings"
	"time"

	"communique/render"
)

// ErrNoBaseURL tells that feeds and site maps need the site's public address.
var ErrNoBaseURL = errors.New("no base URL: expected the site's public address, such as https://press.example.org; feeds and site maps name full addresses")

// feed is an Atom feed (RFC 4287).
type feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"xml:lang,attr"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Links   []link   `xml:"link"`
	Entries []entry  `xml:"entry"`
}

type link struct {
	Rel      string `xml:"rel,attr"`
	Type     string `xml:"type,attr,omitempty"`
	Hreflang string `xml:"hreflang,attr,omitempty"`
	Href     string `xml:"href,attr"`
	Length   int64  `xml:"length,attr,omitempty"`
}

type entry struct {
	ID        string    `xml:"id"`
	Title     string    `xml:"title"`
	Published string    `xml:"published,omitempty"`
	Updated   string    `xml:"updated"`
	Category  *category `xml:"category"`
	Links     []link    `xml:"link"`
	Summary   string    `xml:"summary,omitempty"`
}

type category struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr,omitempty"`
}

// Feed is the Atom feed of a language: of these publications those that are
// available in it, the last changed first. It takes its date from the newest;
// since is that of a feed without entries.
func (f *Face) Feed(lang string, all []Publication, since time.Time) (Page, error) {
	if f.at.origin == "" {
		return Page{}, ErrNoBaseURL
	}
	t := f.speak(lang)
	self := f.at.absolute(f.at.feed(t.tag))
	home := f.at.absolute(f.at.index(t.tag, Filter{}, 1))
	out := feed{Lang: t.tag, ID: self, Title: plain(t.name), Author: plain(t.name), Links: []link{
		{Rel: "self", Type: "application/atom+xml", Hreflang: t.tag, Href: self}, {Rel: "alternate", Type: "text/html", Hreflang: t.tag, Href: home}}}
	for _, tag := range t.sorted(f.site.Languages) {
		if tag != t.tag {
			out.Links = append(out.Links, link{Rel: "alternate", Type: "application/atom+xml", Hreflang: tag, Href: f.at.absolute(f.at.feed(tag))})
		}
	}
	chosen := make([]*Publication, 0, len(all))
	for n := range all {
		if slices.Contains(all[n].languages(), t.tag) || len(all[n].Texts) == 0 {
			chosen = append(chosen, &all[n])
		}
	}
	slices.SortStableFunc(chosen, func(a, b *Publication) int { return cmp.Or(b.Updated.Compare(a.Updated), cmp.Compare(a.Slug, b.Slug)) })
	if len(chosen) > 0 {
		since = chosen[0].Updated
	}
	out.Updated = since.UTC().Format(time.RFC3339)
	for _, p := range chosen {
		out.Entries = append(out.Entries, f.entry(t, p))
	}
	return xmlPage("application/atom+xml; charset=utf-8", out)
}

// entry is a publication in a feed. Its id outlives a new slug and every revision.
func (f *Face) entry(t *tongue, p *Publication) entry {
	item := p.Item
	item.Withdrawn = p.gone()
	title, summary := t.headline(&item)
	e := entry{ID: f.tagURI(p) + "/" + t.tag, Title: plain(title.Text), Published: machine(p.Published), Updated: p.Updated.UTC().Format(time.RFC3339)}
	if kind := plain(p.Kind); kind != "" {
		e.Category = &category{kind, f.label(t, p.Kind)}
	}
	e.Links = f.entryLinks(t, p)
	e.Summary = strings.Join(t.remarks(p, summary.Text), "\n\n")
	return e
}

// entryLinks are the web pages and PDFs of a publication, those of the feed's
// language first, and its own page, which is in whatever language its reader has.
func (f *Face) entryLinks(t *tongue, p *Publication) []link {
	var own, others []link
	below := f.at.current(p.Slug)
	for _, e := range f.sortedEditions(t, f.editions(p)) {
		if e.Product != f.product(p.Product) || !wellFormed(e.Lang) || e.Format != webPage && e.Format != render.PDF {
			continue
		}
		media, _, _ := strings.Cut(e.Format.MediaType(), ";")
		l := link{"alternate", media, e.Lang, f.at.absolute(f.at.edition(below, e)), e.Size}
		if e.Lang == t.tag {
			own = append(own, l)
		} else {
			others = append(others, l)
		}
	}
	return slices.Concat(own, others, []link{{Rel: "alternate", Type: "text/html", Href: f.at.absolute(f.at.publication(p.Slug, ""))}})
}

// tagURI is a name for a publication for all time (RFC 4151).
func (f *Face) tagURI(p *Publication) string {
	id := cmp.Or(p.ID, p.Slug)
	return "tag:" + f.at.host + "," + cmp.Or(p.Published.UTC(), time.Unix(0, 0).UTC()).Format(time.DateOnly) + ":" + strings.TrimPrefix(f.at.publication(id, ""), f.at.root+"p/")
}

// remarks are what a reader of a feed must know: the end of a publication, or its summary and corrections.
func (t *tongue) remarks(p *Publication, summary string) []string {
	var out []string
	add := func(label, text string) {
		switch {
		case text == "":
		case label == "":
			out = append(out, plain(text))
		default:
			out = append(out, t.say("labelled", map[string]any{"Label": label, "Value": text}))
		}
	}
	if p.gone() {
		b := t.withdrawn(p)
		add("", b.Text)
		add("", b.Note.Text)
		return out
	}
	add("", summary)
	for _, r := range p.newestFirst() {
		if r.Change == Correction {
			day := t.loc.Date(r.At.In(t.zone))
			label, _ := t.loc.Word("bracketed", map[string]any{"Name": t.word("site-correction"), "More": day})
			add(label, t.note(r.Notes, p.Original).Text)
		}
	}
	return out
}

func xmlPage(mediaType string, v any) (Page, error) {
	out := bytes.NewBufferString(xml.Header)
	if err := xml.NewEncoder(out).Encode(v); err != nil {
		return Page{}, err
	}
	return Page{MediaType: mediaType, Policy: "default-src 'none'; frame-ancestors 'none'", Body: out.Bytes()}, nil
}
