package html

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	nethtml "golang.org/x/net/html"

	"communique/render/doc"
	"communique/render/theme"
	"communique/templates"
)

var everyLanguage = []string{"ar", "en", "es", "fr", "pt", "ru", "uk", "zh-Hans"}

func TestSamplePagesAreWellFormedInEveryLanguage(t *testing.T) {
	for _, lang := range everyLanguage {
		t.Run(lang, func(t *testing.T) {
			page := write(t, sample(t, lang), loaded(t).options(lang))
			wellFormed(t, page)
			root := tree(t, page)
			doc := find(root, named("html"))[0]
			if got := attr(doc, "lang"); got != lang {
				t.Errorf("lang is %q", got)
			}
			want := map[bool]string{true: "rtl", false: "ltr"}[lang == "ar"]
			if got := attr(doc, "dir"); got != want {
				t.Errorf("dir is %q", got)
			}
			for _, once := range []string{"h1", "main", "article", "title"} {
				if n := len(find(root, named(once))); n != 1 {
					t.Errorf("%d elements %s", n, once)
				}
			}
			for _, s := range find(root, named("script")) {
				if attr(s, "type") != "application/ld+json" {
					t.Errorf("a script: %v", s.Attr)
				}
			}
			if len(page) > 50_000 {
				t.Errorf("the page has %d bytes", len(page))
			}
		})
	}
}

func TestMarkupAroundTheTextIsSmall(t *testing.T) {
	d := statement()
	o := loaded(t).options("en")
	o.Alternates = nil
	bare := len(write(t, d, o))
	if bare > 16_000 {
		t.Errorf("a page without text has %d bytes: expected at most 16,000", bare)
	}
	d.Release, o.Home = &doc.Release{Revision: 1, Reader: "A reader"}, "./"
	if n := len(write(t, d, o)) - bare; n > 200 {
		t.Errorf("a publication adds %d bytes: expected at most 200", n)
	}
}

func TestAnchorsAreUniqueAndLinksWithinThePageLead(t *testing.T) {
	d := statement(
		&doc.Heading{Attr: doc.Attr{ID: "main"}, Level: 2, Content: []doc.Inline{text("Main")}},
		&doc.Heading{Attr: doc.Attr{ID: "headline"}, Level: 2, Content: []doc.Inline{text("Headline")}},
		&doc.List{Items: []*doc.Item{{Attr: doc.Attr{ID: "main-"}, Blocks: []doc.Block{paragraph(text("x"))}}}},
		&doc.Table{Body: []*doc.Row{{Cells: []*doc.Cell{{Attr: doc.Attr{ID: "headline-"}, Content: []doc.Inline{text("x")}}}}}},
	)
	root := tree(t, write(t, d, loaded(t).options("en")))
	ids := map[string]bool{}
	for _, n := range find(root, func(n *nethtml.Node) bool { return attr(n, "id") != "" }) {
		if ids[attr(n, "id")] {
			t.Errorf("id %q stands twice", attr(n, "id"))
		}
		ids[attr(n, "id")] = true
	}
	for _, n := range find(root, func(*nethtml.Node) bool { return true }) {
		if s, ok := strings.CutPrefix(attr(n, "href"), "#"); ok && !ids[s] {
			t.Errorf("#%s leads nowhere", s)
		}
		if s := attr(n, "aria-labelledby"); s != "" && !ids[s] {
			t.Errorf("aria-labelledby %s names nothing", s)
		}
	}
	if main := find(root, named("main"))[0]; attr(main, "id") != "main--" {
		t.Errorf("main has the id %q", attr(main, "id"))
	}
}

func TestTheDateAloneIsMarked(t *testing.T) {
	for _, c := range []struct{ dateline, before, marked, after string }{
		{"Geneva, 14 November 2023", "Geneva, ", "14 November 2023", ""},
		{"14 November 2023", "", "14 November 2023", ""},
		{"Geneva on the 14th", "", "Geneva on the 14th", ""},
	} {
		d := statement()
		d.Front.Dateline = c.dateline
		page := string(write(t, d, loaded(t).options("en")))
		want := `<p class="dateline">` + c.before + `<time datetime="2023-11-14">` + c.marked + "</time>" + c.after + "</p>"
		if !strings.Contains(page, want) {
			t.Errorf("%s: no %s", c.dateline, want)
		}
	}
}

func TestWhatIsNotFinalIsKeptFromSearchEngines(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*doc.Meta)
		hidden bool
	}{
		"final":     {func(m *doc.Meta) { m.Status = doc.StatusFinal }, false},
		"none":      {func(*doc.Meta) {}, false},
		"corrected": {func(m *doc.Meta) { m.Status = doc.StatusCorrected }, false},
		"draft":     {func(m *doc.Meta) { m.Status = doc.StatusDraft }, true},
		"embargo":   {func(m *doc.Meta) { m.Embargo.Until = time.Unix(0, 0) }, true},
	} {
		d := statement()
		c.change(&d.Meta)
		page := write(t, d, loaded(t).options("en"))
		if got := bytes.Contains(page, []byte(`<meta name="robots" content="noindex">`)); got != c.hidden {
			t.Errorf("%s: noindex %v", name, got)
		}
	}
}

