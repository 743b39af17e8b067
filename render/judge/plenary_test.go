package judge_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"communique/render"
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/markdown"
	"communique/render/plenary"
	"communique/render/resolve"
)

// plenaryRecord is the record of the acceptance case, in six languages.
const plenaryRecord = "kimberley-2023.yaml"

// meetings are its editions, each by itself: "kimberley-2023.yaml report ar".
func meetings(t testing.TB) (out []render.Source) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", "plenary", plenaryRecord))
	if err != nil {
		t.Fatal(err)
	}
	for _, product := range mustRenderer(t).Products() {
		for _, lang := range []string{"en", "fr", "es", "ru", "ar", "zh-Hans"} {
			if product != "report" && product != "notice" && lang != "en" && lang != "ar" { // two languages of these are enough
				continue
			}
			out = append(out, render.Source{Name: plenaryRecord + " " + product + " " + lang, Data: data})
		}
	}
	return out
}

// plenaryEdition takes the name of such an edition apart.
func plenaryEdition(name string) (product, lang string, ok bool) {
	words := strings.Fields(strings.TrimPrefix(name, previewed))
	if len(words) != 3 || words[0] != plenaryRecord {
		return "", "", false
	}
	return words[1], words[2], true
}

// minuted is the document of an edition, resolved.
func minuted(t testing.TB, name, product, lang string) *doc.Document {
	t.Helper()
	res, err := resources()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join("..", "testdata", "plenary", plenaryRecord))
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	record := plenary.Read(plenary.Source{Name: plenaryRecord, Data: data}, plenary.Options{Locales: res.Locales}, &problems)
	k, _ := res.Kinds.Product(product)
	o := markdown.Options{Locales: res.Locales, Kinds: res.Kinds}
	d := record.Document(plenary.Edition{Lang: lang, Kind: k, Locales: res.Locales, Markdown: func(text, lang string, at func(line, column int) diag.Pos, problems *diag.List) ([]doc.Block, []*doc.Footnote) {
		return markdown.ParseFragment(markdown.Fragment{File: plenaryRecord, Text: text, Lang: lang, At: at}, o, problems)
	}}, &problems)
	publish(t, d, name, product)
	resolve.Resolve(d, res, &problems)
	for _, p := range problems.Sorted() {
		t.Error(p)
	}
	return d
}
