package text

import (
	"strings"
	"testing"

	"communique/fonts"
)

// statement is about two pages of running text.
func statement(lang string) []Paragraph {
	size := 5200 // characters on two pages
	if lang == "zh-Hans" {
		size = 2000
	}
	var out []Paragraph
	st := body(lang)
	for n := 0; n < size; {
		for _, txt := range paragraphs[lang] {
			out = append(out, Paragraph{Spans: []Span{{txt, st}}, RTL: isRTL(lang), Width: 453})
			n += len([]rune(txt))
		}
	}
	return out
}

func BenchmarkLines(b *testing.B) {
	lib := noto(b)
	for _, lang := range []string{"en", "ru", "ar", "zh-Hans"} {
		doc := statement(lang)
		b.Run("warm/"+lang, func(b *testing.B) {
			s := lib.NewShaper()
			b.ReportAllocs()
			for b.Loop() {
				s.Begin()
				for _, p := range doc {
					s.Lines(p)
				}
			}
		})
		// All words are new, the fonts are open.
		b.Run("cold/"+lang, func(b *testing.B) {
			s := lib.NewShaper()
			texts := distinct(b, lang)
			b.ReportAllocs()
			for b.Loop() {
				clear(s.tokens)
				s.lastMap = nil
				for _, p := range texts {
					s.Lines(p)
				}
			}
		})
	}
}

// BenchmarkSetting compares the ways to set two pages, all words known.
func BenchmarkSetting(b *testing.B) {
	lib := hyphenating(b)
	for _, lang := range []string{"en", "ru", "zh-Hans"} {
		for _, way := range []struct {
			name string
			set  func(*Paragraph)
		}{
			{"greedy", func(*Paragraph) {}},
			{"hyphens", func(p *Paragraph) { p.Hyphens = FullHyphens }},
			{"sparing", func(p *Paragraph) { p.Hyphens = SparingHyphens }},
			{"optimal", func(p *Paragraph) { p.Optimal, p.Hyphens = true, SparingHyphens }},
			{"justified", func(p *Paragraph) { p.Justify, p.Hyphens = true, FullHyphens }},
			{"optimal justified", func(p *Paragraph) { p.Justify, p.Optimal, p.Hyphens = true, true, FullHyphens }},
		} {
			doc := distinct(b, lang)
			for i := range doc {
				doc[i].Width = 390
				way.set(&doc[i])
			}
			b.Run(way.name+"/"+lang, func(b *testing.B) {
				s := lib.NewShaper()
				b.ReportAllocs()
				for b.Loop() {
					s.Begin()
					for _, p := range doc {
						s.Lines(p)
					}
				}
			})
		}
	}
}

// distinct is about two pages of the corpus without repetition.
func distinct(b *testing.B, lang string) []Paragraph {
	size := 5200
	if lang == "zh-Hans" {
		size = 2000
	}
	var out []Paragraph
	for _, txt := range corpus(b)[lang] {
		if size < 0 {
			break
		}
		size -= len([]rune(txt))
		out = append(out, Paragraph{Spans: []Span{{txt, body(lang)}}, RTL: isRTL(lang), Width: 453})
	}
	return out
}

func BenchmarkMeasureTable(b *testing.B) {
	s := noto(b).NewShaper()
	st := body("en")
	cells := strings.Fields(strings.Repeat("Angola 9,752,349.16 1,535,461,205.81 157.45 ", 10))
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range cells {
			s.Measure([]Span{{c, st}}, false)
		}
	}
}

// BenchmarkStart opens the library and sets the first line of a language.
func BenchmarkStart(b *testing.B) {
	for _, lang := range []string{"en", "ar", "zh-Hans"} {
		b.Run(lang, func(b *testing.B) {
			p := Paragraph{Spans: []Span{{paragraphs[lang][0], body(lang)}}, RTL: isRTL(lang), Width: 453}
			b.ReportAllocs()
			for b.Loop() {
				l, err := Load(fonts.FS)
				if err != nil {
					b.Fatal(err)
				}
				l.NewShaper().Lines(p)
			}
		})
	}
}
