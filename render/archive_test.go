package render

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"communique/fonts"
	"communique/locales"
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/export"
	"communique/render/markdown"
	"communique/render/resolve"
	"communique/templates"
)

// What an archive keeps as JSON can be rendered again: every format made of the
// document that is read back is the same, byte for byte.
func TestADocumentReadBackRendersToTheSameBytes(t *testing.T) {
	r, err := New(Options{Fonts: fonts.FS, Locales: locales.FS, Templates: templates.FS, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/samples/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no samples", err)
	}
	hard, err := filepath.Glob("judge/testdata/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, hard...) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		d := markdown.Parse(markdown.Source{Name: name, Data: data}, markdown.Options{Locales: r.locales, Kinds: r.kinds}, &diag.List{})
		resolve.Resolve(d, resolve.Resources{Locales: r.locales, Kinds: r.kinds}, &diag.List{})
		kept, err := export.Write(d)
		if err != nil {
			t.Fatal(err)
		}
		back, err := export.Read(kept)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range []Format{PDF, HTML, Text, JSON, Card} {
			if first, again := written(t, r, d, f), written(t, r, back, f); !bytes.Equal(first, again) {
				t.Errorf("%s: %s of the document read back is another one", name, f)
			}
		}
	}
}

// written makes one format of a resolved document.
func written(t *testing.T, r *Renderer, d *doc.Document, f Format) []byte {
	t.Helper()
	j, err := r.check(&Request{Sources: []Source{{Name: d.File}}, Formats: []Format{f}})
	if err != nil {
		t.Fatal(err)
	}
	j.docs = []*doc.Document{d}
	made, err := r.outputs(context.Background(), false, &edition{job: j, doc: d, problems: &diag.List{},
		pictures: r.pictures.Load(context.Background(), d, os.DirFS("judge/testdata"), &diag.List{})})
	if err != nil || len(made) != 1 {
		t.Fatalf("%s: %v, %v", f, made, err)
	}
	return made[0].Data
}
