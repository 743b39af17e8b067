package plenary

import (
	"os"
	"testing"

	"communique/locales"
	"communique/render/diag"
	"communique/render/locale"
)

func catalog(t testing.TB) *locale.Catalog {
	t.Helper()
	c, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheAcceptanceRecordIsSound(t *testing.T) {
	const file = "../testdata/plenary/kimberley-2023.yaml"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	r := Read(Source{file, data}, Options{Locales: catalog(t)}, &problems)
	for _, p := range problems.Sorted() {
		t.Errorf("%v (%s; %s)", p, p.Expected, p.Fix)
	}
	if r.Communique.Status != "not_issued" || len(r.Outcomes) != 3 || r.Outcomes[2].BlockedBy[1] != "others" {
		t.Errorf("the record was not read: %+v", r.Communique)
	}
	if v, ok := r.Communique.Reason.In("fr", "en"); !ok || v.Lang != "fr" || v.Pos.Line == 0 {
		t.Errorf("no French reason: %+v", v)
	}
}

func FuzzRead(f *testing.F) {
	record, err := os.ReadFile("../testdata/plenary/kimberley-2023.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add("a.yaml", string(record))
	f.Add("a.json", `{"body": {"name": "KP"}, "meeting": {"kind": "plenary"}, "languages": {"original": "en"}}`)
	f.Add("a.yaml", sound+"statistics: [{id: s, title: S, series: [{party: BW, volume: 0.0, value: 1, unit_value: 2}]}]")
	locales := catalog(f)
	f.Fuzz(func(t *testing.T, name, data string) {
		var problems diag.List
		Read(Source{name, []byte(data)}, Options{Locales: locales}, &problems)
	})
}
