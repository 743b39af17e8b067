package text

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"communique/render/text/squarefont"
)

// families lists the folders of the fonts that set a text, with the pieces.
func families(lib *Library, lines []Line, spans []Span) []string {
	var out []string
	for _, l := range lines {
		for _, r := range l.Runs {
			s := lib.slots[r.Font]
			file := s.family.folder
			if s.about.Bold {
				file += " bold"
			}
			if s.about.Italic {
				file += " italic"
			}
			out = append(out, file+": "+spans[r.Span].Text[r.Start:r.End])
		}
	}
	return out
}

func TestFontsAreChosenByScriptAndStyle(t *testing.T) {
	lib := noto(t)
	tests := []struct {
		name  string
		text  string
		style Style
		want  []string
	}{
		{"Latin", "Hello, world", Style{Lang: "en"}, []string{"noto-sans: Hello, world"}},
		{"Cyrillic bold italic", "Привет", Style{Lang: "ru", Bold: true, Italic: true}, []string{"noto-sans bold italic: Привет"}},
		{"Arabic italic is upright", "نص", Style{Lang: "ar", Italic: true}, []string{"noto-naskh-arabic: نص"}},
		{"Arabic bold", "نص", Style{Lang: "ar", Bold: true, Italic: true}, []string{"noto-naskh-arabic bold: نص"}},
		{"Western digits beside Arabic match Latin", "في 12", Style{Lang: "ar"}, []string{"noto-naskh-arabic: في ", "noto-sans: 12"}},
		{"Chinese with Western digits", "于2023年", Style{Lang: "zh-Hans"}, []string{"noto-sans-sc: 于", "noto-sans: 2023", "noto-sans-sc: 年"}},
		{"Chinese quotes are Chinese", "“G20”", Style{Lang: "zh-Hans"}, []string{"noto-sans-sc: “", "noto-sans: G20", "noto-sans-sc: ”"}},
		{"English quotes around Chinese are Latin", "“中文”", Style{Lang: "en"}, []string{"noto-sans: “", "noto-sans-sc: 中文", "noto-sans: ”"}},
		{"apostrophe in a Latin word in Chinese", "People’s", Style{Lang: "zh-Hans"}, []string{"noto-sans: People’s"}},
		{"mono", "code", Style{Lang: "en", Family: "noto-sans-mono"}, []string{"noto-sans-mono: code"}},
		{"mono lends from text", "код 中", Style{Lang: "en", Family: "noto-sans-mono"}, []string{"noto-sans-mono: код ", "noto-sans-sc: 中"}},
		{"symbols", "a ☎", Style{Lang: "en"}, []string{"noto-sans: a ", "noto-sans-symbols-2: ☎"}},
		{"emoji sequence in one font", "👨‍👩‍👧", Style{Lang: "en"}, []string{"noto-emoji: 👨‍👩‍👧"}},
		{"a mark stays with its base", "中\u0301", Style{Lang: "en"}, []string{"noto-sans-sc: 中\u0301"}},
		{"serif beside serif", "于2023年 нет", Style{Lang: "zh-Hans", Family: "noto-serif"}, []string{"noto-serif-sc: 于", "noto-serif: 2023", "noto-serif-sc: 年", "noto-serif:  нет"}},
		{"a rare character of the other family", "𰻞", Style{Lang: "zh-Hans", Family: "noto-serif"}, []string{"noto-sans-sc: 𰻞"}},
		{"Arabic beside serif", "نص 12", Style{Lang: "ar", Family: "noto-serif"}, []string{"noto-naskh-arabic: نص ", "noto-serif: 12"}},
		{"unknown family", "a", Style{Lang: "en", Family: "none such"}, []string{"noto-sans: a"}},
		{"unknown language", "a", Style{Lang: "!"}, []string{"noto-sans: a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			st := tt.style
			st.Size = 10
			if st.Family == "" {
				st.Family = "noto-sans"
			}
			spans := []Span{{tt.text, &st}}
			got := families(lib, lib.NewShaper().Lines(Paragraph{Spans: spans, Width: 1e6}), spans)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestLatinTextOpensNoOtherFonts(t *testing.T) {
	lib := noto(t)
	s := lib.NewShaper()
	for _, lang := range []string{"en", "fr", "ru"} {
		for _, txt := range paragraphs[lang] {
			s.Lines(Paragraph{Spans: []Span{{txt, body(lang)}}, Width: 400})
		}
	}
	for _, x := range lib.slots {
		if x.font != nil && x.family.folder != "noto-sans" {
			t.Errorf("%s was read", x.file)
		}
	}
}

func TestMissingCharactersAreBoxedAndCounted(t *testing.T) {
	lib := noto(t)
	s := lib.NewShaper()
	const txt = "a\ue000b \U0010fffd\ue000"
	for range 2 { // from the cache as well
		s.Begin()
		lines := s.Lines(Paragraph{Spans: []Span{{txt, body("en")}}, Width: 400})
		if got := logical(lines); got != txt {
			t.Errorf("text %+q, want %+q", got, txt)
		}
		want := []Missing{{0xe000, 2}, {0x10fffd, 1}}
		if got := s.Missing(); !slices.Equal(got, want) {
			t.Errorf("missing %v, want %v", got, want)
		}
		for _, w := range lines[0].Runs[0].Words {
			for _, g := range w.Glyphs {
				if strings.ContainsAny(g.Glyph.Text, "\ue000\U0010fffd") && len(g.Glyph.Parts) < 8 {
					t.Errorf("%+q is drawn with %d outlines, want a frame and digits", g.Glyph.Text, len(g.Glyph.Parts))
				}
				for _, p := range g.Glyph.Parts {
					if p.GID == 0 {
						t.Errorf("%+q is drawn with .notdef", g.Glyph.Text)
					}
				}
			}
		}
	}
	s.Begin()
	if got := s.Missing(); len(got) != 0 {
		t.Errorf("after Begin: %v", got)
	}
}

func TestCursiveLettersJoinAcrossSpans(t *testing.T) {
	lib := noto(t)
	s := lib.NewShaper()
	one, other := *body("ar"), *body("ar")
	draw := func(spans ...Span) (out []mark) {
		pen := 0
		lines := s.Lines(Paragraph{Spans: spans, RTL: true, Width: 1e6})
		for i := len(lines[0].Runs) - 1; i >= 0; i-- {
			r := lines[0].Runs[i]
			m, advance := marks(lib.Font(r.Font), r)
			for _, x := range m {
				out = append(out, mark{x.gid, x.x + pen, x.y})
			}
			pen += advance
		}
		return out
	}
	want := draw(Span{"كيمبرلي", &one})
	if got := draw(Span{"كيم", &one}, Span{"برلي", &other}); !slices.Equal(got, want) {
		t.Errorf("in two spans %v, in one %v", got, want)
	}
	if got := draw(Span{"كيم", &one}, Span{" برلي", &other}); slices.Equal(got, want) {
		t.Error("letters joined across a space")
	}
}

func TestLeadingFollowsTheLanguage(t *testing.T) {
	lib := noto(t)
	if got := lib.Leading("noto-sans", "en"); got != 1 {
		t.Errorf("English: %g, want 1", got)
	}
	for _, lang := range []string{"ar", "zh-Hans", "zh"} {
		if got := lib.Leading("noto-sans", lang); got <= 1 || got > 1.5 {
			t.Errorf("%s: %g, want more than Latin", lang, got)
		}
	}
}

func TestFontsFolderIsWhole(t *testing.T) {
	lib := noto(t)
	if err := lib.Check(); err != nil {
		t.Fatal(err)
	}
	if lib.Font(1000) != nil {
		t.Error("Font(1000) is a font")
	}
	if !lib.Family("noto-sans") || lib.Family("none such") {
		t.Error("Family does not tell which families there are")
	}
}

func TestFontsFolderErrorsNameFileAndCause(t *testing.T) {
	good := "name = \"X\"\nrole = \"text\"\nscripts = { Latn = 1 }\nfiles = [ { file = \"a.ttf\" } ]\n"
	tests := []struct{ name, toml, want string }{
		{"unknown key", good + "colour = 1\n", `x/family.toml:5:1: unknown key "colour"`},
		{"bad role", strings.Replace(good, `"text"`, `"body"`, 1), `role is "body"`},
		{"no name", strings.Replace(good, `"X"`, `""`, 1), "name is missing"},
		{"bad script", strings.Replace(good, "Latn", "latin", 1), `"latin" is no ISO 15924 code`},
		{"missing file", strings.Replace(good, "a.ttf", "b.ttf", 1), "b.ttf"},
		{"no regular", strings.Replace(good, `"a.ttf"`, `"a.ttf", bold = true`, 1), "no upright regular font"},
		{"bad leading", good + "leading = 0.5\n", "leading is 0.5"},
		{"bad scale", good + "scale = 9\n", "scale is 9"},
		{"text without scripts", strings.Replace(good, "{ Latn = 1 }", "{}", 1), "scripts"},
		{"only a fallback", "name = \"X\"\nrole = \"fallback\"\nfiles = [ { file = \"a.ttf\" } ]\n", `role = "text"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(fstest.MapFS{"x/family.toml": {Data: []byte(tt.toml)}, "x/a.ttf": {Data: squarefont.Font()}})
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "fonts: ") {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestBrokenFontFileIsReportedAndPassedOver(t *testing.T) {
	toml := func(name string, pref string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("name = \"" + name + "\"\nrole = \"text\"\nscripts = { Latn = " + pref + " }\nfiles = [ { file = \"a.ttf\" } ]\n")}
	}
	lib, err := Load(fstest.MapFS{
		"a/family.toml": toml("A", "2"), "a/a.ttf": {Data: []byte("not a font")},
		"b/family.toml": toml("B", "1"), "b/a.ttf": {Data: squarefont.Font()},
	})
	if err != nil {
		t.Fatal(err)
	}
	lines := lib.NewShaper().Lines(Paragraph{Spans: []Span{{"abc", &Style{Family: "a", Size: 10}}}, Width: 100})
	if got := logical(lines); got != "abc" || lines[0].Width != 30 {
		t.Errorf("%q of %g points, want abc of 30 in the font that can be read", got, lines[0].Width)
	}
	if err := lib.Err(); err == nil || !strings.Contains(err.Error(), "a/a.ttf") {
		t.Errorf("Err is %v, want one that names a/a.ttf", err)
	}
}

func TestMeasureTellsLongestAndNaturalWidth(t *testing.T) {
	s := squares(t)
	tests := []struct {
		text             string
		longest, natural float64
	}{
		{"", 0, 0},
		{"aaa bb ", 30, 55},
		{"well-known fact", 50, 145},
		{"ab\u00adcdef g", 40, 75},
		{"abc\nde fgh", 30, 55},
		{"中文字。", 15, 35},
		{"a\u00a0b c", 25, 40},
		{"  a", 10, 20},
	}
	for _, tt := range tests {
		longest, natural := s.Measure([]Span{{tt.text, plain("zh-Hans")}}, false)
		if longest != tt.longest || natural != tt.natural {
			t.Errorf("%q: longest %g, natural %g, want %g, %g", tt.text, longest, natural, tt.longest, tt.natural)
		}
	}
}

func TestFirstLineTooNarrowStaysEmpty(t *testing.T) {
	s := squares(t)
	lines := s.Lines(Paragraph{Spans: []Span{{"abc de", plain("en")}}, Width: 60, FirstWidth: 20})
	if len(lines) != 2 || len(lines[0].Runs) != 0 || shown(lines[1]) != "abc de" {
		t.Errorf("%d lines, want an empty one and \"abc de\"", len(lines))
	}
}

func TestCacheIsDroppedOnlyAtBegin(t *testing.T) {
	s := squares(t)
	s.Lines(Paragraph{Spans: []Span{{"abc", plain("en")}}, Width: 60})
	s.cost = cacheBudget + 1
	s.Lines(Paragraph{Spans: []Span{{"abc", plain("en")}}, Width: 60})
	if len(s.tokens) == 0 {
		t.Error("the cache was dropped in mid-document")
	}
	s.Begin()
	if len(s.tokens) != 0 || s.cost != 0 {
		t.Errorf("after Begin %d styles and %d bytes are left", len(s.tokens), s.cost)
	}
}
