package jobs

import (
	"context"
	"errors"
	"testing"
	"time"

	"communique/service/press"
	"communique/service/store"
	"communique/service/webhook"
)

// quick is a back-off for tests.
var quick = []time.Duration{10 * time.Millisecond, 20 * time.Millisecond}

func status(code int) func(int) webhook.Result {
	return func(int) webhook.Result {
		return webhook.Result{Status: code, Class: webhook.Status, Detail: "no"}
	}
}

func (b *bench) webhook(id string) (w *webhook.Webhook) {
	b.t.Helper()
	b.write(func(t *store.Tx) (err error) {
		w, err = t.Webhook(id)
		return err
	})
	return w
}

func TestDeliveriesAreTriedAgainWithTheSameIDAndBytes(t *testing.T) {
	databases(t, func(t *testing.T, location string) {
		b := openBench(t, location, Options{Backoff: quick})
		p := &post{answer: func(n int) webhook.Result {
			if n < 3 {
				return webhook.Result{Status: 503, Class: webhook.Status, Detail: "busy", Excerpt: "later"}
			}
			return webhook.Result{Status: 200}
		}}
		hook := b.receiver("https://example.org/hooks")
		b.start(Work{Send: p.send})
		b.schedule("first", 0)
		b.idle()
		got := p.taken()
		if len(got) != 3 {
			t.Fatalf("%d messages", len(got))
		}
		for _, m := range got[1:] {
			if m.ID != got[0].ID || string(m.Payload) != string(got[0].Payload) {
				t.Errorf("a repetition differs: %+v", m)
			}
		}
		d := b.deliveries(hook.ID)[0]
		log := b.attempts(d.ID)
		if d.State != webhook.Delivered || d.Tries != 3 || len(log) != 3 || log[0].Excerpt != "later" || log[0].Class != webhook.Status || log[2].Class != "" {
			t.Errorf("%+v\n%+v", d, log)
		}
		if !b.webhook(hook.ID).FailedAt.IsZero() {
			t.Error("marked as failing")
		}
	})
}

func TestAfterTheLastTryTheReceiverIsMarkedAndARedeliveryBeginsAnew(t *testing.T) {
	databases(t, func(t *testing.T, location string) {
		b := openBench(t, location, Options{Backoff: quick})
		p := &post{answer: status(500)}
		hook := b.receiver("https://example.org/hooks")
		b.start(Work{Send: p.send})
		b.schedule("first", 0)
		b.idle()
		d := b.deliveries(hook.ID)[0]
		if d.State != webhook.Failed || len(p.taken()) != 3 || b.webhook(hook.ID).FailedAt.IsZero() || !b.webhook(hook.ID).Enabled {
			t.Fatalf("%+v after %d messages", d, len(p.taken()))
		}
		p.mu.Lock()
		p.answer = nil
		p.mu.Unlock()
		b.write(func(t *store.Tx) error { return b.Redeliver(b.t.Context(), t, d.ID) })
		b.idle()
		d = b.deliveries(hook.ID)[0]
		if got := p.taken(); d.State != webhook.Delivered || d.Tries != 1 || len(got) != 4 || got[3].ID != got[0].ID {
			t.Errorf("%+v after %d messages", d, len(got))
		}
		if len(b.attempts(d.ID)) != 4 || !b.webhook(hook.ID).FailedAt.IsZero() {
			t.Errorf("log %+v", b.attempts(d.ID))
		}
	})
}

func TestAReceiverThatIsGoneIsDisabled(t *testing.T) {
	databases(t, func(t *testing.T, location string) {
		b := openBench(t, location, Options{Backoff: quick})
		p := &post{answer: status(410)}
		hook := b.receiver("https://example.org/hooks")
		b.start(Work{Send: p.send})
		b.schedule("first", 0)
		b.idle()
		b.schedule("second", 0)
		b.idle()
		w := b.webhook(hook.ID)
		list := b.deliveries(hook.ID)
		if w.Enabled || w.GoneAt.IsZero() || len(p.taken()) != 1 || len(list) != 1 || list[0].State != webhook.Failed {
			t.Errorf("%+v, %d messages", w, len(p.taken()))
		}
		b.write(func(tx *store.Tx) error {
			if _, err := b.Ping(t.Context(), tx, hook.ID); !errors.Is(err, &press.Error{Kind: press.WrongState}) {
				t.Errorf("a ping to a disabled receiver: %v", err)
			}
			if err := b.Redeliver(t.Context(), tx, list[0].ID); !errors.Is(err, &press.Error{Kind: press.WrongState}) {
				t.Errorf("a redelivery to a disabled receiver: %v", err)
			}
			return nil
		})
	})
}

func TestWhatWaitsForADisabledReceiverIsDropped(t *testing.T) {
	b := openBench(t, t.TempDir()+"/communique.db", Options{})
	p := &post{}
	hook := b.receiver("https://example.org/hooks")
	b.write(func(tx *store.Tx) error {
		if _, err := b.Ping(t.Context(), tx, hook.ID); err != nil {
			return err
		}
		hook.Enabled = false
		return tx.SaveWebhook(hook)
	})
	b.start(Work{Send: p.send})
	b.idle()
	if list := b.deliveries(hook.ID); len(p.taken()) != 0 || list[0].State != webhook.Dropped {
		t.Errorf("%d messages, %+v", len(p.taken()), list[0])
	}
}

