package diag

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	known := []string{"title", "date", "embargo", "pdf", "html"}
	for _, c := range []struct{ word, want string }{
		{"titel", "title"},
		{"Title", "title"},
		{"tite", "title"},
		{"dat", "date"},
		{"embrago", "embargo"},
		{"pfd", "pdf"},
		{"htm", "html"},
		{"xhtml", "html"},
		{"colour", ""},
		{"x", ""},
		{"", ""},
		{strings.Repeat("long", 1000), ""},
	} {
		if got := Nearest(c.word, known); got != c.want {
			t.Errorf("Nearest(%q) = %q, want %q", c.word, got, c.want)
		}
	}
}
