package render_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"communique/fonts"
	"communique/locales"
	"communique/render"
	"communique/templates"
)

func renderer(t testing.TB, workers int) *render.Renderer {
	t.Helper()
	r, err := render.New(render.Options{Fonts: fonts.FS, Locales: locales.FS, Templates: templates.FS, Version: "test", Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func samples(t testing.TB) []render.Source {
	t.Helper()
	files, err := filepath.Glob("testdata/samples/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no samples", err)
	}
	var out []render.Source
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, render.Source{Name: filepath.Base(f), Data: b})
	}
	return out
}

func do(t testing.TB, r *render.Renderer, req render.Request) *render.Result {
	t.Helper()
	res, err := r.Render(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

var both = []render.Format{render.PDF, render.HTML}

func TestSamplesRenderWithoutAProblem(t *testing.T) {
	res := do(t, renderer(t, 1), render.Request{Sources: samples(t), Formats: both, Strict: true})
	for _, p := range res.Problems {
		t.Error(p)
	}
	if want := 2 * len(samples(t)); len(res.Artifacts) != want {
		t.Errorf("%d artifacts, want %d", len(res.Artifacts), want)
	}
}

// The same input gives the same bytes: whatever the worker has cached, whoever
// renders at the same time, in whatever order.
func TestOutputDependsOnNothingButTheRequest(t *testing.T) {
	src := samples(t)
	want := map[string][]byte{}
	for _, s := range src {
		for _, a := range do(t, renderer(t, 1), render.Request{Sources: []render.Source{s}, Formats: both}).Artifacts {
			want[a.Name] = a.Data
		}
	}
	r := renderer(t, 3)
	var wg sync.WaitGroup
	for g := range 6 {
		wg.Go(func() {
			mine := slices.Clone(src)
			if g%2 == 1 {
				slices.Reverse(mine)
			}
			for range 3 {
				for _, s := range mine {
					for _, a := range do(t, r, render.Request{Sources: []render.Source{s}, Formats: both}).Artifacts {
						if !bytes.Equal(a.Data, want[a.Name]) {
							t.Errorf("%s differs", a.Name)
							return
						}
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestTranslationsLinkToEachOther(t *testing.T) {
	res := do(t, renderer(t, 1), render.Request{Sources: samples(t), Formats: both})
	for _, a := range res.Artifacts {
		if a.Name != "kimberley-2023.fr.html" {
			continue
		}
		for _, want := range []string{`hreflang="ar"`, `href="kimberley-2023.zh-Hans.html"`, `href="kimberley-2023.fr.pdf"`} {
			if !bytes.Contains(a.Data, []byte(want)) {
				t.Errorf("the French page has no %s", want)
			}
		}
	}
}

func TestErrorsForbidOutputAndWarningsDoNot(t *testing.T) {
	r := renderer(t, 1)
	bad := render.Source{Name: "a.en.md", Data: []byte("---\ntitle: T\ndate: tomorrow\n---\nx\n")}
	odd := render.Source{Name: "b.en.md", Data: []byte("---\ntitle: T\ntype: news\n---\nx\n")}
	res := do(t, r, render.Request{Sources: []render.Source{bad, odd}})
	if len(res.Artifacts) != 1 || res.Artifacts[0].Name != "b.en.pdf" {
		t.Errorf("artifacts: %+v", res.Artifacts)
	}
	if len(res.Problems) != 2 || res.Problems[0].File != "a.en.md" || res.Problems[0].Line != 3 || res.Problems[1].Line != 3 {
		t.Errorf("problems: %v", res.Problems)
	}
	if res := do(t, r, render.Request{Sources: []render.Source{odd}, Strict: true}); len(res.Artifacts) != 0 {
		t.Error("a strict render made output in spite of a warning")
	}
	if res := do(t, r, render.Request{Sources: []render.Source{odd}, CheckOnly: true}); len(res.Artifacts) != 0 || len(res.Problems) != 1 {
		t.Errorf("check: %+v", res)
	}
}

func TestWrongRequestsNameWhatIsAllowed(t *testing.T) {
	r := renderer(t, 1)
	one := samples(t)[:1]
	for _, c := range []struct {
		field string
		req   render.Request
	}{
		{"sources", render.Request{}},
		{"format", render.Request{Sources: one, Formats: []render.Format{"docx"}}},
		{"theme", render.Request{Sources: one, Theme: "neon"}},
		{"paper", render.Request{Sources: one, Paper: "a3"}},
	} {
		_, err := r.Render(context.Background(), c.req)
		e, ok := err.(*render.RequestError)
		if !ok || e.Field != c.field || c.field != "sources" && len(e.Allowed) == 0 {
			t.Errorf("%s: %v", c.field, err)
		}
	}
}

func TestACancelledRenderStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := renderer(t, 1).Render(ctx, render.Request{Sources: samples(t)}); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

func TestPaperSizes(t *testing.T) {
	r := renderer(t, 1)
	a4 := do(t, r, render.Request{Sources: samples(t)[:1]}).Artifacts[0].Data
	letter := do(t, r, render.Request{Sources: samples(t)[:1], Paper: "letter"}).Artifacts[0].Data
	if bytes.Equal(a4, letter) {
		t.Error("US Letter is the same file as A4")
	}
}

func TestOutputNames(t *testing.T) {
	for in, want := range map[string]string{
		"a.en.md": "a.en.pdf", "dir/a.en.md": "a.en.pdf", `dir\a.markdown`: "a.pdf", "a.MD": "a.pdf", "a.txt": "a.pdf",
		"a.en": "a.en.pdf", "a": "a.pdf", "-": "publication.pdf", "": "publication.pdf", ".md": "publication.pdf", "..": "publication.pdf",
	} {
		if got := render.OutputName(in, render.PDF); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func benchmark(b *testing.B, formats []render.Format, langs ...string) {
	r := renderer(b, 1)
	var src []render.Source
	for _, s := range samples(b) {
		for _, l := range langs {
			if strings.Contains(s.Name, "."+l+".") {
				src = append(src, s)
			}
		}
	}
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range src {
			for _, a := range do(b, r, render.Request{Sources: []render.Source{s}, Formats: formats}).Artifacts {
				n += len(a.Data)
			}
		}
	}
	docs := float64(b.N * len(src))
	b.ReportMetric(docs/b.Elapsed().Seconds(), "docs/s")
	b.ReportMetric(float64(n)/docs, "bytes/doc")
}

func BenchmarkRenderPDF(b *testing.B) {
	for _, l := range []string{"en", "fr", "es", "ru", "zh-Hans", "ar"} {
		b.Run(l, func(b *testing.B) { benchmark(b, []render.Format{render.PDF}, l) })
	}
}

func BenchmarkRenderHTML(b *testing.B) { benchmark(b, []render.Format{render.HTML}, "en") }

func BenchmarkRenderSixLanguages(b *testing.B) {
	benchmark(b, []render.Format{render.PDF}, "en", "fr", "es", "ru", "zh-Hans", "ar")
}

// BenchmarkStart is what a command costs before it renders.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		renderer(b, 1)
	}
}

func BenchmarkRenderPNG(b *testing.B) {
	for _, l := range []string{"en", "zh-Hans", "ar"} {
		b.Run(l, func(b *testing.B) { benchmark(b, []render.Format{render.PNG}, l) })
	}
}

func BenchmarkRenderCard(b *testing.B) { benchmark(b, []render.Format{render.Card}, "en") }

func BenchmarkRenderText(b *testing.B) {
	benchmark(b, []render.Format{render.Text}, "en", "ar", "zh-Hans")
}

func BenchmarkRenderJSON(b *testing.B) { benchmark(b, []render.Format{render.JSON}, "en") }
