package text

import (
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// hyphenating is the library of the fonts folder with the hyphenation patterns.
func hyphenating(t testing.TB) *Library {
	t.Helper()
	l := noto(t)
	if err := l.Languages(os.DirFS("../../locales")); err != nil {
		t.Fatal(err)
	}
	return l
}

// hyphenatingSquares is the square font with the hyphenation patterns.
func hyphenatingSquares(t testing.TB) *Shaper {
	t.Helper()
	s := squares(t)
	if err := s.library.Languages(os.DirFS("../../locales")); err != nil {
		t.Fatal(err)
	}
	return s.library.NewShaper()
}

func readLines(lines []Line) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.TrimRight(shown(l), " ")
	}
	return out
}

func TestHyphensOfSquares(t *testing.T) {
	tests := []struct {
		name, text, lang string
		width            float64
		hyphens          Hyphenation
		want             string
	}{
		{"off", "the declaration now", "en", 90, NoHyphens, "the|declarati|on now"},
		{"a word that does not fit", "the declaration now", "en", 110, FullHyphens, "the declar\u00ad|ation now"},
		{"sparing: the gap is large", "some declaration was made", "en", 150, SparingHyphens, "some declara\u00ad|tion was made"},
		{"sparing: the gap is small", "somewhat declaration was", "en", 115, SparingHyphens, "somewhat|declaration|was"},
		{"not the last word", "the declaration", "en", 110, FullHyphens, "the|declaration"},
		{"not before a line end of the text", "the declaration\nnow", "en", 110, FullHyphens, "the|declaration|now"},
		{"the last word if it is wider than the measure", "declaration", "en", 80, FullHyphens, "declara\u00ad|tion"},
		{"at the hyphen first", "a multilateral-looking declaration now", "en", 170, FullHyphens, "a multilateral-|looking declara\u00ad|tion now"},
		{"no capitals", "an UNRECOGNIZED word", "en", 90, FullHyphens, "an|UNRECOGNI|ZED word"},
		{"no names inside a sentence", "from Victoria Falls", "en", 100, FullHyphens, "from|Victoria|Falls"},
		{"names after a full stop", "so. Victoria came", "en", 80, FullHyphens, "so. Vic\u00ad|toria|came"},
		{"nouns in German", "die Verordnung gilt", "de", 90, FullHyphens, "die Ver\u00ad|ordnung|gilt"},
		{"no addresses", "at press.information here", "en", 100, FullHyphens, "at|press.info|rmation|here"},
		{"no digits", "the multilateral2023 now", "en", 120, FullHyphens, "the|multilateral|2023 now"},
		{"soft hyphens of the text alone", "a decla\u00adration now", "en", 100, FullHyphens, "a decla\u00ad|ration now"},
		{"no patterns, no hyphens", "the declaration now", "xx", 110, FullHyphens, "the|declaration|now"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := hyphenatingSquares(t)
			got := strings.Join(readLines(s.Lines(Paragraph{Spans: []Span{{tt.text, plain(tt.lang)}}, Width: tt.width, Hyphens: tt.hyphens})), "|")
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestCodeIsNeverHyphenated(t *testing.T) {
	s := hyphenatingSquares(t)
	st := *plain("en")
	st.Whole = true
	for _, optimal := range []bool{false, true} {
		p := Paragraph{Spans: []Span{{"the ", plain("en")}, {"declaration", &st}, {" now here", plain("en")}}, Width: 110, Hyphens: FullHyphens, Optimal: optimal}
		if got := strings.Join(readLines(s.Lines(p)), "|"); got != "the|declaration|now here" {
			t.Errorf("%q", got)
		}
	}
}

func TestSpansHyphenateInTheirOwnLanguage(t *testing.T) {
	s := hyphenatingSquares(t)
	p := Paragraph{Spans: []Span{{"the ", plain("en")}, {"Vereinigung", plain("de")}, {" now", plain("en")}}, Width: 100, Hyphens: FullHyphens}
	if got := strings.Join(readLines(s.Lines(p)), "|"); got != "the Verei\u00ad|nigung now" {
		t.Errorf("%q", got)
	}
}

func TestAWordOfTwoStylesIsNotHyphenated(t *testing.T) {
	s := hyphenatingSquares(t)
	bold := *plain("en")
	bold.Bold = true
	p := Paragraph{Spans: []Span{{"the declar", plain("en")}, {"ation", &bold}, {" now", plain("en")}}, Width: 110, Hyphens: FullHyphens}
	if got := strings.Join(readLines(s.Lines(p)), "|"); got != "the|declaration|now" {
		t.Errorf("%q", got)
	}
}

func TestNoMoreThanTwoLinesInARowEndInAHyphen(t *testing.T) {
	lib := hyphenating(t)
	rapid.Check(t, func(t *rapid.T) {
		p := drawProse(t)
		row := 0
		for i, l := range lib.NewShaper().Lines(p) {
			if !l.Hyphenated {
				row = 0
				continue
			}
			// A word wider than the measure is broken in any case.
			if row++; row > maxHyphens && p.Width > 150 {
				t.Fatalf("line %d is the %dth in a row with a hyphen", i, row)
			}
		}
	})
}

// drawProse is a paragraph of words of some languages, in any way of setting it.
func drawProse(t *rapid.T) Paragraph {
	lang := rapid.SampledFrom([]string{"en", "fr", "ru", "de", "ar", "zh-Hans"}).Draw(t, "lang")
	words := map[string][]string{
		"de": {"Vereinbarung", "der", "Nachhaltigkeitsziele,", "und", "Staaten"},
	}[lang]
	for _, txt := range paragraphs[lang] {
		words = append(words, strings.Fields(txt)...)
	}
	txt := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 60).Draw(t, "words"), " ")
	return Paragraph{
		Spans: []Span{{txt, body(lang)}}, RTL: isRTL(lang),
		Width:   rapid.SampledFrom([]float64{20, 60, 151, 250, 390}).Draw(t, "width"),
		Hyphens: rapid.SampledFrom([]Hyphenation{NoHyphens, SparingHyphens, FullHyphens}).Draw(t, "hyphens"),
		Justify: rapid.Bool().Draw(t, "justify"),
		Optimal: rapid.Bool().Draw(t, "optimal"),
		Balance: rapid.Bool().Draw(t, "balance"), Autospace: rapid.Bool().Draw(t, "autospace"),
	}
}

func TestProseKeepsWidthAndTextInEveryWayOfSetting(t *testing.T) {
	lib := hyphenating(t)
	warm := lib.NewShaper()
	rapid.Check(t, func(t *rapid.T) {
		p := drawProse(t)
		lines := warm.Lines(p)
		checkLines(t, p, lines)
		if first, fresh := sketch(lines), sketch(lib.NewShaper().Lines(p)); first != fresh {
			t.Fatalf("warm and cold differ:\n%s\n%s", first, fresh)
		}
	})
}

func TestChineseOfSquares(t *testing.T) {
	tests := []struct {
		name, text string
		width      float64
		justify    bool
		want       string
		widths     []float64
	}{
		{"a quarter of an em beside letters and digits", "中2023年a文", 200, false, "中2023年a文", []float64{90}},
		{"none beside a space or a mark", "中 20。a", 200, false, "中 20。a", []float64{55}},
		{"two marks stand as close as one and a half", "中。”中：“文", 200, false, "中。”中：“文", []float64{60}},
		{"none at the end of a line", "中文20", 20, false, "中文|20", []float64{20, 20}},
		{"the empty half of a stop hangs", "中文字。中", 35, false, "中文字。|中", []float64{35, 10}},
		{"no closing or iteration mark begins a line", "中文字」々中", 30, false, "中文|字」々|中", []float64{20, 30, 10}},
		{"no opening mark ends a line", "中文（字）", 30, false, "中文|（字）", []float64{20, 25}},
		{"ideographs are spread", "中文字中文", 32, true, "中文字|中文", []float64{32, 20}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines := squares(t).Lines(Paragraph{Spans: []Span{{tt.text, plain("zh-Hans")}}, Width: tt.width, Autospace: true, Justify: tt.justify})
			if got := strings.Join(readLines(lines), "|"); got != tt.want {
				t.Fatalf("%q, want %q", got, tt.want)
			}
			for i, l := range lines {
				if d := l.Width - tt.widths[i]; d > 0.1 || d < -0.1 {
					t.Errorf("line %d is %g wide, want %g", i, l.Width, tt.widths[i])
				}
			}
		})
	}
}

