package jobs

import (
	"context"
	"database/sql"
	"time"

	"github.com/riverqueue/river"

	"communique/service/store"
	"communique/service/webhook"
)

// announceArgs name a release. They say nothing of what is released.
type announceArgs struct {
	Publication string    `json:"publication"`
	Revision    int       `json:"revision"`
	At          time.Time `json:"at"`
}

func (announceArgs) Kind() string { return "announce" }

// Announce puts the announcement of a release into the queue, in the transaction
// that decides it. Each move of a schedule puts in another; those that have lost
// their meaning do nothing.
func (q *Queue) Announce(ctx context.Context, tx *sql.Tx, publication string, revision int, at time.Time) error {
	return q.insert(ctx, tx, announceArgs{publication, revision, at}, announcing, at)
}

// Emit tells receivers of an event in the transaction in which it happens. What
// waits for an instant goes by Announce.
func (q *Queue) Emit(ctx context.Context, t *store.Tx, e *webhook.Event) error {
	list, err := t.AddEvent(e)
	if err != nil {
		return err
	}
	for _, d := range list {
		if err := q.deliver(ctx, t, d); err != nil {
			return err
		}
	}
	return nil
}

type announcer struct {
	river.WorkerDefaults[announceArgs]
	queue   *Queue
	release func(context.Context, *store.Tx, string, int) (*webhook.Event, error)
}

// Work makes the event, its deliveries and the end of the job in one transaction,
// so that a kill at any moment leaves all of it or nothing.
func (w *announcer) Work(ctx context.Context, job *river.Job[announceArgs]) error {
	var early time.Duration
	err := w.queue.store.Write(ctx, func(t *store.Tx) error {
		now, err := t.Now()
		if err != nil {
			return err
		}
		// the queue looks at the clock of its own process; the database's decides
		if early = job.Args.At.Sub(now); early > 0 {
			return nil
		}
		e, err := w.release(ctx, t, job.Args.Publication, job.Args.Revision)
		if err != nil {
			return err
		}
		if e != nil {
			if err := w.queue.Emit(ctx, t, e); err != nil {
				return err
			}
		}
		return complete(ctx, w.queue, t, job)
	})
	if err == nil && early > 0 {
		return river.JobSnooze(early)
	}
	return err
}
