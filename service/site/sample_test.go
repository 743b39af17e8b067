package site

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"communique/locales"
	"communique/render"
	"communique/render/kind"
	"communique/render/locale"
	"communique/render/theme"
	"communique/templates"
)

// tongues are the languages of the project.
var tongues = []string{"en", "ar", "es", "fr", "pt", "ru", "uk", "zh-Hans"}

var resources = sync.OnceValues(func() (r Resources, err error) {
	if r.Locales, err = locale.Load(locales.FS); err != nil {
		return r, err
	}
	if r.Kinds, err = kind.Load(templates.FS); err != nil {
		return r, err
	}
	themes, err := theme.Load(templates.FS)
	if err == nil {
		r.Theme, _ = themes.Get("official")
	}
	return r, err
})

// newFace is the face of a made-up ministry.
func newFace(t testing.TB, change ...func(*Site)) *Face {
	t.Helper()
	r, err := resources()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := r.Locales.Zone("Africa/Harare")
	if err != nil {
		t.Fatal(err)
	}
	s := Site{Name: "Ministry of Mines", Names: map[string]string{"ar": "وزارة المناجم", "fr": "Ministère des Mines"}, BaseURL: "https://press.example.org",
		Languages: tongues, Zone: zone}
	for _, f := range change {
		f(&s)
	}
	f, err := New(r, s)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func at(day string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", day)
	if err != nil {
		panic(err)
	}
	return t
}

// titles are one title in some languages.
var titles = map[string]string{
	"en": "Plenary ends without a communiqué", "ar": "الاجتماع العام يُختتم دون بيان ختامي", "fr": "La plénière s’achève sans communiqué", "zh-Hans": "全体会议未发表公报即告闭幕",
}

// files are the editions of some languages.
func files(tags ...string) []Edition {
	out := []Edition{{Format: render.Data, Size: 2345678, SHA256: fmt.Sprintf("%064x", 7)}}
	for n, tag := range tags {
		for m, f := range []render.Format{render.PDF, render.HTML, render.Text, render.JSON, render.Card} {
			out = append(out, Edition{Lang: tag, Product: "report", Format: f, Size: int64(900 + 41234*m), SHA256: fmt.Sprintf("%064x", 16*n+m)})
		}
		out = append(out, Edition{Lang: tag, Product: "decisions", Format: render.PDF, Size: 54321, SHA256: fmt.Sprintf("%064x", 900+n)},
			Edition{Lang: tag, Product: "decisions", Format: render.HTML, Size: 4321, SHA256: fmt.Sprintf("%064x", 950+n)})
	}
	return out
}

// corrected has three revisions.
func corrected() *Publication {
	p := &Publication{ID: "01jd0000000000000000000000", Symbol: "MM/2023/118", Published: at("2023-11-14 08:00"),
		Item: Item{Slug: "plenary-ends", Kind: "report", Date: at("2023-11-14 00:00"), Updated: at("2023-11-16 15:30"), Original: "en", Corrected: true}}
	for _, tag := range []string{"en", "fr", "ar", "zh-Hans"} {
		p.Texts = append(p.Texts, Text{Lang: tag, Title: titles[tag], Summary: titles[tag] + ".", Place: map[string]string{"en": "Victoria Falls"}[tag]})
	}
	p.Revisions = []Revision{
		{Number: 1, At: p.Published, Change: First, Editions: files("en", "fr")},
		{Number: 2, At: at("2023-11-15 09:00"), Change: Language, Languages: []string{"zh-Hans", "ar"}, Editions: files("en", "fr", "ar", "zh-Hans")},
		{Number: 3, At: p.Updated, Zone: time.UTC, Change: Correction, Notes: []Note{{"en", "The number of delegates was wrong."}, {"fr", "Le nombre de délégués était faux."}},
			Editions: files("en", "fr", "ar", "zh-Hans")},
	}
	return p
}

// withdrawn has been taken back.
func withdrawn() *Publication {
	p := &Publication{Published: at("2022-03-01 10:00"), Item: Item{Slug: "figures-2021", Kind: "statistics", Date: at("2022-03-01 00:00"), Updated: at("2022-04-02 23:30"),
		Original: "fr", Texts: []Text{{Lang: "fr", Title: "Chiffres de 2021", Summary: "Les chiffres."}}, Withdrawn: true}}
	p.Revisions = []Revision{{Number: 1, At: p.Published, Change: First, Editions: files("fr")}}
	p.Withdrawal = &Withdrawal{At: p.Updated, Notes: []Note{{"fr", "Les chiffres étaient ceux d’une autre année."}}}
	return p
}

// catalogue is a small office's publications.
func catalogue() (all []Publication, items []Item) {
	all = []Publication{*corrected(), *withdrawn()}
	for n := range 4 {
		day := at("2023-02-03 00:00").AddDate(0, n, n)
		all = append(all, Publication{Published: day, Item: Item{Slug: fmt.Sprintf("notice-%d", n), Kind: "notice", Date: day, Updated: day, Original: "ru",
			Texts: []Text{{Lang: "ru", Title: fmt.Sprintf("Уведомление %d", n)}}}, Revisions: []Revision{{Number: 1, At: day, Change: First, Editions: files("ru")}}})
	}
	for _, p := range all {
		items = append(items, p.Item)
	}
	return all, inOrder(items)
}

// preview is what a reader sees before the time.
func preview() Preview {
	p := corrected()
	return Preview{Token: "tk-1", Reader: "Nadia Example, Example Times", Embargo: at("2023-11-20 10:00"), Until: at("2023-11-21 10:00"), Item: p.Item, Editions: p.Revisions[2].Editions}
}

// verdicts are all that can be said of a file.
func verdicts(lang string) map[string]Verdict {
	p := corrected()
	match := func(p *Publication, revision, current int) Verdict {
		e := p.Revisions[0].Editions[1]
		return Verdict{Lang: lang, SHA256: e.SHA256, Match: &Match{Publication: p, Edition: e, Revision: revision, Released: p.Published, Current: current}}
	}
	return map[string]Verdict{"genuine": match(p, 3, 3), "superseded": match(p, 1, 3), "recalled": match(withdrawn(), 1, 1), "unknown": {Lang: lang, SHA256: fmt.Sprintf("%064x", 5)}}
}

// everyPage is every page of the sample in a language, by a name.
func everyPage(f *Face, lang string) map[string]Page {
	all, items := catalogue()
	pages := map[string]Page{
		"index": f.Index(NewCatalogue(items), Query{Lang: lang}), "index-page": f.Index(NewCatalogue(slices.Concat(items, many(30))), Query{Lang: lang, Page: 2}),
		"index-filter": f.Index(NewCatalogue(items), Query{Lang: lang, Filter: Filter{Year: 2023, Kind: "notice", Language: "ru"}}),
		"index-none":   f.Index(NewCatalogue(nil), Query{Lang: lang}), "index-nothing": f.Index(NewCatalogue(items), Query{Lang: lang, Filter: Filter{Year: 1999}}),
		"search": f.Search(Results{Lang: lang, Query: "a < b", Items: items[:2], Total: 60, Page: 2}), "search-ask": f.Search(Results{Lang: lang}),
		"search-none": f.Search(Results{Lang: lang, Query: "nothing"}), "verify": f.Verify(lang, ""), "verify-wrong": f.Verify(lang, "abc"),
		"not-found": f.NotFound(lang), "gone": f.Gone(lang), "preview": f.Preview(preview(), lang),
		"publication": f.Publication(&all[0], lang), "withdrawn": f.Publication(&all[1], lang), "erased": f.Publication(&Publication{Item: Item{Slug: "erased", Withdrawn: true}}, lang),
	}
	for name, v := range verdicts(lang) {
		pages["verdict-"+name] = f.Verdict(v)
	}
	return pages
}

// many are publications in six languages.
func many(n int) (items []Item) {
	for i := range n {
		day := at("2024-06-01 00:00").AddDate(0, 0, -i)
		item := Item{Slug: fmt.Sprintf("statement-%d", i), Kind: "statement", Date: day, Updated: day, Original: "en", Corrected: i%7 == 0}
		for _, tag := range []string{"ar", "en", "es", "fr", "ru", "zh-Hans"} {
			item.Texts = append(item.Texts, Text{Lang: tag, Title: fmt.Sprintf("Statement %d on the certification of rough diamonds", i), Summary: "What the chair said to the delegates after the opening of the session."})
		}
		items = append(items, item)
	}
	return items
}
