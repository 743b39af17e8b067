package text

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"
	"pgregory.net/rapid"

	"communique/render/page"
)

// mixture mixes what makes text hard: scripts, marks, controls, spaces, emoji.
var mixture = []rune("abcXYZ fi ffl -—…“”'’(),.;:!?/%€$0123456789 àéñçœ Привет їґ αβγ " +
	"العربية نصّ َُِّ ١٢٣ ـ שלום עולם 中文，。「」金伯利、あア한국 ①→•✓☎𝛼∑😀👍🏽👨‍👩‍👧🇬🇧" +
	"\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" +
	"\t\n\r\v\u0085\u2028\u2029\u0000\u0007\u3000\u2003\u2009\u202f\u0301\u0308\ufe0f\u0e01\u0e33\u0915\u094d\u0937\U0010fffd\ue000\U000e0067\ufffd\u1100\u1161")

func drawText(t *rapid.T, name string) string {
	if rapid.IntRange(0, 9).Draw(t, name+" kind") == 0 {
		return string(rapid.SliceOfN(rapid.Byte(), 0, 20).Draw(t, name+" bytes"))
	}
	return rapid.StringOfN(rapid.SampledFrom(mixture), 0, 30, -1).Draw(t, name)
}

func drawParagraph(t *rapid.T) Paragraph {
	p := Paragraph{
		RTL:        rapid.Bool().Draw(t, "rtl"),
		Width:      rapid.SampledFrom([]float64{0, 1, 12, 30, 70, 200, 1e6}).Draw(t, "width"),
		FirstWidth: rapid.SampledFrom([]float64{0, 0, 5, 40}).Draw(t, "first"),
		Hyphens:    rapid.SampledFrom([]Hyphenation{NoHyphens, SparingHyphens, FullHyphens}).Draw(t, "hyphens"),
		Justify:    rapid.Bool().Draw(t, "justify"),
		Optimal:    rapid.Bool().Draw(t, "optimal"),
		Autospace:  rapid.Bool().Draw(t, "autospace"),
		Balance:    rapid.Bool().Draw(t, "balance"),
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "spans") {
		p.Spans = append(p.Spans, Span{drawText(t, fmt.Sprint("span ", i)), &Style{
			Family: rapid.SampledFrom([]string{"noto-sans", "noto-sans-mono", "none such"}).Draw(t, "family"),
			Bold:   rapid.Bool().Draw(t, "bold"),
			Italic: rapid.Bool().Draw(t, "italic"),
			Size:   rapid.SampledFrom([]float64{6, 10.5, 24}).Draw(t, "size"),
			Lang:   rapid.SampledFrom([]string{"en", "ar", "zh-Hans", "ru", "", "x-!", "he"}).Draw(t, "lang"),
			Tag:    i,
		}})
	}
	return p
}

// checkLines fails if lines are not what every paragraph's must be.
func checkLines(t interface {
	Helper()
	Fatalf(string, ...any)
}, p Paragraph, lines []Line) {
	t.Helper()
	var want strings.Builder
	for _, sp := range p.Spans {
		want.WriteString(drawnText(sp.Text))
	}
	if got := strings.ReplaceAll(logical(lines), "\u00ad", ""); got != want.String() {
		t.Fatalf("glyphs say %+q, source is %+q", got, want.String())
	}
	for i, l := range lines {
		limit := p.Width
		if i == 0 && p.FirstWidth > 0 {
			limit = p.FirstWidth
		}
		if l.Width > limit+1e-5 && graphemes(strings.TrimSpace(logical(lines[i:i+1]))) > 1 {
			t.Fatalf("line %d, %+q, is %g wide, measure %g", i, logical(lines[i:i+1]), l.Width, limit)
		}
		checkRuns(t, p, i, l)
	}
}

// checkRuns fails unless the runs of a line stand side by side and add up.
func checkRuns(t interface {
	Helper()
	Fatalf(string, ...any)
}, p Paragraph, i int, l Line) {
	t.Helper()
	left, right, sum := 0.0, 0.0, 0.0
	for k, r := range l.Runs {
		total := int32(0)
		for _, w := range r.Words {
			adv := int32(0)
			for _, g := range w.Glyphs {
				adv += g.Advance
			}
			if adv != w.Advance {
				t.Fatalf("line %d run %d: a word's advance is %d, its glyphs' %d", i, k, w.Advance, adv)
			}
			total += w.Advance
		}
		if k == 0 || r.X < left {
			left = r.X
		}
		right = max(right, r.X+r.Width)
		sum += r.Width
		if txt := p.Spans[r.Span].Text; r.Start < 0 || r.End > len(txt) || r.Start > r.End {
			t.Fatalf("line %d run %d: bytes %d to %d of %d", i, k, r.Start, r.End, len(txt))
		}
	}
	if diff := sum - (right - left); len(l.Runs) > 0 && (diff > 1e-3 || diff < -1e-3) && sum > 0 {
		t.Fatalf("line %d: runs fill %g points from %g to %g", i, sum, left, right)
	}
}

// graphemes counts what a line may be cut into.
func graphemes(txt string) int {
	var seg segmenter.Segmenter
	seg.Init([]rune(txt))
	n := 0
	for it := seg.GraphemeIterator(); it.Next(); {
		n++
	}
	return n
}

func TestAnyTextKeepsWidthAndText(t *testing.T) {
	s := hyphenating(t).NewShaper()
	rapid.Check(t, func(t *rapid.T) {
		p := drawParagraph(t)
		checkLines(t, p, s.Lines(p))
	})
}

