package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"communique/service/outside"
	"communique/service/press"
	"communique/service/search"
)

// both runs a test on a fresh database of each sort.
func both(t *testing.T, do func(*testing.T, *Store)) {
	t.Run("SQLite", func(t *testing.T) { do(t, migrated(t, filepath.Join(t.TempDir(), "communique.db"))) })
	t.Run("PostgreSQL", func(t *testing.T) { do(t, migrated(t, outside.PostgreSQL(t))) })
}

func migrated(t testing.TB, location string) *Store {
	t.Helper()
	s, err := Open(context.Background(), location, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Migrate(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	return s
}

func write(t testing.TB, s *Store, do func(*Tx) error) {
	t.Helper()
	if err := s.Write(context.Background(), do); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, s *Store, do func(*Tx) error) {
	t.Helper()
	if err := s.Read(context.Background(), do); err != nil {
		t.Fatal(err)
	}
}

var desk = press.Actor{Kind: "key", ID: "desk", Name: "Press desk"}

// text is a language of a publication with the words by which it is found.
func text(lang, kind, date, words string) press.Language {
	return press.Language{Lang: lang, Dir: "ltr", Title: words, Kind: kind, Date: date, Terms: search.Terms(words)}
}

// draft keeps a new draft.
func draft(t testing.TB, s *Store, slug string, langs ...press.Language) *press.Publication {
	t.Helper()
	p := &press.Publication{Slug: slug}
	write(t, s, func(tx *Tx) error { return insertDraft(tx, p, langs...) })
	return p
}

func insertDraft(tx *Tx, p *press.Publication, langs ...press.Language) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	p.CreatedAt = now
	if err := p.Do(press.Command{Action: press.Save, By: desk, Now: now}); err != nil {
		return err
	}
	r := p.Open()
	r.Languages = langs
	for _, l := range langs {
		r.Sources = append(r.Sources, press.Source{Name: l.Lang + ".md", Lang: l.Lang, MediaType: "text/markdown", Digest: digest(p.Slug + l.Lang), Size: 1})
	}
	p.Date(time.UTC)
	return tx.Insert(p)
}

// digest is a name of 64 digits for a file that need not be there.
func digest(of string) string { return fmt.Sprintf("%064x", of)[:64] }

// move makes a move and keeps it; the publication is the one that came of it.
func move(s *Store, slug string, c press.Command) (p *press.Publication, err error) {
	err = s.Write(context.Background(), func(tx *Tx) error {
		if err := tx.Claim(); err != nil {
			return err
		}
		if p, err = tx.BySlug(slug); err != nil {
			return err
		}
		if c.Now, err = tx.Now(); err != nil {
			return err
		}
		if c.Action == press.Publish {
			c.At = c.Now
		}
		c.By = desk
		if err := p.Do(c); err != nil {
			return err
		}
		p.Date(time.UTC)
		return tx.Save(p)
	})
	return p, err
}

func moved(t testing.TB, s *Store, slug string, c press.Command) *press.Publication {
	t.Helper()
	p, err := move(s, slug, c)
	if err != nil {
		t.Fatalf("%s of %s: %v", c.Action, slug, err)
	}
	return p
}

func published(t testing.TB, s *Store, slug string, langs ...press.Language) *press.Publication {
	t.Helper()
	draft(t, s, slug, langs...)
	return moved(t, s, slug, press.Command{Action: press.Publish})
}

// soon schedules a draft for in an hour.
func soon(t testing.TB, s *Store, slug string) *press.Publication {
	t.Helper()
	return moved(t, s, slug, press.Command{Action: press.Schedule, At: now(t, s).Add(time.Hour), Zone: "Europe/London"})
}

func now(t testing.TB, s *Store) (at time.Time) {
	t.Helper()
	read(t, s, func(tx *Tx) (err error) {
		at, err = tx.Now()
		return err
	})
	return at
}

// pass lets two hours go by for everything that is scheduled.
func pass(t testing.TB, s *Store) {
	t.Helper()
	write(t, s, func(tx *Tx) error {
		_, err := tx.exec("UPDATE revisions SET release_at = release_at - ? WHERE out = 0", (2 * time.Hour).Microseconds())
		return err
	})
}

func bySlug(t testing.TB, s *Store, slug string) (p *press.Publication) {
	t.Helper()
	read(t, s, func(tx *Tx) (err error) {
		p, err = tx.BySlug(slug)
		return err
	})
	return p
}

func slugs(list []*press.Publication) string {
	var out []string
	for _, p := range list {
		out = append(out, p.Slug)
	}
	return strings.Join(out, " ")
}

func listed(t testing.TB, s *Store, f Filter) string {
	t.Helper()
	if f.Limit == 0 {
		f.Limit = 100
	}
	var list []*press.Publication
	read(t, s, func(tx *Tx) (err error) {
		list, _, err = tx.List(f)
		return err
	})
	found := strings.Fields(slugs(list))
	slices.Sort(found)
	return strings.Join(found, " ")
}

func refusedAs(t *testing.T, err error, kind press.Kind) {
	t.Helper()
	if !errors.Is(err, &press.Error{Kind: kind}) {
		t.Errorf("got %v, want a refusal of the kind %s", err, kind)
	}
}
