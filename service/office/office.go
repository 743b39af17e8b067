// Package office is what a press office does with its publications: draft, submit,
// approve, schedule, publish, correct, withdraw, preview, verify. It brings the
// rules (press), the database (store), the files and the renderer together, and
// holds in memory what readers may see. It must never know HTTP.
package office

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"communique/render"
	"communique/render/diag"
	"communique/render/locale"
	"communique/service/access"
	"communique/service/files"
	"communique/service/jobs"
	"communique/service/press"
	"communique/service/store"
	"communique/service/webhook"
)

// Options are what an Office is made of.
type Options struct {
	Store    *store.Store
	Files    *files.Store
	Renderer *render.Renderer
	// Locales know the time zones and the names of languages.
	Locales *locale.Catalog
	// Log hears of what happens in the background; nil is silence.
	Log *slog.Logger
	// Queue takes what has to be done later: announcements of releases, and messages
	// to receivers of webhooks. Without one nobody is told anything.
	Queue *jobs.Queue
	// Receivers says which addresses receivers of webhooks can have.
	Receivers webhook.Policy
	// Address is the public address of the site, without a slash at its end; empty
	// if readers' addresses are not known.
	Address string
	// Zone is the IANA name of the zone in which instants are shown where a schedule names none.
	Zone string
	// Approval asks for a second person before anything goes out.
	Approval bool
	// Trust is how long readers are served from memory while the database does not
	// answer; 0 is without end. What is scheduled is not released meanwhile.
	Trust time.Duration
	// Version is the program's.
	Version string
	// Late hears how long after its instant a release has been seen; nil hears nothing.
	Late func(time.Duration)
	// Rendered hears how long the render of a revision took, all formats of it; nil hears nothing.
	Rendered func(took time.Duration, err error)
}

// Office does the work. It is safe for many goroutines.
type Office struct {
	Options
	index   *index
	keys    atomic.Pointer[keyring]
	preview *access.Sealer
}

// Open makes an office on a migrated store and reads what readers may see.
func Open(ctx context.Context, o Options) (*Office, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Zone == "" {
		o.Zone = "UTC"
	}
	office := &Office{Options: o, index: newIndex()}
	var secret string
	err := o.Store.Write(ctx, func(t *store.Tx) (err error) {
		secret, err = t.Setting("preview-secret", newSecret)
		return err
	})
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(secret)
	if err != nil {
		return nil, fmt.Errorf("the setting preview-secret is damaged: %w", err)
	}
	if office.preview, err = access.NewSealer("preview", key); err != nil {
		return nil, err
	}
	return office, office.Refresh(ctx)
}

func newSecret() string {
	var b [32]byte
	rand.Read(b[:]) // never fails (crypto/rand, since Go 1.24)
	return hex.EncodeToString(b[:])
}

// Caller is who asks, and in which request.
type Caller struct {
	press.Actor
	// Scopes are what they may do; whoever hands on scopes must have them.
	Scopes    access.Scopes
	RequestID string
}

// Idempotency is the key of a request that may be repeated, and what the request was.
type Idempotency struct {
	Key, Fingerprint string
}

// Answer is what came of a change. It is kept, as JSON, for requests that are repeated.
type Answer struct {
	Publication *press.Publication
	// Replayed tells that the change was made by an earlier request with the same key.
	Replayed bool `json:"-"`
	// Created tells that the publication is new.
	Created bool
	// Problems are those that the sources have.
	Problems []diag.Problem
}

// Get reads a publication, for those who may see everything.
func (o *Office) Get(ctx context.Context, slug string) (p *press.Publication, err error) {
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		p, err = t.BySlug(slug)
		return err
	})
	return p, err
}

// List is a page of publications, for those who may see everything.
func (o *Office) List(ctx context.Context, f store.Filter) (list []*press.Publication, next int64, err error) {
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		list, next, err = t.List(f)
		return err
	})
	return list, next, err
}

// Trail lists the audit trail: of the publication with a slug, or for an empty one
// whatever the filter chooses.
func (o *Office) Trail(ctx context.Context, slug string, f store.TrailFilter) (list []press.Entry, err error) {
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		if slug != "" {
			p, err := t.BySlug(slug)
			if err != nil {
				return err
			}
			f.Publication = p.ID
		}
		list, err = t.Trail(f)
		return err
	})
	return list, err
}
