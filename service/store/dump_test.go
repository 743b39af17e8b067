package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"communique/service/access"
	"communique/service/outside"
	"communique/service/press"
	"communique/service/webhook"
)

// furnished fills every table.
func furnished(t *testing.T, s *Store) {
	t.Helper()
	shelved(t, s)
	p := bySlug(t, s, "published")
	moved(t, s, "draft", press.Command{Action: press.Rename, Slug: "renamed"})
	gone := draft(t, s, "gone")
	at := now(t, s)
	k, _, err := access.New("Newsroom", access.AllScopes(), at, at.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	w := &webhook.Webhook{URL: "https://example.org/hooks", Enabled: true}
	write(t, s, func(tx *Tx) error {
		if err := tx.AddWebhook(w, webhook.NewSecret()); err != nil {
			return err
		}
		list, err := tx.AddEvent(&webhook.Event{Type: webhook.Published, At: at, Publication: p.ID, Payload: []byte(`{"a":"<>"}`)})
		if err != nil {
			return err
		}
		_, err = tx.BeginAttempt(list[0].ID)
		return err
	})
	write(t, s, func(tx *Tx) error {
		_, err := tx.Setting("preview-secret", func() string { return "secret" })
		_, kept := tx.KeepAnswer("desk", "k", "f", p.ID, "{\"a\":\"<>&\u2028\"}")
		return errors.Join(err, kept, tx.Remove(gone), tx.AddKey(k),
			tx.AddPreview(&press.Preview{Publication: p.ID, Revision: 1, Reader: "Agency <x>", CreatedAt: at, By: desk, ExpiresAt: at.Add(time.Hour)}),
			tx.Note(press.Entry{By: desk, Action: press.Save, Publication: p.ID, Slug: p.Slug}), tx.Note(press.Entry{By: desk, Action: press.Publish, Publication: p.ID, Slug: p.Slug}))
	})
}

// dumped is everything that a database holds.
func dumped(t *testing.T, s *Store) (all map[string]string, schema int64) {
	t.Helper()
	all = map[string]string{}
	read(t, s, func(tx *Tx) (err error) {
		for _, name := range Tables() {
			var b bytes.Buffer
			if err := tx.Dump(name, &b); err != nil {
				return err
			}
			all[name] = b.String()
		}
		schema, err = tx.Schema()
		return err
	})
	return all, schema
}

// filled is a database that is filled with a dump.
func filled(t *testing.T, place string, all map[string]string, schema int64) *Store {
	t.Helper()
	s, err := Open(context.Background(), place, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.Fill(context.Background(), schema, from(all)); err != nil {
		t.Fatal(err)
	}
	if err := s.Migrate(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	return s
}

func from(all map[string]string) func(func(string, io.Reader) error) error {
	return func(load func(string, io.Reader) error) error {
		for _, name := range Tables() {
			if err := load(name, strings.NewReader(all[name])); err != nil {
				return err
			}
		}
		return nil
	}
}

// TestOfficesMove from one sort of database to the other and back: nothing is lost
// and nothing is changed, and the office goes on.
func TestOfficesMove(t *testing.T) {
	places := map[string]func() string{
		"SQLite": func() string { return filepath.Join(t.TempDir(), "communique.db") }, "PostgreSQL": func() string { return outside.PostgreSQL(t) }}
	for first, second := range map[string]string{"SQLite": "PostgreSQL", "PostgreSQL": "SQLite"} {
		t.Run("from "+first, func(t *testing.T) {
			s := migrated(t, places[first]())
			furnished(t, s)
			want, schema := dumped(t, s)
			for name, lines := range want {
				if strings.Count(lines, "\n") < 2 {
					t.Errorf("the table %s is empty, and proves nothing", name)
				}
			}
			settings := strings.TrimSuffix(want["settings"], "\n") + "\n[\"restored\",\"1\"]\n"
			for _, place := range []string{second, first} {
				all, _ := dumped(t, s)
				delete(all, "nothing")
				s = filled(t, places[place](), all, schema)
				got, _ := dumped(t, s)
				for _, name := range Tables() {
					expected := want[name]
					if name == "settings" {
						expected = settings
					}
					if got[name] != expected {
						t.Errorf("in %s, %s is\n%s\nand was\n%s", place, name, got[name], expected)
					}
				}
				goesOn(t, s)
				want, _ = dumped(t, s)
			}
		})
	}
}

// goesOn uses what was restored.
func goesOn(t *testing.T, s *Store) {
	t.Helper()
	if got := listed(t, s, Filter{State: press.Published, Words: terms("diamonds")}); got != "corrected published withdrawn" {
		t.Errorf("the search finds %q", got)
	}
	read(t, s, func(tx *Tx) error {
		keys, err := tx.Keys()
		if len(keys) != 1 {
			t.Errorf("%d keys", len(keys))
		}
		return err
	})
	write(t, s, func(tx *Tx) error {
		pending, err := tx.Pending()
		if len(pending) != 1 || string(pending[0].Event.Payload) != `{"a":"<>"}` {
			t.Errorf("%d deliveries wait", len(pending))
		}
		restored, err2 := tx.TakeRestored()
		again, err3 := tx.TakeRestored()
		if !restored || again {
			t.Errorf("the queue is told %v, then %v", restored, again)
		}
		return errors.Join(err, err2, err3)
	})
	var before, after []press.Entry
	read(t, s, func(tx *Tx) (err error) { before, err = tx.Trail(TrailFilter{Limit: 100}); return err })
	write(t, s, func(tx *Tx) error { return tx.Note(press.Entry{By: desk, Action: press.Save, Slug: "next"}) })
	read(t, s, func(tx *Tx) (err error) {
		after, err = tx.Trail(TrailFilter{After: before[len(before)-1].ID, Limit: 100})
		return err
	})
	if len(after) != 1 || after[0].Slug != "next" {
		t.Errorf("the trail goes on with %+v", after)
	}
}

// TestNoTableIsForgotten compares the list with what the database has.
func TestNoTableIsForgotten(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		query := "SELECT name FROM sqlite_master WHERE type = 'table'"
		if s.dialect.shared {
			query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
		}
		var got []string
		rows, err := s.DB().Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			// the index of words is made from languages; the others keep books for themselves
			if name != "words" && !strings.HasPrefix(name, "words_") && !strings.HasPrefix(name, "sqlite_") && name != "goose_db_version" {
				got = append(got, name)
			}
		}
		want := Tables()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("the database has %v, and a backup takes %v", got, want)
		}
	})
}

