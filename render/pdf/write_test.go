package pdf

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"communique/render/page"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

func mustWrite(t testing.TB, d *page.Document) []byte {
	t.Helper()
	b, err := fontWriter(t).Write(d)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// unprintable are bytes of content streams that a text file should not hold.
var unprintable = regexp.MustCompile(`[^\n\x20-\x7e]`)

// readable prints a file: its tags, then its objects in order, unpacked.
func readable(t testing.TB, data []byte) string {
	f := readFile(t, data)
	var b strings.Builder
	fmt.Fprintf(&b, "-- tags --\n%s-- objects --\n", f.tagTree())
	for n := ref(1); int(n) < int(f.trailer["Size"].(float64)); n++ {
		fmt.Fprintf(&b, "%d %s\n", n, printed(f.objects[n]))
	}
	fmt.Fprintf(&b, "trailer Root %v Info %v\n", f.trailer["Root"], f.trailer["Info"])
	return b.String()
}

func printed(v any) string {
	switch v := v.(type) {
	case dict:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, string(k))
		}
		slices.Sort(keys)
		for i, k := range keys {
			keys[i] += " " + printed(v[name(k)])
		}
		return "<<" + strings.Join(keys, ", ") + ">>"
	case []any:
		list := make([]string, len(v))
		for i := range v {
			list[i] = printed(v[i])
		}
		return "[" + strings.Join(list, " ") + "]"
	case name:
		return "/" + string(v)
	case ref:
		return fmt.Sprintf("@%d", v)
	case string:
		return fmt.Sprintf("%q", textString(v))
	case *stream:
		return printedStream(v)
	}
	return fmt.Sprint(v)
}

// printedStream shows text, and only the size of what is binary.
func printedStream(s *stream) string {
	kind, shown := fmt.Sprint(s.dict["Type"]), false
	switch {
	case s.dict["Length1"] != nil:
		kind = "font program"
	case s.dict["N"] == 3.0 && s.dict["Type"] == nil:
		kind = "colour profile"
	case s.dict["Type"] == nil, s.dict["Type"] == name("Metadata"):
		kind, shown = "text", true
	}
	if !shown {
		return "stream: " + kind
	}
	lines := unprintable.ReplaceAllStringFunc(string(s.data), func(c string) string {
		if len(c) > 1 || c[0] >= 0xa0 {
			return c
		}
		return fmt.Sprintf("\\%03o", c[0])
	})
	return "stream\n    " + strings.ReplaceAll(strings.ToValidUTF8(strings.TrimSpace(lines), "?"), "\n", "\n    ")
}

func TestFilesReadAsExpected(t *testing.T) {
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			got := readable(t, mustWrite(t, s.make(t)))
			path := filepath.Join("testdata", s.name+".txt")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs (go test -update rewrites it): %s", path, firstDifference(got, string(want)))
			}
		})
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d:\n got %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// TestFilesAreSound asks qpdf, which knows the syntax better than this package.
func TestFilesAreSound(t *testing.T) {
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		t.Skip("SKIPPED: qpdf is not installed, so nobody but this package has checked the files")
	}
	for _, s := range samples {
		path := filepath.Join(t.TempDir(), s.name+".pdf")
		if err := os.WriteFile(path, mustWrite(t, s.make(t)), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(qpdf, "--check", path).CombinedOutput()
		if err != nil || !bytes.Contains(out, []byte("No syntax or stream encoding errors found")) {
			t.Errorf("%s: %v\n%s", s.name, err, out)
		}
	}
}

func TestSameDocumentGivesTheSameBytes(t *testing.T) {
	shared := fontWriter(t)
	for _, s := range samples {
		want := mustWrite(t, s.make(t))
		d := s.make(t)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if got, err := shared.Write(d); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s: another file (%v)", s.name, err)
				}
			})
		}
		wg.Wait()
	}
}

// TestGlyphsStandWhereLayoutPutThem reads positions back as a reader computes them.
func TestGlyphsStandWhereLayoutPutThem(t *testing.T) {
	for _, s := range samples {
		d := s.make(t)
		f := readFile(t, mustWrite(t, d))
		for i, p := range f.pages() {
			var want []float64
			for _, c := range d.Pages[i].Contents {
				for _, m := range c.Marks {
					if m, ok := m.(*page.Text); ok {
						want = append(want, positions(t, m)...)
					}
				}
			}
			var got []float64
			for _, g := range f.shown(p) {
				if !isMark(g.text) {
					got = append(got, g.x)
				}
			}
			slices.Sort(want) // readers' order is another matter
			slices.Sort(got)
			if len(got) != len(want) {
				t.Fatalf("%s, page %d: %d glyphs, want %d", s.name, i+1, len(got), len(want))
			}
			for k := range got {
				// A hundredth for the line's start, half a thousandth of an em for the glyph.
				if math.Abs(got[k]-want[k]) > 0.015 {
					t.Errorf("%s, page %d: a glyph stands at %.4f, want %.4f", s.name, i+1, got[k], want[k])
				}
			}
		}
	}
}

