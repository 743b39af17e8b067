package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"communique/service/press"
	"communique/service/search"
)

func terms(query string) []search.Term { return search.Query(query) }

// shelved fills a store with one publication in each standing.
func shelved(t *testing.T, s *Store) {
	t.Helper()
	draft(t, s, "draft", text("en", "statement", "2023-11-14", "Draft on diamonds"))
	draft(t, s, "review", text("fr", "communique", "2024-02-01", "Diamants"))
	moved(t, s, "review", press.Command{Action: press.Submit})
	draft(t, s, "scheduled", text("en", "statement", "2024-03-01", "Scheduled diamonds"))
	soon(t, s, "scheduled")
	published(t, s, "published", text("en", "statement", "2022-05-05", "Published diamonds"), text("ar", "statement", "2022-05-05", "الماس"))
	published(t, s, "corrected", text("en", "communique", "2023-01-01", "Wrong diamonds"))
	moved(t, s, "corrected", press.Command{Action: press.Correct, Notes: press.Notes{"en": "Right."}})
	moved(t, s, "corrected", press.Command{Action: press.Publish})
	published(t, s, "withdrawn", text("en", "statement", "2023-02-02", "Withdrawn diamonds"))
	moved(t, s, "withdrawn", press.Command{Action: press.Withdraw, Notes: press.Notes{"en": "It was wrong."}})
}

func TestFilters(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		shelved(t, s)
		for _, c := range []struct {
			filter Filter
			want   string
		}{
			{Filter{}, "corrected draft published review scheduled withdrawn"},
			{Filter{State: press.Draft}, "draft"},
			{Filter{State: press.Review}, "review"},
			{Filter{State: press.Scheduled}, "scheduled"},
			{Filter{State: press.Published}, "corrected published withdrawn"},
			{Filter{State: press.Superseded}, "corrected"},
			{Filter{Withdrawn: true}, "withdrawn"},
			{Filter{Kind: "communique"}, "corrected review"},
			{Filter{Lang: "ar"}, "published"},
			{Filter{Lang: "ar", Kind: "communique"}, ""},
			{Filter{Since: "2023-02-02", Until: "2023-11-14"}, "draft withdrawn"},
			{Filter{Since: "2024-03-01"}, "scheduled"},
			{Filter{State: press.Published, Words: terms("diamonds")}, "corrected published withdrawn"},
			{Filter{State: press.Published, Words: terms("diamonds"), Lang: "ar"}, ""}, // the word is of another language
			{Filter{Words: terms("الماس")}, "published"},
		} {
			if got := listed(t, s, c.filter); got != c.want {
				t.Errorf("%+v lists %q, want %q", c.filter, got, c.want)
			}
		}
		pass(t, s)
		if got := listed(t, s, Filter{State: press.Published}); got != "corrected published scheduled withdrawn" {
			t.Errorf("after the instant there is %q", got)
		}
		if got := listed(t, s, Filter{State: press.Scheduled}); got != "" {
			t.Errorf("after the instant %q waits", got)
		}
	})
}

func TestPagesHoldWhileThingsChange(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		for i := range 7 {
			draft(t, s, fmt.Sprintf("p%d", i))
		}
		seen := map[string]int{}
		f := Filter{Limit: 2}
		for page := 0; ; page++ {
			var list []*press.Publication
			read(t, s, func(tx *Tx) (err error) {
				list, f.Before, err = tx.List(f)
				return err
			})
			for _, p := range list {
				seen[p.Slug]++
			}
			if f.Before == 0 {
				break
			}
			// new ones and changed ones go to the front, which is behind the reader
			draft(t, s, fmt.Sprintf("new%d", page))
			moved(t, s, list[0].Slug, press.Command{Action: press.Submit})
		}
		for i := range 7 {
			if slug := fmt.Sprintf("p%d", i); seen[slug] != 1 {
				t.Errorf("%s was listed %d times", slug, seen[slug])
			}
		}
	})
}