func TestARestoreThatFailsLeavesNothingThatStarts(t *testing.T) {
	source := migrated(t, filepath.Join(t.TempDir(), "communique.db"))
	furnished(t, source)
	all, schema := dumped(t, source)
	both(t, func(t *testing.T, s *Store) {
		if err := s.Fill(context.Background(), schema, from(all)); err == nil || !strings.Contains(err.Error(), "not empty") {
			t.Errorf("an office was overwritten: %v", err)
		}
	})
	for name, damage := range map[string]func(map[string]string){
		"columns": func(m map[string]string) { m["keys"] = `["id"]` + "\n" },
		"a row":   func(m map[string]string) { m["revisions"] += "[1]\n" },
		"a value": func(m map[string]string) {
			m["counters"] = strings.Replace(m["counters"], "[\"keys\",1]", "[\"keys\",{}]", 1)
		},
		"no JSON":  func(m map[string]string) { m["audit"] += "x" },
		"the rule": func(m map[string]string) { m["publications"] += strings.SplitAfter(m["publications"], "\n")[1] },
	} {
		for sort, place := range map[string]string{"SQLite": filepath.Join(t.TempDir(), "communique.db"), "PostgreSQL": outside.PostgreSQL(t)} {
			t.Run(name+", "+sort, func(t *testing.T) {
				damaged := map[string]string{}
				for k, v := range all {
					damaged[k] = v
				}
				damage(damaged)
				s, err := Open(context.Background(), place, Options{})
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
				if err := s.Fill(context.Background(), schema, from(damaged)); err == nil {
					t.Fatal("it was taken")
				}
				if err := s.Migrate(context.Background(), nil); err == nil || !strings.Contains(err.Error(), "was not finished") {
					t.Errorf("it starts: %v", err)
				}
			})
		}
	}
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "communique.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Fill(context.Background(), schema+1, from(all)); err == nil || !strings.Contains(err.Error(), "newer program") {
		t.Errorf("a newer backup: %v", err)
	}
}

func TestDumpsAreLinesOfJSON(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		draft(t, s, "a", text("en", "statement", "", "b c a"))
		all, _ := dumped(t, s)
		lines := json.NewDecoder(strings.NewReader(all["languages"]))
		var columns []string
		var row []any
		if err := errors.Join(lines.Decode(&columns), lines.Decode(&row)); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(columns); got != "[kind lang number publication_id terms]" || row[4] != "a b c" {
			t.Errorf("%s: %v", got, row)
		}
		err := s.Read(context.Background(), func(tx *Tx) error { return tx.Dump("goose_db_version", io.Discard) })
		if err == nil {
			t.Error("a table that is not ours was written")
		}
	})
}