func TestCacheNeverShows(t *testing.T) {
	lib := hyphenating(t)
	warm := lib.NewShaper()
	rapid.Check(t, func(t *rapid.T) {
		p := drawParagraph(t)
		first, again := sketch(warm.Lines(p)), sketch(warm.Lines(p))
		fresh := sketch(lib.NewShaper().Lines(p))
		if first != again || first != fresh {
			t.Fatalf("lines differ:\n%s\nagain\n%s\nfresh\n%s", first, again, fresh)
		}
		l1, n1 := warm.Measure(p.Spans, p.RTL)
		l2, n2 := lib.NewShaper().Measure(p.Spans, p.RTL)
		if l1 != l2 || n1 != n2 {
			t.Fatalf("measures differ: %g %g, fresh %g %g", l1, n1, l2, n2)
		}
	})
}

// sketch is lines as text, without what may differ between shapers: glyph IDs.
func sketch(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%g %v\n", l.Width, l.Hard)
		for _, r := range l.Runs {
			fmt.Fprintf(&b, "  font %d %g at %g width %g rtl %v tag %d %d:%d-%d", r.Font, r.Size, r.X, r.Width, r.RightToLeft, r.Tag, r.Span, r.Start, r.End)
			for _, w := range r.Words {
				fmt.Fprintf(&b, " [%d %d", w.Advance, w.Trail)
				for _, g := range w.Glyphs {
					fmt.Fprintf(&b, " %q%v%d+%d", g.Glyph.Text, g.Glyph.Parts, g.Glyph.Width, g.Advance)
				}
				b.WriteString("]")
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func TestShapersAgreeAcrossGoroutines(t *testing.T) {
	lib := noto(t)
	texts := corpus(t)
	const workers = 4
	got := make([]map[string]string, workers)
	var wg sync.WaitGroup
	for w := range workers {
		got[w] = map[string]string{}
		wg.Go(func() {
			s := lib.NewShaper()
			for lang, ps := range texts { // in any order
				s.Begin()
				for i, txt := range ps {
					lines := s.Lines(Paragraph{Spans: []Span{{txt, body(lang)}}, RTL: isRTL(lang), Width: 450})
					got[w][fmt.Sprint(lang, i)] = sketch(lines)
				}
			}
		})
	}
	wg.Wait()
	for w := 1; w < workers; w++ {
		if !reflect.DeepEqual(got[0], got[w]) {
			t.Errorf("worker %d set other lines than worker 0", w)
		}
	}
	if err := lib.Err(); err != nil {
		t.Error(err)
	}
}

func TestCorpusHasNoMissingGlyph(t *testing.T) {
	lib := noto(t)
	for lang, ps := range corpus(t) {
		s := lib.NewShaper()
		for _, txt := range ps {
			p := Paragraph{Spans: []Span{{txt, body(lang)}}, RTL: isRTL(lang), Width: 450}
			checkLines(t, p, s.Lines(p))
		}
		if m := s.Missing(); len(m) > 0 {
			t.Errorf("%s: %+v", lang, m)
		}
	}
}

func TestGlyphIDsAreDenseAndUnique(t *testing.T) {
	s := noto(t).NewShaper()
	seen := map[page.FontID]map[uint32]*page.Glyph{}
	for _, lang := range []string{"en", "ar", "zh-Hans"} {
		for _, txt := range paragraphs[lang] {
			for _, l := range s.Lines(Paragraph{Spans: []Span{{txt, body(lang)}}, RTL: isRTL(lang), Width: 300}) {
				for _, r := range l.Runs {
					if seen[r.Font] == nil {
						seen[r.Font] = map[uint32]*page.Glyph{}
					}
					for _, w := range r.Words {
						for _, g := range w.Glyphs {
							if o := seen[r.Font][g.Glyph.ID]; o != nil && o != g.Glyph {
								t.Fatalf("glyphs %q and %q have ID %d in font %d", o.Text, g.Glyph.Text, o.ID, r.Font)
							}
							seen[r.Font][g.Glyph.ID] = g.Glyph
							if int(g.Glyph.ID) >= len(s.fontTable[r.Font].glyphs) {
								t.Fatalf("ID %d of %d glyphs", g.Glyph.ID, len(s.fontTable[r.Font].glyphs))
							}
						}
					}
				}
			}
		}
	}
}

func FuzzLines(f *testing.F) {
	s := hyphenating(f).NewShaper()
	for lang, ps := range paragraphs {
		f.Add(ps[0], "second "+lang, lang, isRTL(lang), 100.0, 0.0)
	}
	f.Add("\u202e\u2067(a\u0627\n\u05d0 \u00ad1\u00ad-", "\u0301\u2069", "he", true, 20.0, 3.0)
	f.Add(strings.Repeat("a\u0301-", 300), "\xff\xc2", "", false, 40.0, 0.0)
	f.Fuzz(func(t *testing.T, a, b, lang string, rtl bool, width, first float64) {
		if !(width >= 0 && width < 1e6 && first >= 0 && first < 1e6) || len(a)+len(b) > 1<<14 {
			t.Skip()
		}
		if !utf8.ValidString(lang) {
			lang = "en"
		}
		s.Begin()
		p := Paragraph{RTL: rtl, Width: width, FirstWidth: first, Spans: []Span{
			{a, &Style{Family: "noto-sans", Size: 10, Lang: lang}},
			{b, &Style{Family: "noto-sans", Size: 10, Lang: lang, Bold: true}},
		}}
		checkLines(t, p, s.Lines(p))
		p.Hyphens, p.Justify, p.Optimal = FullHyphens, true, true
		checkLines(t, p, s.Lines(p))
		p.Justify, p.Balance = false, true
		checkLines(t, p, s.Lines(p))
		if long, natural := s.Measure(p.Spans, rtl); long < 0 || natural < 0 {
			t.Errorf("Measure gives %g, %g", long, natural)
		}
	})
}