// isMark tells the direction marks that arrange adds: they draw nothing.
func isMark(text string) bool {
	return text == rightToLeftMark || text == leftToRightMark
}

// positions are the left ends of a run's glyphs.
func positions(t *testing.T, m *page.Text) (list []float64) {
	x := m.X
	scale := m.Run.Size / float64(fontLibrary(t).Font(m.Run.Font).UnitsPerEm())
	words := slices.Clone(m.Run.Words)
	if m.Run.RightToLeft {
		slices.Reverse(words)
	}
	for _, w := range words {
		for _, g := range w.Glyphs {
			list = append(list, x)
			x += float64(g.Advance) * scale
		}
	}
	return list
}

func TestLineStyleDoesNotLeakIntoTheNextPage(t *testing.T) {
	s := newSheet(t, "en")
	line := func(dash float64) {
		c := s.content(nil, page.Decoration)
		c.Marks = append(c.Marks, &page.Line{X2: 10, Width: 1, Dash: dash})
	}
	line(3)
	s.newPage()
	line(0)
	s.newPage()
	line(0)
	pages := readFile(t, mustWrite(t, s.Document))
	dash := regexp.MustCompile(`\[(.*)\] \S+ d`)
	for i, want := range []string{"3.00 3.00", "", ""} {
		content := pages.get(pages.pages()[i]["Contents"]).(*stream).data
		got := ""
		if all := dash.FindAllSubmatch(content, -1); len(all) > 0 {
			got = string(all[len(all)-1][1])
		}
		if got != want {
			t.Errorf("page %d draws its line with dash %q, want %q", i+1, got, want)
		}
		if !bytes.Contains(content, []byte("1.00 w")) {
			t.Errorf("page %d does not set the line width: %s", i+1, content)
		}
	}
}

func TestPathsAreFilledOrStroked(t *testing.T) {
	s := newSheet(t, "en")
	points := []page.Point{{X: 10, Y: 10}, {X: 20, Y: 10}, {X: 20, Y: 30}}
	c := s.content(nil, page.Decoration)
	c.Marks = append(c.Marks, &page.Path{Points: points, Color: page.Color{R: 255}}, &page.Path{Points: points, Width: 2, Dash: 3, Gap: 1}, &page.Path{Points: points[:1], Width: 7})
	file := readFile(t, mustWrite(t, s.Document))
	content := string(file.get(file.pages()[0]["Contents"]).(*stream).data)
	height := s.Pages[0].Height
	path := fmt.Sprintf("10.00 %.2f m\n20.00 %.2f l\n20.00 %.2f l\n", height-10, height-10, height-30)
	for _, want := range []string{"1 0 0 rg\n" + path + "f\n", "2.00 w\n", "[3.00 1.00] 0.00 d\n", "1 j\n" + path + "S\n"} {
		if !strings.Contains(content, want) {
			t.Errorf("no %q in %s", want, content)
		}
	}
	if strings.Contains(content, "7.00 w") {
		t.Error("one point is painted")
	}
}

