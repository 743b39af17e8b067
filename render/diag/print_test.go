package diag

import (
	"strings"
	"testing"
)

func TestPrint(t *testing.T) {
	source := "title: A\nkünd: ステートメント\r\n\tword\x1b[31m here\n"
	problems := []Problem{
		{Severity: Error, Code: "unknown-key", Pos: Pos{"a.en.md", 2, 1}, Message: `unknown key "künd"`, Expected: "a key of the front matter", Fix: "write kind"},
		{Severity: Warning, Pos: Pos{"a.en.md", 2, 8}, Message: "no such kind"},
		{Severity: Warning, Pos: Pos{"a.en.md", 3, 6}, Message: "an escape\nin a message\x1b[0m"},
		{Severity: Error, Pos: Pos{"a.en.md", 4, 1}, Message: "at the end"},
		{Severity: Error, Pos: Pos{File: "b.md"}, Message: "no line known", Expected: "a line"},
		{Severity: Error, Pos: Pos{"a.en.md", 99, 1}, Message: "beyond the end"},
	}
	tests := []struct {
		name    string
		printer Printer
		want    string
	}{
		{"excerpts", Printer{Excerpt: true}, `
a.en.md:2:1: error: unknown key "künd"
   2 | künd: ステートメント
     | ^
    expected: a key of the front matter
    fix: write kind
a.en.md:2:8: warning: no such kind
   2 | künd: ステートメント
     |         ^
a.en.md:3:6: warning: an escape in a message␛[0m
   3 |     word␛[31m here
     |         ^
a.en.md:4:1: error: at the end
   4 | 
     | ^
b.md: error: no line known
    expected: a line
a.en.md:99:1: error: beyond the end
`},
		{"plain", Printer{}, `
a.en.md:2:1: error: unknown key "künd"
    fix: write kind
a.en.md:2:8: warning: no such kind
a.en.md:3:6: warning: an escape in a message␛[0m
a.en.md:4:1: error: at the end
b.md: error: no line known
    expected: a line
a.en.md:99:1: error: beyond the end
`},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			c.printer.Source = func(file string) []byte {
				if file == "a.en.md" {
					return []byte(source)
				}
				return nil
			}
			var b strings.Builder
			if err := c.printer.Print(&b, problems); err != nil {
				t.Fatal(err)
			}
			if got := "\n" + b.String(); got != c.want {
				t.Errorf("printed %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestPrintColors(t *testing.T) {
	p := Printer{Color: true, Excerpt: true, Source: func(string) []byte { return []byte("x\x1b[2Jy") }}
	var b strings.Builder
	if err := p.Print(&b, []Problem{{Severity: Error, Pos: Pos{"a", 1, 1}, Message: "m"}}); err != nil {
		t.Fatal(err)
	}
	want := "\x1b[1ma:1:1: \x1b[0m\x1b[1;31merror: \x1b[0m\x1b[1mm\x1b[0m\n" +
		"\x1b[2m   1 |\x1b[0m x␛[2Jy\n\x1b[2m     |\x1b[0m \x1b[1;32m^\x1b[0m\n"
	if b.String() != want {
		t.Errorf("printed %q, want %q", b.String(), want)
	}
}

func TestCaretStandsUnderTheCharacter(t *testing.T) {
	for _, c := range []struct {
		name, line string
		column     int
		want       int
	}{
		{"Latin", "abc", 3, 2},
		{"wide", "中文字", 3, 4},
		{"fullwidth", "ＡＢ", 2, 2},
		{"halfwidth", "ｱｲ", 2, 1},
		{"Arabic, unmarked", "سلام", 3, 2},
		{"combining marks take no room", "e\u0301x", 3, 1},
		{"a mark is seen on its base", "ae\u0301", 3, 1},
		{"Arabic vowels", "سَلَام", 3, 1},
		{"Devanagari", "नमस्ते", 5, 3},
		{"conjoining jamo", "\u1112\u1161\u11ABx", 4, 2},
		{"emoji joined", "👩\u200D🚀x", 4, 2},
		{"variation selector", "❤\uFE0Fx", 3, 1},
		{"tab", "\tx", 2, 4},
		{"tab after text", "ab\tx", 4, 4},
		{"bidi override made visible", "\u202Ex", 2, 8},
		{"broken byte", "\xffx", 2, 1},
		{"after the end", "ab", 3, 2},
		{"far beyond the end", "ab", 90, 2},
		{"unknown column", "ab", 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, got := window(cells(c.line), c.column, 96); got != c.want {
				t.Errorf("caret at cell %d, want %d", got, c.want)
			}
		})
	}
}

func TestLongLinesAreCutAroundThePlace(t *testing.T) {
	line := strings.Repeat("0123456789", 30)
	for _, column := range []int{1, 14, 151, 299, 300} {
		shown, caret := window(cells(line), column, 20)
		if w := span(cells(shown)); w > 20 {
			t.Errorf("column %d: %d cells wide", column, w)
		}
		if got := []rune(shown)[caret]; got != rune('0'+(column-1)%10) {
			t.Errorf("column %d: the caret is under %q in %s", column, got, shown)
		}
	}
}

func TestCutNeverPartsABaseFromItsMarks(t *testing.T) {
	line := strings.Repeat("e\u0301", 300)
	shown, _ := window(cells(line), 301, 21)
	if r := []rune(shown); r[0] != '…' || r[1] != 'e' || r[len(r)-1] != '…' || r[len(r)-2] != '\u0301' {
		t.Errorf("cut inside a character: %+q", shown)
	}
}

func TestSummary(t *testing.T) {
	e, w := Problem{Severity: Error}, Problem{}
	for want, ps := range map[string][]Problem{
		"":                    nil,
		"1 error":             {e},
		"2 errors, 1 warning": {e, w, e},
		"2 warnings":          {w, w},
	} {
		if got := Summary(ps); got != want {
			t.Errorf("Summary = %q, want %q", got, want)
		}
	}
}

func FuzzPrintIsOneSafeLine(f *testing.F) {
	f.Add("a\tb\x1b[0m", 2)
	f.Add("\u202Eabc\u0301\xff", 3)
	f.Fuzz(func(t *testing.T, line string, column int) {
		line = strings.ReplaceAll(line, "\n", "")
		shown, caret := window(cells(line), column, 40)
		if w := span(cells(shown)); w > 40 {
			t.Errorf("%d cells wide", w)
		}
		if caret < 0 || caret > 40 {
			t.Errorf("caret at %d", caret)
		}
		if strings.IndexFunc(shown, hidden) >= 0 {
			t.Errorf("unsafe characters in %q", shown)
		}
	})
}
