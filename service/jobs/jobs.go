// Package jobs does what has to be done later, on River's queue in the same
// database and the same transactions as what it belongs to: announcements at
// the instant of a release, deliveries of webhooks with their retries, and the
// sweep. It owns when and how often; what is done comes as functions. It must
// never know the office, and never make anything public: a release needs no job
// to be true.
package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"communique/service/store"
	"communique/service/webhook"
)

// Options are how a queue works; zero fields have defaults.
type Options struct {
	Store *store.Store
	// Log hears what the queue does in the background; nil is silence.
	Log *slog.Logger
	// Backoff are the waits between the attempts of a delivery; by default those
	// that Standard Webhooks suggests. One more than there are waits is made.
	Backoff []time.Duration
	// Senders is the number of deliveries sent at the same time; 16 by default.
	Senders int
	// JobTime is the longest that any job may take but a sweep; a minute by default.
	// A message has half of it. What a killed process was doing is begun again
	// after twice that, or at once by the next process on SQLite.
	JobTime time.Duration
	// SweepEvery is the time between sweeps; an hour by default.
	SweepEvery time.Duration
}

// Work is what jobs do. All fields are needed.
type Work struct {
	// Release notes that the release of a revision was seen and returns the event
	// that tells of it. It returns nil if there is nothing to tell: the revision is
	// not released by the clock of t, not scheduled any more, or was announced before.
	Release func(ctx context.Context, t *store.Tx, publication string, revision int) (*webhook.Event, error)
	// Send sends a message once.
	Send func(ctx context.Context, address string, m webhook.Message) webhook.Result
	// Sweep deletes what is over. It may be broken off and begun again at any time.
	Sweep func(ctx context.Context) error
}

// Queue takes jobs, and does them between Start and Stop: a process that only
// answers requests never starts it. It is safe for many goroutines.
type Queue struct {
	options Options
	store   *store.Store
	driver  riverdriver.Driver[*sql.Tx]
	// client inserts; worker, a client of its own, works while the queue is started.
	client *river.Client[*sql.Tx]
	worker *river.Client[*sql.Tx]
}

// The queues: a slow receiver must not hold up an announcement.
const (
	announcing = "announce"
	delivering = "deliver"
	sweeping   = "sweep"
)

// keepTrying is more attempts than any failing database can use up: what River
// counts as attempts are our own failures and kills, never those of receivers.
const keepTrying = 10_000

// Open makes a queue on a database, which Migrate has prepared.
func Open(o Options) (*Queue, error) {
	q := &Queue{options: o.withDefaults(), store: o.Store}
	if listener := o.Store.Listener(); listener != nil {
		q.driver = riverdatabasesql.NewWithPgxListener(o.Store.DB(), listener)
	} else {
		q.driver = riversqlite.New(o.Store.DB())
	}
	var err error
	if q.client, err = river.NewClient(q.driver, &river.Config{Logger: q.options.Log}); err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	return q, nil
}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if len(o.Backoff) == 0 {
		o.Backoff = backoff
	}
	if o.Senders == 0 {
		o.Senders = 16
	}
	if o.JobTime == 0 {
		o.JobTime = time.Minute
	}
	if o.SweepEvery == 0 {
		o.SweepEvery = time.Hour
	}
	return o
}

// Migrate makes the queue's tables. One process may do so at a time: hand it to
// store.Migrate, which holds the lock.
func (q *Queue) Migrate(ctx context.Context) error {
	m, err := rivermigrate.New(q.driver, &rivermigrate.Config{Logger: q.options.Log})
	if err == nil {
		_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	}
	if err != nil {
		return fmt.Errorf("migrations of the queue: %w", err)
	}
	return nil
}