func TestBrokenDocumentsAreErrors(t *testing.T) {
	text := func(s *sheet) *page.Content { return s.Pages[0].Contents[0] }
	for _, c := range []struct {
		name  string
		spoil func(s *sheet)
		want  string
	}{
		{"no pages", func(s *sheet) { s.Pages = nil }, "without pages"},
		{"no structure", func(s *sheet) { s.Root = nil }, "without pages or structure"},
		{"content outside the tree", func(s *sheet) { s.Root.Kids = nil }, "marked content 0 is not in the structure tree"},
		{"content on no page", func(s *sheet) { s.Pages[0].Contents = nil }, "not on a page"},
		{"content twice on a page", func(s *sheet) { s.Pages[0].Contents = append(s.Pages[0].Contents, text(s)) }, "stands on page 1 and again"},
		{"content twice in the tree", func(s *sheet) {
			e := text(s).Element
			e.Kids = append(e.Kids, e.Kids[0])
		}, "held twice"},
		{"content of another", func(s *sheet) { text(s).Element = s.Root }, "belongs to another"},
		{"empty kid", func(s *sheet) { s.Root.Kids = append(s.Root.Kids, page.Kid{}) }, "an empty kid in a Document"},
		{"element without a type", func(s *sheet) { s.Root.New("") }, "without a type"},
		{"one ID twice", func(s *sheet) { s.Root.ID, s.Root.New(page.TypeP).ID = "a", "a" }, `the ID "a"`},
		{"dead link", func(s *sheet) { s.link("x", "", "nowhere") }, `"nowhere"`},
		{"link without a box", func(s *sheet) { s.link("x", "a:b", "").Boxes = nil }, "without a box"},
		{"link on no page", func(s *sheet) { s.link("x", "a:b", "").Page = 9 }, "on page 10 of 1"},
		{"bookmark to no page", func(s *sheet) { s.Outline = []page.Bookmark{{Title: "x", Place: page.Place{Page: 3}}} }, "on page 4 of 1"},
		{"unknown font", func(s *sheet) { text(s).Marks[0].(*page.Text).Run.Font = 999 }, "font 999"},
		{"unknown mark", func(s *sheet) { text(s).Marks[0] = nil }, "unknown type"},
		{"glyphs of two shapers", func(s *sheet) {
			w := text(s).Marks[0].(*page.Text).Run.Words
			g := *w[0].Glyphs[0].Glyph
			w[0] = &page.Word{Glyphs: append(slices.Clone(w[0].Glyphs), page.Placed{Glyph: &g})}
		}, "two shapers"},
		{"glyph without text", func(s *sheet) {
			w := text(s).Marks[0].(*page.Text).Run.Words
			w[0] = &page.Word{Glyphs: []page.Placed{{Glyph: &page.Glyph{ID: 5000}}}}
		}, "without text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSheet(t, "en")
			s.block(s.Root, page.TypeP, "Text")
			c.spoil(s)
			_, err := fontWriter(t).Write(s.Document)
			if err == nil || !strings.HasPrefix(err.Error(), "pdf: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want pdf: ... %s", err, c.want)
			}
		})
	}
}

func benchmarkWrite(b *testing.B, fresh bool, lang, family, words string) {
	s := newSheet(b, lang)
	s.Info.Title = "Benchmark"
	s.Pages[0].Width, s.Pages[0].Height = 595.28, 841.89
	s.style.Family = family
	for i := range 2 {
		if i > 0 {
			s.newPage()
			s.Pages[1].Width, s.Pages[1].Height = 595.28, 841.89
		}
		s.style.Bold, s.style.Size = true, 14
		s.block(s.Root, page.TypeH1, words[:len(words)/12/3*3])
		s.style.Bold, s.style.Size = false, 10.5
		for range 4 {
			s.block(s.Root, page.TypeP, words)
		}
		s.furniture("Running head", "page 1 of 2")
	}
	w := fontWriter(b)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		if fresh {
			w = fontWriter(b)
		}
		file, err := w.Write(s.Document)
		if err != nil {
			b.Fatal(err)
		}
		n = len(file)
	}
	b.ReportMetric(float64(n), "bytes")
}

const (
	english = "The Kimberley Process Plenary met in Zimbabwe from 6 to 10 November 2023 and discussed the implementation of the certification scheme for rough diamonds. " +
		"Participants, observers and guests reviewed statistics, monitoring, artisanal and alluvial production; they welcomed the reports of the working groups, " +
		"“underlined” the value of consensus – and asked questions: Why? Who? How? Judges, quickly, judged; zones vexed. "
	mandarin = "金伯利进程成员国于二〇二三年十一月六日至十日在津巴布韦举行全体会议，讨论毛坯钻石国际证书制度的执行情况。与会者、观察员和来宾审议了统计、监督、手工和冲积采矿的报告，" +
		"欢迎各工作组提出的意见，强调协商一致的价值，并就改革、技术援助、透明度和问责制交换了看法。会议决定设立常设秘书处，并通过了最后公报。"
)

func BenchmarkWriteEnglish(b *testing.B) { benchmarkWrite(b, false, "en", "noto-sans", english) }
func BenchmarkWriteChinese(b *testing.B) {
	benchmarkWrite(b, false, "zh-Hans", "noto-sans", mandarin)
}

// The same with every set of glyphs seen for the first time.
func BenchmarkWriteEnglishFresh(b *testing.B) {
	benchmarkWrite(b, true, "en", "noto-sans", english)
}
func BenchmarkWriteChineseFresh(b *testing.B) {
	benchmarkWrite(b, true, "zh-Hans", "noto-sans", mandarin)
}
