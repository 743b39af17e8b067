package office

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"communique/service/press"
	"communique/service/store"
)

// Change is a request to change a publication.
type Change struct {
	Slug   string
	Caller Caller
	// IfMatch is what must be there, IfNone what must not; nil asks for nothing.
	IfMatch, IfNone *Condition
	// Idempotency is zero for a request that is not repeated.
	Idempotency Idempotency
	Command     press.Command

	// create makes the publication if there is none.
	create bool
	// disposals is how often files had been deleted when the change was prepared.
	disposals int64
	// prepare does the slow work on a copy on which the command has been done, outside
	// of any transaction; nil is none. It returns what to set in the transaction.
	prepare func(ctx context.Context, p *press.Publication) (*content, error)
}

// content is what a change sets in the last revision; nil fields stay.
type content struct {
	*made
	sources  []press.Source
	pictures []press.Picture
	options  *press.Options
}

// tries bounds how often a change is begun again because another came between.
const tries = 5

// do makes a change: reads, prepares without holding anything, then does it in one
// transaction if nobody else came between, or begins again.
func (o *Office) do(ctx context.Context, c Change) (*Answer, error) {
	c.Command.By, c.Command.Approval = c.Caller.Actor, o.Approval
	for try := 1; ; try++ {
		answer, err := o.attempt(ctx, c)
		if errors.Is(err, errBetween) && try < tries {
			continue
		}
		if errors.Is(err, errBetween) {
			err = &press.Error{Kind: press.Changed, Detail: "the publication keeps changing", Fix: "read it again, and try again"}
		}
		if err != nil {
			return nil, err
		}
		o.renew(ctx)
		return answer, nil
	}
}

// renew brings the index up to date after a change. The change is made; should this
// fail, the index follows by itself.
func (o *Office) renew(ctx context.Context) {
	if err := o.Refresh(ctx); err != nil {
		o.Log.Warn("the index could not be renewed after a change", "error", err)
	}
}

// errBetween tells that another change came between reading and writing.
var errBetween = errors.New("another change came between")

func (o *Office) attempt(ctx context.Context, c Change) (answer *Answer, err error) {
	before, answer, err := o.before(ctx, &c)
	if err != nil || answer != nil {
		return answer, err
	}
	var ready *content
	if c.prepare != nil {
		if ready, err = c.prepare(ctx, before); err != nil {
			return nil, err
		}
	}
	err = o.Store.Write(ctx, func(t *store.Tx) error {
		answer, err = o.write(ctx, t, c, before, ready)
		return err
	})
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// before is the publication as it is, with the command done; or the answer to an
// earlier request with the same key.
func (o *Office) before(ctx context.Context, c *Change) (p *press.Publication, answer *Answer, err error) {
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		if answer, err = earlier(t, *c); err != nil || answer != nil {
			return err
		}
		if c.Command.Now, err = t.Now(); err != nil {
			return err
		}
		if c.disposals, err = t.Disposals(); err != nil {
			return err
		}
		if p, err = o.find(t, *c); err != nil {
			return err
		}
		if c.Command.Action == press.Publish {
			// the instant that the text may state; that of the transaction comes later
			c.Command.At = c.Command.Now
		}
		return p.Do(c.Command)
	})
	return p, answer, err
}

// find loads the publication of a change, or begins one, and compares versions.
func (o *Office) find(t *store.Tx, c Change) (*press.Publication, error) {
	p, err := t.BySlug(c.Slug)
	switch {
	case err == nil:
		return p, c.met(p.Version)
	case !c.create || !errors.Is(err, press.Missing()):
		return nil, err
	}
	if err := c.met(0); err != nil {
		return nil, err
	}
	now, err := t.Now()
	return &press.Publication{Slug: c.Slug, CreatedAt: now}, err
}

