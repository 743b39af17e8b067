package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

type sweepArgs struct{}

func (sweepArgs) Kind() string { return "sweep" }

// sweeps puts a sweep into the queue from time to time, unless one waits or runs
// anywhere.
func (q *Queue) sweeps() *river.PeriodicJob {
	options := &river.InsertOpts{
		Queue:       sweeping,
		MaxAttempts: keepTrying,
		UniqueOpts: river.UniqueOpts{ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled,
		}},
	}
	return river.NewPeriodicJob(river.PeriodicInterval(q.options.SweepEvery), func() (river.JobArgs, *river.InsertOpts) {
		return sweepArgs{}, options
	}, &river.PeriodicJobOpts{RunOnStart: true})
}

type sweeper struct {
	river.WorkerDefaults[sweepArgs]
	sweep func(context.Context) error
}

// sweepTime is the longest that a sweep takes.
const sweepTime = 30 * time.Minute

// Timeout is longer than that of other jobs; River rescues no sweep before.
func (*sweeper) Timeout(*river.Job[sweepArgs]) time.Duration { return sweepTime }

func (w *sweeper) Work(ctx context.Context, _ *river.Job[sweepArgs]) error { return w.sweep(ctx) }
