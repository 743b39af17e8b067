package office

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
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
		if err := t.Claim(); err != nil {
			return err
		}
		digests = nil // of a try that the database gave up
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
	o.renew(ctx)
	return o.dispose(ctx, digests)
}

// disposals is how many files are deleted in one transaction, which others wait for.
const disposals = 50

// dispose deletes files that no revision needs any more. A change that is being
// prepared with such a file finds that files have been deleted, and puts it again.
// What is left by a kill before the end is swept later.
func (o *Office) dispose(ctx context.Context, digests []string) error {
	for part := range slices.Chunk(digests, disposals) {
		if err := o.Store.Write(ctx, func(t *store.Tx) error { return o.disposeOf(ctx, t, part) }); err != nil {
			return err
		}
	}
	return nil
}

func (o *Office) disposeOf(ctx context.Context, t *store.Tx, digests []string) error {
	if err := t.Claim(); err != nil {
		return err
	}
	if err := t.Disposed(); err != nil {
		return err
	}
	for _, text := range digests {
		digest, err := files.ParseDigest(text)
		if err != nil {
			return err
		}
		needed, err := t.Needed(text)
		if err != nil {
			return err
		}
		if needed {
			continue
		}
		if err := o.Files.Delete(ctx, digest); err != nil {
			return err
		}
	}
	return nil
}

// idle are those of the digests that no revision needs.
func (o *Office) idle(ctx context.Context, digests []string) (out []string, err error) {
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		out = nil
		for _, digest := range digests {
			needed, err := t.Needed(digest)
			if err != nil {
				return err
			}
			if !needed {
				out = append(out, digest)
			}
		}
		return nil
	})
	return out, err
}

// keepLog is how long the log of webhooks goes back.
const keepLog = 30 * 24 * time.Hour

// sweeps is how many files are looked up at a time.
const sweeps = 1000

func (o *Office) sweep(ctx context.Context, digests []string) error {
	idle, err := o.idle(ctx, digests)
	if err != nil {
		return err
	}
	return o.dispose(ctx, idle)
}

// Sweep deletes what is over: files that no revision needs, older than an age that
// no request takes, ended previews and answers, and the old part of the log of webhooks.
func (o *Office) Sweep(ctx context.Context, age time.Duration) error {
	before := time.Now().Add(-age)
	var old []string
	for info, err := range o.Files.List(ctx) {
		if err != nil {
			return err
		}
		if info.Time.Before(before) {
			old = append(old, info.Digest.String())
		}
		if len(old) == sweeps {
			if err := o.sweep(ctx, old); err != nil {
				return err
			}
			old = nil
		}
	}
	if err := o.sweep(ctx, old); err != nil {
		return err
	}
	return o.Store.Write(ctx, func(t *store.Tx) error {
		now, err := t.Now()
		if err != nil {
			return err
		}
		return errors.Join(t.Forget(now.Add(-age)), t.ForgetEvents(now.Add(-keepLog)))
	})
}
