package jobs

import (
	"context"
	"time"

	"communique/service/store"
)

// overdue is how long after its instant a release that nobody announced has been
// forgotten by the queue. An announcement too many does nothing.
const overdue = time.Minute

// requeue puts in what the queue does not know: after a restore, which brings no
// jobs, all that waits; else releases that should have been announced.
func (q *Queue) requeue(ctx context.Context) error {
	return q.store.Write(ctx, func(t *store.Tx) error {
		restored, err := t.TakeRestored()
		if err != nil {
			return err
		}
		now, err := t.Now()
		if err != nil {
			return err
		}
		list, err := t.Unannounced()
		if err != nil {
			return err
		}
		for _, r := range list {
			if !restored && now.Sub(r.At) < overdue {
				continue
			}
			if err := q.Announce(ctx, t.Tx, r.Publication, r.Revision, r.At); err != nil {
				return err
			}
		}
		if !restored {
			return nil
		}
		pending, err := t.Pending()
		if err != nil {
			return err
		}
		for _, d := range pending {
			if err := q.deliver(ctx, t, d); err != nil {
				return err
			}
		}
		return nil
	})
}
