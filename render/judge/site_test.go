package judge_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"communique/locales"
	"communique/render"
	"communique/render/judge"
	"communique/render/kind"
	"communique/render/locale"
	"communique/render/theme"
	"communique/service/site"
	"communique/templates"
)

// siteTongues are the languages of the public face.
var siteTongues = []string{"en", "ar", "es", "fr", "pt", "ru", "uk", "zh-Hans"}

var public = sync.OnceValues(func() (*site.Face, error) {
	all, err := locale.Load(locales.FS)
	if err != nil {
		return nil, err
	}
	kinds, err := kind.Load(templates.FS)
	if err != nil {
		return nil, err
	}
	themes, err := theme.Load(templates.FS)
	if err != nil {
		return nil, err
	}
	look, _ := themes.Get("")
	zone, err := all.Zone("Africa/Harare")
	if err != nil {
		return nil, err
	}
	return site.New(site.Resources{Locales: all, Kinds: kinds, Theme: look},
		site.Site{Name: "Ministry of Mines", BaseURL: "https://press.example.org", Languages: siteTongues, Zone: zone, PageSize: 4})
})

// announced is a publication with a history, in every state of one.
func announced() (current, gone *site.Publication) {
	day := time.Date(2023, 11, 14, 8, 0, 0, 0, time.UTC)
	texts := []site.Text{
		{Lang: "en", Title: "Plenary ends without a communiqué", Summary: "One participant blocked an agenda item.", Place: "Victoria Falls"},
		{Lang: "ar", Title: "الاجتماع العام يُختتم دون بيان ختامي", Summary: "عرقل أحد المشاركين إدراج بند."},
		{Lang: "zh-Hans", Title: "全体会议未发表公报即告闭幕"},
	}
	var editions []site.Edition
	for n, f := range []render.Format{render.PDF, render.HTML, render.Text, render.JSON, render.Card, render.OutcomesCSV} {
		for m, x := range texts {
			editions = append(editions, site.Edition{Lang: x.Lang, Format: f, Size: int64(700 + 45_678*n), SHA256: fmt.Sprintf("%064x", 10*n+m)})
		}
	}
	editions = append(editions, site.Edition{Lang: "en", Product: "decisions", Format: render.PDF, Size: 2_345_678, SHA256: fmt.Sprintf("%064x", 99)})
	item := site.Item{Slug: "plenary-ends", Kind: "report", Date: day, Updated: day.Add(50 * time.Hour), Original: "en", Texts: texts, Corrected: true}
	revisions := []site.Revision{
		{Number: 1, At: day, Change: site.First, Editions: editions},
		{Number: 2, At: day.Add(20 * time.Hour), Change: site.Language, Languages: []string{"ar", "zh-Hans"}, Editions: editions},
		{Number: 3, At: day.Add(50 * time.Hour), Change: site.Correction, Notes: []site.Note{{Lang: "en", Text: "The number of delegates was wrong."}}, Editions: editions},
	}
	current = &site.Publication{Item: item, Symbol: "MM/2023/118", Published: day, Revisions: revisions}
	end := *current
	end.Slug, end.Item.Withdrawn = "plenary-withdrawn", true
	end.Withdrawal = &site.Withdrawal{At: day.Add(90 * time.Hour), Notes: []site.Note{{Lang: "en", Text: "It was issued in error."}}}
	return current, &end
}

// facePages writes the pages of the public face in a language, and lists them.
func facePages(t *testing.T, lang string) []string {
	t.Helper()
	f, err := public()
	if err != nil {
		t.Fatal(err)
	}
	p, gone := announced()
	items := []site.Item{p.Item, gone.Item}
	for n := range 20 {
		next := p.Item
		next.Slug, next.Date, next.Corrected = fmt.Sprintf("statement-%d", n), p.Item.Date.AddDate(0, -3*n, 0), false
		items = append(items, next)
	}
	all := site.NewCatalogue(items)
	e := p.Revisions[0].Editions[0]
	verdict := func(p *site.Publication, revision int) site.Page {
		return f.Verdict(site.Verdict{Lang: lang, SHA256: e.SHA256, Match: &site.Match{Publication: p, Edition: e, Revision: revision, Released: p.Published, Current: 3}})
	}
	dir := t.TempDir()
	var files []string
	for name, page := range map[string]site.Page{
		"index": f.Index(all, site.Query{Lang: lang, Page: 3}), "filter": f.Index(all, site.Query{Lang: lang, Filter: site.Filter{Year: 1999}}),
		"empty": f.Index(site.NewCatalogue(nil), site.Query{Lang: lang}), "search": f.Search(site.Results{Lang: lang, Query: "plenary", Items: items[:4], Total: 22}),
		"found-nothing": f.Search(site.Results{Lang: lang, Query: "<nothing>"}), "publication": f.Publication(p, lang), "withdrawn": f.Publication(gone, lang),
		"verify": f.Verify(lang, ""), "wrong": f.Verify(lang, "123"), "genuine": verdict(p, 3), "superseded": verdict(p, 1), "recalled": verdict(gone, 1),
		"unknown": f.Verdict(site.Verdict{Lang: lang, SHA256: e.SHA256}), "not-found": f.NotFound(lang), "gone": f.Gone(lang),
		"preview": f.Preview(site.Preview{Token: "token", Reader: "Example Times", Embargo: p.Published, Until: p.Updated, Item: p.Item, Editions: p.Revisions[0].Editions}, lang),
	} {
		file := filepath.Join(dir, name+"."+lang+".html")
		if err := os.WriteFile(file, page.Body, 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

func TestThePublicFaceConforms(t *testing.T) {
	judge.Need(t, judge.HTML)
	var files []string
	for _, lang := range siteTongues {
		files = append(files, facePages(t, lang)...)
	}
	found, err := judge.Conform(files)
	if err != nil {
		t.Fatal(err)
	}
	judge.Report(t, found)
}

func TestThePublicFaceIsAccessible(t *testing.T) {
	b := browser(t)
	for i, lang := range siteTongues {
		for j, file := range facePages(t, lang) {
			for k, v := range judge.Views {
				if lang != "ar" && (i+j+k)%len(judge.Views) != 0 {
					continue // one look each, four at what is mirrored
				}
				found, err := b.Accessible(file, v)
				if err != nil {
					t.Fatal(err)
				}
				judge.Report(t, found)
			}
		}
	}
}

func TestThePublicFaceFitsAPhoneAndRunsNoScript(t *testing.T) {
	b := browser(t)
	for _, lang := range siteTongues {
		for _, file := range facePages(t, lang) {
			overflow, scripts, err := b.Measure(file, judge.Views[0])
			if err != nil {
				t.Fatal(err)
			}
			if overflow > 0 || scripts > 0 {
				t.Errorf("%s: %d pixels too wide, %d scripts", filepath.Base(file), overflow, scripts)
			}
		}
	}
}

func TestThePublicFaceWorksFromTheKeyboard(t *testing.T) {
	b := browser(t)
	for _, v := range judge.Views {
		for _, file := range facePages(t, "ar") {
			stops, err := b.Tab(file, v, 300)
			if err != nil {
				t.Fatal(err)
			}
			if len(stops) < 5 || !strings.Contains(stops[0].HTML, `href="#`) {
				t.Errorf("%s, %s: %d stops, the first is no skip link", filepath.Base(file), v.Name, len(stops))
			}
			for _, s := range stops {
				if !s.Visible || !s.Marked {
					t.Errorf("%s, %s: focus on %s %q is visible: %t, marked: %t", filepath.Base(file), v.Name, s.HTML, s.Text, s.Visible, s.Marked)
				}
			}
		}
	}
}
