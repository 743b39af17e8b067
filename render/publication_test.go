package render_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"communique/render"
	"communique/render/doc"
	"communique/render/export"
)

// posted is a statement as an office gets it: a draft under embargo, by any name.
func posted(name, lang, title string) render.Source {
	return render.Source{Name: name, Data: fmt.Appendf(nil, "---\ntitle: %s\nlang: %s\nstatus: draft\nembargo: {until: 2023-11-14T10:00:00Z, zone: Africa/Harare}\nsymbol: MFA/2023/1\nkeywords: [one]\n---\n\nThe `code` of *%s*.[^1]\n\n[^1]: A note.\n", title, lang, title)}
}

func work() []render.Source {
	return []render.Source{posted("first.md", "en", "A statement"), posted("deuxième.md", "fr", "Une déclaration"),
		posted("بيان.md", "ar", "بيان"), posted("zh.md", "zh-Hans", "声明")}
}

var readable = []render.Format{render.PDF, render.HTML, render.Text, render.JSON, render.Card}

func published(t *testing.T, p render.Publication, sources ...render.Source) *render.Result {
	t.Helper()
	if len(sources) == 0 {
		sources = work()
	}
	res := do(t, renderer(t, 2), render.Request{Sources: sources, Formats: readable, Publication: &p, Names: render.ByLanguage})
	for _, problem := range res.Problems {
		t.Error(problem)
	}
	return res
}

// artifactNamed finds an artifact by its whole name.
func artifactNamed(t *testing.T, res *render.Result, name string) string {
	t.Helper()
	i := slices.IndexFunc(res.Artifacts, func(a render.Artifact) bool { return a.Name == name })
	if i < 0 {
		t.Fatalf("there is no %s; problems: %v", name, res.Problems)
	}
	return string(res.Artifacts[i].Data)
}

var corrected = render.Publication{Status: doc.StatusCorrected, Revision: 2, Correction: render.Correction{
	At: time.Date(2023, 11, 14, 23, 0, 0, 0, time.UTC), Zone: "Africa/Harare", Notes: map[string]string{ // the 15th there
		"en": "The figure in paragraph 3 is 118.4 million carats.", "zh-Hans": "第3段的数字应为1.184亿克拉。"}}}

func TestWhatThePublisherCallsFinalHasNoNotice(t *testing.T) {
	res := published(t, render.Publication{})
	for _, lang := range []string{"en", "fr", "ar", "zh-Hans"} {
		if page := artifactNamed(t, res, lang+".html"); strings.Contains(page, `class="band`) || strings.Contains(page, "noindex") || !strings.Contains(page, `"creativeWorkStatus":"final"`) {
			t.Errorf("the page in %s has a notice", lang)
		}
		if text := artifactNamed(t, res, lang+".txt"); strings.Contains(text, "****") {
			t.Errorf("the text in %s has a notice:\n%s", lang, text)
		}
	}
	for _, p := range res.Particulars {
		if p.Status != doc.StatusDraft || p.Embargo.Zone != "Africa/Harare" || p.Embargo.Until.Hour() != 10 {
			t.Errorf("%s: the source says %q, %v", p.Source, p.Status, p.Embargo)
		}
	}
}

func TestACorrectionIsToldInEveryFormatAndLanguage(t *testing.T) {
	res := published(t, corrected)
	for lang, say := range map[string][2]string{
		"en":      {"Corrected on 15 November 2023: The figure in paragraph 3 is 118.4 million carats.", `band-corrected">Corrected on 15 November 2023: The figure`},
		"fr":      {"Version corrigée le 15 novembre 2023\u00a0: The figure", `band-corrected">Version corrigée le 15 novembre 2023` + "\u00a0" + `: <span lang="en" dir="ltr">The figure in paragraph 3 is 118.4 million carats.</span></p>`},
		"ar":      {"صُوّب هذا النص في 15 نوفمبر 2023: \u2066The figure", `2023: <span lang="en" dir="ltr">The figure in paragraph 3 is 118.4 million carats.</span></p>`},
		"zh-Hans": {"2023年11月15日更正：第3段的数字应为1.184亿克拉。", `band-corrected">2023年11月15日更正：第3段的数字应为1.184亿克拉。</p>`},
	} {
		text := strings.Join(strings.Fields(artifactNamed(t, res, lang+".txt")), " ")
		if !strings.HasPrefix(strings.TrimLeft(text, "* "), strings.Join(strings.Fields(say[0]), " ")) {
			t.Errorf("the text in %s begins %.300q", lang, text)
		}
		page := artifactNamed(t, res, lang+".html")
		for _, want := range []string{say[1], `"version":"2"`, `"dateModified":"2023-11-15T01:00:00+02:00"`, `"correction":{"@type":"CorrectionComment"`,
			`<meta property="article:modified_time" content="2023-11-15T01:00:00+02:00">`, `<nav class="home"`, `href="./"`} {
			if !strings.Contains(page, want) {
				t.Errorf("the page in %s has no %s", lang, want)
			}
		}
		if strings.Contains(page, "noindex") || strings.Contains(page, "<script>") {
			t.Errorf("the page in %s is kept from search engines, or runs a script", lang)
		}
		d, err := export.Read([]byte(artifactNamed(t, res, lang+".json")))
		if err != nil {
			t.Fatal(err)
		}
		if c := d.Release.Correction; len(d.Front.Bands) != 1 || d.Front.Bands[0].Kind != doc.BandCorrected || c.Note == "" || d.Meta.Status != doc.StatusCorrected {
			t.Errorf("the document in %s: %+v, %+v", lang, d.Front.Bands, c)
		}
	}
}

