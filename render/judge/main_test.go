package judge_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"communique/fonts"
	"communique/locales"
	"communique/render"
	"communique/render/diag"
	"communique/render/judge"
	"communique/templates"
)

// work is a folder for what is judged, gone when the tests end.
var work string

func TestMain(m *testing.M) {
	var err error
	if work, err = os.MkdirTemp("", "communique-judge-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(work)
	os.Exit(code)
}

// renderer is shared: it is safe for many goroutines, and a test sees to that.
var renderer = sync.OnceValues(newRenderer)

func newRenderer() (*render.Renderer, error) {
	return render.New(render.Options{Fonts: fonts.FS, Locales: locales.FS, Templates: templates.FS, Version: "test"})
}

func mustRenderer(t testing.TB) *render.Renderer {
	t.Helper()
	r, err := renderer()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// edition is one source with its outputs on disk, to be judged.
type edition struct {
	name      string
	source    []byte
	pdf, html string
	problems  []diag.Problem
}

var press struct {
	sync.Mutex
	made map[string][]edition
}

// group gives a group of inputs, rendered once for all tests.
func group(t testing.TB, name string) []edition {
	t.Helper()
	sources := map[string]func(testing.TB) []render.Source{"samples": samples, "hard": hard, "corpus": corpus, "justified": justified, "charts": charted, "plenary": meetings, "publication": publications}[name](t)
	press.Lock()
	defer press.Unlock()
	if e, ok := press.made[name]; ok {
		return e
	}
	var all []edition
	for _, s := range sources {
		e, err := printed(t, name, s)
		if err != nil { // once, not before every judge
			t.Errorf("%s: %v", s.Name, err)
			continue
		}
		all = append(all, e)
	}
	if press.made == nil {
		press.made = map[string][]edition{}
	}
	press.made[name] = all
	return all
}

// printed renders a source that must have no error, in both formats.
func printed(t testing.TB, folder string, s render.Source) (edition, error) {
	t.Helper()
	dir := filepath.Join(work, folder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if folder == "charts" {
		return drawnEdition(t, dir, s.Name), nil
	}
	r := mustRenderer(t)
	if folder == "justified" {
		r = mustJustify(t)
	}
	request := render.Request{Sources: []render.Source{s}, Formats: []render.Format{render.PDF, render.HTML}, Publication: published(s.Name)}
	if product, lang, ok := plenaryEdition(s.Name); ok {
		request.Langs, request.Products = []string{lang}, []string{product}
		request.Sources = []render.Source{{Name: plenaryRecord, Data: s.Data}}
	}
	res, err := r.Render(context.Background(), request)
	if err != nil {
		return edition{}, err
	}
	if len(res.Artifacts) != 2 {
		return edition{}, fmt.Errorf("%d outputs, problems: %v", len(res.Artifacts), res.Problems)
	}
	e := edition{name: s.Name, source: s.Data, problems: res.Problems}
	for _, a := range res.Artifacts {
		path := filepath.Join(dir, a.Name)
		if err := os.WriteFile(path, a.Data, 0o644); err != nil {
			t.Fatal(err)
		}
		if a.Format == render.PDF {
			e.pdf = path
		} else {
			e.html = path
		}
	}
	return e, nil
}

// groups are the inputs that every judge sees.
var groups = []string{"samples", "hard", "justified", "charts", "plenary", "publication", "corpus"}

// eachGroup runs a test for every group of inputs.
func eachGroup(t *testing.T, test func(*testing.T, []edition)) {
	for _, name := range groups {
		t.Run(name, func(t *testing.T) { test(t, group(t, name)) })
	}
}

func pdfs(all []edition) []string {
	out := make([]string, len(all))
	for i, e := range all {
		out[i] = e.pdf
	}
	return out
}

func pages(all []edition) []string {
	out := make([]string, len(all))
	for i, e := range all {
		out[i] = e.html
	}
	return out
}

func samples(t testing.TB) []render.Source {
	return read(t, filepath.Join("..", "testdata", "samples"))
}

func corpus(t testing.TB) []render.Source {
	return append(read(t, judge.Shared(t, "corpus/statements")), read(t, judge.Shared(t, "corpus/udhr"))...)
}

// hard are the cases in testdata and some that are better made than written.
func hard(t testing.TB) []render.Source { return append(read(t, "testdata"), generated()...) }

func read(t testing.TB, dir string) []render.Source {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var out []render.Source
	for _, f := range files {
		if filepath.Base(f) == "README.md" {
			continue
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, render.Source{Name: filepath.Base(f), Data: data, Files: os.DirFS(dir)})
	}
	if len(out) == 0 {
		t.Fatalf("no case in %s", dir)
	}
	return out
}

// generated are long or dull documents.
func generated() []render.Source {
	front := "---\ntitle: %s\nlang: %s\nkind: statement\nsymbol: TEST/1\n---\n\n"
	var long, table, links, deep strings.Builder
	fmt.Fprintf(&long, front, "Thirty pages", "en")
	for i := range 60 {
		fmt.Fprintf(&long, "## Section %d\n\n", i+1)
		for j := range 3 {
			fmt.Fprintf(&long, "%d.%d %s\n\n", i+1, j+1, strings.Repeat("The delegations took note of the report and asked for another one, to be ready before the next session. ", 4+j))
		}
	}
	fmt.Fprintf(&table, front, "A table over many pages", "en")
	table.WriteString("| No | Participant | Volume | Remark |\n|---:|:---|---:|:---|\n")
	for i := range 300 {
		fmt.Fprintf(&table, "| %d | Participant number %d | %d.%02d | remark %d |\n", i+1, i+1, i*37, i%100, i)
	}
	fmt.Fprintf(&links, front, "Many links", "en")
	for i := range 200 {
		fmt.Fprintf(&links, "See [document %d](https://example.org/documents/%d?page=1&x=%%20) and [the first](#first). ", i, i)
		if i%10 == 9 {
			links.WriteString("\n\n")
		}
	}
	links.WriteString("\n\n## First {#first}\n\nThe end.\n")
	fmt.Fprintf(&deep, front, "Deep lists", "fr")
	for i := range 5 {
		fmt.Fprintf(&deep, "%s- niveau %d\n", strings.Repeat("  ", i), i+1)
	}
	deep.WriteString("\n1. un\n   1. un un\n      1. un un un\n         1. un un un un\n\n> a\n> > b\n> > > c\n> > > > d\n")
	return []render.Source{
		{Name: "thirty-pages.en.md", Data: []byte(long.String())},
		{Name: "long-table.en.md", Data: []byte(table.String())},
		{Name: "many-links.en.md", Data: []byte(links.String())},
		{Name: "deep-lists.fr.md", Data: []byte(deep.String())},
	}
}
