package layout

import (
	"slices"
	"strings"
	"testing"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/page"
)

// numberedHead is a heading as resolve leaves it.
func numberedHead(level int, number, id, s string) *doc.Heading {
	h := head(level, s)
	h.Number, h.ID = number, id
	return h
}

// report is a document with a cover and contents: three headings on two pages of text.
func report() *doc.Document {
	a, b, c := numberedHead(2, "1", "a", "One"), numberedHead(3, "1.1", "b", "Two"), numberedHead(2, "2", "c", "Three")
	d := body(a, para("Text."), b, para("Text."))
	for range 12 {
		d.Blocks = append(d.Blocks, para("More."))
	}
	d.Blocks = append(d.Blocks, c, para("End."))
	d.Title = words("Title")
	d.Front = &doc.Front{Cover: true, FrontPages: []string{"i", "ii"}, Label: "Report", Symbol: "S/1", Dateline: "Geneva",
		Head: doc.Furniture{Start: "Head"}}
	d.Front.Contents = &doc.Contents{ID: "contents", Title: "Contents"}
	for _, h := range []*doc.Heading{a, b, c} {
		d.Front.Contents.Entries = append(d.Front.Contents.Entries, doc.Entry{Heading: h, Content: h.Content})
	}
	return d
}

func TestContentsSayTheNumbersOfThePages(t *testing.T) {
	out, problems := set(t, report())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var toc *page.Element
	for _, k := range out.Root.Kids {
		if k.Element != nil && k.Element.Type == page.TypeTOC {
			toc = k.Element
		}
	}
	expect(t, tree(toc, ""), `
TOC
  TOCI
    Lbl
      "1 "
    Reference
      Link
        "One 1"
        link a 1 boxes
    TOC
      TOCI
        Lbl
          "1.1 "
        Reference
          Link
            "Two 1"
            link b 1 boxes
  TOCI
    Lbl
      "2 "
    Reference
      Link
        "Three 2"
        link c 1 boxes
`)
	if got := out.Anchors["c"].Page; got != 3 {
		t.Errorf("the third heading stands on page %d, want 3", got)
	}
}

func TestLeadersEndBeforeThePageNumberAtTheMargin(t *testing.T) {
	for _, c := range []struct {
		name   string
		dir    doc.Direction
		x1, x2 float64
	}{
		// the number's square is 10 wide, from 240 or from 50; a leader keeps half an em clear
		{"left to right", doc.LeftToRight, 0, 235},
		{"right to left", doc.RightToLeft, 65, 0},
	} {
		d := report()
		d.Meta.Lang, d.Meta.Dir = "en", c.dir
		out, _ := set(t, d)
		var leaders []*page.Line
		for _, x := range out.Pages[1].Contents {
			for _, m := range x.Marks {
				if l, ok := m.(*page.Line); ok {
					leaders = append(leaders, l)
				}
			}
		}
		if len(leaders) != 3 {
			t.Fatalf("%s: %d leaders, want 3", c.name, len(leaders))
		}
		for _, l := range leaders {
			if c.x1 != 0 && (l.X1 < c.x1 || l.X1 > c.x1+l.Dash+l.Gap) || c.x2 != 0 && l.X2 != c.x2 || l.Gap <= l.Dash {
				t.Errorf("%s: a leader from %g to %g", c.name, l.X1, l.X2)
			}
		}
	}
}

func TestACoverStandsAloneAndPagesAreNumberedFromTheText(t *testing.T) {
	out, _ := set(t, report())
	if want := []page.Label{{Page: 0, Prefix: "i"}, {Page: 1, Prefix: "ii"}, {Page: 2, Start: 1}}; !slices.Equal(out.Labels, want) {
		t.Errorf("labels %+v, want %+v", out.Labels, want)
	}
	got := strings.Split(dump(out), "page ")[1:]
	for i, want := range [][]string{
		{`H1 `, `"Title"`, `"Report"`, `"S/1"`, `"Geneva"`},
		{`"Contents"`, `"Head"`, `"ii"`},
		{`"1"`, `"One"`, `"Head"`, `"1/2"`},
		{`"2/2"`, `"Three"`},
	} {
		for _, w := range want {
			if !strings.Contains(got[i], w) {
				t.Errorf("page %d lacks %s:\n%s", i+1, w, got[i])
			}
		}
	}
	if strings.Contains(got[0], "Head") || strings.Contains(got[0], `"i"`) || strings.Contains(got[0], "One") {
		t.Errorf("the cover has more than the front:\n%s", got[0])
	}
	// dateline and symbol stand on the last line above the bottom margin
	if !strings.Contains(got[0], `P 50,293 "Geneva"`) {
		t.Errorf("the dateline is not at the foot of the cover:\n%s", got[0])
	}
}

func TestACoverHoldsTheNotesOfItsSummary(t *testing.T) {
	note := &doc.Footnote{Name: "1", Label: "1", Attr: doc.Attr{ID: "n1"}, Blocks: []doc.Block{para("note"), para("more")}, Calls: []string{"c1"}}
	d := &doc.Document{Title: words("Title"), Front: &doc.Front{Cover: true, FrontPages: []string{"i"}, Dateline: "Geneva"},
		Summary: []doc.Inline{&doc.Text{Value: "summary"}, &doc.FootnoteCall{Note: note, ID: "c1"}}, Footnotes: []*doc.Footnote{note}}
	out, _ := set(t, d)
	cover, _, _ := strings.Cut(dump(out), "page 2")
	if !strings.Contains(cover, "Geneva") || !strings.Contains(cover, "more") {
		t.Errorf("the cover lacks its imprint or its note:\n%s", cover)
	}
}

