package text

import (
	"testing"

	"communique/render/text/squarefont"
)

// squares is a shaper with the square font: 10 points a character, 5 a space.
func squares(t testing.TB) *Shaper {
	t.Helper()
	l, err := Load(squarefont.FS())
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Check(); err != nil {
		t.Fatal(err)
	}
	return l.NewShaper()
}

func plain(lang string) *Style { return &Style{Family: squarefont.Family, Size: 10, Lang: lang} }

// shown is a line as one reads the glyphs from left to right.
func shown(l Line) string {
	var out string
	runs := append([]Run(nil), l.Runs...)
	for len(runs) > 0 {
		k := 0
		for i := range runs {
			if runs[i].X < runs[k].X {
				k = i
			}
		}
		r := runs[k]
		runs = append(runs[:k], runs[k+1:]...)
		for i := range r.Words {
			w := r.Words[i]
			if r.RightToLeft {
				w = r.Words[len(r.Words)-1-i]
			}
			for _, g := range w.Glyphs {
				out += g.Glyph.Text
			}
		}
	}
	return out
}

func TestLinesOfSquares(t *testing.T) {
	tests := []struct {
		name  string
		text  string
		lang  string
		rtl   bool
		width float64
		want  []string
		sizes []float64
	}{
		{"breaks at spaces, which hang", "aa bb cc", "en", false, 45, []string{"aa bb ", "cc"}, []float64{45, 20}},
		{"no break where a word fits exactly", "aa bb", "en", false, 45, []string{"aa bb"}, []float64{45}},
		{"hyphens break inside a word", "well-known fact", "en", false, 65, []string{"well-", "known ", "fact"}, []float64{50, 50, 40}},
		{"a word that is too long is cut", "abcdefgh ij", "en", false, 30, []string{"abc", "def", "gh ", "ij"}, []float64{30, 30, 20, 20}},
		{"a long word first moves to its own line", "a bcdefg", "en", false, 40, []string{"a ", "bcde", "fg"}, []float64{10, 40, 20}},
		{"line ends in the text", "a\nb\r\nc\u2028d\n", "en", false, 100, []string{"a", "b", "c", "d"}, []float64{10, 10, 10, 10}},
		{"empty lines stay", "a\n\nb", "en", false, 100, []string{"a", "", "b"}, []float64{10, 0, 10}},
		{"soft hyphen shows only where the line breaks", "ab\u00adcd\u00adef gh", "en", false, 60, []string{"abcdef ", "gh"}, []float64{60, 20}},
		{"soft hyphen at a break", "ab\u00adcd\u00adef", "en", false, 55, []string{"abcd\u00ad", "ef"}, []float64{50, 20}},
		{"no-break space", "a b\u00a0c d", "en", false, 35, []string{"a ", "b\u00a0c ", "d"}, []float64{10, 25, 10}},
		{"zero-width space", "ab\u200bcd", "en", false, 30, []string{"ab", "cd"}, []float64{20, 20}},
		{"tab is a space", "a\tb", "en", false, 100, []string{"a b"}, []float64{25}},
		{"Chinese breaks anywhere but before a full stop", "中文中文。中", "zh-Hans", false, 40, []string{"中文中", "文。中"}, []float64{30, 30}},
		{"opening quotes stay with what follows", "中文中“文”", "zh-Hans", false, 40, []string{"中文中", "“文”"}, []float64{30, 25}},
		{"French marks stay with the word", "mot mot !", "fr", false, 75, []string{"mot ", "mot !"}, []float64{30, 45}},
		{"Hebrew runs from right to left", "אב גד", "he", true, 100, []string{"דג בא"}, []float64{45}},
		{"space hangs to the left", "אב גד", "he", true, 30, []string{" בא", "דג"}, []float64{20, 20}},
		{"numbers in Hebrew", "אב 12 גד", "he", true, 200, []string{"דג 12 בא"}, []float64{70}},
		{"Hebrew and a number in English", "a אב 12 b", "en", false, 200, []string{"a 12 בא b"}, []float64{75}},
		{"level 2 beside level 0 keeps its place", "abc אבג 123 def", "en", false, 200, []string{"abc 123 גבא def"}, []float64{135}},
		{"an isolate orders its content alone", "אב \u2066a (b)\u2069!", "he", true, 200, []string{"!a (b) בא"}, []float64{80}},
		{"isolates part numbers side by side", "אב \u206612\u2069\u206634\u2069", "he", true, 200, []string{"3412 בא"}, []float64{65}},
		{"an override reverses", "\u202eabc\u202c d", "en", false, 200, []string{"cba d"}, []float64{45}},
		{"space at a line's end takes the paragraph's level", "abc def", "he", true, 40, []string{" abc", "def"}, []float64{30, 30}},
		{"isolates go on after a line end", "\u2067a\nb c\u2069 d", "en", false, 200, []string{"a", "b c d"}, []float64{10, 40}},
		{"controls are not drawn", "a\u0001\u200e\u2060\ufeffb", "en", false, 100, []string{"ab"}, []float64{20}},
		{"leading spaces stay", "  a", "en", false, 100, []string{"  a"}, []float64{20}},
		{"only spaces", "   ", "en", false, 10, []string{"   "}, []float64{0}},
		{"nothing", "", "en", false, 10, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := squares(t)
			got := s.Lines(Paragraph{Spans: []Span{{tt.text, plain(tt.lang)}}, RTL: tt.rtl, Width: tt.width})
			if len(got) != len(tt.want) {
				for _, l := range got {
					t.Logf("%q %g", shown(l), l.Width)
				}
				t.Fatalf("%d lines, want %d", len(got), len(tt.want))
			}
			for i, l := range got {
				if shown(l) != tt.want[i] || l.Width != tt.sizes[i] {
					t.Errorf("line %d: %q of %g points, want %q of %g", i, shown(l), l.Width, tt.want[i], tt.sizes[i])
				}
			}
		})
	}
}
