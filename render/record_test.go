package render_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"communique/render"
)

// plenaryFile is the record of the acceptance case.
const plenaryFile = "testdata/plenary/kimberley-2023.yaml"

func record(t testing.TB, file string) render.Source {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return render.Source{Name: file, Data: data}
}

// artifact finds one by its name's end.
func artifact(t testing.TB, res *render.Result, end string) string {
	t.Helper()
	i := slices.IndexFunc(res.Artifacts, func(a render.Artifact) bool { return strings.HasSuffix(a.Name, end) })
	if i < 0 {
		t.Fatalf("there is no %s among %d artifacts; problems: %v", end, len(res.Artifacts), res.Problems)
	}
	return string(res.Artifacts[i].Data)
}

var idOf = regexp.MustCompile(` id="([^"]*)"`)

// ids lists the anchors of a web page in their order, those of its frame left out.
func ids(page string) (out []string) {
	_, page, _ = strings.Cut(page, "<main")
	for _, m := range idOf.FindAllStringSubmatch(page, -1) {
		out = append(out, m[1])
	}
	return out
}

func TestARecordBecomesEveryProductInEveryLanguage(t *testing.T) {
	r := renderer(t, 2)
	products := r.Products()
	res := do(t, r, render.Request{Sources: []render.Source{record(t, plenaryFile)}, Products: products, Formats: []render.Format{render.HTML, render.Text}, Strict: true})
	for _, p := range res.Problems {
		t.Error(p)
	}
	reasons := map[string][2]string{
		"en":      {"The meeting ended without a communiqué.", "There was no consensus on how to mention the request of Ukraine"},
		"fr":      {"communiqué", "Il n’y a pas eu de consensus sur la manière de mentionner la demande de l’Ukraine"},
		"es":      {"comunicado", "No hubo consenso sobre la forma de mencionar la solicitud de Ucrania"},
		"ru":      {"коммюнике", "Не было достигнуто консенсуса о том, как упомянуть просьбу Украины"},
		"ar":      {"بيان", "لم يتحقق توافق في الآراء على كيفية ذكر طلب أوكرانيا"},
		"zh-Hans": {"公报", "未能就如何提及乌克兰将战争列入议程的请求达成协商一致"},
	}
	if want := len(reasons) * len(products) * 2; len(res.Artifacts) != want {
		t.Fatalf("%d artifacts, want %d", len(res.Artifacts), want)
	}
	for _, product := range products {
		original := ids(artifact(t, res, "."+product+".en.html"))
		if len(original) < 4 {
			t.Errorf("the %s has only the anchors %q", product, original)
		}
		for lang, say := range reasons {
			page := artifact(t, res, "."+product+"."+lang+".html")
			if got := ids(page); !slices.Equal(got, original) {
				t.Errorf("%s in %s: anchors %q, in English %q", product, lang, got, original)
			}
			text := strings.Join(strings.Fields(artifact(t, res, "."+product+"."+lang+".txt")), " ")
			for _, sentence := range say {
				if words := strings.Join(strings.Fields(sentence), " "); !strings.Contains(text, words) && !strings.Contains(strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(words, " ", "")) {
					t.Errorf("the %s in %s does not say %q:\n%s", product, lang, sentence, text)
				}
			}
		}
	}
	for _, id := range []string{"outcome-secretariat", "agenda-1", "statistic-production-2022", "claims", "positions"} {
		if !slices.Contains(ids(artifact(t, res, ".report.ar.html")), id) {
			t.Errorf("the report has no anchor %s", id)
		}
	}
}

const shortRecord = `id: short
title: {en: A short meeting, fr: Une courte réunion}
languages: {original: en, authentic: [en, fr]}
body: {name: {en: Body, fr: Organe}}
meeting: {kind: plenary, from: 2024-05-01, to: 2024-05-02}
agenda:
  - {no: "7 (a)", title: {en: Rules, fr: Règles}, status: adopted, summary: "See [](#outcome-two), [](#statistic-s)."}
outcomes:
  - id: one
    type: decision
    verb: adopted
    method: recorded_vote
    title: First
    tally: {for: [ZA, EG, DK, FI, AT, CI], against: 0, abstain: [SE]}
  - id: two
    type: decision
    verb: deferred
    title: {en: Second, fr: Deuxième}
    amends: [one, KP/2001/4]
    text: {en: "A text.\n\nOf two paragraphs, see [](#outcome-one) and [the rules](#agenda-7-a)."}
statistics:
  - id: s
    title: {en: Figures, fr: Chiffres}
    period: 2023-H1
    unit: thousand carat
    currency: million USD
    series:
      - {party: BW, volume: 1.5, value: 3}
      - {party: ZA, volume: 2, value: 1, provisional: true}
    total: {volume: 3.6, value: 4}
    previous: {period: 2022-H1, series: [{party: BW, volume: 1.0}, {party: RU, volume: 9}]}
`

