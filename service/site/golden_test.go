package site

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// style is the sheet, which has no place in golden files.
var styleElement = regexp.MustCompile(`(?s)<style>.*?</style>`)

// golden compares with a file in testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err, "; go test -update writes it")
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; go test -update writes it anew, git diff shows how", path)
	}
}

func TestPagesAreThoseOfTheGoldenFiles(t *testing.T) {
	f := newFace(t)
	for lang, names := range map[string][]string{
		"en": {"index", "search", "search-none", "publication", "withdrawn", "verify", "verdict-superseded", "verdict-unknown", "not-found", "preview"},
		"ar": {"index", "publication", "preview"},
	} {
		pages := everyPage(f, lang)
		for _, name := range names {
			golden(t, name+"."+lang+".html", styleElement.ReplaceAll(pages[name].Body, nil))
		}
	}
	all, items := catalogue()
	feed, err := f.Feed("fr", all, at("2020-01-01 00:00"))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "feed.fr.atom", feed.Body)
	sitemap, _, err := newFace(t, func(s *Site) { s.Languages = []string{"en", "fr"} }).Sitemap(NewCatalogue(items[:2]), 0)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "sitemap.xml", sitemap.Body)
	golden(t, "robots.txt", f.Robots().Body)
}

func TestPagesAreTheSameEveryTime(t *testing.T) {
	first, second := everyPage(newFace(t), "ru"), everyPage(newFace(t), "ru")
	for name, p := range first {
		if !bytes.Equal(p.Body, second[name].Body) {
			t.Errorf("%s differs", name)
		}
	}
}
