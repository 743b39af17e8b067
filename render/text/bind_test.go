package text

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestWordsThatStayTogether(t *testing.T) {
	tests := []struct {
		name, lang, text string
		width            float64
		want             string
	}{
		{"number after its word", "en", "see p. 3 now", 60, "see|p. 3|now"},
		{"with a bracket before", "en", "see (No. 3) now", 80, "see|(No. 3)|now"},
		{"the word without a number", "en", "see p. it now", 60, "see p.|it now"},
		{"unit after its number", "en", "about 20 km, now", 80, "about|20 km,|now"},
		{"initial before a name", "en", "so J. Smith", 50, "so|J.|Smith"},
		{"initial before a name that fits", "en", "was J. Smi it", 65, "was|J. Smi|it"},
		{"a word of one letter in Russian", "ru", "это в дом", 60, "это|в дом"},
		{"and in Ukrainian", "uk", "ріка з дна", 65, "ріка|з дна"},
		{"a title in French", "fr", "avec M. Dos", 70, "avec|M. Dos"},
		{"what is wider than the measure comes apart all the same", "ru", "и слово", 50, "и|слово"},
		{"a language without a file", "xx", "see p. 3 now", 60, "see p.|3 now"},
	}
	for _, tt := range tests {
		for _, optimal := range []bool{false, true} {
			s := hyphenatingSquares(t)
			got := strings.Join(readLines(s.Lines(Paragraph{Spans: []Span{{tt.text, plain(tt.lang)}}, Width: tt.width, Optimal: optimal})), "|")
			if got != tt.want {
				t.Errorf("%s, optimal %v: %q, want %q", tt.name, optimal, got, tt.want)
			}
		}
	}
}

func TestABrokenFileOfBreaksIsNamed(t *testing.T) {
	s := squares(t)
	err := s.library.Languages(fstest.MapFS{
		"breaks/xx.toml": {Data: []byte("initals = true\n")}, "hyphenation/xx.txt": {Data: []byte("patterns\n1a\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.library.Check(); err == nil || !strings.Contains(err.Error(), "xx.toml:1") {
		t.Errorf("Check: %v", err)
	}
	s.library.NewShaper().Lines(Paragraph{Spans: []Span{{"a b", plain("xx")}}, Width: 50})
	if err := s.library.Err(); err == nil || !strings.Contains(err.Error(), "xx.toml:1") {
		t.Errorf("Err: %v", err)
	}
}

func TestEveryFileOfTheLocalesIsRead(t *testing.T) {
	l := noto(t)
	if err := l.Languages(os.DirFS("../../locales")); err != nil {
		t.Fatal(err)
	}
	if err := l.Check(); err != nil {
		t.Error(err)
	}
}
