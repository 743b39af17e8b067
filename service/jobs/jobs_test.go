package jobs

import (
	"context"
	"encoding/json"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"communique/service/outside"
	"communique/service/press"
	"communique/service/store"
	"communique/service/webhook"
)

// databases runs a test on each kind of database.
func databases(t *testing.T, test func(t *testing.T, location string)) {
	t.Run("SQLite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "communique.db")) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, outside.PostgreSQL(t)) })
}

// bench is a queue on a database of its own.
type bench struct {
	*Queue
	t *testing.T
}

func openBench(t *testing.T, location string, o Options) *bench {
	t.Helper()
	q, err := openQueue(t.Context(), location, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { q.store.Close() })
	return &bench{q, t}
}

// openQueue opens a queue as a program does.
func openQueue(ctx context.Context, location string, o Options) (*Queue, error) {
	s, err := store.Open(ctx, location, store.Options{})
	if err != nil {
		return nil, err
	}
	o.Store = s
	q, err := Open(o)
	if err == nil {
		err = s.Migrate(ctx, q.Migrate)
	}
	return q, err
}

// start begins to work and stops at the end of the test; missing functions are
// the ones that a service has.
func (b *bench) start(w Work) {
	b.t.Helper()
	if err := b.Start(b.t.Context(), w.complete()); err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() {
		if err := b.Stop(context.WithoutCancel(b.t.Context())); err != nil {
			b.t.Error(err)
		}
	})
}

func (w Work) complete() Work {
	if w.Release == nil {
		w.Release = release
	}
	if w.Send == nil {
		w.Send = func(context.Context, string, webhook.Message) webhook.Result { return webhook.Result{Status: 204} }
	}
	if w.Sweep == nil {
		w.Sweep = func(context.Context) error { return nil }
	}
	return w
}

// release is what the office does.
func release(_ context.Context, t *store.Tx, publication string, revision int) (*webhook.Event, error) {
	first, err := t.Announce(publication, revision)
	if err != nil || !first {
		return nil, err
	}
	at, err := t.Now()
	if err != nil {
		return nil, err
	}
	payload, err := webhook.Payload(webhook.Published, at, map[string]any{"id": publication, "revision": revision})
	return &webhook.Event{Type: webhook.Published, At: at, Publication: publication, Payload: payload}, err
}

func (b *bench) write(do func(*store.Tx) error) {
	b.t.Helper()
	if err := b.store.Write(b.t.Context(), do); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) receiver(address string) *webhook.Webhook {
	b.t.Helper()
	w := &webhook.Webhook{URL: address, Enabled: true}
	b.write(func(t *store.Tx) error { return t.AddWebhook(w, webhook.NewSecret()) })
	return w
}

// schedule keeps a publication that goes out after a while, and its announcement.
func (b *bench) schedule(slug string, in time.Duration) *press.Publication {
	b.t.Helper()
	p := &press.Publication{Slug: slug}
	b.write(func(t *store.Tx) error {
		now, err := t.Now()
		if err != nil {
			return err
		}
		p.CreatedAt = now
		p.Revisions = []*press.Revision{{Number: 1, State: press.Scheduled, Change: press.First, ReleaseAt: now.Add(in), Zone: "UTC", CreatedAt: now}}
		if err := t.Insert(p); err != nil {
			return err
		}
		return b.Announce(b.t.Context(), t.Tx, p.ID, 1, p.Revisions[0].ReleaseAt)
	})
	return p
}

// move schedules the revision anew.
func (b *bench) move(slug string, in time.Duration) {
	b.t.Helper()
	b.write(func(t *store.Tx) error {
		p, err := t.BySlug(slug)
		if err != nil {
			return err
		}
		now, err := t.Now()
		if err != nil {
			return err
		}
		p.Revisions[0].ReleaseAt = now.Add(in)
		if err := t.Save(p); err != nil {
			return err
		}
		return b.Announce(b.t.Context(), t.Tx, p.ID, 1, p.Revisions[0].ReleaseAt)
	})
}

func (b *bench) deliveries(receiver string) (list []*webhook.Delivery) {
	b.t.Helper()
	err := b.store.Read(b.t.Context(), func(t *store.Tx) (err error) {
		list, _, err = t.Deliveries(receiver, "", 1000)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

func (b *bench) attempts(delivery string) (list []webhook.Attempt) {
	b.t.Helper()
	err := b.store.Read(b.t.Context(), func(t *store.Tx) (err error) {
		list, err = t.Attempts(delivery)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

// idle waits until no job is left that is due within the hour.
func (b *bench) idle() {
	b.t.Helper()
	due := "scheduled_at < datetime('now', '+1 hour')"
	if b.store.Listener() != nil {
		due = "scheduled_at < now() + interval '1 hour'"
	}
	b.until("the queue is idle", func() bool { return b.jobs("state NOT IN ('completed', 'cancelled', 'discarded') AND "+due) == 0 })
}

// jobs counts River's rows, save those of sweeps.
func (b *bench) jobs(where string) (n int) {
	b.t.Helper()
	if err := b.store.DB().QueryRowContext(b.t.Context(), "SELECT count(*) FROM river_job WHERE kind <> 'sweep' AND "+where).Scan(&n); err != nil {
		b.t.Fatal(err)
	}
	return n
}

// until waits for what another goroutine or process brings about; the test's
// own deadline is the only limit.
func (b *bench) until(what string, done func() bool) {
	b.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-b.t.Context().Done():
			b.t.Fatal("never happened: ", what)
		}
	}
}

// post is a receiver in memory.
type post struct {
	mu       sync.Mutex
	messages []webhook.Message
	answer   func(n int) webhook.Result
}

func (p *post) send(_ context.Context, _ string, m webhook.Message) webhook.Result {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.messages = append(p.messages, m)
	if p.answer == nil {
		return webhook.Result{Status: 204, Duration: time.Millisecond}
	}
	return p.answer(len(p.messages))
}

func (p *post) taken() []webhook.Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]webhook.Message(nil), p.messages...)
}

func publicationOf(t *testing.T, payload []byte) string {
	t.Helper()
	var e struct{ Data struct{ ID string } }
	if err := json.Unmarshal(payload, &e); err != nil {
		t.Fatal(err)
	}
	return e.Data.ID
}