func TestACoverWithoutTextHasNoEmptyPageMore(t *testing.T) {
	out, _ := set(t, &doc.Document{Title: words("Title"), Front: &doc.Front{Cover: true, FrontPages: []string{"i"}}})
	if len(out.Pages) != 2 || len(out.Labels) != 2 {
		t.Errorf("%d pages, labels %v", len(out.Pages), out.Labels)
	}
}

func TestBookmarksHaveTheNumbersOfTheHeadings(t *testing.T) {
	out, _ := set(t, report())
	var got []string
	for _, m := range out.Outline {
		got = append(got, m.Title)
	}
	if want := []string{"Title", "Contents", "1 One", "1.1 Two", "2 Three"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNumbersOfParagraphsHangInTheIndent(t *testing.T) {
	p := para("one two three four five six")
	p.Number = "1."
	item := &doc.Item{Label: "•", Blocks: []doc.Block{para("item")}}
	out, _ := set(t, body(p, &doc.List{Tight: true, Items: []*doc.Item{item}}, para("plain")))
	expect(t, dump(out), `
page 1
  Lbl 50,113.5 "1."
  P 78,113.5 "one two three four"
  P 78,133.5 "five six"
  Lbl 78,153.5 "•"
  LBody 98,153.5 "item"
  P 50,173.5 "plain"
  artifact 220,350 "1/1"
`)
}

func TestNoticesRunOnEveryLaterPage(t *testing.T) {
	d := body()
	for range 12 {
		d.Blocks = append(d.Blocks, para("More."))
	}
	d.Front = &doc.Front{Notice: "Draft", Head: doc.Furniture{Start: "Head", End: "End"}, Symbol: "S"}
	out, _ := set(t, d)
	pages := strings.Split(dump(out), "page ")[1:]
	if strings.Contains(pages[0], "Draft") || strings.Contains(pages[0], "Head") {
		t.Errorf("the first page has running lines:\n%s", pages[0])
	}
	for _, want := range []string{`artifact 50,30 "Draft"`, `artifact 50,50 "Head"`, `artifact 220,50 "End"`, `artifact 50,350 "S"`} {
		if !strings.Contains(pages[1], want) {
			t.Errorf("no %s in\n%s", want, pages[1])
		}
	}
}

func TestSoftLimitsWarn(t *testing.T) {
	long := strings.Repeat("words ", 40)
	d := body()
	for range 12 {
		d.Blocks = append(d.Blocks, para("More."))
	}
	d.Title, d.Summary = words(long), words(long)
	d.Meta.Pos = map[string]diag.Pos{"title": {File: "f", Line: 2, Column: 1}, "summary": {File: "f", Line: 3, Column: 1}}
	d.Front = &doc.Front{Head: doc.Furniture{Start: long}}
	_, problems := set(t, d)
	var got []string
	for _, p := range problems {
		got = append(got, p.Code+" "+p.Pos.String())
		if p.Severity != diag.Warning || p.Fix == "" || p.Expected == "" {
			t.Errorf("%+v", p)
		}
	}
	if want := []string{"title-long f:2:1", "running-head-cut f:2:1", "summary-long f:3:1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheEndMarkStaysWithTheText(t *testing.T) {
	d := body()
	for range 10 {
		d.Blocks = append(d.Blocks, para("x"))
	}
	d.Blocks = append(d.Blocks, &doc.EndMark{Text: "ENDS"})
	out, _ := set(t, d)
	pages := strings.Split(dump(out), "page ")[1:]
	if len(pages) != 2 || !strings.Contains(pages[1], `"x"`) || !strings.Contains(pages[1], `P 130,133.5 "ENDS"`) {
		t.Errorf("%s", pages)
	}
}

func TestThePreviewLineStandsOnEveryPageOutsideTheStructure(t *testing.T) {
	for _, dir := range []doc.Direction{doc.LeftToRight, doc.RightToLeft} {
		d := report()
		d.Meta.Lang, d.Meta.Dir = "en", dir
		d.Front.Preview = "for a reader"
		d.Front.Bands = []doc.Band{{Kind: doc.BandPreview, Text: d.Front.Preview}}
		out, _ := set(t, d)
		pages := strings.Split(dump(out), "page ")[1:]
		if len(pages) < 3 {
			t.Fatalf("only %d pages", len(pages))
		}
		for i, p := range pages {
			if n := strings.Count(p, `370 "for a reader"`); n != 1 || !strings.Contains(p, "artifact") { // 20 points below the foot
				t.Errorf("%v: page %d has the line %d times:\n%s", dir, i+1, n, p)
			}
		}
		if !strings.Contains(pages[0], `  P `) {
			t.Errorf("the cover has no band:\n%s", pages[0])
		}
	}
}

func TestALongPreviewLineTakesTwoLinesAndALongerOneIsCut(t *testing.T) {
	for _, c := range []struct {
		words int
		foot  float64
		want  []string // a line has 20 characters
	}{
		{3, 50, []string{`370 "for reader reader"`, `390 "reader"`}},
		{3, 40, []string{`380 "for reader`, `380 "…"`}}, // no room for two
		{9, 50, []string{`370 "for reader`, `370 "…"`}},
	} {
		d := body(para("a"))
		d.Front = &doc.Front{Preview: "for" + strings.Repeat(" reader", c.words)}
		th := testTheme(t)
		th.Paper.Foot = c.foot
		got := dump(setIn(t, d, th))
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%d words over a foot of %g: no %s:\n%s", c.words, c.foot, want, got)
			}
		}
	}
}
