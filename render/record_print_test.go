package render_test

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"communique/render"
	"communique/render/diag"
)

// head begins the records of these tests.
const head = "body: {name: {en: Body, fr: Organe}}\nlanguages: {original: en}\nmeeting: {kind: plenary, from: 2024-05-01}\n"

// made is what a record becomes, by the ends of the names of the artifacts.
func made(t *testing.T, record string, req render.Request) *render.Result {
	t.Helper()
	req.Sources = []render.Source{{Name: "made.yaml", Data: []byte(record)}}
	return do(t, renderer(t, 1), req)
}

func TestNumbersOfParagraphsAreThoseOfTheirReferences(t *testing.T) {
	res := made(t, head+`communique:
  status: issued
  paragraphs:
    - {en: First., fr: Premier.}
    - "- A list.\n- It has items."
    - "Third.\n\nIts second paragraph."
    - {en: "Fourth, see [](#paragraph-2).", fr: "Quatrième, voir [](#paragraph-3)."}
`, render.Request{Formats: []render.Format{render.Text, render.HTML, render.PDF}})
	for lang, want := range map[string][]string{
		"en": {"\n1. First.\n", "• A list.", "\n3. Third.\n\nIts second", "\n4. Fourth, see paragraph 2.\n"},
		"fr": {"\n1. Premier.\n", "• A list.", "\n3. Ce texte n’est pas traduit.", "\n4. Quatrième, voir paragraphe 3.\n"},
	} {
		text := strings.ReplaceAll(artifact(t, res, "report."+lang+".txt"), "\u00a0", " ")
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("in %s %q is missing:\n%s", lang, w, text)
			}
		}
	}
}

func TestReferencesStandInAnyText(t *testing.T) {
	res := made(t, head+`outcomes:
  - {id: a, type: decision, verb: adopted, text: "~~old [](#outcome-a)~~, H~[](#outcome-a)~, ^[](#outcome-a)^, **[](#outcome-a)**, *[](#outcome-a)*, see [](#statistic-s), [](#body-w), [](#position-1)"}
statistics: [{id: s, title: Figures, total: {volume: 1}}]
working_bodies: [{id: w, name: The Group}]
positions: [{kind: statement, by: [ZW], text: A}]
`, render.Request{Formats: []render.Format{render.Text, render.HTML}, Langs: []string{"en"}, Products: []string{"report", "decisions"}})
	if text := artifact(t, res, "report.en.txt"); strings.Count(text, "decision 1") != 5 || !strings.Contains(text, "see “Figures”, “The Group”") {
		t.Errorf("references have no words:\n%s", text)
	}
	res = made(t, head+`communique: {status: not_issued, reason: "As in [](#summary), [](#statistic-s), [](#body-w) and [](#position-1)."}
statistics: [{id: s, title: Figures, total: {volume: 1}}]
working_bodies: [{id: w, name: The Group}]
positions: [{kind: statement, by: [ZW], text: A}]
`, render.Request{Formats: []render.Format{render.Text}, Langs: []string{"en"}, Products: []string{"notice"}})
	if text := strings.Join(strings.Fields(artifact(t, res, ".txt")), " "); !strings.Contains(text, "As in Summary, Figures, The Group and Positions on record.") {
		t.Errorf("references to what is not printed have no words:\n%s", text)
	}
}

