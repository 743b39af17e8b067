package doctor

import (
	"context"
	"slices"
	"strings"
	"time"

	"communique/service/access"
	"communique/service/jobs"
	"communique/service/store"
)

// late is how long after its instant a release should have been announced.
const late = 2 * time.Minute

// schedule looks for releases that nobody has announced.
func (o *Office) schedule(ctx context.Context) []Finding {
	const check = "schedule"
	missed, waiting := 0, 0
	var next time.Time
	err := o.Store.Read(ctx, func(t *store.Tx) error {
		now, err := t.Now()
		if err != nil {
			return err
		}
		list, err := t.Unannounced()
		for _, r := range list {
			switch {
			case now.Sub(r.At) > late:
				missed++
			case r.At.After(now):
				if waiting++; next.IsZero() {
					next = r.At
				}
			}
		}
		return err
	})
	switch {
	case err != nil:
		return unknown(check, err)
	case missed > 0:
		return warning(check, "start a server: readers see releases by the clock alone, but nobody has been told", "%d releases were due and have not been announced", missed)
	case waiting > 0:
		return well(check, "%d releases wait, the next for %s", waiting, next.Format(time.RFC3339))
	}
	return well(check, "nothing waits, nothing was missed")
}

// languages looks for publications in languages that we have no words for.
func (o *Office) languages(ctx context.Context) []Finding {
	const check = "languages"
	if o.Locales == nil {
		return nil
	}
	var used, without []string
	err := o.Store.Read(ctx, func(t *store.Tx) (err error) {
		used, err = t.Languages()
		return err
	})
	if err != nil {
		return unknown(check, err)
	}
	for _, lang := range used {
		if _, ok := o.Locales.Match(lang); !ok {
			without = append(without, lang)
		}
	}
	if len(without) > 0 {
		return warning(check, "add a file for each to the folder of --locales", "publications are in languages without words of their own: %s", strings.Join(without, ", "))
	}
	return well(check, "there are words for all %d languages of publications", len(used))
}

// notice is how long before a key ends somebody is to be told.
const notice = 30 * 24 * time.Hour

func (o *Office) keys(ctx context.Context) []Finding {
	const check = "keys"
	admin := false
	var ending []string
	err := o.Store.Read(ctx, func(t *store.Tx) error {
		now, err := t.Now()
		if err != nil {
			return err
		}
		list, err := t.Keys()
		for _, k := range list {
			ended := !k.ExpiresAt.IsZero() && !k.ExpiresAt.After(now)
			if ended || !k.RevokedAt.IsZero() {
				continue
			}
			admin = admin || slices.Contains(k.Scopes, access.Admin)
			if !k.ExpiresAt.IsZero() && k.ExpiresAt.Sub(now) < notice {
				ending = append(ending, k.ID+" on "+k.ExpiresAt.Format(time.DateOnly))
			}
		}
		return err
	})
	if err != nil {
		return unknown(check, err)
	}
	var out []Finding
	if !admin {
		out = append(out, warning(check, "make one: communique keys create --scope admin", "no admin key is valid")...)
	}
	if len(ending) > 0 {
		out = append(out, warning(check, "make others, and hand them out in time", "keys that end soon: %s", strings.Join(ending, ", "))...)
	}
	if len(out) == 0 {
		return well(check, "an admin key is valid, and no key ends within 30 days")
	}
	return out
}

func (o *Office) webhooks(ctx context.Context) []Finding {
	const check = "webhooks"
	var failing []string
	n := 0
	err := o.Store.Read(ctx, func(t *store.Tx) error {
		list, err := t.Webhooks()
		for _, w := range list {
			n++
			if !w.FailedAt.IsZero() || !w.GoneAt.IsZero() {
				failing = append(failing, w.ID)
			}
		}
		return err
	})
	switch {
	case err != nil:
		return unknown(check, err)
	case len(failing) > 0:
		return warning(check, "ask their keepers; their delivery log says why", "receivers that messages do not reach: %s", strings.Join(failing, ", "))
	case n == 0:
		return well(check, "there are no receivers")
	}
	return well(check, "messages reach all %d receivers", n)
}

func (o *Office) jobs(ctx context.Context) []Finding {
	const check = "jobs"
	n, err := jobs.Stuck(ctx, o.Store)
	switch {
	case err != nil:
		return unknown(check, err)
	case n > 0:
		return warning(check, "see that a server runs, and what its log says", "%d jobs should have been done long ago", n)
	}
	return well(check, "none is stuck")
}
