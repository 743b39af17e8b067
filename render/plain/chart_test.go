package plain_test

import (
	"strings"
	"testing"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/plain"
	"communique/render/resolve"
)

func TestChartsAreTheirWordsAndBadgesStandInBrackets(t *testing.T) {
	r, err := load()
	if err != nil {
		t.Fatal(err)
	}
	in := func(s string) []doc.Inline { return []doc.Inline{&doc.Text{Value: s}} }
	chart := func(caption []doc.Inline) *doc.Chart {
		return &doc.Chart{Kind: doc.ChartLine, Caption: caption, Categories: [][]doc.Inline{in("2022"), in("2023")}, Series: []doc.ChartSeries{{Values: []string{"1", "2.5"}}}}
	}
	d := &doc.Document{File: "a", Title: in("T"), Blocks: []doc.Block{
		&doc.Heading{Level: 2, Content: append(in("Review "), &doc.Badge{Tone: doc.BadgeNegative, Content: in("Not adopted")})},
		chart(in("Production")), chart(nil),
	}}
	d.Meta.Lang, d.Meta.Dir = "en", doc.LeftToRight
	resolve.Resolve(d, resolve.Resources{Locales: r.locales, Kinds: r.kinds}, &diag.List{})
	b, err := plain.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	want := "Review [Not adopted]\n--------------------\n\n[2 entries. Highest: 2023 (2.5). Lowest: 2022 (1).]\nFigure 1  Production\n\n" +
		"[Line chart: 2 entries. Highest: 2023 (2.5). Lowest: 2022 (1).]\n"
	if !strings.HasSuffix(string(b), want) {
		t.Errorf("got %q, want %q", b, want)
	}
}
