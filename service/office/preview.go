package office

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"communique/render"
	"communique/render/doc"
	"communique/service/press"
	"communique/service/store"
)

// Bounds of a preview.
const (
	MaxPreview = 31 * 24 * time.Hour
	maxReader  = 100
)

// previewID is what the ids of previews look like, which the store makes.
var previewID = regexp.MustCompile(`^[0-9a-z]{26}$`)

// ticket is what the address of a preview holds.
type ticket struct {
	ID string `json:"p"`
}

// GrantPreview lets one reader see the open revision until an instant; the token
// belongs into the address that the reader is given.
func (o *Office) GrantPreview(ctx context.Context, slug string, by Caller, reader string, until time.Time) (p *press.Preview, token string, err error) {
	reader = strings.TrimSpace(reader)
	if reader == "" || !utf8.ValidString(reader) || utf8.RuneCountInString(reader) > maxReader || strings.ContainsFunc(reader, unicode.IsControl) {
		return nil, "", &press.Error{Kind: press.Invalid, Field: "reader", Detail: "a preview is for a reader with a name", Fix: "give 1 to 100 characters in one line; they stand on every page"}
	}
	err = o.Store.Write(ctx, func(t *store.Tx) error {
		publication, err := t.BySlug(slug)
		if err != nil {
			return err
		}
		now, err := t.Now()
		if err != nil {
			return err
		}
		open := publication.Open()
		if open == nil {
			return &press.Error{Kind: press.WrongState, Detail: "nothing of the publication is unpublished", Fix: "readers can see it at its own address"}
		}
		if !until.After(now) || until.Sub(now) > MaxPreview {
			return &press.Error{Kind: press.Invalid, Field: "expires_at", Detail: "a preview ends in the future, within 31 days", Fix: "it is " + now.UTC().Format(time.RFC3339) + " now"}
		}
		p = &press.Preview{Publication: publication.ID, Revision: open.Number, Reader: reader, CreatedAt: now, By: by.Actor, ExpiresAt: until.UTC()}
		if err := t.AddPreview(p); err != nil {
			return err
		}
		if token, err = o.preview.Seal(ticket{p.ID}, p.ExpiresAt); err != nil {
			return err
		}
		return t.Note(press.Entry{By: by.Actor, Action: "preview", Publication: publication.ID, Slug: publication.Slug, Revision: open.Number, RequestID: by.RequestID})
	})
	return p, token, err
}

// Previews lists the previews of a publication.
func (o *Office) Previews(ctx context.Context, slug string) (list []*press.Preview, err error) {
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		p, err := t.BySlug(slug)
		if err != nil {
			return err
		}
		list, err = t.Previews(p.ID)
		return err
	})
	return list, err
}

// RevokePreview ends a preview before its time.
func (o *Office) RevokePreview(ctx context.Context, slug, id string, by Caller) error {
	if !previewID.MatchString(id) {
		return press.Missing() // PostgreSQL takes neither NUL nor what is not UTF-8
	}
	return o.Store.Write(ctx, func(t *store.Tx) error {
		p, err := t.BySlug(slug)
		if err != nil {
			return err
		}
		if err := t.RevokePreview(p.ID, id); err != nil {
			return err
		}
		return t.Note(press.Entry{By: by.Actor, Action: "revoke-preview", Publication: p.ID, Slug: p.Slug, RequestID: by.RequestID})
	})
}

// Previewed is what a reader of a preview may see.
type Previewed struct {
	Preview     *press.Preview
	Publication *press.Publication
	Revision    *press.Revision
}

// OpenPreview finds what a token lets its reader see. Tokens that are over,
// revoked or not ours lead to the same refusal.
func (o *Office) OpenPreview(ctx context.Context, token string) (v *Previewed, err error) {
	var ticket ticket
	if o.preview.Open(token, &ticket, time.Now()) != nil {
		return nil, press.Missing()
	}
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		preview, err := t.Preview(ticket.ID)
		if err != nil {
			return err
		}
		p, err := t.ByID(preview.Publication)
		if err != nil {
			return err
		}
		r := p.Revision(preview.Revision)
		if r == nil || p.Withdrawn != nil {
			return press.Missing()
		}
		v = &Previewed{preview, p, r}
		return nil
	})
	return v, err
}

// RenderPreview makes one file of a preview: the reader's name stands on every page.
func (o *Office) RenderPreview(ctx context.Context, v *Previewed, name string) (*render.Artifact, error) {
	return o.renderUnpublished(ctx, v.Revision, v.Preview.Reader, name)
}

// renderUnpublished makes one file of a revision as it would be, with its band of
// embargo or draft.
func (o *Office) renderUnpublished(ctx context.Context, r *press.Revision, reader, name string) (*render.Artifact, error) {
	material, err := o.material(ctx, r)
	if err != nil {
		return nil, err
	}
	request := o.request(r, material)
	request.Formats = slices.DeleteFunc(slices.Clone(request.Formats), func(f render.Format) bool { return !strings.HasSuffix(name, f.Extension()) })
	if len(request.Formats) == 0 {
		return nil, press.Missing()
	}
	request.Publication = &render.Publication{Status: doc.StatusDraft, Reader: reader, Revision: r.Number}
	if r.State == press.Scheduled {
		request.Publication.Status = doc.StatusFinal
		request.Publication.Embargo = doc.Embargo{Until: r.ReleaseAt, Zone: o.zone(r.Zone)}
	}
	m, err := o.run(ctx, request)
	if err != nil {
		return nil, err
	}
	for i := range m.result.Artifacts {
		if a := &m.result.Artifacts[i]; a.Name == name {
			return a, nil
		}
	}
	return nil, press.Missing()
}

// Edition is one file of a revision, for those who may see everything: the kept
// one of what is scheduled or out, else one made now.
func (o *Office) Edition(ctx context.Context, slug string, number int, name string) (data []byte, mediaType string, err error) {
	p, err := o.Get(ctx, slug)
	if err != nil {
		return nil, "", err
	}
	r := p.Revision(number)
	if r == nil {
		return nil, "", press.Missing()
	}
	for _, e := range r.Editions {
		if e.Name == name {
			data, err = o.bytes(ctx, e.Digest)
			return data, e.MediaType, err
		}
	}
	if !r.ReleaseAt.IsZero() {
		return nil, "", press.Missing()
	}
	a, err := o.renderUnpublished(ctx, r, "", name)
	if err != nil {
		return nil, "", err
	}
	return a.Data, a.MediaType, nil
}

// Source is one source or picture of a revision as it was posted.
func (o *Office) Source(ctx context.Context, slug string, number int, name string) (data []byte, mediaType string, err error) {
	p, err := o.Get(ctx, slug)
	if err != nil {
		return nil, "", err
	}
	r := p.Revision(number)
	if r == nil {
		return nil, "", press.Missing()
	}
	for _, s := range r.Sources {
		if s.Name == name {
			data, err = o.bytes(ctx, s.Digest)
			return data, s.MediaType + "; charset=utf-8", err
		}
	}
	for _, p := range r.Pictures {
		if p.Name == name {
			data, err = o.bytes(ctx, p.Digest)
			return data, "application/octet-stream", err
		}
	}
	return nil, "", press.Missing()
}
