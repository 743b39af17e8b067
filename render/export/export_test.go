package export_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"communique/locales"
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/export"
	"communique/render/kind"
	"communique/render/locale"
	"communique/render/markdown"
	"communique/render/resolve"
	"communique/templates"
)

type resources struct {
	locales *locale.Catalog
	kinds   *kind.Set
}

var load = sync.OnceValues(func() (r resources, err error) {
	if r.locales, err = locale.Load(locales.FS); err != nil {
		return r, err
	}
	r.kinds, err = kind.Load(templates.FS)
	return r, err
})

// resolved parses and resolves a source.
func resolved(t testing.TB, name string, source []byte) *doc.Document {
	t.Helper()
	r, err := load()
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	d := markdown.Parse(markdown.Source{Name: name, Data: source}, markdown.Options{Locales: r.locales, Kinds: r.kinds}, &problems)
	resolve.Resolve(d, resolve.Resources{Locales: r.locales, Kinds: r.kinds}, &problems)
	return d
}

// extras are front matter and text that the samples do not have.
const extras = `---
title: "Every *key*"
lang: en
date: 2024-02-29T10:30:00+05:30
embargo: { until: 2024-03-01T09:00:00-05:00, zone: America/New_York }
original: true
extra: { number: 3, part: 1.5, list: [a, true, { b: c }], nothing: "" }
---

0. zero

5) five <span lang=ar dir=rtl>نص</span> <bdo dir=rtl>abc</bdo> <bdi>x</bdi> H<sub>2</sub>O <abbr title="A B">AB</abbr>

::: {lang=fr #here}
Un *texte* <https://example.org/?a=b&c=<d>>.
:::
`

func samples(t testing.TB) map[string][]byte {
	t.Helper()
	out := map[string][]byte{"folder/extras.en.md": []byte(extras)}
	for _, pattern := range []string{"../testdata/samples/*.md", "../judge/testdata/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			out[filepath.Base(f)] = b
		}
	}
	return out
}

func written(t testing.TB, d *doc.Document) []byte {
	t.Helper()
	b, err := export.Write(d)
	if err != nil {
		t.Fatalf("%s: %v", d.File, err)
	}
	return b
}

func TestEverySampleObeysTheSchema(t *testing.T) {
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(export.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource("document.json", tree); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("document.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, source := range samples(t) {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(written(t, resolved(t, name, source))))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %.400s", name, err.Error())
		}
	}
	for name, bad := range map[string]string{
		"another version":        `{"communique": "document/2", "meta": {}, "front": {}}`,
		"an unknown property":    `{"communique": "document/1", "meta": {}, "front": {}, "more": 1}`,
		"an unknown construct":   `{"communique": "document/1", "meta": {}, "front": {}, "blocks": [{"type": "poem"}]}`,
		"a block among inlines":  `{"communique": "document/1", "meta": {}, "front": {}, "title": [{"type": "rule"}]}`,
		"a direction of no kind": `{"communique": "document/1", "meta": {"dir": "up"}, "front": {}}`,
	} {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(v) == nil {
			t.Errorf("%s obeys the schema", name)
		}
		if _, err := export.Read([]byte(bad)); err == nil {
			t.Errorf("%s can be read", name)
		}
	}
}

func TestReadingBackGivesTheSameDocument(t *testing.T) {
	for name, source := range samples(t) {
		first := written(t, resolved(t, name, source))
		d, err := export.Read(first)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if again := written(t, d); !bytes.Equal(again, first) {
			t.Errorf("%s: another document came back:\n%s", name, again)
		}
		if d.File != filepath.Base(name) {
			t.Errorf("%s: the file is called %q", name, d.File)
		}
		for i, h := range d.Front.Headings { // the outline is the headings themselves
			found := false
			doc.WalkBlocks(d.Blocks, func(b doc.Block) bool { found = found || b == doc.Block(h); return true })
			if !found {
				t.Errorf("%s: heading %d of the outline is not in the text", name, i)
			}
		}
	}
}

func TestNoPlaceOfTheSourceIsTold(t *testing.T) {
	b := written(t, resolved(t, "secret/folder/a.en.md", []byte(extras)))
	for _, word := range []string{"secret", "folder", `"pos"`, `"line"`} {
		if bytes.Contains(b, []byte(word)) {
			t.Errorf("the JSON holds %s", word)
		}
	}
}

func TestPropertiesStandInOrder(t *testing.T) {
	b := written(t, resolved(t, "a.en.md", []byte(extras)))
	last := -1
	for _, name := range []string{`"communique"`, `"file"`, `"meta"`, `"title"`, `"blocks"`, `"front"`} {
		at := bytes.Index(b, []byte("\n "+name))
		if at <= last {
			t.Errorf("%s stands at %d, after %d", name, at, last)
		}
		last = at
	}
}

func TestMistakesAreToldWithTheirPlace(t *testing.T) {
	for in, want := range map[string]string{
		`[]`:                             "not JSON",
		`{}`:                             `expected "document/1"`,
		`{"communique":"document/1"} {}`: "follows",
		`{"communique":"document/1"}`:    "front is missing",
		`{"communique":"document/1","front":{},"blocks":[{"type":"paragraph","content":[{"type":"text","value":7}]}]}`: "blocks[0].content[0].value is a number: expected a string",
		`{"communique":"document/1","front":{},"blocks":[{"type":"table","columns":[{"align":"left"}]}]}`:              `blocks[0].columns[0].align is "left": expected one of`,
		`{"communique":"document/1","front":{"headings":["x"]}}`:                                                       `front.headings[0] refers to "x"`,
		`{"communique":"document/1","front":{},"meta":{"date":"tomorrow"}}`:                                            `meta.date is "tomorrow"`,
		`{"communique":"document/1","front":{},"blocks":[{"type":"list","start":1.5}]}`:                                "whole number",
		`{"communique":"document/1","front":{},"blocks":[null]}`:                                                       "blocks[0] is null",
	} {
		if _, err := export.Read([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", in, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for name, source := range samples(f) {
		f.Add(written(f, resolved(f, name, source)))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		d, err := export.Read(in)
		if err != nil {
			return
		}
		b, err := export.Write(d)
		if err != nil {
			return // a document that no front end makes
		}
		if !json.Valid(b) {
			t.Fatalf("not JSON: %s", b)
		}
		if _, err := export.Read(b); err != nil {
			t.Errorf("what was written cannot be read: %v\n%s", err, b)
		}
	})
}