func TestJustifiedLinesOfSquares(t *testing.T) {
	s := hyphenatingSquares(t)
	p := Paragraph{Spans: []Span{{"aa bb cc dd", plain("en")}}, Width: 83, Justify: true}
	lines := s.Lines(p)
	if len(lines) != 2 || lines[0].Width < 82.9 || lines[0].Width > 83 || lines[1].Width != 20 {
		t.Fatalf("%d lines: %g and %g wide", len(lines), lines[0].Width, lines[1].Width)
	}
	if got := lines[0].Runs[0].Extra; len(got) != 3 || got[0] != 650 || got[1] != 650 || got[2] != 0 {
		t.Errorf("room after words: %v", got)
	}
	p.Width, p.Spans[0].Text = 110, "aa bb cccccccccc"
	if lines = s.Lines(p); lines[0].Width != 45 {
		t.Errorf("a line with too much room to fill is %g wide, want it ragged", lines[0].Width)
	}
	p.Width, p.RTL, p.Spans[0].Text = 83, true, "אב גד הו זח"
	if lines = s.Lines(p); lines[0].Width != 70 && (lines[0].Width < 70 || lines[0].Width > 83) {
		t.Errorf("right to left: %g wide", lines[0].Width)
	}
}

func TestWholeParagraphsAreMoreEven(t *testing.T) {
	s := squares(t)
	p := Paragraph{Spans: []Span{{"aa bb cc dd eee ffffff g hhhhhhhhh", plain("en")}}, Width: 95}
	if got := strings.Join(readLines(s.Lines(p)), "|"); got != "aa bb cc dd|eee ffffff|g|hhhhhhhhh" {
		t.Errorf("line by line: %q", got)
	}
	p.Optimal = true
	if got := strings.Join(readLines(s.Lines(p)), "|"); got != "aa bb cc|dd eee|ffffff g|hhhhhhhhh" {
		t.Errorf("as a whole: %q", got)
	}
	p.Spans[0].Text, p.Width = strings.Repeat("aa ", 32)+"b", 405
	if got := readLines(s.Lines(p)); len(got) != 3 || got[2] == "b" {
		t.Errorf("the last line is shorter than an indent: %q", got)
	}
}

