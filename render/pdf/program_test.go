package pdf

import (
	"bytes"
	"fmt"
	"testing"

	"communique/render/page"
)

// numbered is the use of a font with one blank glyph that says n.
func numbered(t *testing.T, n int) *fontUse {
	return &fontUse{font: fontLibrary(t).Font(0), glyphs: []*page.Glyph{{Width: 500, Text: fmt.Sprint(n)}}}
}

func TestProgramsAreMadeOnceAndStayWithinBounds(t *testing.T) {
	var ps programs
	first, err := ps.of(numbered(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := ps.of(numbered(t, 1)); err != nil || again != first {
		t.Error("the same glyphs were made twice", err)
	}
	if other, err := ps.of(numbered(t, 2)); err != nil || other == first || bytes.Equal(other.unicode, first.unicode) {
		t.Error("other glyphs got the same program", err)
	}
	size := first.bytes()
	for n := range maxKept/size + 10 {
		ps.keep(programKey{glyphs: [32]byte{byte(n), byte(n >> 8), byte(n >> 16), 1}}, first)
	}
	if ps.bytes > maxKept || ps.bytes != len(ps.byKey)*size || ps.recent.Len() != len(ps.byKey) {
		t.Errorf("%d bytes in %d programs, list of %d", ps.bytes, len(ps.byKey), ps.recent.Len())
	}
	if p := ps.find(programKey{glyphs: [32]byte{0, 0, 0, 1}}); p != nil {
		t.Error("the program used longest ago is kept")
	}
}

func TestCodesDoNotDependOnTheOrderOfTheText(t *testing.T) {
	tags := func(words ...string) string {
		s := newSheet(t, "en")
		for _, w := range words {
			s.block(s.Root, page.TypeP, w)
		}
		p := newPainter(s.Document, nil, fontLibrary(t).Font)
		p.collect()
		made, err := (&programs{}).of(p.fonts[0])
		if err != nil {
			t.Fatal(err)
		}
		return made.tag
	}
	if a, b := tags("abc", "def"), tags("fed", "cab"); a != b {
		t.Errorf("%s and %s", a, b)
	}
}