func TestAPreviewNamesItsReader(t *testing.T) {
	var sources []render.Source
	for _, s := range samples(t) {
		sources = append(sources, render.Source{Name: s.Name, Data: s.Data})
	}
	p := render.Publication{Reader: `Amina "A" <b>Haddad</b> & 通讯社`, Embargo: doc.Embargo{Until: time.Date(2023, 11, 14, 10, 0, 0, 0, time.UTC), Zone: "Africa/Harare"}}
	res := published(t, p, sources...)
	for lang, words := range map[string][2]string{
		"en": {"Preview for ", " – not for publication"}, "fr": {"Aperçu réservé à ", " – ne pas diffuser"}, "es": {"Versión preliminar para ", " – no difundir"},
		"pt": {"Versão prévia para ", " – não divulgar"}, "ru": {"Экземпляр для ознакомления: ", ". Не для распространения"},
		"uk": {"Примірник для ознайомлення: ", ". Не для поширення"}, "ar": {"نسخة للاطلاع المسبق: \u2068", "\u2069 – غير معدّة للنشر"}, "zh-Hans": {"仅供", "提前阅览，请勿发布"},
	} {
		text := artifactNamed(t, res, lang+".txt")
		bands := strings.SplitN(text, strings.Repeat("*", 72), 5) // before, the preview, between, the embargo, after
		if got, want := strings.Join(strings.Fields(bands[1]), " "), strings.Join(strings.Fields(words[0]+p.Reader+words[1]), " "); bands[0] != "" || got != want {
			t.Errorf("the text in %s begins %q, want %q", lang, got, want)
		}
		if embargo := strings.Join(strings.Fields(bands[3]), ""); !strings.Contains(embargo, "UTC+02:00") {
			t.Errorf("the text in %s does not go on with the embargo: %q", lang, embargo)
		}
		page := artifactNamed(t, res, lang+".html")
		if !strings.Contains(page, `<p role="note" class="band band-preview">`+words[0]+`Amina "A" &lt;b&gt;Haddad&lt;/b&gt; &amp; 通讯社`+words[1]+"</p>") {
			_, page, _ = strings.Cut(page, "band-preview")
			t.Errorf("the page in %s has %.300s", lang, page)
		}
		if !strings.Contains(page, `name="robots" content="noindex"`) {
			t.Errorf("search engines may find the preview in %s", lang)
		}
	}
}