// Start begins to work. On SQLite the process must be alone (store.Alone): what
// it finds running belongs to one that was killed.
func (q *Queue) Start(ctx context.Context, w Work) error {
	if w.Release == nil || w.Send == nil || w.Sweep == nil {
		return errors.New("queue: a function that does the work is missing")
	}
	if q.worker != nil {
		return errors.New("queue: it was started before")
	}
	if err := q.reclaim(ctx); err != nil {
		return err
	}
	if err := q.requeue(ctx); err != nil {
		return err
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &announcer{queue: q, release: w.Release})
	river.AddWorker(workers, &deliverer{queue: q, send: w.Send})
	river.AddWorker(workers, &sweeper{sweep: w.Sweep})
	var err error
	q.worker, err = river.NewClient(q.driver, &river.Config{
		Logger:  q.options.Log,
		Workers: workers,
		Queues: map[string]river.QueueConfig{
			announcing: {MaxWorkers: 2},
			delivering: {MaxWorkers: q.options.Senders},
			sweeping:   {MaxWorkers: 1},
		},
		PeriodicJobs:         []*river.PeriodicJob{q.sweeps()},
		JobTimeout:           q.options.JobTime,
		RescueStuckJobsAfter: 2 * q.options.JobTime, // a job that takes longer says so itself
		RetryPolicy:          soon{},
		FetchPollInterval:    500 * time.Millisecond,
	})
	if err == nil {
		err = q.worker.Start(context.WithoutCancel(ctx)) // Stop ends it, not the context
	}
	if err != nil {
		q.worker = nil
		return fmt.Errorf("queue: %w", err)
	}
	return nil
}

// Stop finishes what has begun and begins nothing more. When the context ends
// before, what still runs is broken off, and done again by the next process.
func (q *Queue) Stop(ctx context.Context) error {
	if q.worker == nil {
		return nil
	}
	err := q.worker.Stop(ctx)
	if ctx.Err() == nil {
		return err
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	return q.worker.StopAndCancel(limit)
}

// stopTime is how long jobs that were broken off may take to notice.
const stopTime = 5 * time.Second

// reclaim makes jobs of a killed process available again, and its lead of the
// queue. Where several processes share the database, River's rescuer does both in time.
func (q *Queue) reclaim(ctx context.Context) error {
	if q.store.Listener() != nil {
		return nil
	}
	return q.store.Write(ctx, func(t *store.Tx) error {
		_, err := t.ExecContext(ctx, "UPDATE river_job SET state = 'available' WHERE state = 'running'")
		if err == nil {
			_, err = t.ExecContext(ctx, "DELETE FROM river_leader")
		}
		if err != nil {
			return fmt.Errorf("queue: %w", err)
		}
		return nil
	})
}

// near is how soon a job must be due for the queue to look at it by itself. What
// is due later waits for River's scheduler, which comes round so often.
const near = 5 * time.Second

// insert puts a job into a queue, to be done from an instant on.
func (q *Queue) insert(ctx context.Context, tx *sql.Tx, args river.JobArgs, queue string, at time.Time) error {
	result, err := q.client.InsertTx(ctx, tx, args, &river.InsertOpts{Queue: queue, ScheduledAt: at, MaxAttempts: keepTrying})
	if err == nil && result.Job.State == rivertype.JobStateScheduled && time.Until(at) < near {
		// as River does with its own retries: it would be up to five seconds late otherwise
		_, err = tx.ExecContext(ctx, fmt.Sprintf("UPDATE river_job SET state = 'available' WHERE id = %d", result.Job.ID))
	}
	if err != nil {
		return fmt.Errorf("queue: %s: %w", queue, err)
	}
	return nil
}

// complete finishes a job in a transaction of its own work: both happen, or neither.
func complete[T river.JobArgs](ctx context.Context, q *Queue, t *store.Tx, job *river.Job[T]) (err error) {
	if q.store.Listener() != nil {
		_, err = river.JobCompleteTx[*riverdatabasesql.Driver](ctx, t.Tx, job)
	} else {
		_, err = river.JobCompleteTx[*riversqlite.Driver](ctx, t.Tx, job)
	}
	return err
}