// One word under a wide paragraph looks lost; several, and Chinese, do not.
func TestASingleWordIsNotLeftForTheLastLine(t *testing.T) {
	s := squares(t)
	for _, c := range []struct{ text, last string }{
		{strings.Repeat("aa ", 32) + "bbbb", "aa bbbb"},
		{strings.Repeat("aa ", 32) + "b b b", "b b b"},
		{strings.Repeat("中", 80) + "国国国国", "国国国国"},
	} {
		p := Paragraph{Spans: []Span{{c.text, plain("en")}}, Width: 405, Optimal: true}
		got := readLines(s.Lines(p))
		if len(got) != 3 || !strings.HasSuffix(got[2], c.last) {
			t.Errorf("%q ends in %q, want %q", c.text, got, c.last)
		}
	}
}

func TestHeadlinesAreBalanced(t *testing.T) {
	s := squares(t)
	p := Paragraph{Spans: []Span{{"aaa bbb ccc ddd", plain("en")}}, Width: 110, Balance: true}
	if got := strings.Join(readLines(s.Lines(p)), "|"); got != "aaa bbb|ccc ddd" {
		t.Errorf("%q", got)
	}
	p.Spans[0].Text = "aaa bbb\nccc ddd"
	if got := strings.Join(readLines(s.Lines(p)), "|"); got != "aaa bbb|ccc ddd" {
		t.Errorf("with a line end of the text: %q", got)
	}
	p.Spans[0].Text = "aaa bbbbbbbbbb"
	if got := strings.Join(readLines(s.Lines(p)), "|"); got != "aaa|bbbbbbbbbb" {
		t.Errorf("no word is broken: %q", got)
	}
}
