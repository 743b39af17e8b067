package resolve

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/kind"
	"communique/render/locale"
)

func resources(t testing.TB) Resources {
	t.Helper()
	locales, err := locale.Load(os.DirFS("../../locales"))
	if err != nil {
		t.Fatal(err)
	}
	kinds, err := kind.Load(os.DirFS("../../templates"))
	if err != nil {
		t.Fatal(err)
	}
	return Resources{locales, kinds}
}

func words(s string) []doc.Inline { return []doc.Inline{&doc.Text{Value: s}} }

func heading(level int, s string) *doc.Heading {
	return &doc.Heading{Level: level, Content: words(s), Attr: doc.Attr{Pos: diag.Pos{File: "f.md", Line: 5, Column: 1}}}
}

func document(lang string, blocks ...doc.Block) *doc.Document {
	return &doc.Document{File: "f.md", Title: words("Title"), Blocks: blocks, Meta: doc.Meta{Lang: lang, Dir: locale.Direction(lang), Pos: map[string]diag.Pos{}}}
}

// codes resolves a document and gives the codes of its problems.
func codes(t testing.TB, d *doc.Document) []string {
	t.Helper()
	var l diag.List
	Resolve(d, resources(t), &l)
	var out []string
	for _, p := range l.Sorted() {
		out = append(out, p.Code)
		if p.Message == "" || p.Expected == "" || p.Fix == "" || p.File == "" {
			t.Errorf("the problem %+v does not say all", p)
		}
	}
	return out
}

func TestOutlineLevels(t *testing.T) {
	for _, c := range []struct {
		name     string
		in, want []int
		problems int
	}{
		{"sections stay", []int{2, 3, 2}, []int{2, 3, 2}, 0},
		{"level-1 headings move all down", []int{1, 2, 1}, []int{2, 3, 2}, 0},
		{"no level is skipped", []int{2, 4, 3, 2}, []int{2, 3, 3, 2}, 1},
		{"the first is level 2", []int{3}, []int{2}, 1},
		{"not below 6", []int{1, 2, 3, 4, 5, 6}, []int{2, 3, 4, 5, 6, 6}, 0},
	} {
		d := document("en")
		for _, l := range c.in {
			d.Blocks = append(d.Blocks, heading(l, "x"))
		}
		problems := codes(t, d)
		var got []int
		for _, h := range d.Front.Headings {
			got = append(got, h.Level)
		}
		if !slices.Equal(got, c.want) || len(problems) != c.problems {
			t.Errorf("%s: got %v with %v, want %v with %d problems", c.name, got, problems, c.want, c.problems)
		}
	}
}