func short(t *testing.T, req render.Request) *render.Result {
	t.Helper()
	req.Sources = []render.Source{{Name: "short.yaml", Data: []byte(shortRecord)}}
	return do(t, renderer(t, 1), req)
}

func TestAMissingTranslationIsToldAndMarked(t *testing.T) {
	res := short(t, render.Request{Formats: []render.Format{render.HTML}})
	var missing []string
	for _, p := range res.Problems {
		if p.Code != "missing-translation" {
			t.Error(p)
			continue
		}
		missing = append(missing, fmt.Sprintf("%d %s", p.Line, p.Path))
	}
	if want := []string{"7 agenda[0].summary", "13 outcomes[0].title", "20 outcomes[1].text"}; !slices.Equal(missing, want) {
		t.Errorf("told %q, want %q", missing, want)
	}
	page := artifact(t, res, "short.report.fr.html")
	for _, want := range []string{
		`<span lang="en" dir="ltr">First</span>` + "\u00a0[anglais]",
		`<span lang="en" dir="ltr">See <a href="#outcome-two">decision 2</a>`,
		"Ce texte n’est pas traduit. Langue de l’original\u00a0: anglais.", `<div lang="en" dir="ltr">`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the French page lacks %q", want)
		}
	}
	if strings.Contains(artifact(t, res, "short.report.en.html"), "[English]") {
		t.Error("the original is marked as a foreign text")
	}
	strict := short(t, render.Request{Formats: []render.Format{render.HTML}, Strict: true})
	if len(strict.Artifacts) != 1 || strict.Artifacts[0].Lang != "en" {
		t.Errorf("strict made %d artifacts, want the English one alone", len(strict.Artifacts))
	}
}

func TestReferencesSayWhatIsMeant(t *testing.T) {
	res := short(t, render.Request{Formats: []render.Format{render.HTML}, Langs: []string{"en"}, Products: []string{"report", "statistics", "decisions"}})
	report := artifact(t, res, "report.en.html")
	for _, want := range []string{
		`See <a href="#outcome-two">decision 2</a>`,
		`see <a href="#outcome-one">decision 1</a> and <a href="#agenda-7-a">the rules</a>`,
		`<a href="#outcome-one">decision 1</a> and <span dir="ltr">KP/2001/4</span>`,
		`id="agenda-7-a"`,
	} {
		if !strings.Contains(report, want) {
			t.Errorf("the report lacks %s", want)
		}
	}
	decisions := artifact(t, res, "decisions.en.html")
	if !strings.Contains(decisions, `<tr id="outcome-two">`) || strings.Contains(decisions, "#agenda-") {
		t.Error("the list of decisions has no row to refer to, or refers to what it does not print")
	}
}

func TestRollCallsAreSortedByTheLanguage(t *testing.T) {
	res := short(t, render.Request{Formats: []render.Format{render.Text}, Langs: []string{"fr", "en"}})
	for end, want := range map[string]string{
		".fr.txt": "Afrique du Sud, Autriche, Côte d’Ivoire, Danemark, Égypte et Finlande",
		".en.txt": "Austria, Côte d’Ivoire, Denmark, Egypt, Finland and South Africa",
	} {
		text := strings.Join(strings.Fields(artifact(t, res, end)), "")
		if !strings.Contains(text, strings.Join(strings.Fields(want), "")) {
			t.Errorf("%s lacks the roll call %s:\n%s", end, want, artifact(t, res, end))
		}
	}
}

