package site

import (
	"slices"
	"strings"
	"testing"
	"time"

	"communique/render"
)

func TestACatalogueHasTheNewestFirst(t *testing.T) {
	east := time.FixedZone("", 14*3600)
	items := []Item{
		{Slug: "b", Date: at("2023-05-01 00:00")}, {Slug: "a", Date: at("2023-05-01 00:00")}, {Slug: "later", Date: at("2023-05-01 00:00"), Updated: at("2023-06-01 00:00")},
		{Slug: "east", Date: time.Date(2023, 5, 2, 0, 0, 0, 0, east)}, {Slug: "old", Date: at("2022-12-31 00:00")},
	}
	var got []string
	for _, i := range NewCatalogue(items).items {
		got = append(got, i.Slug)
	}
	if want := []string{"east", "later", "a", "b", "old"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFiltersNarrowTheIndex(t *testing.T) {
	f := newFace(t)
	_, items := catalogue()
	for _, tc := range []struct {
		filter Filter
		count  string
		titles int
	}{
		{Filter{}, "6 publications", 6}, {Filter{Year: 2022}, "1 publication", 1}, {Filter{Kind: "notice"}, "4 publications", 4}, {Filter{Language: "ar"}, "1 publication", 1},
		{Filter{Year: 2023, Kind: "report", Language: "fr"}, "1 publication", 1}, {Filter{Year: 2022, Kind: "report"}, "0 publications", 0},
	} {
		body := string(f.Index(NewCatalogue(items), Query{Lang: "en", Filter: tc.filter}).Body)
		if !strings.Contains(body, `<p class="count">`+tc.count) || strings.Count(body, "<h3>") != tc.titles {
			t.Errorf("%+v: %d titles, no %q", tc.filter, strings.Count(body, "<h3>"), tc.count)
		}
	}
	body := string(f.Index(NewCatalogue(items), Query{Lang: "uk", Filter: Filter{Year: 2023}}).Body)
	for _, want := range []string{"5 публікацій", `<option value="2023" selected>2023</option>`, `<option value="report">Доповідь</option>`, `<option value="ar" lang="ar" dir="rtl">العربية</option>`, "Скинути фільтр"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestPagesOfAListAreNumbered(t *testing.T) {
	f := newFace(t, func(s *Site) { s.PageSize = 10 })
	items := many(101)
	for page, want := range map[int][]string{
		-1: {"Page 1 of 11", `<a href="/?lang=en&amp;page=2" rel="next">Older</a>`}, 99: {"Page 11 of 11", `<a href="/?lang=en&amp;page=10" rel="prev">Newer</a>`},
		6: {"Page 6 of 11", `<a href="/?lang=en">1</a>`, `<li aria-hidden="true">…</li>`, `<span aria-current="page">6</span>`, `rel="prev">Newer`, `rel="next">Older`},
	} {
		body := string(f.Index(NewCatalogue(items), Query{Lang: "en", Page: page}).Body)
		for _, w := range want {
			if !strings.Contains(body, w) {
				t.Errorf("page %d: no %q", page, w)
			}
		}
	}
	if body := string(f.Index(NewCatalogue(items[:10]), Query{Lang: "en"}).Body); strings.Contains(body, `class="paging"`) {
		t.Error("one page has numbers")
	}
}

func TestSizesAreInTheFormOfTheLanguage(t *testing.T) {
	f := newFace(t)
	for _, tc := range []struct {
		lang string
		n    int64
		want string
	}{
		{"en", 0, "0 bytes"}, {"en", 1, "1 byte"}, {"en", 999, "999 bytes"}, {"en", 1000, "1\u00a0kB"}, {"en", 1001, "2\u00a0kB"}, {"en", 998_001, "999\u00a0kB"},
		{"en", 999_001, "1.0\u00a0MB"}, {"fr", 2_345_678, "2,4\u00a0Mo"}, {"ru", 22, "22 байта"}, {"ar", 3, "3 بايتات"}, {"pt", 12_345_000_000, "12\u00a0345,0\u00a0MB"},
	} {
		if got := f.speak(tc.lang).size(tc.n); got != tc.want {
			t.Errorf("%s %d: got %q, want %q", tc.lang, tc.n, got, tc.want)
		}
	}
}

func TestNamesOfFilesAreTheirAddresses(t *testing.T) {
	for want, e := range map[string]Edition{
		"en": {Lang: "en", Format: render.HTML}, "en.pdf": {Lang: "en", Format: render.PDF}, "en.decisions.html": {Lang: "en", Product: "decisions", Format: render.HTML},
		"en.card.png": {Lang: "en", Format: render.Card}, "zh-Hans.outcomes.csv": {Lang: "zh-Hans", Format: render.OutcomesCSV}, "data.json": {Format: render.Data},
	} {
		if got := e.Name(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestTheOriginalStandsInForALanguageThatIsMissing(t *testing.T) {
	body := string(newFace(t).Publication(corrected(), "uk").Body)
	for _, want := range []string{`<h1><bdi lang="en" dir="ltr">Plenary ends`, `<bdi lang="en" dir="ltr">The number of delegates was wrong.</bdi>`, "Додано мови: арабська і китайська (спрощене письмо)"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestAWithdrawnPublicationLinksToNoEdition(t *testing.T) {
	f := newFace(t)
	body := string(f.Publication(withdrawn(), "en").Body)
	if strings.Contains(body, "/p/figures-2021/") || !strings.Contains(body, "withdrawn on 3 April 2022") || !strings.Contains(body, `<bdi lang="fr" dir="ltr">Les chiffres étaient`) {
		t.Error("editions are linked, or the day in the office's zone or the note is missing")
	}
}

func TestAVerdictSaysWhatTheFileIs(t *testing.T) {
	f := newFace(t)
	for name, want := range map[string][]string{
		"genuine":    {"it is the current version.", "<dd>Revision 3</dd>", `<bdi lang="fr"`, `href="/p/plenary-ends?lang=en"`},
		"superseded": {"a newer version has replaced it.", "<dd>Revision 1</dd>", `<a href="/p/plenary-ends/`, `Revision 3</a>`},
		"recalled":   {"it has been withdrawn since.", "withdrawn on 3 April 2022"}, "unknown": {"We never published this file.", "What this can mean"},
	} {
		v := verdicts("en")[name]
		if v.Match != nil && name != "recalled" {
			v.Match.Edition.Lang = "fr"
		}
		body := string(f.Verdict(v).Body)
		for _, w := range want {
			if !strings.Contains(body, w) {
				t.Errorf("%s: no %q", name, w)
			}
		}
	}
}

// A record of which only another product is published has its pages there.
func TestLinksLeadToTheProductThatThereIs(t *testing.T) {
	f := newFace(t)
	p := corrected()
	p.Product = "decisions"
	for i := range p.Revisions {
		p.Revisions[i].Editions = slices.DeleteFunc(p.Revisions[i].Editions, func(e Edition) bool { return e.Product == "report" })
	}
	body := string(f.Index(NewCatalogue([]Item{p.Item}), Query{Lang: "en"}).Body) + string(f.Publication(p, "en").Body)
	for _, want := range []string{`<a href="/p/plenary-ends/fr.decisions.html" hreflang="fr" lang="fr"`, `<a href="/p/plenary-ends/r1/fr.decisions.html"`, `<a href="/p/plenary-ends/r1/fr.decisions.pdf"`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(body, `"/p/plenary-ends/fr"`) {
		t.Error("a link to a page that is not there")
	}
}

func TestInstantsAreInTheZoneOfTheirRevision(t *testing.T) {
	body := string(newFace(t).Publication(corrected(), "en").Body)
	for _, want := range []string{"16 November 2023 at 15:30 (UTC)</time>", "15 November 2023 at 11:00 (UTC&#43;02:00, Africa/Harare)</time>"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestAFileThatWasDroppedLeadsToItsPublication(t *testing.T) {
	v := verdicts("en")["superseded"]
	v.Match.Edition.Lang = "uk"
	body := string(newFace(t).Verdict(v).Body)
	if !strings.Contains(body, `<a href="/p/plenary-ends?lang=en">Revision 3</a>`) {
		t.Error("no link to the publication")
	}
}