// write does the change in a transaction.
func (o *Office) write(ctx context.Context, t *store.Tx, c Change, before *press.Publication, ready *content) (*Answer, error) {
	if err := t.Claim(); err != nil {
		return nil, err
	}
	// a repeated request has waited for the first one
	if answer, err := earlier(t, c); err != nil || answer != nil {
		return answer, err
	}
	p, err := o.find(t, c)
	if err != nil {
		return nil, err
	}
	disposals, err := t.Disposals()
	if err != nil {
		return nil, err
	}
	if p.Version != before.Version || p.ID != before.ID || disposals != c.disposals {
		return nil, errBetween
	}
	if c.Command.Now, err = t.Now(); err != nil {
		return nil, err
	}
	number, waits := len(p.Revisions), p.Waits()
	if err := p.Do(c.Command); err != nil {
		return nil, err
	}
	number = max(number, len(p.Revisions))
	ready.set(p)
	if err := o.date(p); err != nil {
		return nil, err
	}
	answer := &Answer{Publication: p, Created: p.Version == 0}
	if answer.Created {
		err = t.Insert(p)
	} else {
		err = t.Save(p)
	}
	if err != nil {
		return nil, err
	}
	if err := o.queue(ctx, t, c.Command, p); err != nil {
		return nil, err
	}
	if ready != nil && ready.made != nil {
		answer.Problems = ready.result.Problems
	}
	if err := o.note(t, c, p, number); err != nil {
		return nil, err
	}
	if err := keepAnswer(t, c, answer); err != nil {
		return nil, err
	}
	return answer, stillWaits(t, c, waits)
}

// stillWaits refuses, at the very end, to take back what has meanwhile come to be
// released: the transaction may have been held up.
func stillWaits(t *store.Tx, c Change, waits time.Time) error {
	if waits.IsZero() || c.Command.Action == press.Publish {
		return nil
	}
	now, err := t.Clock()
	if err != nil {
		return err
	}
	if waits.Sub(now) < press.Brink/4 {
		return &press.Error{Kind: press.WrongState, Detail: "the revision is being released at this moment", Fix: "try again in a few seconds"}
	}
	return nil
}

// date gives the last revision the date under which it is listed.
func (o *Office) date(p *press.Publication) error {
	zone, err := o.Locales.Zone(o.zone(p.Revisions[len(p.Revisions)-1].Zone))
	if err == nil {
		p.Date(zone)
	}
	return err
}

// set puts what was prepared into the last revision.
func (c *content) set(p *press.Publication) {
	if c == nil {
		return
	}
	r := p.Revisions[len(p.Revisions)-1]
	if c.made != nil {
		r.Languages, r.Editions = c.languages, c.editions
	}
	if c.sources != nil {
		r.Sources, r.Pictures = c.sources, c.pictures
	}
	if c.options != nil {
		r.Options = *c.options
	}
}

// note adds the change to the audit trail, with what tells later what it was.
func (o *Office) note(t *store.Tx, c Change, p *press.Publication, number int) error {
	detail := map[string]any{}
	last := p.Revisions[len(p.Revisions)-1]
	switch c.Command.Action {
	case press.Publish, press.Schedule:
		detail["release_at"], detail["zone"] = last.ReleaseAt.Format(time.RFC3339Nano), o.zone(last.Zone)
		detail["languages"] = tags(last)
	case press.Save, press.Translate:
		sources := map[string]string{}
		for _, s := range last.Sources {
			sources[s.Name] = s.Digest
		}
		detail["sources"], detail["languages"] = sources, tags(last)
	case press.Correct, press.Withdraw:
		detail["notes"] = c.Command.Notes
	case press.Rename:
		detail["from"] = c.Slug
	}
	if c.Command.Lang != "" {
		detail["language"] = c.Command.Lang
	}
	encoded, err := json.Marshal(detail)
	if err != nil {
		return err
	}
	if len(detail) == 0 {
		encoded = nil
	}
	return t.Note(press.Entry{By: c.Caller.Actor, Action: c.Command.Action, Publication: p.ID, Slug: p.Slug, Revision: number, RequestID: c.Caller.RequestID, Detail: encoded})
}

func tags(r *press.Revision) []string {
	out := make([]string, len(r.Languages))
	for i, l := range r.Languages {
		out[i] = l.Lang
	}
	return out
}

// earlier is the answer to an earlier request with the same key; nil if there is none.
func earlier(t *store.Tx, c Change) (*Answer, error) {
	if c.Idempotency.Key == "" {
		return nil, nil
	}
	body, found, err := t.Answer(c.Caller.ID, c.Idempotency.Key, c.Idempotency.Fingerprint)
	if err != nil || !found {
		return nil, err
	}
	answer := &Answer{}
	if err := json.Unmarshal([]byte(body), answer); err != nil {
		return nil, err
	}
	answer.Replayed = true
	return answer, nil
}

func keepAnswer(t *store.Tx, c Change, answer *Answer) error {
	if c.Idempotency.Key == "" {
		return nil
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	kept, err := t.KeepAnswer(c.Caller.ID, c.Idempotency.Key, c.Idempotency.Fingerprint, answer.Publication.ID, string(body))
	if err == nil && !kept {
		return errBetween
	}
	return err
}
