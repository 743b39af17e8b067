package render

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"communique/fonts"
	"communique/locales"
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/layout"
	"communique/render/markdown"
	"communique/render/page"
	"communique/render/resolve"
	"communique/templates"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata/gallery/*.txtar")

// Each file of the gallery shows one construct in six languages, and tells its
// whole life: the sources, then the pages of each, and the structure tree and the
// web page of the first. There must be no problem.
func TestGallery(t *testing.T) {
	files, err := filepath.Glob("testdata/gallery/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no gallery: %v", err)
	}
	r, err := New(Options{Fonts: fonts.FS, Locales: locales.FS, Templates: templates.FS, Version: "test", Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]string{}
			sources := 0
			for _, f := range a.Files {
				want[f.Name] = string(f.Data)
				if strings.HasSuffix(f.Name, ".md") {
					sources++
				}
			}
			if sources != 6 {
				t.Errorf("%d sources, want one in each of the six languages", sources)
			}
			got := life(t, r, a.Files[:sources])
			if *update {
				a.Files = got
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(got) != len(a.Files) {
				t.Errorf("%d parts, want %d; run with -update and read the difference", len(a.Files), len(got))
			}
			for _, g := range got {
				if d := firstDifference(want[g.Name], string(g.Data)); d != "" {
					t.Errorf("%s: %s", g.Name, d)
				}
			}
		})
	}
}

// life is the sources and everything that becomes of them.
func life(t *testing.T, r *Renderer, sources []txtar.File) []txtar.File {
	out := append([]txtar.File(nil), sources...)
	for i, s := range sources {
		var problems diag.List
		d := markdown.Parse(markdown.Source{Name: s.Name, Data: s.Data}, markdown.Options{Locales: r.locales, Kinds: r.kinds}, &problems)
		resolve.Resolve(d, resolve.Resources{Locales: r.locales, Kinds: r.kinds}, &problems)
		j, err := r.check(&Request{Sources: []Source{{Name: s.Name}}, Formats: []Format{PDF, HTML}})
		if err != nil {
			t.Fatal(err)
		}
		j.docs = []*doc.Document{d}
		pictures := r.pictures.Load(context.Background(), d, os.DirFS("testdata/gallery"), &problems)
		shaper := <-r.shapers
		p, err := layout.Layout(context.Background(), d, layout.Options{Theme: j.theme, Paper: j.paper, Fonts: r.fonts, Shaper: shaper, Pictures: pictures}, &problems)
		r.shapers <- shaper
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range problems.Sorted() {
			t.Errorf("%v", x)
		}
		name := strings.TrimSuffix(s.Name, ".md")
		out = append(out, txtar.File{Name: "pages of " + name, Data: []byte(pagesText(p))})
		if i > 0 {
			continue
		}
		out = append(out, txtar.File{Name: "tags of " + name, Data: []byte(tagsText(p))})
		h, err := r.writeHTML(context.Background(), &edition{job: j, doc: d, pictures: pictures, problems: &problems})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, txtar.File{Name: "web page of " + name, Data: []byte(article(string(h[0].data)))})
	}
	return out
}

// pagesText says where each line of text stands, in whole points.
func pagesText(d *page.Document) string {
	var b strings.Builder
	for i, pg := range d.Pages {
		fmt.Fprintf(&b, "page %d: %.0f x %.0f\n", i+1, pg.Width, pg.Height)
		line, open := 0, false
		for _, c := range pg.Contents {
			for _, m := range c.Marks {
				if m, ok := m.(*page.Image); ok {
					if open {
						b.WriteByte('\n')
					}
					fmt.Fprintf(&b, "%4.0f %4.0f  picture %.0f x %.0f\n", m.X, m.Y, m.Width, m.Height)
					line, open = 0, false
				}
				t, ok := m.(*page.Text)
				if !ok {
					continue
				}
				if !open || t.Line != line || t.Line == 0 {
					if open {
						b.WriteByte('\n')
					}
					fmt.Fprintf(&b, "%4.0f %4.0f  ", t.X, t.Y)
					line, open = t.Line, true
				}
				b.WriteString(runText(&t.Run))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// runText is the source text of a run, in logical order.
func runText(r *page.Run) string {
	var b strings.Builder
	for _, w := range r.Words {
		for i := range w.Glyphs {
			if r.RightToLeft {
				i = len(w.Glyphs) - 1 - i
			}
			b.WriteString(w.Glyphs[i].Glyph.Text)
		}
	}
	return b.String()
}

// tagsText is the structure tree: an element a line, with its own text.
func tagsText(d *page.Document) string {
	var b strings.Builder
	element(&b, d.Root, "")
	return b.String()
}

func element(b *strings.Builder, e *page.Element, indent string) {
	fmt.Fprintf(b, "%s%s", indent, e.Type)
	for _, a := range [][2]string{{"lang", e.Lang}, {"id", e.ID}, {"alt", e.Alt}, {"expansion", e.Expansion}, {"headers", strings.Join(e.Headers, " ")}} {
		if a[1] != "" {
			fmt.Fprintf(b, " %s=%q", a[0], a[1])
		}
	}
	if e.Attributes != (page.Attributes{}) {
		fmt.Fprintf(b, " %+v", e.Attributes)
	}
	b.WriteByte('\n')
	indent += "  "
	for _, k := range e.Kids {
		switch {
		case k.Element != nil:
			element(b, k.Element, indent)
		case k.Link != nil:
			fmt.Fprintf(b, "%slink to %s%s\n", indent, k.Link.URI, k.Link.Anchor)
		case k.Content != nil:
			var text strings.Builder
			for _, m := range k.Content.Marks {
				if t, ok := m.(*page.Text); ok {
					text.WriteString(runText(&t.Run))
				}
			}
			fmt.Fprintf(b, "%s“%s”\n", indent, text.String())
		}
	}
}

// encoded is the data of a picture in a web page.
var encoded = regexp.MustCompile(`(;base64,)[A-Za-z0-9+/=]+`)

// article is the part of a web page that differs from statement to statement.
func article(h string) string {
	_, h, _ = strings.Cut(h, "<article>")
	h, _, _ = strings.Cut(h, "</article>")
	h = encoded.ReplaceAllString(h, "$1…")
	return strings.ReplaceAll(strings.TrimSpace(h), "><", ">\n<") + "\n"
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		var a, b string
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return fmt.Sprintf("line %d is\n%s\nwant\n%s", i+1, b, a)
		}
	}
	return ""
}
