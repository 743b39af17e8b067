package judge_test

import (
	"strings"
	"testing"
	"time"

	"communique/render"
	"communique/render/doc"
	"communique/render/judge"
	"communique/render/release"
)

// Publications are the samples and a record as a press office gives them out: a preview
// for a reader, and a correction. The name of each begins with which of them it is.
const (
	previewed = "preview."
	amended   = "corrected."
)

func publications(t testing.TB) (out []render.Source) {
	t.Helper()
	for _, s := range samples(t) {
		for _, as := range []string{previewed, amended} {
			out = append(out, render.Source{Name: as + s.Name, Data: s.Data, Files: s.Files})
		}
	}
	for _, s := range meetings(t) {
		if product, lang, _ := plenaryEdition(s.Name); product == "report" && (lang == "en" || lang == "ar") { // with a cover
			out = append(out, render.Source{Name: previewed + s.Name, Data: s.Data})
		}
	}
	return out
}

// publish lays what the publisher says over a document of the group.
func publish(t testing.TB, d *doc.Document, name, product string) {
	t.Helper()
	p := published(name)
	if p == nil {
		return
	}
	res, err := resources()
	if err != nil {
		t.Fatal(err)
	}
	publisher, err := release.Check(p, res.Locales)
	if err != nil {
		t.Fatal(err)
	}
	publisher.Over(d, "en", product, "")
}

// published is what the publisher says about a source of the group "publication"; nil
// for any other name.
func published(name string) *render.Publication {
	switch {
	case strings.HasPrefix(name, previewed):
		return &render.Publication{
			Embargo: doc.Embargo{Until: time.Date(2023, 11, 14, 10, 0, 0, 0, time.UTC), Zone: "Africa/Harare"},
			Reader:  "Amina Haddad, Agence centrale", Revision: 1,
		}
	case strings.HasPrefix(name, amended):
		return &render.Publication{Status: doc.StatusCorrected, Revision: 2, Address: "https://press.example.org/p/kimberley-2023",
			Correction: render.Correction{At: time.Date(2023, 11, 15, 8, 30, 0, 0, time.UTC), Zone: "Africa/Harare", Notes: map[string]string{
				"en":      "The number of agreed items in the second section is 98, not 89.",
				"zh-Hans": "第二部分中达成一致的事项应为98项，而非89项。"}}} // the others get the English one
	}
	return nil
}

// The name of the reader stands at the foot of every page, and on the first one above
// the headline too.
func TestEveryPageOfAPreviewNamesItsReader(t *testing.T) {
	judge.Need(t, judge.Pdftotext)
	all := group(t, "publication")
	texts, err := judge.Read(judge.Content, pdfs(all))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		for i, p := range texts[e.pdf] {
			want := 0
			if strings.HasPrefix(e.name, previewed) {
				want = 1
				if i == 0 {
					want = 2
				}
			}
			if got := strings.Count(judge.Letters(p), judge.Letters("Amina Haddad, Agence centrale")); got != want {
				t.Errorf("%s: page %d names the reader %d times, want %d", e.name, i+1, got, want)
			}
		}
	}
}
