package site

import (
	"cmp"
	"strings"
	"time"

	"communique/render"
)

// graph is what a link to the page shows elsewhere (ogp.me).
type graph struct {
	Title, Description, Locale, Site, URL, Published, Modified string
	Picture                                                    string
}

// The size of share cards, which render/layout sets.
const (
	cardWidth  = 1200
	cardHeight = 630
)

// PictureWidth and PictureHeight are for the template.
func (graph) PictureWidth() int  { return cardWidth }
func (graph) PictureHeight() int { return cardHeight }

func (f *Face) graph(v *frame, p *Publication, editions []Edition) *graph {
	g := &graph{Title: plain(v.Title), Description: v.Description, Locale: strings.ReplaceAll(v.tag, "-", "_"), Site: plain(v.name), URL: v.Canonical,
		Published: machine(p.Published), Modified: machine(p.Updated)}
	if f.at.origin == "" {
		return g // a picture needs its full address
	}
	var cards []Edition
	for _, e := range editions {
		if e.Format == render.Card && e.Product == f.product(p.Product) {
			cards = append(cards, e)
		}
	}
	if card, ok := pick(cards, func(e Edition) string { return e.Lang }, v.tag, p.Original); ok {
		g.Picture = f.at.absolute(f.at.edition(f.at.current(p.Slug), card))
	}
	return g
}

func machine(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// work is a thing in the vocabulary of schema.org.
type work struct {
	Context     string   `json:"@context,omitempty"`
	Type        string   `json:"@type"`
	ID          string   `json:"@id,omitempty"`
	URL         string   `json:"url,omitempty"`
	Headline    string   `json:"headline,omitempty"`
	Name        string   `json:"name,omitempty"`
	Description string   `json:"description,omitempty"`
	InLanguage  string   `json:"inLanguage,omitempty"`
	Identifier  string   `json:"identifier,omitempty"`
	Status      string   `json:"creativeWorkStatus,omitempty"`
	Published   string   `json:"datePublished,omitempty"`
	Modified    string   `json:"dateModified,omitempty"`
	Version     int      `json:"version,omitempty"`
	Correction  []string `json:"correction,omitempty"`
	Publisher   *work    `json:"publisher,omitempty"`
	Translation []work   `json:"workTranslation,omitempty"`
	Encoding    []media  `json:"encoding,omitempty"`
}

// media is a file of a work.
type media struct {
	Type       string `json:"@type"`
	Format     string `json:"encodingFormat"`
	URL        string `json:"contentUrl"`
	InLanguage string `json:"inLanguage,omitempty"`
	Size       int64  `json:"contentSize,omitempty,string"`
	SHA256     string `json:"sha256,omitempty"`
}

// linkedData says what a publication is, for machines: html/template writes it
// as JSON that cannot leave its element.
func (f *Face) linkedData(v *frame, p *Publication, editions []Edition) *work {
	schema := "NewsArticle"
	if k, ok := f.resources.Kinds.Get(p.Kind); ok {
		schema = cmp.Or(k.Schema, schema)
	}
	w := &work{Context: "https://schema.org", Type: schema, ID: v.Canonical, URL: v.Canonical, Headline: plain(v.Title), Description: v.Description,
		InLanguage: v.tag, Identifier: plain(p.Symbol), Published: machine(p.Published), Modified: machine(p.Updated),
		Publisher: &work{Type: "Organization", Name: plain(v.name), URL: f.at.absolute(f.at.root)}}
	if x, ok := pick(p.Texts, textLang, v.tag, p.Original); ok {
		w.InLanguage = plain(x.Lang)
	}
	if p.gone() {
		w.Status = "withdrawn"
		return w
	}
	below := f.at.current(p.Slug)
	for n, r := range p.newestFirst() {
		if n == 0 {
			w.Version = r.Number
		}
		if note := v.note(r.Notes, p.Original); r.Change == Correction && note.Text != "" {
			w.Correction = append(w.Correction, plain(note.Text))
		}
	}
	for _, e := range f.sortedEditions(v.tongue, editions) {
		address := cmp.Or(f.at.absolute(f.at.edition(below, e)), f.at.edition(below, e))
		kind, _, _ := strings.Cut(e.Format.MediaType(), ";")
		switch {
		case e.Format == webPage && e.Product == f.product(p.Product):
			w.Translation = append(w.Translation, work{Type: schema, InLanguage: plain(e.Lang), URL: address})
		case kind != "":
			w.Encoding = append(w.Encoding, media{"MediaObject", kind, address, plain(e.Lang), e.Size, plain(e.SHA256)})
		}
	}
	return w
}
