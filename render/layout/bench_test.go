package layout

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"communique/fonts"
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/text"
	"communique/render/theme"
)

// pages makes a document of about so many pages: headings, paragraphs, a table
// and a note on each.
func pages(n int) *doc.Document {
	d := &doc.Document{Front: &doc.Front{Digits: []rune("0123456789"), Words: map[string]string{"continued": "continued"}}}
	d.Meta.Lang, d.Meta.Dir = "en", doc.LeftToRight
	words := strings.Repeat("The Plenary asks every participant to report on production and trade. ", 5)
	for i := range n {
		f := note(i+1, para(strings.Repeat("See the report of the working group. ", 4)))
		f.Calls = []string{fmt.Sprint("call-", i+1)}
		d.Footnotes = append(d.Footnotes, f)
		d.Blocks = append(d.Blocks, &doc.Heading{Level: 2, Attr: doc.Attr{ID: fmt.Sprint("h", i)}, Content: []doc.Inline{&doc.Text{Value: "What was agreed"}}},
			&doc.Paragraph{Content: []doc.Inline{&doc.Text{Value: words}, &doc.FootnoteCall{Note: f, ID: f.Calls[0]}}}, table(4))
		for range 4 {
			d.Blocks = append(d.Blocks, para(words))
		}
	}
	return d
}

// BenchmarkPages shows that a page costs the same however long the document is.
func BenchmarkPages(b *testing.B) {
	set, err := theme.Load(os.DirFS("../../templates"))
	if err != nil {
		b.Fatal(err)
	}
	th, _ := set.Get("")
	paper, _ := theme.Size("a4")
	lib, err := text.Load(fonts.FS)
	if err != nil {
		b.Fatal(err)
	}
	o := Options{Theme: th, Paper: paper, Fonts: lib, Shaper: lib.NewShaper()}
	for _, n := range []int{10, 100, 1000} {
		d := pages(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			made := 0
			for b.Loop() {
				out, err := Layout(context.Background(), d, o, &diag.List{})
				if err != nil {
					b.Fatal(err)
				}
				made = len(out.Pages)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(made), "µs/page")
			b.ReportMetric(float64(made), "pages")
		})
	}
}
