package markdown

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"communique/locales"
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/kind"
	"communique/render/locale"
	"communique/templates"
)

// options are the real resources.
var options = sync.OnceValue(func() Options {
	l, err := locale.Load(locales.FS)
	if err != nil {
		panic(err)
	}
	k, err := kind.Load(templates.FS)
	if err != nil {
		panic(err)
	}
	return Options{Locales: l, Kinds: k}
})

// parse reads a source whose problems matter.
func parse(name, src string) (*doc.Document, []diag.Problem) {
	var problems diag.List
	d := Parse(Source{Name: name, Data: []byte(src)}, options(), &problems)
	return d, problems.Sorted()
}

// shared finds a folder of the shared test data; the test is skipped without it.
func shared(t testing.TB, path string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if p := filepath.Join(dir, "shared", path); exists(p) {
			return p
		}
	}
	t.Skip("the shared test data is not here: no folder shared/" + path + " beside the checkout")
	return ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
