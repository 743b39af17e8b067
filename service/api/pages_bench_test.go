package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"testing"

	"communique/service/office"
	"communique/service/press"
	"communique/service/store"
)

// BenchmarkIndexOfMany measures the index page of an office with many publications
// in six languages: the first page of a generation, which puts all in order, and
// the pages after it; and what the office keeps of them in memory.
//
//	go test ./service/api -run '^$' -bench IndexOfMany -benchtime 10x
func BenchmarkIndexOfMany(b *testing.B) {
	for _, many := range []int{1000, 10000} {
		b.Run(strconv.Itoa(many), func(b *testing.B) {
			var before, after runtime.MemStats
			server, kept, _ := openHouse(b, newsroomOptions{})
			runtime.GC()
			runtime.ReadMemStats(&before)
			fill(b, kept, many)
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.Run("memory", func(b *testing.B) {
				b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(many)/1024, "KiB/publication")
			})
			f := server.newFront()
			b.Run("generation", func(b *testing.B) {
				for b.Loop() {
					f.stock = nil
					f.all()
				}
			})
			b.Run("page", func(b *testing.B) {
				n := 0
				for b.Loop() {
					n++
					ask(b, server, "/?page="+strconv.Itoa(n))
				}
			})
			b.Run("again", func(b *testing.B) {
				for b.Loop() {
					ask(b, server, "/")
				}
			})
		})
	}
}

func ask(b *testing.B, server *Server, path string) {
	w := httptest.NewRecorder()
	server.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	if w.Code != http.StatusOK {
		b.Fatalf("%s: status %d", path, w.Code)
	}
}

// fill puts released publications into the database, without rendering them.
func fill(b *testing.B, o *office.Office, many int) {
	b.Helper()
	for from := 0; from < many; from += 500 {
		orFail(b, o.Store.Write(b.Context(), func(t *store.Tx) error {
			now, err := t.Now()
			if err != nil {
				return err
			}
			for n := from; n < min(from+500, many); n++ {
				r := &press.Revision{Number: 1, State: press.Published, Change: press.First, ReleaseAt: now, Out: true, CreatedAt: now}
				for _, lang := range []string{"ar", "en", "es", "fr", "ru", "zh-Hans"} {
					r.Languages = append(r.Languages, press.Language{Lang: lang, Dir: "ltr", Kind: "statement", Date: fmt.Sprintf("%d-%02d-%02d", 2000+n%25, 1+n%12, 1+n%28),
						Title: fmt.Sprintf("Statement %d on the certification of rough diamonds", n), Summary: "What the chair said to the delegates after the opening of the session.", Original: lang == "en"})
					for m, format := range []string{"html", "pdf", "txt", "json", "card"} {
						r.Editions = append(r.Editions, press.Edition{Name: lang + "." + format, Lang: lang, Format: format, MediaType: "text/plain", Digest: fmt.Sprintf("%060x%s%d", n, "abc", m), Size: 1})
					}
				}
				if err := t.Insert(&press.Publication{Slug: fmt.Sprintf("statement-%d", n), CreatedAt: now, Revisions: []*press.Revision{r}}); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	orFail(b, o.Refresh(b.Context()))
}