func TestSearchInEveryScript(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		published(t, s, "en", text("en", "statement", "", `Null and void, or not: NEAR the "Café" — FCDO/2023/118; it's 100% AND more`))
		published(t, s, "ar", text("ar", "statement", "", "بيان بشأن عملية كيمبرلي للماس"))
		published(t, s, "zh", text("zh-Hans", "statement", "", "金伯利进程全体会议声明"))
		published(t, s, "ru", text("ru", "statement", "", "Заявление о Кимберлийском процессе"))
		for query, want := range map[string]string{
			"null": "en", "or": "en", "and": "en", "not": "en", "near": "en", "NULL AND": "en", "cafe": "en", "CAFÉ": "en", "FCDO/2023/118": "en", "2023": "en",
			"caf": "en", `"caf"`: "", "it's": "en", "كيمبرلي": "ar", "الماس": "ar", "بيان": "ar", "全体会议": "zh", "会": "zh", "议会": "", "声明 金伯利": "zh",
			"кимберл": "ru", "ЗАЯВЛЕНИЕ": "ru", "null кимберл": "", `a' | b`: "", `"; DROP TABLE publications; --`: "", "* OR *": "en", "{}": "?", "\\": "?",
		} {
			words := terms(query)
			if want == "?" { // nothing to be found in it
				if len(words) != 0 {
					t.Errorf("%q has terms: %v", query, words)
				}
				continue
			}
			if got := listed(t, s, Filter{Words: words}); got != want {
				t.Errorf("%q finds %q, want %q", query, got, want)
			}
			var shelf []*press.Publication
			read(t, s, func(tx *Tx) (err error) {
				now, err := tx.Now()
				if err == nil {
					shelf, err = tx.Shelf(Shelf{At: now, Words: words, Limit: 10})
				}
				return err
			})
			if got := slugs(shelf); got != want {
				t.Errorf("readers find %q with %q, want %q", got, query, want)
			}
		}
	})
}

func TestShelfAtInstants(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		shelved(t, s)
		at := now(t, s)
		check := func(sh Shelf, want string) {
			t.Helper()
			sh.Limit = 10
			read(t, s, func(tx *Tx) error {
				list, err := tx.Shelf(sh)
				if err != nil {
					return err
				}
				if got := slugs(list); got != want {
					t.Errorf("%+v holds %q, want %q", sh, got, want)
				}
				n, err := tx.Count(sh)
				if n != len(list) {
					t.Errorf("%d counted, %d listed", n, len(list))
				}
				return err
			})
		}
		check(Shelf{At: at}, "withdrawn corrected published") // with its notice
		check(Shelf{At: at, Year: "2023"}, "withdrawn corrected")
		check(Shelf{At: at, Lang: "ar"}, "published")
		check(Shelf{At: at, Kind: "communique"}, "corrected")
		check(Shelf{At: at.Add(time.Hour + time.Minute)}, "scheduled withdrawn corrected published")
		check(Shelf{At: at.Add(-time.Hour)}, "withdrawn corrected published") // what was seen stays, whatever the clock says
		read(t, s, func(tx *Tx) error {
			years, kinds, langs, err := tx.Facets(at)
			if got := fmt.Sprint(years, kinds, langs); got != "[{2022 1} {2023 2}] [{communique 1} {statement 2}] [{ar 1} {en 3}]" {
				t.Errorf("facets %s", got)
			}
			if err == nil {
				years, _, _, err = tx.Facets(at.Add(2 * time.Hour))
			}
			if got := fmt.Sprint(years); got != "[{2022 1} {2023 2} {2024 1}]" {
				t.Errorf("later years are %s", got)
			}
			return err
		})
	})
}

func TestShelfPages(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		for i := range 5 {
			published(t, s, fmt.Sprintf("p%d", i), text("en", "statement", fmt.Sprintf("2023-01-%02d", i+1), "x"))
		}
		at := now(t, s)
		var all []string
		for offset := 0; offset < 6; offset += 2 {
			read(t, s, func(tx *Tx) error {
				list, err := tx.Shelf(Shelf{At: at, Limit: 2, Offset: offset})
				all = append(all, slugs(list))
				return err
			})
		}
		if got := strings.Join(all, " | "); got != "p4 p3 | p2 p1 | p0" {
			t.Errorf("pages %s", got)
		}
	})
}

func TestMovesKeepTheWords(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		draft(t, s, "a", text("en", "statement", "", "Diamonds"), text("fr", "statement", "", "Diamants"))
		for _, c := range []press.Command{
			{Action: press.Submit}, {Action: press.Publish}, {Action: press.Rename, Slug: "b"},
			{Action: press.Withdraw, Notes: press.Notes{"en": "Wrong."}}, {Action: press.Reinstate},
			{Action: press.Correct, Notes: press.Notes{"en": "Right."}}, {Action: press.Publish},
		} {
			slug := "a"
			if got := listed(t, s, Filter{}); got == "b" {
				slug = "b"
			}
			p := moved(t, s, slug, c)
			for lang, word := range map[string]string{"en": "diamonds", "fr": "diamants"} {
				if got := listed(t, s, Filter{Lang: lang, Words: terms(word)}); got != p.Slug {
					t.Errorf("after %s %q finds %q", c.Action, word, got)
				}
			}
		}
	})
}
