package resolve

import (
	"reflect"
	"testing"

	"communique/render/doc"
)

// production is a chart of three values.
func production(kind doc.ChartKind) *doc.Chart {
	return &doc.Chart{Kind: kind, Caption: words("Production."), Unit: words("u"), Categories: [][]doc.Inline{words("A"), words("B"), words("C")},
		Series: []doc.ChartSeries{{Values: []string{"1234.5", "-2", ""}}}}
}

func TestChartsAreSaidInWords(t *testing.T) {
	for lang, want := range map[string]string{
		"en":      "Bar chart: Production. Unit: u. 3 entries. Highest: A (1,234.5). Lowest: B (-2). The figures are in the table below.",
		"fr":      "Diagramme à barres\u00a0: Production. Unité\u00a0: u. 3 éléments. Valeur la plus élevée\u00a0: A (1\u202f234,5). Valeur la plus basse\u00a0: B (-2). Les chiffres figurent dans le tableau ci-dessous.",
		"ru":      "Столбчатая диаграмма: Production. Единица измерения: u. 3 позиции. Наибольшее значение: A (1\u00a0234,5). Наименьшее значение: B (-2). Цифры приведены в таблице ниже.",
		"zh-Hans": "条形图：Production。单位：u。共3项。最高：A（1,234.5）。最低：B（-2）。具体数字见下表。",
	} {
		c := production(doc.ChartBar)
		if found := codes(t, document(lang, c, &doc.Table{})); len(found) > 0 {
			t.Errorf("%s: %v", lang, found)
		}
		if c.Alt != want {
			t.Errorf("%s: got %q, want %q", lang, c.Alt, want)
		}
	}
}

func TestChartsAreSaidAsFarAsTheyGo(t *testing.T) {
	bare := &doc.Chart{Kind: doc.ChartLine, Categories: [][]doc.Inline{words("A")}, Series: []doc.ChartSeries{{Values: []string{""}}}}
	two := production(doc.ChartLine)
	two.Series = []doc.ChartSeries{{Name: words("2022"), Values: []string{"1", "2", "2"}}, {Name: words("2021"), Values: []string{"", "5.10", "5.1"}}}
	codes(t, document("en", bare, two, &doc.Paragraph{Content: words("x")}, &doc.Table{}))
	if want := "Line chart: 1 entry."; bare.Alt != want || bare.Label != "" {
		t.Errorf("%q %q, want %q", bare.Label, bare.Alt, want)
	}
	// ties are the first ones: 5.10 is 5.1
	if want := "Unit: u. 3 entries. 2022 – highest: B (2); lowest: A (1). 2021 – highest: B (5.10); lowest: B (5.10)."; two.Summary != want {
		t.Errorf("%q, want %q", two.Summary, want)
	}
}

func TestNumbersOfAChartAreThoseOfTheLanguage(t *testing.T) {
	bar, line := production(doc.ChartBar), production(doc.ChartLine)
	codes(t, document("ru", bar, line))
	if want := []string{"1\u00a0234,5", "-2", ""}; !reflect.DeepEqual(bar.Series[0].Texts, want) {
		t.Errorf("%q", bar.Series[0].Texts)
	}
	if bar.Ticks != nil {
		t.Errorf("a bar chart has the scale %v", bar.Ticks)
	}
	want := []doc.ChartTick{{Value: "-500", Text: "-500"}, {Value: "0", Text: "0"}, {Value: "500", Text: "500"}, {Value: "1000", Text: "1\u00a0000"}, {Value: "1500", Text: "1\u00a0500"}}
	if !reflect.DeepEqual(line.Ticks, want) {
		t.Errorf("%q, want %q", line.Ticks, want)
	}
}

func TestChartsAndFiguresCountTogether(t *testing.T) {
	c := production(doc.ChartBar)
	c.ID = "c"
	last := &doc.Figure{Caption: words("last")}
	cited := &doc.Paragraph{Content: []doc.Inline{&doc.Text{Value: "see "}, &doc.Link{URL: "#c"}}}
	if found := codes(t, document("en", &doc.Figure{Caption: words("first")}, c, last, cited)); len(found) > 0 {
		t.Error(found)
	}
	if c.Label != "Figure 2" || last.Label != "Figure 3" || doc.PlainText(cited.Content) != "see Figure 2" {
		t.Errorf("%q, %q, %q", c.Label, last.Label, doc.PlainText(cited.Content))
	}
}

func TestAChartOfAnotherLanguageRunsAsThatDoes(t *testing.T) {
	c := production(doc.ChartBar)
	codes(t, document("en", &doc.Division{Attr: doc.Attr{Lang: "ar"}, Blocks: []doc.Block{c}}))
	if c.Dir != doc.RightToLeft || c.Label != "الشكل 1" {
		t.Errorf("%v, %q", c.Dir, c.Label)
	}
}

func TestBadgesAreNoPartOfTheNamesOfHeadings(t *testing.T) {
	h := heading(2, "Review ")
	h.Content = append(h.Content, &doc.Badge{Tone: doc.BadgePositive, Content: words("Adopted")})
	d := document("en", h, heading(2, "b"), heading(2, "c"), &doc.Paragraph{Content: []doc.Inline{&doc.Text{Value: "see "}, &doc.Link{URL: "#review"}}})
	d.Title = append(d.Title, &doc.Badge{Content: words(" draft")})
	d.Meta.Kind = "report"
	codes(t, d)
	if h.ID != "review" {
		t.Errorf("the anchor is %q", h.ID)
	}
	if got := d.Front.Contents.Entries[0].Content; !reflect.DeepEqual(got, words("Review")) {
		t.Errorf("the entry is %v", got)
	}
	if d.Front.Head.Start != "Title" {
		t.Errorf("the running head is %q", d.Front.Head.Start)
	}
	if len(h.Content) != 2 {
		t.Error("the heading has lost its badge")
	}
}
