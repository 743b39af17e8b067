package store

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"communique/service/outside"
	"communique/service/press"
	"communique/service/search"
)

// stocked is a store with many published statements in six languages, of 250
// words each: each word of which is one of 20,000, the first ones far more
// often. "diamonds" is in all of them in English, "rarity" in one.
func stocked(t testing.TB, location string, n int) *Store {
	t.Helper()
	s := migrated(t, location)
	random := rand.New(rand.NewPCG(1, 2))
	often := rand.NewZipf(random, 1.1, 20, 20_000)
	day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	write(t, s, func(tx *Tx) error {
		for i := range n {
			p := &press.Publication{Slug: fmt.Sprintf("p%d", i)}
			if err := insertDraft(tx, p, statement(i, n, day.AddDate(0, 0, i), often)...); err != nil {
				return err
			}
			now, err := tx.Now()
			if err != nil {
				return err
			}
			if i%20 == 0 {
				continue // still a draft
			}
			if err := p.Do(press.Command{Action: press.Publish, Now: now, At: now, By: desk}); err != nil {
				return err
			}
			if err := tx.Save(p); err != nil {
				return err
			}
		}
		return nil
	})
	write(t, s, func(tx *Tx) error { // as they are once they are announced
		_, err := tx.exec("UPDATE revisions SET announced_at = 1, out = 1 WHERE state = 'released'")
		if err == nil && tx.dialect.shared { // PostgreSQL does so by itself, SQLite never
			_, err = tx.exec("ANALYZE")
		}
		return err
	})
	return s
}

func statement(i, n int, day time.Time, often *rand.Zipf) (out []press.Language) {
	kind := []string{"statement", "communique", "report"}[i%3]
	for _, lang := range []string{"en", "fr", "es", "ru", "ar", "zh-Hans"} {
		var words strings.Builder
		words.WriteString(map[string]string{"en": "diamonds ", "ar": "بيان ", "zh-Hans": "金伯利进程 "}[lang])
		if i == n/3 {
			words.WriteString("rarity ")
		}
		for range 250 {
			words.WriteString(lang[:2] + "w" + strconv.FormatUint(often.Uint64(), 36) + " ")
		}
		l := text(lang, kind, day.Format(time.DateOnly), words.String())
		l.Title, l.Terms = fmt.Sprintf("Statement %d in %s", i, lang), search.Terms(words.String())
		out = append(out, l)
	}
	return out
}

// asked are the questions of the office and of readers.
var asked = []struct {
	name string
	ask  func(*Tx, time.Time) error
}{
	{"list", func(tx *Tx, _ time.Time) error { _, _, err := tx.List(Filter{Limit: 50}); return err }},
	{"list drafts", func(tx *Tx, _ time.Time) error {
		_, _, err := tx.List(Filter{Limit: 50, State: press.Draft})
		return err
	}},
	{"list published in French", func(tx *Tx, _ time.Time) error {
		_, _, err := tx.List(Filter{Limit: 50, State: press.Published, Lang: "fr", Kind: "report"})
		return err
	}},
	{"list with a common word", func(tx *Tx, _ time.Time) error {
		_, _, err := tx.List(Filter{Limit: 50, Words: terms("diamonds")})
		return err
	}},
	{"list with a rare word", func(tx *Tx, _ time.Time) error {
		_, _, err := tx.List(Filter{Limit: 50, Words: terms("rarity")})
		return err
	}},
	{"list with no such word", func(tx *Tx, _ time.Time) error {
		_, _, err := tx.List(Filter{Limit: 50, Words: terms("unheard")})
		return err
	}},
	{"shelf", func(tx *Tx, at time.Time) error { _, err := tx.Shelf(Shelf{At: at, Limit: 50}); return err }},
	{"shelf of a year in Arabic", func(tx *Tx, at time.Time) error {
		_, err := tx.Shelf(Shelf{At: at, Limit: 50, Year: "2001", Lang: "ar"})
		return err
	}},
	{"shelf, last page", func(tx *Tx, at time.Time) error {
		_, err := tx.Shelf(Shelf{At: at, Limit: 50, Offset: 900})
		return err
	}},
	{"search: common", func(tx *Tx, at time.Time) error {
		_, err := tx.Shelf(Shelf{At: at, Limit: 50, Words: terms("diamonds")})
		return err
	}},
	{"search: rare", func(tx *Tx, at time.Time) error {
		_, err := tx.Shelf(Shelf{At: at, Limit: 50, Words: terms("rarity")})
		return err
	}},
	{"search: Chinese", func(tx *Tx, at time.Time) error {
		_, err := tx.Shelf(Shelf{At: at, Limit: 50, Words: terms("金伯利")})
		return err
	}},
	{"search: two words, one begun", func(tx *Tx, at time.Time) error {
		_, err := tx.Shelf(Shelf{At: at, Limit: 50, Words: terms("diamonds enw1")})
		return err
	}},
	{"count", func(tx *Tx, at time.Time) error { _, err := tx.Count(Shelf{At: at}); return err }},
	{"count: common", func(tx *Tx, at time.Time) error {
		_, err := tx.Count(Shelf{At: at, Words: terms("diamonds")})
		return err
	}},
	{"facets", func(tx *Tx, at time.Time) error { _, _, _, err := tx.Facets(at); return err }},
	{"since, nothing new", func(tx *Tx, _ time.Time) error {
		var last int64
		if err := tx.row("SELECT value FROM counters WHERE name = 'changes'").Scan(&last); err != nil {
			return err
		}
		_, err := tx.Since(last)
		return err
	}},
	{"since the beginning", func(tx *Tx, _ time.Time) error { _, err := tx.Since(0); return err }},
	{"dump of everything", func(tx *Tx, _ time.Time) error {
		for _, name := range Tables() {
			if err := tx.Dump(name, io.Discard); err != nil {
				return err
			}
		}
		return nil
	}},
}

// BenchmarkAsk asks offices of 1,000 publications in six languages, or as many
// as STORE_PUBLICATIONS says.
func BenchmarkAsk(b *testing.B) {
	n := 1000
	if given, err := strconv.Atoi(os.Getenv("STORE_PUBLICATIONS")); err == nil {
		n = given
	}
	for name, place := range map[string]func() string{
		"SQLite":     func() string { return filepath.Join(b.TempDir(), "communique.db") },
		"PostgreSQL": func() string { return outside.PostgreSQL(b) },
	} {
		b.Run(name, func(b *testing.B) {
			s := stocked(b, place(), n)
			at := now(b, s)
			for _, q := range asked {
				b.Run(q.name, func(b *testing.B) {
					for b.Loop() {
						if err := s.Read(context.Background(), func(tx *Tx) error { return q.ask(tx, at) }); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}