func TestFiguresAreAddedAndComparedExactly(t *testing.T) {
	res := short(t, render.Request{Formats: []render.Format{render.HTML, render.StatisticsCSV}, Langs: []string{"en"}, Products: []string{"statistics"}})
	page := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(artifact(t, res, ".html"), "|")
	page = regexp.MustCompile(`(\|\s*)+`).ReplaceAllString(page, "|")
	for _, want := range []string{
		"|Figures, first half of 2023|",
		"|Volume (thousand carats)|Value (million USD)|Value per unit (USD per carat)|",
		"|Botswana|1.5|3|2,000.00|",
		"|South Africa\u00a0(p)|2|1|500.00|",
		"|Total as published|3.6|4|1,111.11|",
		"|Sum of the rows|3.5|4|1,142.86|",
		"|Difference|0.1|–|–|",
		"|Botswana|1.5|1.0|+0.5|+50.0|",
		"|South Africa|2|–|–|–|",
		"|Russia|–|9|–|–|",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(artifact(t, res, ".statistics.csv"), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"s", "Figures", "2023-H1", "ZA", "", "unit_value", "500.00", "USD/carat", "computed", "true", "false", ""}
	if !slices.ContainsFunc(lines, func(l []string) bool { return slices.Equal(l, want) }) {
		t.Errorf("the table has no line %q:\n%q", want, lines)
	}
}

func TestTheDataOfARecordIsARecord(t *testing.T) {
	r := renderer(t, 1)
	for _, file := range []string{plenaryFile, "testdata/plenary/production-statistics.yaml", "testdata/plenary/kimberley-2007.yaml"} {
		original := record(t, file)
		res := do(t, r, render.Request{Sources: []render.Source{original}, Formats: []render.Format{render.Data, render.OutcomesCSV, render.StatisticsCSV, render.Text}})
		var data struct{ Record json.RawMessage }
		if err := json.Unmarshal([]byte(artifact(t, res, ".data.json")), &data); err != nil {
			t.Fatal(err)
		}
		again := do(t, r, render.Request{Sources: []render.Source{{Name: strings.TrimSuffix(file, "yaml") + "json", Data: data.Record}}, Formats: []render.Format{render.Data, render.OutcomesCSV, render.StatisticsCSV, render.Text}})
		if len(again.Artifacts) != len(res.Artifacts) {
			t.Fatalf("%s: %d artifacts of the data, %d of the record: %v", file, len(again.Artifacts), len(res.Artifacts), again.Problems)
		}
		for i, a := range res.Artifacts {
			if b := again.Artifacts[i]; a.Name != b.Name || !bytes.Equal(a.Data, b.Data) {
				t.Errorf("%s: %s differs when it is made of data.json", file, a.Name)
			}
		}
	}
}

// A problem within a text stands where it is in the file, however YAML or JSON write the text.
func TestProblemsInTextsHaveTheirPlace(t *testing.T) {
	const src = `languages: {original: en}
body: {name: B}
title: "A *title* with [x](javascript:a)"
meeting: {kind: plenary, from: 2024-05-01}
agenda:
  - no: "1"
    title: T
    summary: |
      First line.

      Second paragraph with [bad](javascript:x)
      and a line.
  - no: "2"
    title: T2
    summary: >-
      Folded text
      with [bad](javascript:y) in it.
outcomes:
  - {id: a, type: decision, verb: adopted, text: {en: "One.\n\nTwo [bad](javascript:z)."}}
`
	res := do(t, renderer(t, 1), render.Request{Sources: []render.Source{{Name: "p.yaml", Data: []byte(src)}}, CheckOnly: true})
	lines := strings.Split(src, "\n")
	var got []string
	for _, p := range res.Problems {
		if p.Code != "unsafe-link" {
			t.Error(p)
			continue
		}
		got = append(got, lines[p.Line-1][p.Column-1:p.Column+2])
	}
	if want := []string{"[x]", "[ba", "[ba", "[ba"}; !slices.Equal(got, want) {
		t.Errorf("problems stand at %q, want %q: %v", got, want, res.Problems)
	}
	const inJSON = `{"languages": {"original": "en"}, "body": {"name": "B"}, "meeting": {"kind": "plenary", "from": "2024-05-01"}, "outcomes": [{"id": "a", "type": "decision", "verb": "adopted", "text": "One.\n\nTwo [bad](javascript:z)."}]}`
	res = do(t, renderer(t, 1), render.Request{Sources: []render.Source{{Name: "p.json", Data: []byte(inJSON)}}, CheckOnly: true})
	if len(res.Problems) != 1 || res.Problems[0].Line != 1 || inJSON[res.Problems[0].Column-1:][:4] != "[bad" {
		t.Errorf("in JSON: %v", res.Problems)
	}
}

func TestFormulasAreHarmless(t *testing.T) {
	src := strings.Replace(shortRecord, "title: First", `title: "=HYPERLINK(\"http://x.example\")"`, 1)
	res := do(t, renderer(t, 1), render.Request{Sources: []render.Source{{Name: "x.yaml", Data: []byte(src)}}, Formats: []render.Format{render.OutcomesCSV}, Langs: []string{"en"}})
	if table := artifact(t, res, "x.en.outcomes.csv"); !strings.Contains(table, `"'=HYPERLINK(`) {
		t.Errorf("a formula stands in the table:\n%s", table)
	}
}

func TestWrongRequestsForRecords(t *testing.T) {
	statement := render.Source{Name: "a.en.md", Data: []byte("---\ntitle: T\n---\n\nText\n")}
	meeting := render.Source{Name: "short.yaml", Data: []byte(shortRecord)}
	for _, c := range []struct {
		req   render.Request
		field string
	}{
		{render.Request{Sources: []render.Source{statement}, Langs: []string{"en", "fr"}}, "lang"},
		{render.Request{Sources: []render.Source{statement}, Products: []string{"report"}}, "product"},
		{render.Request{Sources: []render.Source{meeting}, Products: []string{"speech"}}, "product"},
		{render.Request{Sources: []render.Source{meeting}, Langs: []string{"tlh"}}, "lang"},
	} {
		_, err := renderer(t, 1).Render(t.Context(), c.req)
		if wrong, ok := errors.AsType[*render.RequestError](err); !ok || wrong.Field != c.field {
			t.Errorf("%v and %v: %v, want a RequestError of %s", c.req.Langs, c.req.Products, err, c.field)
		}
	}
	res := do(t, renderer(t, 1), render.Request{Sources: []render.Source{statement}, Formats: []render.Format{render.Data}})
	if len(res.Artifacts) != 0 || len(res.Problems) != 1 || res.Problems[0].Code != "no-record" {
		t.Errorf("data of a statement: %d artifacts, %v", len(res.Artifacts), res.Problems)
	}
}

// great is the record of a meeting such as the largest conventions have: 200 agenda
// items, 400 outcomes with roll calls of 190 parties, 30 tables of figures.
func great() render.Source {
	codes := strings.Fields("AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF TD CL CN CO KM CG CD CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KP KR KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME MA MZ MM NR NP NL NZ NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG SK SI SB SO ZA SS ES LK SD SR SE CH SY TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VE VN YE ZM ZW")
	codes = codes[:190]
	var b strings.Builder
	b.WriteString("id: great\ntitle: Report of the Conference of the Parties\nlanguages: {original: en}\nbody: {name: Conference of the Parties}\n" +
		"meeting: {kind: plenary, ordinal: 30, from: 2026-10-05, to: 2026-10-16, place: {city: Geneva, country: CH}}\nagenda:\n")
	quoted := func(list []string) string { return `["` + strings.Join(list, `", "`) + `"]` }
	for i := range 200 {
		fmt.Fprintf(&b, "  - {no: \"%d\", title: Implementation of decision %d of the last meeting, status: adopted, proposed_by: [%s]}\n", i+1, i, codes[i%90])
	}
	b.WriteString("outcomes:\n")
	for i := range 400 {
		cut := 100 + i%70
		fmt.Fprintf(&b, "  - id: d%d\n    agenda: \"%d\"\n    type: decision\n    verb: adopted\n    method: recorded_vote\n    title: Measures under article %d\n"+
			"    text: \"The Conference, having considered the report of the working group, decides to continue the work under article %d, see [](#outcome-d%d), and invites all Parties to report by the next meeting.\"\n"+
			"    tally: {for: %s, against: %s, abstain: %s, total: 190}\n", i, i/2+1, i, i, (i+7)%400, quoted(codes[:cut]), quoted(codes[cut:cut+10]), quoted(codes[cut+10:]))
	}
	b.WriteString("statistics:\n")
	for i := range 30 {
		fmt.Fprintf(&b, "  - id: s%d\n    title: Trade in species group %d\n    period: \"2025\"\n    unit: tonne\n    currency: million USD\n    chart: bar\n    series:\n", i, i)
		for k := range 25 {
			fmt.Fprintf(&b, "      - {party: \"%s\", volume: %d.%d, value: %d}\n", codes[(i*5+k)%180], 1000+k*37, k%10, 20+k*3)
		}
	}
	return render.Source{Name: "great.yaml", Data: []byte(b.String())}
}

func TestAGreatPlenaryRenders(t *testing.T) {
	res := do(t, renderer(t, 1), render.Request{Sources: []render.Source{great()}, Formats: []render.Format{render.PDF, render.HTML}})
	for _, p := range res.Problems {
		t.Error(p)
	}
	page := artifact(t, res, ".html")
	if n := strings.Count(page, ` id="outcome-d`); n != 400 {
		t.Errorf("%d outcomes, want 400", n)
	}
	if n := strings.Count(page, "<figure"); n != 30 {
		t.Errorf("%d charts, want 30", n)
	}
}

func BenchmarkGreatPlenary(b *testing.B) {
	r, src := renderer(b, 1), great()
	for _, f := range []render.Format{render.PDF, render.HTML} {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			pages := 0
			for b.Loop() {
				a := do(b, r, render.Request{Sources: []render.Source{src}, Formats: []render.Format{f}}).Artifacts[0]
				pages = bytes.Count(a.Data, []byte("/Type/Page/")) + bytes.Count(a.Data, []byte("/Type /Page\n"))
				b.SetBytes(int64(len(a.Data)))
			}
			b.ReportMetric(float64(pages), "pages")
		})
	}
}

// BenchmarkPlenary is the acceptance case: a report and a notice in six languages.
func BenchmarkPlenary(b *testing.B) {
	r, src := renderer(b, 1), record(b, plenaryFile)
	b.ReportAllocs()
	for b.Loop() {
		do(b, r, render.Request{Sources: []render.Source{src}, Products: []string{"report", "notice"}})
	}
}
