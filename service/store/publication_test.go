package store

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"communique/service/press"
)

func TestAPublicationComesBackAsItWasKept(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		p := draft(t, s, "a", text("en", "statement", "2023-11-14", "Diamonds"))
		if len(p.ID) != 26 || p.Version != 1 {
			t.Errorf("id %q, version %d", p.ID, p.Version)
		}
		soon(t, s, "a")
		kept := moved(t, s, "a", press.Command{Action: press.Rename, Slug: "b"})
		got := bySlug(t, s, "b")
		for _, r := range kept.Revisions {
			for i := range r.Languages {
				r.Languages[i].Terms = nil // they are searched for, and not read
			}
		}
		if !reflect.DeepEqual(got, kept) {
			t.Errorf("kept %+v\nread %+v", kept, got)
		}
		if got.Version != 3 || got.Revisions[0].State != press.Scheduled {
			t.Errorf("version %d, %s", got.Version, got.Revisions[0].State)
		}
	})
}

func TestSlugs(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		a := published(t, s, "a", text("en", "statement", "", "One"))
		draft(t, s, "working-title")
		moved(t, s, "working-title", press.Command{Action: press.Rename, Slug: "b"})
		read(t, s, func(tx *Tx) error { // no reader has seen it: it is free again
			_, err := tx.BySlug("working-title")
			refusedAs(t, err, press.NotFound)
			return nil
		})
		moved(t, s, "a", press.Command{Action: press.Rename, Slug: "c"})
		if p := bySlug(t, s, "a"); p.ID != a.ID || p.Slug != "c" {
			t.Errorf("the old slug leads to %+v", p)
		}
		_, err := move(s, "b", press.Command{Action: press.Rename, Slug: "c"})
		refusedAs(t, err, press.Taken)
		_, err = move(s, "b", press.Command{Action: press.Rename, Slug: "a"})
		refusedAs(t, err, press.Taken)
		for _, slug := range []string{"a", "c"} { // one that moved is not free either
			err = s.Write(context.Background(), func(tx *Tx) error { return insertDraft(tx, &press.Publication{Slug: slug}) })
			refusedAs(t, err, press.Taken)
		}
		moved(t, s, "c", press.Command{Action: press.Rename, Slug: "a"}) // and back
		read(t, s, func(tx *Tx) error {
			if all, err := tx.Slugs(a.ID); err != nil || strings.Join(all, " ") != "a c" {
				t.Errorf("slugs %v, %v", all, err)
			}
			_, err := tx.BySlug("nothing")
			refusedAs(t, err, press.NotFound)
			_, err = tx.ByID(NewID())
			refusedAs(t, err, press.NotFound)
			return nil
		})
	})
}

func TestTheSecondWriterIsRefused(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		draft(t, s, "a")
		stale := bySlug(t, s, "a")
		moved(t, s, "a", press.Command{Action: press.Submit})
		err := s.Write(context.Background(), func(tx *Tx) error { return tx.Save(stale) })
		refusedAs(t, err, press.Changed)
		if p := bySlug(t, s, "a"); p.Version != 2 || p.Revisions[0].State != press.Review {
			t.Errorf("version %d, %s", p.Version, p.Revisions[0].State)
		}
	})
}

func TestWhatIsBuiltUponStaysOut(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		draft(t, s, "a", text("en", "statement", "", "One"))
		soon(t, s, "a")
		pass(t, s)
		moved(t, s, "a", press.Command{Action: press.Correct, Notes: press.Notes{"en": "Twelve, not one."}})
		write(t, s, func(tx *Tx) error { // the clock steps back
			_, err := tx.exec("UPDATE revisions SET release_at = release_at + ? WHERE number = 1", (24 * time.Hour).Microseconds())
			return err
		})
		p := bySlug(t, s, "a")
		if p.Revisions[0].State != press.Published || p.Revisions[1].State != press.Draft || p.Open().Number != 2 {
			t.Errorf("%s, %s", p.Revisions[0].State, p.Revisions[1].State)
		}
	})
}

func TestDiscardedRevisionsLeaveNothing(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		published(t, s, "a", text("en", "statement", "", "One"))
		moved(t, s, "a", press.Command{Action: press.Correct, Notes: press.Notes{"en": "Two."}})
		write(t, s, func(tx *Tx) error {
			p, err := tx.BySlug("a")
			if err != nil {
				return err
			}
			r := p.Open()
			r.Languages, r.Sources = []press.Language{text("en", "statement", "", "Ephemeral")}, []press.Source{{Digest: digest("gone")}}
			return tx.Save(p)
		})
		if got := listed(t, s, Filter{Words: terms("ephemeral")}); got != "a" {
			t.Errorf("the open revision is found as %q", got)
		}
		moved(t, s, "a", press.Command{Action: press.Discard})
		if got := listed(t, s, Filter{Words: terms("ephemeral")}); got != "" {
			t.Errorf("what was discarded is found: %q", got)
		}
		read(t, s, func(tx *Tx) error {
			if needed, err := tx.Needed(digest("gone")); err != nil || needed {
				t.Errorf("its files are needed: %v, %v", needed, err)
			}
			return nil
		})
		if p := moved(t, s, "a", press.Command{Action: press.Correct, Notes: press.Notes{"en": "Three."}}); p.Open().Number != 2 {
			t.Errorf("the next revision is %d", p.Open().Number)
		}
	})
}

func TestRemovedPublicationsLeaveTheirTrailOnly(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		p := published(t, s, "a", text("en", "statement", "", "One"))
		write(t, s, func(tx *Tx) error {
			return tx.AddPreview(&press.Preview{Publication: p.ID, Revision: 1, Reader: "Reader", CreatedAt: p.CreatedAt, ExpiresAt: p.CreatedAt.Add(time.Hour), By: desk})
		})
		write(t, s, func(tx *Tx) error {
			if err := tx.Note(press.Entry{By: desk, Action: press.Erase, Publication: p.ID, Slug: p.Slug}); err != nil {
				return err
			}
			return tx.Remove(p)
		})
		read(t, s, func(tx *Tx) error {
			_, err := tx.BySlug("a")
			refusedAs(t, err, press.NotFound)
			for _, table := range []string{"publications", "slugs", "revisions", "languages", "files", "previews"} {
				var n int
				if err := tx.row("SELECT count(*) FROM " + table).Scan(&n); err != nil || n != 0 {
					t.Errorf("%d rows are left in %s (%v)", n, table, err)
				}
			}
			if !tx.dialect.shared {
				var n int
				if err := tx.row("SELECT count(*) FROM words WHERE words MATCH 'one'").Scan(&n); err != nil || n != 0 {
					t.Errorf("%d texts are still found (%v)", n, err)
				}
			}
			trail, err := tx.Trail(TrailFilter{Publication: p.ID, Limit: 10})
			if err != nil || len(trail) != 1 || trail[0].Action != press.Erase {
				t.Errorf("the trail is %+v, %v", trail, err)
			}
			return nil
		})
		draft(t, s, "a") // the slug is free again
	})
}