func TestAnchorsAreUniqueAndKeepTheScript(t *testing.T) {
	chosen := heading(2, "Background")
	chosen.ID = "background"
	d := document("en", heading(2, "Background"), chosen, heading(2, "Что было согласовано?"), heading(2, "会议经过"), heading(2, "ما جرى / هنا"), heading(2, "!?"), heading(2, "E\u0301te\u0301"))
	if p := codes(t, d); len(p) != 0 {
		t.Error(p)
	}
	var got []string
	for _, h := range d.Front.Headings {
		got = append(got, h.ID)
	}
	want := []string{"background-2", "background", "что-было-согласовано", "会议经过", "ما-جرى-هنا", "section", "été"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAnIdUsedTwiceIsAnError(t *testing.T) {
	a, b := heading(2, "a"), &doc.Division{Attr: doc.Attr{ID: "x", Pos: diag.Pos{File: "f.md", Line: 9}}}
	a.ID = "x"
	if p := codes(t, document("en", a, b)); !slices.Equal(p, []string{"duplicate-id"}) {
		t.Error(p)
	}
}

func TestLinksToNowhereLoseTheAddressNotTheWords(t *testing.T) {
	good := &doc.Link{URL: "#%D8%A3", Content: words("a")}
	bad := &doc.Link{URL: "#nowhere", Content: words("b"), Pos: diag.Pos{File: "f.md", Line: 3}}
	d := document("en", heading(2, "أ"), &doc.Paragraph{Content: []doc.Inline{good, bad}})
	if p := codes(t, d); !slices.Equal(p, []string{"unknown-anchor"}) {
		t.Error(p)
	}
	if good.URL != "#أ" || bad.URL != "" {
		t.Errorf("got %q and %q", good.URL, bad.URL)
	}
}

func TestLabelsOfLists(t *testing.T) {
	inner := &doc.List{Items: []*doc.Item{{}}}
	ordered := &doc.List{Ordered: true, Start: 9, Delimiter: ')', Items: []*doc.Item{{}, {Blocks: []doc.Block{inner}}}}
	tasks := &doc.List{Items: []*doc.Item{{Task: doc.TaskDone}, {Task: doc.TaskOpen}, {}}}
	codes(t, document("en", ordered, tasks))
	got := []string{ordered.Items[0].Label, ordered.Items[1].Label, inner.Items[0].Label, tasks.Items[0].Label, tasks.Items[1].Label, tasks.Items[2].Label}
	if want := []string{"9)", "10)", "–", "☑", "☐", "•"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDatelineInEveryLanguage(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "Geneva, 14 November 2023", "fr": "Geneva, le 14 novembre 2023", "ru": "Geneva, 14 ноября 2023\u00a0г.",
		"es": "Geneva, 14 de noviembre de 2023", "zh-Hans": "2023年11月14日，Geneva", "ar": "\u2068Geneva\u2069، 14 نوفمبر 2023",
	} {
		d := document(lang)
		d.Meta.Place, d.Meta.Date = "Geneva", doc.Date{Time: time.Date(2023, 11, 14, 0, 0, 0, 0, time.UTC)}
		codes(t, d)
		if got := strings.ReplaceAll(d.Front.Dateline, "\u202f", "\u00a0"); got != want || d.Front.DatelineISO != "2023-11-14" {
			t.Errorf("%s: got %q and %q, want %q", lang, got, d.Front.DatelineISO, want)
		}
	}
}

func TestBandsNameWhatNoReaderMayOverlook(t *testing.T) {
	d := document("en")
	d.Meta.Embargo = doc.Embargo{Until: time.Date(2023, 7, 14, 9, 0, 0, 0, time.UTC), Zone: "America/New_York"}
	d.Meta.Status = doc.StatusDraft
	d.Meta.Translation.By = "machine"
	codes(t, d)
	if len(d.Front.Bands) != 3 {
		t.Fatalf("bands: %+v", d.Front.Bands)
	}
	if got, want := d.Front.Bands[0].Text, "Embargoed until 14 July 2023 at 05:00 (UTC-04:00, America/New York)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for i, k := range []doc.BandKind{doc.BandEmbargo, doc.BandDraft, doc.BandTranslation} {
		if d.Front.Bands[i].Kind != k || d.Front.Bands[i].Text == "" {
			t.Errorf("band %d: %+v", i, d.Front.Bands[i])
		}
	}
}

func TestContactsBecomeASection(t *testing.T) {
	d := document("ar", heading(1, "x"))
	d.Meta.Contacts = []doc.Contact{{Role: "المكتب", Phone: "+41 (22) 555-01", Email: "press@example.org", Hours: "8"}}
	if p := codes(t, d); len(p) != 0 {
		t.Error(p)
	}
	if h := d.Blocks[1].(*doc.Heading); h.Level != 2 {
		t.Errorf("the heading is at level %d", h.Level)
	}
	var urls []string
	p := d.Blocks[2].(*doc.Paragraph)
	doc.WalkInlines(p.Content, func(n doc.Inline) bool {
		switch n := n.(type) {
		case *doc.Link:
			urls = append(urls, n.URL)
		case *doc.Span:
			if n.Dir != doc.LeftToRight {
				t.Error("a telephone number does not run from left to right")
			}
		}
		return true
	})
	if want := []string{"tel:+412255501", "mailto:press@example.org"}; !slices.Equal(urls, want) {
		t.Errorf("got %q, want %q", urls, want)
	}
}

func TestAttributionByASpeakersId(t *testing.T) {
	q := &doc.Quote{Attribution: words("chair")}
	d := document("en", q)
	d.Meta.Speakers = []doc.Speaker{{ID: "chair", Name: "The Chair", Title: "Plenary"}}
	codes(t, d)
	if got := doc.PlainText(q.Attribution); got != "The Chair, Plenary" {
		t.Errorf("got %q", got)
	}
}

func TestSpansTakeTheDirectionOfTheirLanguage(t *testing.T) {
	ar, set := &doc.Span{Lang: "ar"}, &doc.Span{Lang: "ar", Dir: doc.LeftToRight}
	div := &doc.Division{Attr: doc.Attr{Lang: "he"}}
	codes(t, document("en", &doc.Paragraph{Content: []doc.Inline{ar, set}}, div))
	if ar.Dir != doc.RightToLeft || set.Dir != doc.LeftToRight || div.Dir != doc.RightToLeft {
		t.Errorf("got %v, %v, %v", ar.Dir, set.Dir, div.Dir)
	}
}

func TestEmptyTableHeadsAreDropped(t *testing.T) {
	full := &doc.Table{Head: []*doc.Row{{Cells: []*doc.Cell{{}, {Content: words("x")}}}}}
	bare := &doc.Table{Head: []*doc.Row{{Cells: []*doc.Cell{{}, {}}}}}
	codes(t, document("en", full, &doc.Quote{Blocks: []doc.Block{bare}}))
	if full.Head == nil || bare.Head != nil {
		t.Error("only the head without words goes")
	}
}

func TestTranslationsMustAgree(t *testing.T) {
	day := func(n int) doc.Date { return doc.Date{Time: time.Date(2023, 11, n, 0, 0, 0, 0, time.UTC)} }
	make := func(file, lang string, date doc.Date, symbol string) *doc.Document {
		d := document(lang)
		d.File, d.Meta.Date, d.Meta.Symbol = file, date, symbol
		d.Meta.Pos["date"] = diag.Pos{File: file, Line: 4, Column: 7}
		return d
	}
	docs := []*doc.Document{make("a/x.en.md", "en", day(14), "S/1"), make("a/x.fr.md", "fr", day(15), "S/1"), make("b/x.fr.md", "fr", day(16), "S/2")}
	lists := []*diag.List{{}, {}, {}}
	Siblings(docs, lists)
	for i, want := range []int{1, 1, 0} {
		ps := lists[i].Sorted()
		if len(ps) != want {
			t.Errorf("%s: %v", docs[i].File, ps)
		}
		for _, p := range ps {
			if p.Severity != diag.Error || p.Path != "date" || p.Line != 4 || p.File != docs[i].File {
				t.Errorf("problem: %+v", p)
			}
		}
	}
	if !SameWork(docs[0], docs[1]) || SameWork(docs[0], docs[2]) {
		t.Error("translations are files of one slug in one folder")
	}
	if w := Work(docs[1], docs); len(w) != 2 || Original(w) != docs[0] {
		t.Errorf("the work has %d documents", len(w))
	}
	docs[1].Meta.Original = true
	if Original(docs) != docs[1] {
		t.Error("original: true does not make the original")
	}
	docs[2].Meta.Translation.Of, docs[0].Meta.ID = "k", "k"
	if !SameWork(docs[2], docs[0]) {
		t.Error("translation_of names the original's id")
	}
}

func TestResolvingTwiceFromTheSameSourceGivesTheSameWords(t *testing.T) {
	make := func() *doc.Document {
		d := document("en", heading(1, "a"), heading(3, "a"), heading(2, "b"))
		d.Meta.Contacts = []doc.Contact{{Name: "x"}}
		codes(t, d)
		return d
	}
	a, b := make(), make()
	for i := range a.Front.Headings {
		if a.Front.Headings[i].ID != b.Front.Headings[i].ID {
			t.Error("anchors differ")
		}
	}
}