func TestAReceiverThatAsksForTimeGetsIt(t *testing.T) {
	b := openBench(t, t.TempDir()+"/communique.db", Options{Backoff: quick})
	p := &post{answer: func(int) webhook.Result {
		return webhook.Result{Status: 429, Class: webhook.Status, Detail: "no", RetryAfter: 2 * time.Hour}
	}}
	hook := b.receiver("https://example.org/hooks")
	b.start(Work{Send: p.send})
	b.schedule("first", 0)
	b.idle() // nothing is due within the hour
	d := b.deliveries(hook.ID)[0]
	if wait := d.DueAt.Sub(b.attempts(d.ID)[0].StartedAt); d.State != webhook.Pending || len(p.taken()) != 1 || wait < 2*time.Hour || wait > 3*time.Hour {
		t.Errorf("%+v", d)
	}
	// by hand it goes at once, and the job that waits does nothing more
	b.write(func(t *store.Tx) error { return b.Redeliver(b.t.Context(), t, d.ID) })
	b.until("the redelivery", func() bool { return len(p.taken()) == 2 })
}

func TestBackOff(t *testing.T) {
	o := Options{}.withDefaults()
	for tries, standard := range map[int]time.Duration{1: 5 * time.Second, 2: 5 * time.Minute, 9: 24 * time.Hour} {
		for range 100 {
			if wait, again := o.wait(tries, 0); !again || wait < standard || wait > standard+standard/10 {
				t.Fatalf("try %d: %v, %v", tries, wait, again)
			}
		}
	}
	if wait, _ := o.wait(1, time.Hour); wait != time.Hour {
		t.Errorf("asked for an hour, got %v", wait)
	}
	if _, again := o.wait(10, time.Hour); again {
		t.Error("more tries than waits")
	}
}

// A rotation is seen by the next attempt: both secrets sign while they overlap.
func TestSecretsOverlap(t *testing.T) {
	databases(t, func(t *testing.T, location string) {
		b, p := openBench(t, location, Options{}), &post{}
		hook := b.receiver("https://example.org/hooks")
		var before, during, after []string
		next, last := webhook.NewSecret(), webhook.NewSecret()
		b.write(func(t *store.Tx) (err error) {
			before, err = t.Secrets(hook.ID)
			return errors.Join(err, t.RotateSecret(hook.ID, next, time.Hour))
		})
		b.start(Work{Send: p.send})
		b.write(func(tx *store.Tx) error {
			_, err := b.Ping(t.Context(), tx, hook.ID)
			return err
		})
		b.until("the ping", func() bool { return len(p.taken()) == 1 })
		during = p.taken()[0].Secrets
		if len(before) != 1 || len(during) != 2 || during[0] != next || during[1] != before[0] {
			t.Errorf("%d secrets, then %d", len(before), len(during))
		}
		b.write(func(t *store.Tx) error { return t.RotateSecret(hook.ID, last, 0) })
		b.write(func(t *store.Tx) (err error) {
			after, err = t.Secrets(hook.ID)
			return err
		})
		if len(after) != 1 || after[0] != last {
			t.Errorf("%d secrets after a rotation without overlap", len(after))
		}
	})
}

func TestStopFinishesWhatHasBegun(t *testing.T) {
	databases(t, func(t *testing.T, location string) {
		b := openBench(t, location, Options{})
		hook := b.receiver("https://example.org/hooks")
		begun, finish := make(chan struct{}), make(chan struct{})
		work := Work{Send: func(context.Context, string, webhook.Message) webhook.Result {
			close(begun)
			<-finish
			return webhook.Result{Status: 200}
		}}
		if err := b.Start(t.Context(), work.complete()); err != nil {
			t.Fatal(err)
		}
		b.schedule("first", 0)
		<-begun
		stopped := make(chan error, 1)
		go func() { stopped <- b.Stop(t.Context()) }()
		select {
		case err := <-stopped:
			t.Fatalf("stopped while a message was sent: %v", err)
		default:
		}
		close(finish)
		if err := <-stopped; err != nil {
			t.Fatal(err)
		}
		if d := b.deliveries(hook.ID)[0]; d.State != webhook.Delivered {
			t.Errorf("%+v", d)
		}
	})
}

func TestStopBreaksOffWhatDoesNotEnd(t *testing.T) {
	b := openBench(t, t.TempDir()+"/communique.db", Options{})
	hook := b.receiver("https://example.org/hooks")
	begun := make(chan struct{})
	work := Work{Send: func(ctx context.Context, _ string, _ webhook.Message) webhook.Result {
		close(begun)
		<-ctx.Done()
		return webhook.Result{Class: webhook.Cancelled, Detail: "broken off"}
	}}
	if err := b.Start(t.Context(), work.complete()); err != nil {
		t.Fatal(err)
	}
	b.schedule("first", 0)
	<-begun
	now, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.Stop(now); err != nil {
		t.Fatal(err)
	}
	d := b.deliveries(hook.ID)[0]
	if log := b.attempts(d.ID); d.State != webhook.Pending || d.Tries != 0 || len(log) != 1 || log[0].Class != webhook.Cancelled {
		t.Errorf("%+v %+v", d, log)
	}
}
