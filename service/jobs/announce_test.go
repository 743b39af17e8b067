package jobs

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"communique/service/press"
	"communique/service/store"
	"communique/service/webhook"
)

func TestAReleaseIsAnnouncedAtItsInstantAndOnce(t *testing.T) {
	databases(t, func(t *testing.T, location string) {
		b, p := openBench(t, location, Options{}), &post{}
		all := b.receiver("https://example.org/all")
		other := &webhook.Webhook{URL: "https://example.org/other", Enabled: true, Types: []webhook.Type{webhook.Withdrawn}}
		b.write(func(t *store.Tx) error { return t.AddWebhook(other, webhook.NewSecret()) })
		b.start(Work{Send: p.send})
		soon := b.schedule("soon", 300*time.Millisecond)
		b.schedule("later", 24*time.Hour)
		b.until("the announcement", func() bool { return len(p.taken()) > 0 })
		b.move("soon", 0) // as a release that is moved at its very instant
		b.idle()
		got := p.taken()
		if len(got) != 1 || publicationOf(t, got[0].Payload) != soon.ID || got[0].At.Before(soon.Revisions[0].ReleaseAt) {
			t.Fatalf("%d messages, released at %v: %+v", len(got), soon.Revisions[0].ReleaseAt, got)
		}
		if list := b.deliveries(other.ID); len(list) != 0 {
			t.Error("a receiver is told what it did not ask for")
		}
		list := b.deliveries(all.ID)
		if len(list) != 1 || list[0].State != webhook.Delivered || list[0].Event.ID != got[0].ID || !list[0].DueAt.IsZero() {
			t.Fatalf("%+v", list)
		}
		if log := b.attempts(list[0].ID); len(log) != 1 || log[0].Status != 204 || log[0].Open || !log[0].StartedAt.Equal(got[0].At) {
			t.Errorf("log %+v", log)
		}
	})
}

func TestAMovedScheduleIsAnnouncedAtTheLaterInstantOnly(t *testing.T) {
	databases(t, func(t *testing.T, location string) {
		b, p := openBench(t, location, Options{}), &post{}
		hook := b.receiver("https://example.org/hooks")
		b.schedule("moved", 200*time.Millisecond)
		b.schedule("cancelled", 200*time.Millisecond)
		b.move("moved", 1500*time.Millisecond)
		b.write(func(t *store.Tx) error {
			c, err := t.BySlug("cancelled")
			if err != nil {
				return err
			}
			c.Revisions[0].State, c.Revisions[0].ReleaseAt = press.Draft, time.Time{}
			return t.Save(c)
		})
		b.start(Work{Send: p.send})
		b.idle()
		list := b.deliveries(hook.ID)
		if len(list) != 1 || len(p.taken()) != 1 {
			t.Fatalf("%d events, %d messages", len(list), len(p.taken()))
		}
		b.write(func(t *store.Tx) error {
			m, err := t.BySlug("moved")
			if err == nil && list[0].Event.At.Before(m.Revisions[0].ReleaseAt) {
				err = errors.New("announced before its instant")
			}
			return err
		})
	})
}

func TestWhatIsRolledBackIsNotAnnounced(t *testing.T) {
	databases(t, func(t *testing.T, location string) {
		b, p := openBench(t, location, Options{}), &post{}
		b.receiver("https://example.org/hooks")
		refused := errors.New("refused")
		err := b.store.Write(t.Context(), func(tx *store.Tx) error {
			return errors.Join(b.Announce(t.Context(), tx.Tx, "p", 1, time.Now()),
				b.Emit(t.Context(), tx, &webhook.Event{Type: webhook.Withdrawn, At: time.Now(), Payload: []byte("{}")}), refused)
		})
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		if n := b.jobs("1 = 1"); n != 0 {
			t.Errorf("%d jobs", n)
		}
		b.start(Work{Send: p.send})
		b.schedule("kept", 0)
		b.idle()
		if len(p.taken()) != 1 {
			t.Errorf("%d messages", len(p.taken()))
		}
	})
}

func TestAFailingReleaseIsTriedAgain(t *testing.T) {
	databases(t, func(t *testing.T, location string) {
		b, p := openBench(t, location, Options{}), &post{}
		b.receiver("https://example.org/hooks")
		var tries atomic.Int64
		b.start(Work{Send: p.send, Release: func(ctx context.Context, tx *store.Tx, id string, n int) (*webhook.Event, error) {
			e, err := release(ctx, tx, id, n)
			if tries.Add(1) == 1 {
				return nil, errors.Join(err, errors.New("the office failed after it had marked the release"))
			}
			return e, err
		}})
		b.schedule("first", 0)
		b.idle()
		if len(p.taken()) != 1 || tries.Load() != 2 {
			t.Errorf("%d messages after %d tries", len(p.taken()), tries.Load())
		}
	})
}

func TestSweepsRunFromTheStart(t *testing.T) {
	databases(t, func(t *testing.T, location string) {
		swept := make(chan struct{}, 10)
		var running, most atomic.Int64
		sweep := func(context.Context) error {
			most.Store(max(most.Load(), running.Add(1)))
			defer running.Add(-1)
			swept <- struct{}{}
			return nil
		}
		first := openBench(t, location, Options{SweepEvery: time.Second})
		first.start(Work{Sweep: sweep})
		if first.store.Listener() != nil { // SQLite has one server
			openBench(t, location, Options{SweepEvery: time.Second}).start(Work{Sweep: sweep})
		}
		for range 2 {
			<-swept
		}
		if most.Load() != 1 {
			t.Errorf("%d sweeps at the same time", most.Load())
		}
	})
}