func TestItemsOfAnyNumberHaveAnchorsOfTheirOwn(t *testing.T) {
	res := made(t, head+`agenda: [{no: 一, title: A}, {no: 二, title: B}, {no: "7 (a)", title: C}, {no: 7-a, title: D}, {no: "2", title: E, summary: F}]
outcomes: [{id: x, type: decision, verb: adopted, agenda: 二, text: "# Heading\n\n## Another"}, {id: x-1, type: decision, verb: adopted}]
`, render.Request{Formats: []render.Format{render.HTML}, Langs: []string{"en"}, Strict: true})
	page := artifact(t, res, ".html")
	for _, want := range []string{`id="agenda-1"`, `id="agenda-2"`, `id="agenda-7-a"`, `id="agenda-7-a-2"`, `id="agenda-2-2"`, `id="outcome-x-1"`, `<h4 id="outcome-x-2">Heading</h4>`, `id="outcome-x-3"`, `<a href="#agenda-2">agenda item 二</a>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestEmptyRecordsAreRefused(t *testing.T) {
	for _, src := range []string{"", "# nothing\n", "---\n"} {
		if res := made(t, src, render.Request{}); len(res.Artifacts) != 0 || len(res.Problems) != 1 || res.Problems[0].Code != "missing-key" {
			t.Errorf("%q: %d artifacts, %v", src, len(res.Artifacts), res.Problems)
		}
	}
}

func TestAnEditionIsATranslationOnlyOfAnotherLanguage(t *testing.T) {
	res := made(t, "body: {name: {en-GB: Body}}\nlanguages: {original: en-GB, authentic: [en-GB, fr-FR]}\nmeeting: {kind: plenary}\ncanonical: https://body.example/report\n",
		render.Request{Formats: []render.Format{render.HTML}, Langs: []string{"EN", "fr", "es"}, Products: []string{"report", "decisions"}})
	for lang, unofficial := range map[string]bool{"en": false, "fr": false, "es": true} {
		page := artifact(t, res, "report."+lang+".html")
		if got := strings.Contains(page, `class="band translation"`) || strings.Contains(page, "Traducción no oficial"); got != unofficial {
			t.Errorf("in %s: unofficial %v, want %v", lang, got, unofficial)
		}
		if got := strings.Contains(page, `rel="canonical"`); got != (lang == "en") {
			t.Errorf("in %s: a canonical address: %v", lang, got)
		}
	}
	if strings.Contains(artifact(t, res, "decisions.en.html"), `rel="canonical"`) {
		t.Error("the list of decisions says that it stands where the report does")
	}
}

func TestARecordInALanguageWithoutWords(t *testing.T) {
	res := made(t, "body: {name: {de: Körper, fr: Organe}}\nlanguages: {original: de}\nmeeting: {kind: plenary}\n", render.Request{Formats: []render.Format{render.Text}})
	if len(res.Artifacts) != 1 || res.Artifacts[0].Lang != "fr" || len(res.Problems) != 1 || res.Problems[0].Code != "language-without-words" {
		t.Errorf("%d artifacts, %v", len(res.Artifacts), res.Problems)
	}
	res = made(t, "body: {name: {de: Körper}}\nlanguages: {original: de}\nmeeting: {kind: plenary}\n", render.Request{Formats: []render.Format{render.Text}})
	if len(res.Artifacts) != 0 || !diag.HasErrors(res.Problems) {
		t.Errorf("%d artifacts, %v", len(res.Artifacts), res.Problems)
	}
}

func TestFiguresOfThePeriodBeforeKeepTheirMarks(t *testing.T) {
	res := made(t, head+`statistics:
  - id: s
    title: S
    period: 2023-H1
    series: [{party: BW, volume: 1, value: 2}, {party: ZA, volume: 2, value: 3}]
    total: {value: 5}
    previous:
      period: 2022-H1
      series: [{party: BW, volume: 1, value: 3, provisional: true, note: Before the strike.}, {party: ZA, volume: 2.0001, value: 4, approximate: true}]
      total: {volume: 3.0001, note: As printed.}
`, render.Request{Formats: []render.Format{render.Text}, Langs: []string{"en"}, Products: []string{"statistics"}})
	text := regexp.MustCompile(` +`).ReplaceAllString(artifact(t, res, ".txt"), " ")
	for _, want := range []string{
		"Total as published – 5 –\n", "Sum of the rows 3 5 1.67\n", // a total of one measure does not hide the sum of the other
		"Volume: Botswana\nFirst half of 2023: 1\nFirst half of 2022: 1\u00a0(p)¹\n", "Difference: -0.0001\nChange in per cent: 0.0\n",
		"First half of 2022: 2.0001\u00a0(≈)\n", "First half of 2022: 3.0001²\n", "First half of 2022: 3\u00a0(p)¹\n", "First half of 2022: 7\n", "(p): provisional", "(≈): near", "¹ Before the strike.", "² As printed.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing:\n%s", want, text)
		}
	}
	if strings.Contains(text, "³") {
		t.Error("a note is printed twice")
	}
}

func TestTheNoticeOfAFullMeetingIsOnePage(t *testing.T) {
	var b strings.Builder
	b.WriteString(`title: Plenary adopts new rules for rough diamonds and elects its next Chair
embargo: {until: 2026-05-21T09:00:00+02:00, zone: Europe/Vienna}
languages: {original: en}
body: {name: Kimberley Process}
meeting: {kind: plenary, ordinal: 22, from: 2026-05-18, to: 2026-05-19, symbol: KP/2026/1, place: {city: Dubai, country: AE}}
communique: {status: not_issued, blocked_by: [ZW], items_agreed: 12,
  reason: There was no consensus on how to mention the request of one participant to put an item on the agenda.}
next: {place: {city: Linz, country: AT, venue: Design Center}, from: 2027-05-10, to: 2027-05-12, chair: {party: AT}}
contacts: [{name: Maria Ionescu, role: Press officer, phone: "+40 21 555 0100", email: press@body.example}]
outcomes:
`)
	for i := range 14 {
		fmt.Fprintf(&b, "  - {id: d%d, type: decision, verb: adopted, method: consensus, title: Administrative decision on the participation of observers}\n", i)
	}
	res := made(t, b.String(), render.Request{Products: []string{"notice"}, Strict: true})
	for _, p := range res.Problems {
		t.Error(p)
	}
}

func TestTheTablesOfDataLeaveNothingOut(t *testing.T) {
	res := made(t, head+`outcomes:
  - id: a
    type: decision
    verb: agreed
    concerns: [ZW, ZA]
    partners: [BW]
    period: 2025-Q1
    effective: {condition: {en: When ratified., fr: Dès ratification.}}
    supersedes: [A/1, A/2 (2001)]
    amends: [A/3]
statistics:
  - id: s
    title: S
    period: "2023"
    provisional: true
    series: [{party: BW, volume: 1, value: 2}]
    variants: [{party: BW, kind: revised, volume: 3, value: 4, note: Later.}]
    previous: {period: "2022", series: [{party: BW, volume: 5}]}
`, render.Request{Formats: []render.Format{render.OutcomesCSV, render.StatisticsCSV}, Langs: []string{"fr"}})
	outcomes, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(artifact(t, res, ".outcomes.csv"), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"concerns": "ZW ZA", "partners": "BW", "period": "2025-Q1", "effective_condition": "Dès ratification.", "supersedes": "A/1; A/2 (2001)", "amends": "A/3"} {
		if i := slices.Index(outcomes[0], key); i < 0 || outcomes[1][i] != want {
			t.Errorf("the outcomes have %q, want %s: %s", outcomes, key, want)
		}
	}
	figures := artifact(t, res, ".statistics.csv")
	for _, want := range []string{"2023,BW,,volume,1,,row,true,", "2023,BW,,value,4,,revised,true,false,Later.", "2022,BW,,volume,5,,row,false,"} {
		if !strings.Contains(figures, want) {
			t.Errorf("the figures lack %q:\n%s", want, figures)
		}
	}
	if strings.Contains(figures, "1.33") {
		t.Error("a value per unit is computed of a variant")
	}
}

func TestNotesOfAnotherLanguageHaveItsDirection(t *testing.T) {
	res := made(t, head+`annexes: [{title: A, text: "Text.[^1] More.[^2]\n\n[^1]: A note.\n\n[^2]: Two.\n\n    Paragraphs."}]
elections: [{office: "2024", party: ZW}]
`, render.Request{Formats: []render.Format{render.HTML}, Langs: []string{"ar"}})
	page := artifact(t, res, ".html")
	for _, want := range []string{`<li id="note-1">` + "\n" + `<p><span lang="en" dir="ltr">A note.</span>` + "\u00a0[", `<li id="note-2" lang="en" dir="ltr">`, `>2024</th>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page[strings.Index(page, "doc-endnotes"):])
		}
	}
}
