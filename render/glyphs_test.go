package render_test

import (
	"testing"

	"communique/fonts"
	"communique/locales"
	"communique/render/doc"
	"communique/render/locale"
	"communique/render/text"
)

// Every character that a language's own texts need, and every one that its
// words and dates print, has a glyph in the fonts.
func TestFontsHaveTheExemplarCharactersOfEveryLanguage(t *testing.T) {
	catalog, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := text.Load(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range catalog.Tags() {
		l := catalog.Get(tag)
		if len(l.Exemplars()) < 26 {
			t.Errorf("%s: there are hardly any exemplars", tag)
		}
		for _, bold := range []bool{false, true} {
			s := lib.NewShaper()
			s.Begin()
			st := &text.Style{Family: "noto-sans", Bold: bold, Size: 10, Lang: tag}
			s.Lines(text.Paragraph{Spans: []text.Span{{Text: l.Exemplars(), Style: st}}, RTL: l.Direction() == doc.RightToLeft, Width: 400})
			for _, m := range s.Missing() {
				t.Errorf("%s, bold %v: no glyph for U+%04X %q", tag, bold, m.Rune, m.Rune)
			}
		}
	}
	if err := lib.Err(); err != nil {
		t.Error(err)
	}
}
