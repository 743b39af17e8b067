package bidi

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// paragraphSeparator ends every test line, as the end of a line would (rule L1).
const paragraphSeparator = 0x2029

// conformance opens one of Unicode's test files, which go-text carries.
func conformance(t *testing.T, name string) *bufio.Scanner {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-text/typesetting").Output()
	if err != nil {
		t.Skipf("the go command cannot tell where the go-text module lies: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "bidi", "test", name))
	if err != nil {
		t.Fatal(err)
	}
	s := bufio.NewScanner(bytes.NewReader(data))
	s.Buffer(nil, 1<<20)
	return s
}

// check compares levels ("x" for removed characters) and the visual order.
func check(t *testing.T, r *Resolver, text []rune, rtl bool, levels, order []string) bool {
	t.Helper()
	got := r.Levels(append(text, paragraphSeparator), rtl)
	var kept []int8
	var index []int
	ok := true
	for i, want := range levels {
		if want == "x" {
			continue
		}
		if strconv.Itoa(int(got[i])) != want {
			ok = false
		}
		kept = append(kept, got[i])
		index = append(index, i)
	}
	visual := Visual(nil, kept)
	if len(visual) != len(order) {
		ok = false
	} else {
		for k, v := range visual {
			ok = ok && strconv.Itoa(index[v]) == order[k]
		}
	}
	if !ok {
		t.Errorf("%U rtl=%v: levels %v, want %v; order %v, want %v", text, rtl, got[:len(text)], levels, visual, order)
	}
	return ok
}

func TestBidiCharacterTestOfUnicode(t *testing.T) {
	var r Resolver
	s := conformance(t, "BidiCharacterTest.txt")
	n, failed := 0, 0
	for s.Scan() {
		line, _, _ := strings.Cut(s.Text(), "#")
		f := strings.Split(line, ";")
		if len(f) != 5 {
			continue
		}
		var text []rune
		for _, h := range strings.Fields(f[0]) {
			v, err := strconv.ParseUint(h, 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			text = append(text, rune(v))
		}
		n++
		if !check(t, &r, text, f[2] == "1", strings.Fields(f[3]), strings.Fields(f[4])) {
			if failed++; failed > 20 {
				t.FailNow()
			}
		}
	}
	if n < 90000 {
		t.Errorf("only %d cases", n)
	}
}

// sample is a character of each class.
var sample = map[string]rune{
	"L": 'a', "R": 0x5d0, "EN": '1', "ES": '+', "ET": '$', "AN": 0x661, "CS": ',', "B": 0x2029, "S": '\t', "WS": ' ', "ON": '!',
	"BN": 0xad, "NSM": 0x300, "AL": 0x627, "LRO": 0x202d, "RLO": 0x202e, "LRE": 0x202a, "RLE": 0x202b, "PDF": 0x202c,
	"LRI": 0x2066, "RLI": 0x2067, "FSI": 0x2068, "PDI": 0x2069,
}

func TestBidiTestOfUnicode(t *testing.T) {
	var r Resolver
	s := conformance(t, "BidiTest.txt")
	var levels, order []string
	n, failed := 0, 0
	for s.Scan() {
		line, _, _ := strings.Cut(s.Text(), "#")
		if v, ok := strings.CutPrefix(line, "@Levels:"); ok {
			levels = strings.Fields(v)
			continue
		}
		if v, ok := strings.CutPrefix(line, "@Reorder:"); ok {
			order = strings.Fields(v)
			continue
		}
		classes, bits, ok := strings.Cut(line, ";")
		if !ok {
			continue
		}
		var text []rune
		for _, c := range strings.Fields(classes) {
			ch, ok := sample[c]
			if !ok {
				t.Fatalf("class %q", c)
			}
			text = append(text, ch)
		}
		mask, err := strconv.ParseUint(strings.TrimSpace(bits), 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		for bit, rtl := range map[uint64]bool{2: false, 4: true} {
			if mask&bit == 0 {
				continue
			}
			n++
			if !check(t, &r, text, rtl, levels, order) {
				if failed++; failed > 20 {
					t.FailNow()
				}
			}
		}
	}
	if n < 500000 {
		t.Errorf("only %d cases", n)
	}
}

func TestLevelZeroBesideLevelTwoStaysApart(t *testing.T) {
	var r Resolver
	got := r.Levels([]rune("a\u05d0 1"), false)
	for i, want := range []int8{0, 1, 1, 2} {
		if got[i] != want {
			t.Errorf("level %d of character %d, want %d", got[i], i, want)
		}
	}
}

func TestParagraphSeparatorEndsEmbeddings(t *testing.T) {
	var r Resolver
	got := r.Levels([]rune("\u202bab\u2029a"), false)
	if got[1] != 2 || got[4] != 0 {
		t.Errorf("levels %v: want 2 inside the embedding, 0 in the next paragraph", got)
	}
}

func BenchmarkLevels(b *testing.B) {
	text := []rune(strings.Repeat("أعلن الاجتماع العام في 14 نوفمبر 2023 (Kimberley Process) نتائجه. ", 20))
	var r Resolver
	b.ReportAllocs()
	for b.Loop() {
		r.Levels(text, true)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(text)), "ns/char")
}
