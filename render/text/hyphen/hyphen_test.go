package hyphen

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func folder(t testing.TB) *Set {
	t.Helper()
	s, err := Open(os.DirFS("../../../locales/hyphenation"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// divided is a word with all its hyphens.
func divided(t testing.TB, s *Set, lang, word string) string {
	t.Helper()
	d, err := s.Language(lang)
	if err != nil || d == nil {
		t.Fatalf("%s: %v", lang, err)
	}
	rs := []rune(word)
	var b strings.Builder
	from := 0
	for _, i := range d.Points(nil, rs) {
		b.WriteString(string(rs[from:i]) + "-")
		from = i
	}
	return b.String() + string(rs[from:])
}

func TestWordsAreDividedAsTheLanguageDoes(t *testing.T) {
	s := folder(t)
	for _, tt := range []struct{ lang, want string }{
		{"en", "de-clar-a-tion"}, {"en-GB", "uni-ver-sity"}, {"en", "pro-ject"}, {"en", "bio-di-ver-sity"},
		{"en-US", "as-so-ciate"}, {"en-US", "ta-ble"}, {"en-US", "present"},
		{"fr", "dé-ve-lop-pe-ment"}, {"fr", "Ré-so-lu-tion"}, {"fr", "au-jour-d’hui"}, {"fr-CA", "mul-ti-la-té-ra-lisme"},
		{"es", "trans-atlán-ti-co"}, {"es", "de-sa-rro-llo"},
		{"pt", "sus-ten-ta-bi-li-dade"}, {"pt-BR", "de-sen-vol-vi-mento"},
		{"ru", "ус-той-чи-во-го"}, {"ru", "под-пи-са-ния"}, {"ru", "объ-яв-ле-ние"}, {"ru", "Рос-сии"}, {"ru", "встре-чи"},
		{"ru", "ху-до-же-ствен-ный"}, {"ru", "при-слать"}, {"ru", "го-су-дар-ство"},
		{"uk", "Укра-їн-сь-ко-го"}, {"uk", "під-жив-лен-ня"}, {"uk", "об’-єд-на-них"}, {"uk", "не-за-леж-ність"},
		{"de", "Nach-hal-tig-keits-zie-le"}, {"de-AT", "Ver-ein-ten"},
		{"it", "di-chia-ra-zio-ne"}, {"pl", "zrów-no-wa-żo-ne-go"}, {"pl", "przed-się-bior-stwo"},
	} {
		if got := divided(t, s, tt.lang, strings.ReplaceAll(tt.want, "-", "")); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.lang, got, tt.want)
		}
	}
}

func TestCaseAndApostropheDoNotMatter(t *testing.T) {
	s := folder(t)
	for _, w := range []string{"RESOLUTION", "Resolution"} {
		if got := strings.ToLower(divided(t, s, "en", w)); got != divided(t, s, "en", "resolution") {
			t.Errorf("%s: %s", w, got)
		}
	}
	for _, w := range []string{"об'єднаних", "обʼєднаних"} {
		if got := []rune(divided(t, s, "uk", w)); got[3] != '-' {
			t.Errorf("%s: %s", w, string(got))
		}
	}
}

func TestLanguagesWithoutPatternsHaveNoDictionary(t *testing.T) {
	for _, lang := range []string{"ar", "zh-Hans", "", "x", "ja-JP"} {
		if d, err := folder(t).Language(lang); d != nil || err != nil {
			t.Errorf("%s: %v, %v", lang, d, err)
		}
	}
}

func TestEveryFileIsReadAndLicensed(t *testing.T) {
	s := folder(t)
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	licence, err := os.ReadFile("../../../locales/hyphenation/LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	for f := range s.found {
		if !strings.Contains(string(licence), f) {
			t.Errorf("LICENSE does not name %s", f)
		}
	}
}

func TestBrokenFilesAreNamedWithTheirLine(t *testing.T) {
	for src, want := range map[string]string{
		"left 2\nrigth 3\n": `line 2: "rigth 3"`, "left x\n": "line 1", "# empty\n": "no line", "patterns\n": "no line",
	} {
		s, err := Open(fstest.MapFS{"xx.txt": {Data: []byte(src)}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err = s.Language("xx"); err == nil || !strings.Contains(err.Error(), "xx.txt") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", src, err)
		}
		if s.Check() == nil {
			t.Errorf("%q: Check found nothing", src)
		}
	}
}

func TestPointsLeaveEnoughOfAnyWord(t *testing.T) {
	s := folder(t)
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]string{"en", "en-US", "fr", "es", "pt", "ru", "uk", "de", "it", "pl"}).Draw(t, "lang")
		word := rapid.StringOfN(rapid.SampledFrom([]rune("abceinorstuéößłПриветїґ’'ʼ")), 0, 80, -1).Draw(t, "word")
		d, err := s.Language(lang)
		if err != nil {
			t.Fatal(err)
		}
		last := 0
		n := utf8.RuneCountInString(word)
		for _, i := range d.Points(nil, []rune(word)) {
			if i <= last || i < d.Left || n-i < d.Right {
				t.Fatalf("a hyphen before letter %d of %q, of which %d and %d must stay", i, word, d.Left, d.Right)
			}
			last = i
		}
	})
}

func BenchmarkPoints(b *testing.B) {
	d, err := folder(b).Language("en")
	if err != nil {
		b.Fatal(err)
	}
	word := []rune("multilateralism")
	points := make([]int, 0, 16)
	b.ReportAllocs()
	for b.Loop() {
		points = d.Points(points[:0], word)
	}
}

func BenchmarkParse(b *testing.B) {
	src, err := os.ReadFile("../../../locales/hyphenation/en.txt")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(string(src)); err != nil {
			b.Fatal(err)
		}
	}
}