func TestEditionsAreNamedByLanguage(t *testing.T) {
	res := published(t, render.Publication{})
	page := artifactNamed(t, res, "en.html")
	for _, want := range []string{`hreflang="fr" href="fr.html"`, `hreflang="zh-Hans" href="zh-Hans.html"`, `href="en.pdf"`, `<meta property="og:image" content="en.card.png">`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for _, never := range []string{"canonical", "og:url", "https://press", `"url":"https`} {
		if strings.Contains(page, never) {
			t.Errorf("the page has %s, though nobody has told its address", never)
		}
	}
	for _, a := range res.Artifacts {
		if a.Product != "" {
			t.Errorf("%s is of the product %q", a.Name, a.Product)
		}
	}
	all := do(t, renderer(t, 2), render.Request{Sources: []render.Source{record(t, plenaryFile)}, Langs: []string{"en", "ar"}, Products: []string{"report", "decisions"},
		Formats: []render.Format{render.PDF, render.HTML, render.Card, render.OutcomesCSV, render.Data}, Names: render.ByLanguage, Publication: &corrected})
	got := map[string]string{}
	for _, a := range all.Artifacts {
		got[a.Name] = a.Product
	}
	for name, product := range map[string]string{"en.pdf": "report", "ar.html": "report", "en.card.png": "report", "ar.decisions.pdf": "decisions",
		"en.decisions.html": "decisions", "en.decisions.card.png": "decisions", "en.outcomes.csv": "", "ar.outcomes.csv": "", "data.json": ""} {
		if p, ok := got[name]; !ok || p != product {
			t.Errorf("%s is %q (there: %v), want %q", name, p, ok, product)
		}
	}
	if len(got) != len(all.Artifacts) || len(got) != 2*2*3+3 {
		t.Errorf("%d names of %d artifacts", len(got), len(all.Artifacts))
	}
	if page := artifactNamed(t, all, "ar.decisions.html"); !strings.Contains(page, `href="en.decisions.html"`) || !strings.Contains(page, "band-corrected") {
		t.Error("the decisions in Arabic do not lead to those in English, or are not corrected")
	}
}

func TestThePublicAddressIsSaidToMachines(t *testing.T) {
	p := corrected
	p.Address = "https://press.example.org/p/slug"
	res := published(t, p)
	page := artifactNamed(t, res, "ar.html")
	for _, want := range []string{
		`<link rel="canonical" href="https://press.example.org/p/slug/ar">`, `<meta property="og:url" content="https://press.example.org/p/slug/ar">`,
		`<link rel="alternate" hreflang="en" href="https://press.example.org/p/slug/en">`, `type="application/pdf" href="https://press.example.org/p/slug/ar.pdf">`,
		`<link rel="alternate" hreflang="x-default" href="https://press.example.org/p/slug/en">`,
		`<meta property="og:image" content="https://press.example.org/p/slug/ar.card.png">`, `og:image:width" content="1200"`, `og:image:alt" content="بيان"`,
		`"url":"https://press.example.org/p/slug/ar"`, `"contentUrl":"https://press.example.org/p/slug/ar.pdf"`,
		`href="en.html"`, `href="ar.pdf"`, // readers stay where they are
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if text := artifactNamed(t, res, "en.txt"); !strings.Contains(text, "\nhttps://press.example.org/p/slug/en\n") {
		t.Error("the text does not say where it stands")
	}
	own := work()[0]
	own.Data = bytes.Replace(own.Data, []byte("symbol:"), []byte("canonical: https://example.org/own\nsymbol:"), 1)
	if page := artifactNamed(t, published(t, p, own), "en.html"); !strings.Contains(page, `<link rel="canonical" href="https://example.org/own">`) {
		t.Error("the author's own address does not win")
	}
}

func TestHostileNotesStayText(t *testing.T) {
	p := corrected
	p.Reader = `</p><script>alert(1)</script>{{.Body}}`
	p.Correction.Notes = map[string]string{"en": "</script><img src=x onerror=alert(1)>\n\n\u2067x\u2069"}
	res := published(t, p)
	for _, lang := range []string{"en", "ar"} {
		page := artifactNamed(t, res, lang+".html")
		if strings.Contains(page, "<script>") || strings.Contains(page, "<img") || strings.Count(page, "</script>") != 1 {
			t.Errorf("in %s a note has become markup", lang)
		}
	}
}

func TestAWrongPublicationIsNamed(t *testing.T) {
	r := renderer(t, 1)
	for field, p := range map[string]render.Publication{
		"publication.status":              {Status: "published"},
		"publication.correction":          {Correction: corrected.Correction},
		"publication.correction.at":       {Status: doc.StatusCorrected},
		"publication.correction.notes.en": {Status: doc.StatusCorrected, Correction: render.Correction{At: time.Unix(0, 0), Zone: "UTC", Notes: map[string]string{"en": strings.Repeat("x", 10_000)}}},
		"publication.embargo.zone":        {Embargo: doc.Embargo{Until: time.Unix(0, 0)}},
		"publication.reader":              {Reader: "A\nB"},
		"publication.revision":            {Revision: -1},
		"publication.address":             {Address: "p/slug"},
	} {
		_, err := r.Render(context.Background(), render.Request{Sources: work(), Publication: &p})
		wrong, ok := errors.AsType[*render.RequestError](err)
		if !ok || wrong.Field != field || wrong.Reason == "" || err.Error() != wrong.Reason {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestParticularsTellWhatThereIs(t *testing.T) {
	r := renderer(t, 2)
	sources := work()
	sources[1].Data = bytes.Replace(sources[1].Data, []byte("symbol:"), []byte("translation: {by: machine}\nsymbol:"), 1)
	sources = append(sources, render.Source{Name: "broken.md", Data: []byte("---\ntitle: Half\nlang: ru\ndate: tomorrow\n---\n\nx\n")})
	for _, check := range []bool{false, true} {
		res := do(t, r, render.Request{Sources: sources, CheckOnly: check, Words: true, Publication: &render.Publication{}})
		if check && len(res.Artifacts) > 0 {
			t.Error("a check has output")
		}
		var got []string
		for _, p := range res.Particulars {
			got = append(got, fmt.Sprintf("%s %s %s %s %q %v %s", p.Source, p.Lang, p.Dir, p.Kind, p.Title, p.Original, p.Translation.By))
		}
		want := []string{`first.md en ltr statement "A statement" true `, `deuxième.md fr ltr statement "Une déclaration" false machine`,
			`بيان.md ar rtl statement "بيان" false `, `zh.md zh-Hans ltr statement "声明" false `, `broken.md ru ltr statement "Half" false `}
		if !slices.Equal(got, want) {
			t.Errorf("particulars\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		p := res.Particulars[0]
		if p.Symbol != "MFA/2023/1" || !slices.Equal(p.Keywords, []string{"one"}) || p.Product != "" || p.Text != "A statement\nThe code of A statement.\nA note.\n" {
			t.Errorf("%+v", p)
		}
	}
	if p := do(t, r, render.Request{Sources: sources[:1]}).Particulars[0]; p.Text != "" {
		t.Error("nobody has asked for the words")
	}
}

func TestParticularsOfARecord(t *testing.T) {
	r := renderer(t, 2)
	res := do(t, r, render.Request{Sources: []render.Source{record(t, plenaryFile)}, Langs: []string{"ar", "en"}, Products: []string{"report", "decisions"}, CheckOnly: true, Words: true})
	var got []string
	for _, p := range res.Particulars {
		got = append(got, fmt.Sprintf("%s %s %s %v %s", p.Lang, p.Product, p.Kind, p.Original, p.Issuer))
		if p.Title == "" || p.Summary == "" || p.Date.IsZero() || !strings.Contains(p.Text, p.Title) || len(p.Text) < 500 {
			t.Errorf("%+v", p)
		}
	}
	want := []string{"ar report report false عملية كيمبرلي", "ar decisions decisions false عملية كيمبرلي", "en report report true Kimberley Process", "en decisions decisions true Kimberley Process"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	broken := strings.Replace(shortRecord, "verb: adopted", "verb: sung", 1) + "status: draft\nembargo: {until: 2024-05-03T10:00:00Z, zone: Africa/Harare}\n"
	res = do(t, r, render.Request{Sources: []render.Source{{Name: "a.yaml", Data: []byte(broken)}}, Formats: readable})
	if len(res.Artifacts) > 0 || len(res.Particulars) != 2 {
		t.Fatalf("%d artifacts, particulars %+v", len(res.Artifacts), res.Particulars)
	}
	if p := res.Particulars[1]; p.Lang != "fr" || p.Title != "Une courte réunion" || p.Product != "report" || p.Status != doc.StatusDraft || p.Embargo.Zone != "Africa/Harare" {
		t.Errorf("%+v", p)
	}
	for _, p := range res.Problems {
		if !strings.HasPrefix(p.Path, "outcomes[0]") {
			t.Errorf("beside what is wrong: %v", p)
		}
	}
}

func TestTwoTextsInOneLanguageAreRefused(t *testing.T) {
	sources := append(work(), posted("again.md", "fr", "Encore"))
	res := do(t, renderer(t, 1), render.Request{Sources: sources, Names: render.ByLanguage, Publication: &render.Publication{}})
	if len(res.Problems) != 1 || res.Problems[0].Code != "language-twice" || res.Problems[0].File != "again.md" || res.Problems[0].Line != 3 || !strings.Contains(res.Problems[0].Message, "deuxième.md") {
		t.Errorf("%v", res.Problems)
	}
	if len(res.Artifacts) != 4 {
		t.Errorf("%d artifacts", len(res.Artifacts))
	}
}
