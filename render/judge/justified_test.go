package judge_test

import (
	"bytes"
	"io/fs"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"communique/fonts"
	"communique/locales"
	"communique/render"
	"communique/render/judge"
	"communique/templates"
)

// justified are texts that are set with words divided wherever that makes lines
// more even, and lines spread over the measure: room at the end of words, and
// hyphens that no source has, must not show in the text that readers give back.
func justified(t testing.TB) []render.Source {
	return append(samples(t), read(t, judge.Shared(t, filepath.Join("corpus", "udhr")))...)
}

const officialTheme = "themes/official/theme.toml"

// justifying renders with the official theme, justified.
var justifying = sync.OnceValues(func() (*render.Renderer, error) {
	tokens, err := fs.ReadFile(templates.FS, officialTheme)
	if err != nil {
		return nil, err
	}
	tokens = bytes.Replace(tokens, []byte("justify = false"), []byte("justify = true"), 1)
	tokens = bytes.Replace(tokens, []byte(`hyphenation = "sparing"`), []byte(`hyphenation = "full"`), 1)
	return render.New(render.Options{Fonts: fonts.FS, Locales: locales.FS, Templates: changed{templates.FS, officialTheme, tokens}, Version: "test"})
})

func mustJustify(t testing.TB) *render.Renderer {
	t.Helper()
	r, err := justifying()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// changed is a folder in which one file is another.
type changed struct {
	fs.FS
	name string
	data []byte
}

func (c changed) Open(name string) (fs.File, error) {
	if name == c.name {
		return fstest.MapFS{name: {Data: c.data}}.Open(name)
	}
	return c.FS.Open(name)
}
