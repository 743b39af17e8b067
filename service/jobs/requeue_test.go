package jobs

import (
	"testing"
	"time"

	"communique/service/store"
	"communique/service/webhook"
)

// TestTheQueueIsFilledAgainAfterARestore: a backup brings no jobs.
func TestTheQueueIsFilledAgainAfterARestore(t *testing.T) {
	databases(t, func(t *testing.T, location string) {
		b, p := openBench(t, location, Options{}), &post{}
		hook := b.receiver("https://example.org/hooks")
		b.write(func(tx *store.Tx) error {
			return b.Emit(t.Context(), tx, &webhook.Event{Type: webhook.Withdrawn, At: time.Now(), Payload: []byte("{}")})
		})
		b.schedule("soon", 300*time.Millisecond)
		b.schedule("later", 24*time.Hour)
		b.write(func(tx *store.Tx) error {
			if _, err := tx.Exec("DELETE FROM river_job"); err != nil {
				return err
			}
			_, err := tx.Setting("restored", func() string { return "1" })
			return err
		})
		b.start(Work{Send: p.send})
		b.until("what waited", func() bool { return len(p.taken()) == 2 })
		b.idle()
		if list := b.deliveries(hook.ID); len(list) != 2 {
			t.Errorf("%d deliveries", len(list))
		}
		if n := b.jobs("kind = 'announce' AND state = 'scheduled'"); n != 1 {
			t.Errorf("%d announcements wait, and should be that of tomorrow", n)
		}
	})
}

// TestAMissedAnnouncementIsMadeUpFor without a restore.
func TestAMissedAnnouncementIsMadeUpFor(t *testing.T) {
	databases(t, func(t *testing.T, location string) {
		b, p := openBench(t, location, Options{}), &post{}
		b.receiver("https://example.org/hooks")
		b.schedule("missed", 24*time.Hour)
		b.schedule("waiting", 24*time.Hour)
		b.write(func(tx *store.Tx) error {
			if _, err := tx.Exec("DELETE FROM river_job"); err != nil {
				return err
			}
			missed, err := tx.BySlug("missed")
			if err == nil {
				missed.Revisions[0].ReleaseAt = time.Now().Add(-time.Hour)
				err = tx.Save(missed)
			}
			return err
		})
		b.start(Work{Send: p.send})
		b.until("the announcement", func() bool { return len(p.taken()) == 1 })
		b.idle()
		if n := b.jobs("kind = 'announce' AND state = 'scheduled'"); n != 0 {
			t.Errorf("%d announcements were put in that nobody had lost", n)
		}
	})
}
