package office

import (
	"context"
	"errors"
	"strconv"
	"time"

	"communique/service/press"
	"communique/service/store"
	"communique/service/webhook"
)

// told are the moves that receivers of webhooks hear of when they are made.
var told = map[press.Action]webhook.Type{press.Withdraw: webhook.Withdrawn, press.Reinstate: webhook.Reinstated}

// changed are the events of releases.
var changed = map[press.Change]webhook.Type{press.First: webhook.Published, press.Correction: webhook.Corrected, press.LanguageAdded: webhook.LanguageAdded}

// queue puts into the queue what a move brings about, in its transaction.
func (o *Office) queue(ctx context.Context, t *store.Tx, c press.Command, p *press.Publication) error {
	if o.Queue == nil {
		return nil
	}
	if c.Action == press.Publish || c.Action == press.Schedule {
		r := p.Revisions[len(p.Revisions)-1]
		return o.Queue.Announce(ctx, t.Tx, p.ID, r.Number, r.ReleaseAt)
	}
	kind, ok := told[c.Action]
	if !ok {
		return nil
	}
	e, err := o.event(kind, c.Now, p, p.Current())
	if err != nil {
		return err
	}
	return o.Queue.Emit(ctx, t, e)
}

// Release notes that the release of a revision was seen, and returns what receivers
// are told of it: nil if it is not released by the clock of the database, was
// announced before, is there no more, or was withdrawn meanwhile.
func (o *Office) Release(_ context.Context, t *store.Tx, publication string, revision int) (*webhook.Event, error) {
	p, err := t.ByID(publication) // its lock first, as every move takes it
	if errors.Is(err, press.Missing()) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if first, err := t.Announce(publication, revision); err != nil || !first {
		return nil, err
	}
	r := p.Revision(revision)
	if p.Withdrawn != nil && !r.ReleaseAt.After(p.Withdrawn.At) {
		return nil, nil
	}
	return o.event(changed[r.Change], r.ReleaseAt, p, r)
}

// Announcement is what receivers are told: only what the public can see at that moment.
type Announcement struct {
	Publication string              `json:"publication"`
	Slug        string              `json:"slug"`
	URL         string              `json:"url"`
	Revision    int                 `json:"revision"`
	Change      press.Change        `json:"change"`
	ReleasedAt  time.Time           `json:"released_at"`
	Notes       press.Notes         `json:"notes,omitempty"`
	Languages   []AnnouncedLanguage `json:"languages"`
	// Data is in all languages.
	Data []AnnouncedEdition `json:"data,omitempty"`
}

// AnnouncedLanguage is a language of what is announced; a withdrawn publication has
// no editions any more.
type AnnouncedLanguage struct {
	Lang     string             `json:"lang"`
	Title    string             `json:"title,omitempty"`
	Editions []AnnouncedEdition `json:"editions,omitempty"`
}

// AnnouncedEdition is a file with the address that does not change any more.
type AnnouncedEdition struct {
	Format    string `json:"format"`
	Product   string `json:"product,omitempty"`
	MediaType string `json:"media_type"`
	URL       string `json:"url"`
	Digest    string `json:"sha256"`
}

// event tells of a revision that the public can see, or could until now.
func (o *Office) event(kind webhook.Type, at time.Time, p *press.Publication, r *press.Revision) (*webhook.Event, error) {
	page := o.Address + "/p/" + p.Slug
	a := Announcement{Publication: p.ID, Slug: p.Slug, URL: page, Revision: r.Number, Change: r.Change, ReleasedAt: r.ReleaseAt, Notes: r.Notes, Languages: []AnnouncedLanguage{}}
	if kind == webhook.Withdrawn {
		a.Notes = p.Withdrawn.Notes
	}
	for _, l := range r.Languages {
		if kind == webhook.Withdrawn { // its title is not public any more
			a.Languages = append(a.Languages, AnnouncedLanguage{Lang: l.Lang})
			continue
		}
		a.Languages = append(a.Languages, AnnouncedLanguage{l.Lang, l.Title, editionsIn(l.Lang, page, r)})
	}
	if kind != webhook.Withdrawn {
		a.Data = editionsIn("", page, r)
	}
	payload, err := webhook.Payload(kind, at, a)
	return &webhook.Event{Type: kind, At: at, Publication: p.ID, Payload: payload}, err
}

func editionsIn(lang, page string, r *press.Revision) (out []AnnouncedEdition) {
	for _, e := range r.Editions {
		if e.Lang != lang {
			continue
		}
		name := e.Name
		if name == lang+".html" {
			name = lang // as readers meet the web page
		}
		out = append(out, AnnouncedEdition{e.Format, e.Product, e.MediaType, page + "/r" + strconv.Itoa(r.Number) + "/" + name, e.Digest})
	}
	return out
}
