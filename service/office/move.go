package office

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"communique/service/files"
	"communique/service/press"
	"communique/service/store"
)

// Move makes a move that brings no sources of its own: submit, return, approve,
// schedule, unschedule, publish, correct, discard, withdraw, reinstate, rename.
func (o *Office) Move(ctx context.Context, c Change) (*Answer, error) {
	if zone := c.Command.Zone; zone != "" {
		if _, err := o.Locales.Zone(zone); err != nil {
			return nil, &press.Error{Kind: press.Invalid, Field: "zone", Detail: "there is no such time zone", Fix: "name one of the IANA database, such as Europe/London"}
		}
	}
	switch c.Command.Action {
	case press.Publish, press.Schedule:
		c.prepare = func(ctx context.Context, p *press.Publication) (*content, error) {
			m, err := o.finish(ctx, p.Slug, p.Revisions[len(p.Revisions)-1])
			return &content{made: m}, err
		}
	case press.Correct:
		c.prepare = func(ctx context.Context, p *press.Publication) (*content, error) {
			material, err := o.material(ctx, p.Open())
			if err != nil {
				return nil, err
			}
			m, err := o.look(ctx, p.Open(), material)
			return &content{made: m}, err
		}
	}
	return o.do(ctx, c)
}

// Remove deletes a publication of which nothing was published (press.Delete), or
// erases one with all its bytes (press.Erase). The audit trail keeps a line.
func (o *Office) Remove(ctx context.Context, c Change, reason string) error {
	var digests []string
	err := o.Store.Write(ctx, func(t *store.Tx) error {
		p, err := o.find(t, c)
		if err != nil {
			return err
		}
		if c.Command.Now, err = t.Now(); err != nil {
			return err
		}
		if err := p.Do(c.Command); err != nil {
			return err
		}
		for _, r := range p.Revisions {
			for digest := range r.Digests() {
				digests = append(digests, digest)
			}
		}
		detail, err := json.Marshal(map[string]any{"reason": reason, "revisions": len(p.Revisions), "files": len(digests)})
		if err != nil {
			return err
		}
		return errors.Join(t.Remove(p),
			t.Note(press.Entry{By: c.Caller.Actor, Action: c.Command.Action, Publication: p.ID, Slug: p.Slug, RequestID: c.Caller.RequestID, Detail: detail}))
	})
	if err != nil {
		return err
	}
	return errors.Join(o.Refresh(ctx), o.dispose(ctx, digests))
}

// dispose deletes files that no revision needs any more. What is left by a kill
// before the end is swept later.
func (o *Office) dispose(ctx context.Context, digests []string) error {
	for _, text := range digests {
		digest, err := files.ParseDigest(text)
		if err != nil {
			return err
		}
		needed, err := o.needed(ctx, text)
		if err != nil {
			return err
		}
		if !needed {
			if err := o.Files.Delete(ctx, digest); err != nil && !errors.Is(err, files.ErrNotFound) {
				return err
			}
		}
	}
	return nil
}

func (o *Office) needed(ctx context.Context, digest string) (needed bool, err error) {
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		needed, err = t.Needed(digest)
		return err
	})
	return needed, err
}

// keepLog is how long the log of webhooks goes back.
const keepLog = 30 * 24 * time.Hour

// Sweep deletes what is over: files that no revision needs, older than an age that
// no request takes, ended previews and answers, and the old part of the log of webhooks.
func (o *Office) Sweep(ctx context.Context, age time.Duration) error {
	before := time.Now().Add(-age)
	for info, err := range o.Files.List(ctx) {
		if err != nil {
			return err
		}
		if info.Time.After(before) {
			continue
		}
		if err := o.dispose(ctx, []string{info.Digest.String()}); err != nil {
			return err
		}
	}
	return o.Store.Write(ctx, func(t *store.Tx) error {
		now, err := t.Now()
		if err != nil {
			return err
		}
		return errors.Join(t.Forget(now.Add(-age)), t.ForgetEvents(now.Add(-keepLog)))
	})
}
