package jobs

import (
	"math/rand/v2"
	"time"

	"github.com/riverqueue/river/rivertype"
)

// backoff are the waits that Standard Webhooks suggests: more than three days.
var backoff = []time.Duration{
	5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour,
	10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour,
}

// wait is how long a delivery waits after so many failed tries, never less than
// the receiver has asked for; false means that the last one was made.
func (o Options) wait(tries int, asked time.Duration) (time.Duration, bool) {
	if tries > len(o.Backoff) {
		return 0, false
	}
	standard := o.Backoff[tries-1]
	// up to a tenth more, so that a receiver that was down does not get everything at once
	standard += time.Duration(rand.Int64N(int64(standard)/10 + 1))
	return max(standard, asked), true
}

// soon retries jobs that failed by our own fault, such as a database that does
// not answer: after a second, and ever more slowly up to a minute.
type soon struct{}

func (soon) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(min(time.Second<<min(len(job.Errors), 6), time.Minute))
}
