package render_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"communique/render"
	"communique/render/diag"
)

// recordHead stands before the records of plenary/testdata/wrong.txt, and before the
// seeds below.
const recordHead = "body: {name: Kimberley Process}\nlanguages: {original: en}\nmeeting: {kind: plenary, from: 2023-11-06, to: 2023-11-10}\n"

// recordSeeds are records with a text in every place that takes one, small enough to
// be changed by the thousand.
var recordSeeds = []string{
	"outcomes:\n  - {id: a, type: decision, verb: adopted, title: A, text: \"~~[](#outcome-a)~~ <sub>[](#agenda-1)</sub>[^1]\\n\\n[^1]: See [](#outcome-a).\"}\nagenda: [{no: 1, title: B, status: adopted}]\n",
	"outcomes:\n  - {id: a, type: resolution, verb: rejected, title: A, method: recorded_vote, tally: {for: [ZA, EG], against: [FI, ES, IS], abstain: 2}}\n",
	"statistics:\n  - {id: s, title: S, period: 2023-Q4, unit: thousand carat, currency: million USD, chart: bar, series: [{party: BW, volume: 0, value: -1.5}, {label: L, volume: 3, approximate: true, note: N}], total: {volume: 3.5}, previous: {period: 2022-Q4, series: [{party: BW, volume: 2}, {label: M, value: 9}]}}\n",
	"communique: {status: issued, paragraphs: [\"A\\n\\n## B\\n\\nC\", {en: D, ar: د}], items_agreed: 3}\nclaims: [{text: T, by: ZW, status: contested, contested_by: [EU], source: \"https://a.example/b\"}]\n",
	"positions: [{kind: reservation, by: [ZW], on: communique, text: \"> a\\n> : b\"}]\ncommunique: {status: not_issued, reason: R}\nannexes: [{title: A, text: \"| a | b |\\n|---|--:|\\n| c | 1 |\", languages: [fr, ar]}]\n",
}

// FuzzRecord: whatever a record says, its editions are made or a problem tells why not.
func FuzzRecord(f *testing.F) {
	for _, seed := range recordSeeds {
		f.Add([]byte(recordHead + seed))
	}
	f.Add([]byte(shortRecord))
	wrong, err := os.ReadFile("plenary/testdata/wrong.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range strings.Split(string(wrong), "\n## ")[1:] {
		_, c, _ = strings.Cut(c, "\n")
		record, _, _ := strings.Cut(c, "---\n")
		if !strings.HasPrefix(record, "body:") && !strings.HasPrefix(record, "{") {
			record = recordHead + record
		}
		f.Add([]byte(record))
	}
	files, err := filepath.Glob("testdata/plenary/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatal("there are no records", err)
	}
	for _, file := range files {
		f.Add(record(f, file).Data)
	}
	r := renderer(f, 1)
	langs := []string{"en", "ar"}
	formats := []render.Format{render.PDF, render.HTML, render.Text, render.JSON}
	f.Fuzz(func(t *testing.T, data []byte) {
		res := do(t, r, render.Request{Sources: []render.Source{{Name: "a.yaml", Data: data}}, Langs: langs, Formats: formats})
		for _, p := range res.Problems {
			if p.Code == "" || p.Message == "" || p.File != "a.yaml" {
				t.Errorf("%+v", p)
			}
		}
		if want := len(langs) * len(formats); len(res.Artifacts) != want && !diag.HasErrors(res.Problems) {
			t.Errorf("%d artifacts, want %d, and no error: %v", len(res.Artifacts), want, res.Problems)
		}
		for _, a := range res.Artifacts {
			if a.Format != render.PDF && bytes.IndexByte(a.Data, 0) >= 0 {
				t.Errorf("%s has a hole where words should be", a.Name)
			}
		}
	})
}
