package office

import (
	"context"
	"errors"
	"time"

	"communique/service/store"
)

// Interval is how often the index is renewed at least; the design allows a second.
const Interval = 250 * time.Millisecond

// Doubtful tells that the database has not been heard of for so long that what has
// been withdrawn meanwhile may still be in memory.
func (o *Office) Doubtful() bool { return o.Trust > 0 && o.Age() > o.Trust }

// stale is how old the index may be for a ready office.
const stale = 10 * Interval

// Refresh brings the index to the state of the database.
func (o *Office) Refresh(ctx context.Context) error {
	o.index.renewing.Lock() // one after the other: a slow reader must not put an older state over a newer one
	defer o.index.renewing.Unlock()
	var changes *store.Changes
	var ring *keyring
	slugs := map[string][]string{}
	read := time.Now()
	due := o.index.due()
	err := o.Store.Read(ctx, func(t *store.Tx) (err error) {
		if changes, err = t.Since(o.index.lastChange()); err != nil {
			return err
		}
		for _, p := range changes.Changed {
			if slugs[p.ID], err = t.Slugs(p.ID); err != nil {
				return err
			}
		}
		ring, err = o.refreshKeys(t)
		return err
	})
	if err != nil {
		return err
	}
	if ring != nil {
		o.keys.Store(ring)
	}
	o.index.apply(changes, slugs, read)
	if due.IsZero() || changes.At.Before(due) {
		return nil
	}
	if o.Late != nil {
		o.Late(changes.At.Sub(due))
	}
	// what readers have seen stays, should the clock step back
	if err := o.Store.Write(ctx, (*store.Tx).MarkOut); err != nil {
		o.Log.Warn("a release could not be noted as seen", "error", err)
	}
	return nil
}

// Keep renews the index until the context ends: every Interval, and at the next
// instant of a release.
func (o *Office) Keep(ctx context.Context) {
	failing := false
	for ctx.Err() == nil {
		o.wait(ctx)
		limit, cancel := context.WithTimeout(ctx, 20*Interval)
		err := o.Refresh(limit)
		cancel()
		switch {
		case err != nil && !failing && !errors.Is(err, context.Canceled):
			o.Log.Error("the index cannot be renewed: releases and withdrawals wait", "error", err)
			failing = true
		case err == nil && failing:
			o.Log.Info("the index is renewed again")
			failing = false
		}
	}
}

// wait sleeps until the next renewal.
func (o *Office) wait(ctx context.Context) {
	d := Interval
	if left, ok := o.index.left(); ok {
		d = max(time.Millisecond, min(d, left))
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// Ready tells whether everything that the office stands on works.
func (o *Office) Ready(ctx context.Context) error {
	if _, _, age := o.index.state(); age > stale {
		return errors.New("the index has not been renewed for " + age.Round(time.Second).String())
	}
	if err := o.Store.Ping(ctx); err != nil {
		return err
	}
	return o.Files.Check(ctx)
}

// Age is how old the index is.
func (o *Office) Age() time.Duration {
	_, _, age := o.index.state()
	return age
}
