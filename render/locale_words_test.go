package render_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"communique/locales"
	"communique/render/doc"
	"communique/render/kind"
	"communique/render/plenary"
	"communique/templates"
)

// enum lists the words that a field of the model can be, as keys have them.
func enum[T any](t *testing.T, field string) (values []string) {
	t.Helper()
	f, ok := reflect.TypeFor[T]().FieldByName(field)
	if !ok {
		t.Fatalf("%v has no field %s", reflect.TypeFor[T](), field)
	}
	for _, part := range strings.Split(f.Tag.Get("jsonschema"), ",") {
		if v, ok := strings.CutPrefix(part, "enum="); ok {
			values = append(values, strings.ReplaceAll(v, "_", "-"))
		}
	}
	return values
}

// joined are the keys that the program puts together: what they begin with, and what
// can follow.
func joined(t *testing.T) map[string][]string {
	parts := make([]string, 0, len(kind.Parts()))
	for _, p := range kind.Parts() {
		if p != kind.PartSummary { // a box, without a heading of its own
			parts = append(parts, string(p))
		}
	}
	callouts := make([]string, 0, len(doc.CalloutKinds()))
	for _, k := range doc.CalloutKinds() {
		callouts = append(callouts, string(k))
	}
	types := enum[plenary.Outcome](t, "Type")
	return map[string][]string{
		"callout":     callouts,
		"part":        parts,
		"meeting":     enum[plenary.Meeting](t, "Kind"),
		"mode":        enum[plenary.Meeting](t, "Mode"),
		"rule":        enum[plenary.Body](t, "DecisionRule"),
		"sitting":     {"opened", "suspended", "resumed", "closed"},
		"agenda":      enum[plenary.AgendaItem](t, "Status"),
		"verb":        enum[plenary.Outcome](t, "Verb"),
		"method":      enum[plenary.Outcome](t, "Method"),
		"types":       types,
		"reference":   append(types, "annex", "corrigendum"),
		"vote":        {"for", "against", "abstain", "not-voting"},
		"communique":  enum[plenary.Communique](t, "Status"),
		"position":    enum[plenary.Position](t, "Kind"),
		"claim":       enum[plenary.Claim](t, "Status"),
		"election":    enum[plenary.Election](t, "Result"),
		"membership":  enum[plenary.Membership](t, "Result"),
		"variant":     enum[plenary.Variant](t, "Kind"),
		"statistic":   {"volume", "value", "unit-value"},
		"period-half": {"1", "2"},
		"unit":        {"carat", "carats", "tonne", "tonnes", "kilogram", "kilograms", "percent"},
		"scale":       {"thousand", "million", "billion"},
	}
}

// wordsInPrograms are the string literals of the program, of its pages and of the
// templates that can be keys of words.
func wordsInPrograms(t *testing.T) map[string]bool {
	t.Helper()
	literal := regexp.MustCompile(`"[a-z0-9-]+"`)
	found := map[string]bool{}
	look := func(root fs.FS, is func(string) bool) {
		err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !is(path) {
				return err
			}
			data, err := fs.ReadFile(root, path)
			for _, s := range literal.FindAll(data, -1) {
				found[string(bytes.Trim(s, `"`))] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{".", "../cmd", "../service"} {
		look(os.DirFS(dir), func(path string) bool {
			return filepath.Ext(path) == ".go" && !strings.HasSuffix(path, "_test.go") ||
				filepath.Ext(path) == ".html" && filepath.Base(filepath.Dir(path)) == "pages"
		})
	}
	look(templates.FS, func(path string) bool { return slices.Contains([]string{".toml", ".html"}, filepath.Ext(path)) })
	return found
}

// Every word of the locales is used: a translator writes none in vain.
func TestEveryWordIsUsed(t *testing.T) {
	used := wordsInPrograms(t)
	for prefix, ends := range joined(t) {
		if len(ends) == 0 {
			t.Errorf("nothing follows %s", prefix)
		}
		for _, end := range ends {
			used[prefix+"-"+end] = true
		}
	}
	data, err := fs.ReadFile(locales.FS, "en.toml")
	if err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(string(data), "[settings]")
	keys := regexp.MustCompile(`(?m)^(?:\[([a-z0-9-]+)\]|([a-z0-9-]+) = )`).FindAllStringSubmatch(text, -1)
	plural, n := false, 0
	for _, k := range keys {
		plural = plural || k[1] != ""
		if key := k[1] + k[2]; k[1] != "" || !plural { // within a section are the forms of its message
			n++
			if !used[key] {
				t.Errorf("nothing uses %s", strconv.Quote(key))
			}
		}
	}
	if n < 250 {
		t.Errorf("only %d words were read", n)
	}
}
