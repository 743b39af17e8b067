package store_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"communique/service/outside"
	"communique/service/press"
	"communique/service/store"
	"communique/service/webhook"
)

// onBoth runs a test on an empty, migrated database of each kind.
func onBoth(t *testing.T, test func(t *testing.T, write func(func(*store.Tx) error))) {
	run := func(location func(*testing.T) string) func(*testing.T) {
		return func(t *testing.T) {
			s, err := store.Open(t.Context(), location(t), store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if err := s.Migrate(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			test(t, func(do func(*store.Tx) error) {
				t.Helper()
				if err := s.Write(t.Context(), do); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
	t.Run("SQLite", run(func(t *testing.T) string { return filepath.Join(t.TempDir(), "communique.db") }))
	t.Run("PostgreSQL", run(func(t *testing.T) string { return outside.PostgreSQL(t) }))
}

func TestReceiversAreKeptChangedAndRemoved(t *testing.T) {
	onBoth(t, func(t *testing.T, write func(func(*store.Tx) error)) {
		w := &webhook.Webhook{URL: "https://example.org/hooks", Description: "Newsroom", Types: []webhook.Type{webhook.Published}, Enabled: true}
		at := time.Date(2026, 11, 25, 12, 0, 0, 1000, time.UTC)
		write(func(tx *store.Tx) error { return tx.AddWebhook(w, webhook.NewSecret()) })
		write(func(tx *store.Tx) error {
			got, err := tx.Webhook(w.ID)
			if err != nil {
				return err
			}
			if got.URL != w.URL || got.Description != w.Description || len(got.Types) != 1 || !got.Enabled || !got.CreatedAt.Equal(w.CreatedAt) || !got.FailedAt.IsZero() {
				t.Errorf("%+v", got)
			}
			got.URL, got.Types, got.Enabled, got.FailedAt, got.GoneAt = "https://example.org/new", nil, false, at, at
			return tx.SaveWebhook(got)
		})
		write(func(tx *store.Tx) error {
			list, err := tx.Webhooks()
			if err != nil {
				return err
			}
			if len(list) != 1 || list[0].URL != "https://example.org/new" || len(list[0].Types) != 0 || list[0].Enabled || !list[0].FailedAt.Equal(at) || !list[0].GoneAt.Equal(at) {
				t.Errorf("%+v", list)
			}
			return tx.RemoveWebhook(w.ID)
		})
		write(func(tx *store.Tx) error {
			secrets, err := tx.Secrets(w.ID)
			if len(secrets) != 0 {
				t.Error("secrets outlive their receiver")
			}
			for what, err := range map[string]error{
				"remove": tx.RemoveWebhook(w.ID), "save": tx.SaveWebhook(w), "rotate": tx.RotateSecret(w.ID, webhook.NewSecret(), 0),
				"read": second(tx.Webhook(w.ID)), "delivery": second(tx.Delivery("none")),
			} {
				if !errors.Is(err, &press.Error{Kind: press.NotFound}) {
					t.Errorf("%s: %v", what, err)
				}
			}
			return err
		})
	})
}

func second[T any](_ T, err error) error { return err }

func TestASecretEndsWhenItWasToEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, write func(func(*store.Tx) error)) {
		w := &webhook.Webhook{URL: "https://example.org/hooks", Enabled: true}
		first, next, last := webhook.NewSecret(), webhook.NewSecret(), webhook.NewSecret()
		write(func(tx *store.Tx) error { return tx.AddWebhook(w, first) })
		write(func(tx *store.Tx) error { return tx.RotateSecret(w.ID, next, time.Hour) })
		write(func(tx *store.Tx) error { return tx.RotateSecret(w.ID, last, 24*time.Hour) })
		write(func(tx *store.Tx) error {
			all, err := tx.Secrets(w.ID)
			if len(all) != 3 || all[0] != last || all[1] != next || all[2] != first {
				t.Errorf("%d secrets", len(all))
			}
			return err
		})
		write(func(tx *store.Tx) error { return tx.RotateSecret(w.ID, webhook.NewSecret(), -time.Second) })
		write(func(tx *store.Tx) error {
			all, err := tx.Secrets(w.ID)
			if len(all) != 1 {
				t.Errorf("%d secrets where the others have ended", len(all))
			}
			return err
		})
	})
}

func TestDeliveriesComeInPagesAndGoWithWhatTheyTellOf(t *testing.T) {
	onBoth(t, func(t *testing.T, write func(func(*store.Tx) error)) {
		w := &webhook.Webhook{URL: "https://example.org/hooks", Enabled: true}
		p := &press.Publication{Slug: "first", CreatedAt: time.Now()}
		payload := `{"type":"ping","data":"é \u0000 ` + "\u2028" + `"}`
		write(func(tx *store.Tx) error { return errors.Join(tx.AddWebhook(w, webhook.NewSecret()), tx.Insert(p)) })
		var made []string
		for range 5 {
			write(func(tx *store.Tx) error {
				e := &webhook.Event{Type: webhook.Published, At: time.Now(), Publication: p.ID, Payload: []byte(payload)}
				list, err := tx.AddEvent(e)
				if err != nil {
					return err
				}
				made = append(made, list[0].ID)
				return second(tx.BeginAttempt(list[0].ID))
			})
		}
		write(func(tx *store.Tx) error {
			var got []string
			for before, pages := "", 0; pages == 0 || before != ""; pages++ {
				list, next, err := tx.Deliveries(w.ID, before, 2)
				if err != nil {
					return err
				}
				for _, d := range list {
					got = append(got, d.ID)
					if string(d.Event.Payload) != payload || d.State != webhook.Pending || d.Event.Publication != p.ID {
						t.Errorf("%+v", d)
					}
				}
				before = next
			}
			for i := range made {
				if len(got) != len(made) || got[i] != made[len(made)-1-i] {
					t.Fatalf("%v, made as %v", got, made)
				}
			}
			return nil
		})
		write(func(tx *store.Tx) error { // only the first writer of a round has a say
			d, err := tx.Delivery(made[0])
			if err != nil {
				return err
			}
			late := *d
			d.State = webhook.Delivered
			if saved, err := tx.SaveDelivery(d); !saved || err != nil {
				t.Errorf("%v %v", saved, err)
			}
			if saved, err := tx.SaveDelivery(&late); saved || err != nil {
				t.Errorf("a late job is heard: %v", err)
			}
			return nil
		})
		write(func(tx *store.Tx) error {
			err := tx.ForgetEvents(time.Now().Add(time.Hour))
			if list, _, second := tx.Deliveries(w.ID, "", 10); len(list) != 4 || second != nil {
				t.Errorf("%d deliveries are left, 4 are pending: %v", len(list), second)
			}
			return err
		})
		write(func(tx *store.Tx) error { return tx.Remove(p) })
		write(func(tx *store.Tx) error {
			list, _, err := tx.Deliveries(w.ID, "", 10)
			log, second := tx.Attempts(made[1])
			if len(list) != 0 || len(log) != 0 {
				t.Errorf("what was erased is still told of: %d deliveries, %d attempts", len(list), len(log))
			}
			return errors.Join(err, second)
		})
	})
}

func TestAnAttemptWithoutAnOutcomeIsClosedByTheNext(t *testing.T) {
	onBoth(t, func(t *testing.T, write func(func(*store.Tx) error)) {
		w := &webhook.Webhook{URL: "https://example.org/hooks", Enabled: true}
		write(func(tx *store.Tx) error { return tx.AddWebhook(w, webhook.NewSecret()) })
		write(func(tx *store.Tx) error {
			d, err := tx.AddPing(&webhook.Event{Type: webhook.Ping, At: time.Now(), Payload: []byte("{}")}, w)
			if err != nil {
				return err
			}
			if err := second(tx.BeginAttempt(d.ID)); err != nil {
				return err
			}
			a, err := tx.BeginAttempt(d.ID)
			if err != nil {
				return err
			}
			if log, err := tx.Attempts(d.ID); err != nil || len(log) != 2 || log[0].Class != webhook.Interrupted || log[0].Open || !log[1].Open {
				t.Errorf("%+v %v", log, err)
			}
			if err := tx.EndAttempt(a.ID, webhook.Result{Status: 503, Duration: time.Second, Class: webhook.Status, Detail: "no", Excerpt: "busy"}); err != nil {
				return err
			}
			log, err := tx.Attempts(d.ID)
			if l := log[1]; l.Open || l.Status != 503 || l.Duration != time.Second || l.Class != webhook.Status || l.Detail != "no" || l.Excerpt != "busy" {
				t.Errorf("%+v", l)
			}
			return err
		})
	})
}
