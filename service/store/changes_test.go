package store

import (
	"context"
	"slices"
	"testing"
	"time"

	"communique/service/press"
)

func since(t testing.TB, s *Store, last int64) (c *Changes) {
	t.Helper()
	read(t, s, func(tx *Tx) (err error) {
		c, err = tx.Since(last)
		return err
	})
	return c
}

func TestSince(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		empty := since(t, s, 0)
		if empty.Last != 0 || len(empty.Changed) != 0 || !empty.Next.IsZero() || empty.At.IsZero() {
			t.Errorf("an empty office has %+v", empty)
		}
		a := draft(t, s, "a")
		draft(t, s, "b")
		first := since(t, s, 0)
		if len(first.Changed) != 2 || first.At.Before(empty.At) {
			t.Errorf("%+v", first)
		}
		scheduled := soon(t, s, "b")
		then := since(t, s, first.Last)
		if got := slugs(then.Changed); got != "b" || !then.Next.Equal(scheduled.Revisions[0].ReleaseAt) {
			t.Errorf("changed %q, next %s", got, then.Next)
		}
		write(t, s, func(tx *Tx) error { return tx.Remove(a) })
		last := since(t, s, then.Last)
		if len(last.Changed) != 0 || !slices.Equal(last.Removed, []string{a.ID}) {
			t.Errorf("%+v", last)
		}
		if again := since(t, s, last.Last); len(again.Changed)+len(again.Removed) != 0 || again.Last != last.Last {
			t.Errorf("nothing happened, and there is %+v", again)
		}
		pass(t, s)
		if over := since(t, s, last.Last); !over.Next.IsZero() {
			t.Errorf("nothing waits, and %s is next", over.Next)
		}
	})
}

// TestAReadIsNeverLaterThanItsState: a revision is taken back from its schedule
// between the beginning of a Read and its first look at a table, or after. Either
// way the instant that the Read tells cannot make the revision look released.
func TestAReadIsNeverLaterThanItsState(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		for name, look := range map[string]func(*Tx) (*press.Publication, error){
			"by slug": func(tx *Tx) (*press.Publication, error) { return tx.BySlug("a") },
			"since": func(tx *Tx) (*press.Publication, error) {
				c, err := tx.Since(0)
				if err != nil {
					return nil, err
				}
				return c.Changed[0], nil
			},
			"shelf": func(tx *Tx) (*press.Publication, error) {
				now, err := tx.Now()
				if err != nil {
					return nil, err
				}
				list, err := tx.Shelf(Shelf{At: now, Limit: 1})
				if err != nil || len(list) == 0 {
					return nil, err
				}
				return list[0], nil
			},
		} {
			t.Run(name, func(t *testing.T) {
				write(t, s, func(tx *Tx) error { _, err := tx.exec("DELETE FROM publications"); return err })
				draft(t, s, "a", text("en", "statement", "", "One"))
				soon(t, s, "a")
				read(t, s, func(tx *Tx) error {
					taken := moved(t, s, "a", press.Command{Action: press.Unschedule})
					began, err := tx.Now()
					if err != nil {
						return err
					}
					p, err := look(tx)
					if err != nil {
						return err
					}
					if p != nil && p.Current() != nil {
						t.Error("what was taken back looks released")
					}
					again, err := tx.Now()
					if !again.Equal(began) {
						t.Error("the instant moves within a transaction")
					}
					if p != nil && p.Version == taken.Version && began.After(now(t, s)) {
						t.Error("the clock runs backwards")
					}
					return err
				})
			})
		}
	})
}

// TestTheInstantIsReadBeforeTheState makes the order visible: after the Read has
// begun, and before its first query, the clock goes on and a state is committed.
func TestTheInstantIsReadBeforeTheState(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		read(t, s, func(tx *Tx) error {
			draft(t, s, "a")
			after := now(t, s)
			p, err := tx.BySlug("a")
			if err != nil && s.dialect.shared {
				return nil // the snapshot was taken with the clock
			}
			if err != nil {
				return err
			}
			at, err := tx.Now()
			if at.After(after) || at.After(p.CreatedAt) {
				t.Errorf("the instant %s is later than the state of %s", at, p.CreatedAt)
			}
			return err
		})
	})
}

func TestAnnouncedOnce(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		draft(t, s, "a")
		p := soon(t, s, "a")
		announce := func() (first bool) {
			t.Helper()
			write(t, s, func(tx *Tx) (err error) {
				first, err = tx.Announce(p.ID, 1)
				return err
			})
			return first
		}
		if announce() {
			t.Error("announced before its instant")
		}
		pass(t, s)
		before := since(t, s, 0).Last
		if !announce() {
			t.Error("not announced at its instant")
		}
		if announce() {
			t.Error("announced twice")
		}
		if c := since(t, s, before); slugs(c.Changed) != "a" || !c.Changed[0].Revisions[0].Out {
			t.Errorf("others do not hear of it: %+v", c)
		}
		write(t, s, func(tx *Tx) error {
			first, err := tx.Announce(NewID(), 1)
			if first {
				t.Error("what is not there was announced")
			}
			return err
		})
	})
}

// TestAnnouncementsAndMovesDoNotLockEachOther: both want the publication, its
// revision and the order of changes.
func TestAnnouncementsAndMovesDoNotLockEachOther(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		published(t, s, "a", text("en", "statement", "", "One"))
		id := bySlug(t, s, "a").ID
		errs := make(chan error, 2)
		const rounds = 40
		go func() {
			var err error
			for i := 0; i < rounds && err == nil; i++ {
				err = s.Write(context.Background(), func(tx *Tx) error { _, err := tx.exec("UPDATE revisions SET announced_at = NULL"); return err })
				if err == nil {
					err = s.Write(context.Background(), func(tx *Tx) error { _, err := tx.Announce(id, 1); return err })
				}
			}
			errs <- err
		}()
		go func() {
			var err error
			for i := 0; i < rounds && err == nil; i++ {
				c := press.Command{Action: press.Withdraw, Notes: press.Notes{"en": "x"}}
				if i%2 == 1 {
					c = press.Command{Action: press.Reinstate}
				}
				_, err = move(s, "a", c)
			}
			errs <- err
		}()
		for range 2 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestWaitingReleases(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		draft(t, s, "draft")
		draft(t, s, "soon")
		waits := soon(t, s, "soon")
		published(t, s, "out")
		draft(t, s, "missed")
		soon(t, s, "missed")
		write(t, s, func(tx *Tx) error {
			_, err := tx.exec("UPDATE revisions SET release_at = release_at - ? WHERE publication_id = ?", (2 * time.Hour).Microseconds(), bySlug(t, s, "missed").ID)
			return err
		})
		read(t, s, func(tx *Tx) error {
			list, err := tx.Unannounced()
			if err != nil {
				return err
			}
			if len(list) != 3 || list[0].Publication != bySlug(t, s, "missed").ID || list[2].Publication != waits.ID || list[2].Revision != 1 || !list[2].At.Equal(waits.Revisions[0].ReleaseAt) {
				t.Errorf("%+v", list)
			}
			return nil
		})
		write(t, s, func(tx *Tx) error { _, err := tx.Announce(bySlug(t, s, "out").ID, 1); return err })
		read(t, s, func(tx *Tx) error {
			list, err := tx.Unannounced()
			if len(list) != 2 {
				t.Errorf("%+v", list)
			}
			return err
		})
	})
}