func TestEveryLanguageAndFormatIsLinked(t *testing.T) {
	root := tree(t, write(t, statement(), loaded(t).options("en")))
	links := map[string]string{}
	for _, n := range find(root, func(n *nethtml.Node) bool { return n.Data == "link" && attr(n, "rel") == "alternate" }) {
		links[attr(n, "hreflang")+" "+attr(n, "type")] = attr(n, "href")
	}
	for key, url := range map[string]string{
		"en ": "a.en.html", "ar ": "a.ar.html", "zh-Hans ": "a.zh-Hans.html", "x-default ": "a.en.html",
		"en application/pdf": "a.en.pdf", "ar application/pdf": "a.ar.pdf", "zh-Hans application/pdf": "a.zh-Hans.pdf",
	} {
		if links[key] != url {
			t.Errorf("alternate %q leads to %q, expected %q", key, links[key], url)
		}
	}
	var names []string
	for _, n := range find(root, func(n *nethtml.Node) bool { return n.Data == "li" && attr(n.Parent.Parent, "class") == "languages" }) {
		a := n.FirstChild
		names = append(names, content(n)+" "+attr(a, "lang")+" "+attr(a, "dir")+" "+attr(a, "href")+attr(a, "aria-current"))
	}
	want := "العربية ar rtl a.ar.html; English en ltr page; 简体中文 zh-Hans ltr a.zh-Hans.html"
	if got := strings.Join(names, "; "); got != want {
		t.Errorf("the switcher says %s, expected %s", got, want)
	}
}

func TestDefaultLanguage(t *testing.T) {
	page := func(lang string, original bool) Alternate {
		return Alternate{Lang: lang, Format: "html", URL: lang, Original: original}
	}
	for name, c := range map[string]struct {
		alternates []Alternate
		want       string
	}{
		"the original":          {[]Alternate{page("en", false), page("ru", true)}, "ru"},
		"else English":          {[]Alternate{page("ar", false), page("en-GB", false)}, "en-GB"},
		"else the first":        {[]Alternate{page("es", false), page("fr", false)}, "es"},
		"one language has none": {[]Alternate{page("en", true), {Lang: "en", Format: "pdf", URL: "x"}}, ""},
	} {
		b := &body{o: &Options{Alternates: c.alternates}}
		got := ""
		if a := b.fallback(); a != nil {
			got = a.Lang
		}
		if got != c.want {
			t.Errorf("%s: %q, expected %q", name, got, c.want)
		}
	}
}

func TestPolicyNamesTheStyleSheetAndNothingElse(t *testing.T) {
	page := string(write(t, statement(), loaded(t).options("en")))
	_, rest, _ := strings.Cut(page, "<style>")
	css, _, _ := strings.Cut(rest, "</style>")
	if !strings.Contains(page, policy(css)) {
		t.Error("the policy does not name the style sheet of the page")
	}
	if strings.Index(page, "Content-Security-Policy") > strings.Index(page, "<style>") {
		t.Error("the policy stands after the style sheet")
	}
	if m := regexp.MustCompile(`\s(style|on[a-z]+)="`).FindString(page); m != "" {
		t.Errorf("the policy forbids the attribute %s", m)
	}
}

func TestSameDocumentGivesSameBytes(t *testing.T) {
	r := loaded(t)
	d := sample(t, "ar")
	want := write(t, d, r.options("ar"))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 50 {
				got, err := r.writer.Write(d, r.options("ar"))
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("other bytes, or %v", err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestExtraReachesAThemeEscaped(t *testing.T) {
	themes, err := theme.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	th, _ := themes.Get("")
	th.Shell = `{{.Body}}{{with .Extra}}{{.tag}} {{index .deep.list 0}} {{.n}}{{end}}`
	w, err := New(themes)
	if err != nil {
		t.Fatal(err)
	}
	d := statement()
	d.Meta.Extra = map[string]any{"tag": "<b>", "n": 3, "deep": map[string]any{"list": []any{`"<i>`}}}
	o := loaded(t).options("en")
	o.Theme = th
	got, err := w.Write(d, o)
	if want := "&lt;b&gt; &#34;&lt;i&gt; 3"; err != nil || string(got) != want {
		t.Errorf("%q, %v; expected %q", got, err, want)
	}
}

// newBlock and newInline are constructs that this stage does not know yet.
type (
	newBlock  struct{ doc.Attr }
	newInline struct{ doc.Inline }
)

func TestFaultsOfTheCallerAreErrors(t *testing.T) {
	r := loaded(t)
	unresolved := statement()
	unresolved.Front = nil
	noLocale, otherTheme := r.options("en"), r.options("en")
	noLocale.Locale = nil
	otherTheme.Theme = &theme.Theme{}
	for want, c := range map[string]struct {
		d *doc.Document
		o Options
	}{
		"not resolved":              {unresolved, r.options("en")},
		"no locale":                 {statement(), noLocale},
		"not compiled":              {statement(), otherTheme},
		"the block *html.newBlock":  {statement(&newBlock{}), r.options("en")},
		"the inline html.newInline": {statement(paragraph(newInline{})), r.options("en")},
	} {
		if _, err := r.writer.Write(c.d, c.o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, expected %q", err, want)
		}
	}
}

func BenchmarkPage(b *testing.B) {
	for _, lang := range []string{"en", "ar", "zh-Hans"} {
		b.Run(lang, func(b *testing.B) {
			d, o := sample(b, lang), loaded(b).options(lang)
			b.ReportAllocs()
			for b.Loop() {
				write(b, d, o)
			}
		})
	}
}
