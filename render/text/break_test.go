package text

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"
	"pgregory.net/rapid"
)

// opportunities are the characters before which our scanner would let a line end.
func opportunities(s *Shaper, spans []Span, rtl bool) map[int]bool {
	s.scan(&Paragraph{Spans: spans, RTL: rtl})
	starts := make([]int, len(spans)) // characters before a span
	n := 0
	for i := range spans {
		starts[i] = n
		n += utf8.RuneCountInString(spans[i].Text)
	}
	out := map[int]bool{}
	for _, pl := range s.places {
		txt := spans[pl.span].Text
		at := func(b int) int { return starts[pl.span] + utf8.RuneCountInString(txt[:b]) }
		if pl.t == nil || pl.brk {
			out[at(pl.end)] = true
		}
		if pl.t != nil {
			for _, b := range pl.breaks {
				out[at(pl.start+b.at)] = true
			}
		}
	}
	delete(out, n)
	return out
}

// segmented is the same by the library's UAX #14 over the whole text.
func segmented(txt string) map[int]bool {
	rs := []rune(txt)
	var seg segmenter.Segmenter
	seg.Init(rs)
	out := map[int]bool{}
	for it := seg.LineIterator(); it.Next(); {
		l := it.Line()
		out[l.Offset+len(l.Text)] = true
	}
	delete(out, len(rs))
	return out
}

func differ(a, b map[int]bool) bool {
	if len(a) != len(b) {
		return true
	}
	for k := range a {
		if !b[k] {
			return true
		}
	}
	return false
}

// unicodeLines are the texts of Unicode's LineBreakTest.txt, from the module and
// from the shared corpus.
func unicodeLines(t *testing.T) []string {
	t.Helper()
	var files []string
	if dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-text/typesetting").Output(); err == nil {
		found, _ := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "segmenter", "test", "LineBreakTest*.txt"))
		files = append(files, found...)
	}
	if shared := sharedFolder(); shared != "" {
		files = append(files, filepath.Join(shared, "corpus", "unicode", "LineBreakTest.txt"))
	}
	var out []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			continue
		}
		sc := bufio.NewScanner(bytes.NewReader(b))
		for sc.Scan() {
			line, _, _ := strings.Cut(sc.Text(), "#")
			var txt strings.Builder
			for _, w := range strings.Fields(line) {
				if v, err := strconv.ParseUint(w, 16, 32); err == nil && utf8.ValidRune(rune(v)) {
					txt.WriteRune(rune(v))
				}
			}
			if txt.Len() > 0 {
				out = append(out, txt.String())
			}
		}
	}
	if len(out) == 0 {
		t.Skip("no LineBreakTest.txt: neither the go-text module's folder nor ../shared is there")
	}
	return out
}

// sharedFolder is a folder named shared beside the checkout, "" if there is none.
func sharedFolder() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "shared", "corpus")); err == nil {
			return filepath.Join(dir, "shared")
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

func TestTokensBreakWhereTheWholeTextDoes(t *testing.T) {
	s := squares(t)
	bad := 0
	lines := unicodeLines(t)
	for _, txt := range lines {
		if strings.Contains(txt, "\t") {
			continue // a tab is a space here
		}
		got, want := opportunities(s, []Span{{txt, plain("en")}}, false), segmented(txt)
		if differ(got, want) {
			if bad++; bad <= 30 {
				t.Errorf("%+q: breaks before %v, want %v", txt, got, want)
			}
		}
	}
	t.Logf("%d texts, %d differ", len(lines), bad)
}

// No % and $: go-text loses the number in "1。1%" (LB25), which tokens do not.
func TestSpansBreakWhereTheWholeTextDoes(t *testing.T) {
	s := squares(t)
	bold := *plain("en")
	bold.Bold = true
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.StringOfN(rapid.SampledFrom([]rune("abc 中文。（“”«»!?.-1,5\u00a0\u200b\u2060אب\n")), 1, 6, -1), 1, 5).Draw(t, "spans")
		spans := make([]Span, len(parts))
		for i, p := range parts {
			st := plain("en")
			if i%2 == 1 {
				st = &bold
			}
			spans[i] = Span{p, st}
		}
		rtl := rapid.Bool().Draw(t, "rtl")
		txt := strings.Join(parts, "")
		if got, want := opportunities(s, spans, rtl), segmented(txt); differ(got, want) {
			t.Fatalf("%+q: breaks before %v, want %v", parts, got, want)
		}
	})
}
