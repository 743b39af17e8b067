package plain

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/rivo/uniseg"
	"pgregory.net/rapid"
)

// all are the pieces of UAX #14 without our short cuts.
func all(text string) (out []string) {
	for rest, state := text, -1; rest != ""; {
		var piece string
		piece, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		out = append(out, piece)
	}
	return out
}

func short(text string) (out []string) {
	segments(text, func(s string) { out = append(out, s) })
	return out
}

func TestShortCutsBreakLinesWhereUnicodeDoes(t *testing.T) {
	files, err := filepath.Glob("../testdata/samples/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no samples", err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := short(string(b)), all(string(b)); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", f, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("abZé1 9 .,;:!?()-–/\"'« »%$\u00a0\u2060\u2067\u0301яسً会，"))).Draw(t, "text")
		if got, want := short(s), all(s); !slices.Equal(got, want) {
			t.Fatalf("%q: %q, want %q", s, got, want)
		}
	})
}
