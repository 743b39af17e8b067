package doc

import (
	"reflect"
	"testing"
)

func TestUnbadgedLeavesEverythingElse(t *testing.T) {
	text := func(s string) *Text { return &Text{Value: s} }
	badge := &Badge{Tone: BadgePositive, Content: []Inline{text("Adopted")}}
	link := &Link{URL: "#a", Content: []Inline{text("a"), badge}}
	for name, c := range map[string]struct{ in, want []Inline }{
		"none":   {[]Inline{text("a ")}, []Inline{text("a ")}},
		"end":    {[]Inline{text("a "), badge}, []Inline{text("a")}},
		"start":  {[]Inline{badge, text(" a")}, []Inline{text("a")}},
		"middle": {[]Inline{text("a "), badge, text(" b")}, []Inline{text("a "), text(" b")}},
		"alone":  {[]Inline{badge, text(" ")}, nil},
		"strong": {[]Inline{&Strong{Content: []Inline{text("a "), badge}}}, []Inline{&Strong{Content: []Inline{text("a")}}}},
		"link":   {[]Inline{link}, []Inline{&Link{URL: "#a", Content: []Inline{text("a")}}}},
		"rare":   {[]Inline{&Subscript{Content: []Inline{text("a"), badge}}}, []Inline{text("a")}},
	} {
		if got := Unbadged(c.in); len(got)+len(c.want) > 0 && !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
	if len(link.Content) != 2 {
		t.Error("the document was changed")
	}
}

func TestTheWordsOfAChartAreVisitedInReadingOrder(t *testing.T) {
	in := func(s string) []Inline { return []Inline{&Text{Value: s}} }
	c := &Chart{Caption: in("caption"), Unit: in("unit"), Categories: [][]Inline{in("a"), in("b")}, Series: []ChartSeries{{Name: in("one")}, {}}}
	var got []string
	Inlines([]Block{c}, func(owner Block, line []Inline) {
		if owner != c {
			t.Error("another owner")
		}
		got = append(got, PlainText(line))
	})
	if want := []string{"unit", "one", "a", "b", "caption"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
}
