package api

import (
	"context"
	"errors"
	"runtime"
	"time"
)

// Limits bound what one request, and all together, can take. A zero field
// means its default; Queue and Drain can be none at all with -1.
type Limits struct {
	// Body is the largest request body, in bytes; 4 MiB by default.
	Body int64
	// Files is the largest number of sources in one request; 64 by default.
	Files int
	// Pictures is the largest number of pictures in one request; 64 by default.
	Pictures int
	// BodyTime is how long a body may take to arrive; 30 s by default.
	BodyTime time.Duration
	// RenderTime is how long a request may wait for a slot, and then how long
	// its render may take; 10 s by default.
	RenderTime time.Duration
	// Slots is the number of requests rendered at the same time; one a core by default.
	Slots int
	// Queue is the number of further requests that may be received or wait; 32 by default.
	Queue int
	// Drain is the time between being no longer ready and no longer listening, for
	// load balancers to notice; none by default.
	Drain time.Duration
	// Stop is how long requests in flight may take to finish at the end; 20 s by default.
	Stop time.Duration
}

func (l Limits) withDefaults() Limits {
	l.Body = orDefault(l.Body, 4<<20)
	l.Files = orDefault(l.Files, 64)
	l.Pictures = orDefault(l.Pictures, 64)
	l.BodyTime = orDefault(l.BodyTime, 30*time.Second)
	l.RenderTime = orDefault(l.RenderTime, 10*time.Second)
	l.Slots = orDefault(l.Slots, runtime.GOMAXPROCS(0))
	l.Queue = max(orDefault(l.Queue, 32), 0)
	l.Drain = max(l.Drain, 0)
	l.Stop = orDefault(l.Stop, 20*time.Second)
	return l
}

func orDefault[T ~int | ~int64](v, standard T) T {
	if v == 0 {
		return standard
	}
	return v
}

// gate admits a bounded number of requests and lets a fixed number of them
// render, so that neither memory nor goroutines pile up.
type gate struct {
	admitted chan struct{}
	slots    chan struct{}
}

// errBusy means that every place is taken.
var errBusy = errors.New("every place is taken")

func newGate(slots, queue int) *gate {
	return &gate{admitted: make(chan struct{}, slots+queue), slots: make(chan struct{}, slots)}
}

// admit takes a place, or fails at once with errBusy. The place is given back by leave.
func (g *gate) admit() error {
	select {
	case g.admitted <- struct{}{}:
		return nil
	default:
		return errBusy
	}
}

func (g *gate) leave() { <-g.admitted }

// begin waits for a slot, given back by end. It fails with errBusy after the
// wait, and with the context's error.
func (g *gate) begin(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case g.slots <- struct{}{}:
		return nil
	case <-timer.C:
		return errBusy
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *gate) end() { <-g.slots }
