package layout

import (
	"strings"
	"testing"

	"communique/render/doc"
	"communique/render/page"
)

// bars is a chart of two bars, as resolve leaves it.
func bars() *doc.Chart {
	return &doc.Chart{Kind: doc.ChartBar, Attr: doc.Attr{ID: "c"}, Label: "Fig 1", Caption: words("cap"), Alt: "Bars.", Unit: words("mm"),
		Categories: [][]doc.Inline{words("aa"), words("bb")}, Series: []doc.ChartSeries{{Values: []string{"4", "-2"}, Texts: []string{"4,0", "-2,0"}}}}
}

// content are the marks of the only content of an element.
func content(t *testing.T, e *page.Element) *page.Content {
	t.Helper()
	for _, k := range e.Kids {
		if k.Content != nil {
			return k.Content
		}
	}
	t.Fatal("no content")
	return nil
}

func TestChartIsOneFigureWithItsCaption(t *testing.T) {
	d, problems := set(t, body(para("above"), bars(), para("below")))
	for _, p := range problems {
		t.Error(p)
	}
	e := d.Root.Kids[1].Element
	expect(t, tree(e, ""), `
Figure alt="Bars."
  "mm aa 4,0 bb -2,0 "
  Caption
    "Fig 1\u2003cap"
`)
	if e.ID != "c" || e.Box.X0 != 50 || e.Box.X1 != 250 || e.Box.Y0 < 120 || e.Box.Y1 <= e.Box.Y0 {
		t.Errorf("id %q, box %v", e.ID, e.Box)
	}
	if d.Anchors["c"].Y != e.Box.Y0 {
		t.Errorf("the anchor is at %v", d.Anchors["c"])
	}
	var rects []*page.Rect
	lines := map[int]bool{}
	for _, m := range content(t, e).Marks {
		switch m := m.(type) {
		case *page.Rect:
			rects = append(rects, m)
			if m.Color != page.Color(testTheme(t).Light.Accent) {
				t.Errorf("a bar is %v", m.Color)
			}
		case *page.Text:
			lines[m.Line] = true
		}
	}
	if len(rects) != 2 || rects[0].Width < 1.99*rects[1].Width || rects[0].Width > 2.01*rects[1].Width {
		t.Errorf("bars %v", rects)
	}
	if len(lines) != 5 {
		t.Errorf("%d lines of words, want 5", len(lines))
	}
}

func TestChartIsMirrored(t *testing.T) {
	at := func(dir doc.Direction) (bar *page.Rect) {
		d := body(bars())
		d.Meta.Lang, d.Meta.Dir = "en", dir
		out, _ := set(t, d)
		for _, m := range content(t, out.Root.Kids[0].Element).Marks {
			if r, ok := m.(*page.Rect); ok {
				return r
			}
		}
		t.Fatal("no bar")
		return nil
	}
	ltr, rtl := at(doc.LeftToRight), at(doc.RightToLeft)
	if got, want := rtl.X+rtl.Width, 300-ltr.X; got < want-0.01 || got > want+0.01 {
		t.Errorf("the bar ends at %g, want %g", got, want)
	}
}

func TestLinesOfAChartArePaths(t *testing.T) {
	c := bars()
	c.Kind, c.Ticks = doc.ChartLine, []doc.ChartTick{{Value: "-5", Text: "-5"}, {Value: "5", Text: "5"}}
	d, _ := set(t, body(c))
	stroked, filled := 0, 0
	for _, m := range content(t, d.Root.Kids[0].Element).Marks {
		if p, ok := m.(*page.Path); ok {
			if p.Width > 0 {
				stroked++
			} else {
				filled++
			}
		}
	}
	if stroked != 1 || filled != 2 {
		t.Errorf("%d lines and %d marks", stroked, filled)
	}
}

func TestChartStandsOnOnePageAndFloats(t *testing.T) {
	blocks := []doc.Block{para("a"), para("b"), para("c"), para("d"), para("e"), para("f"), para("g"), bars(), para("after"), para("more")}
	d, _ := set(t, body(blocks...))
	if len(d.Pages) != 2 {
		t.Fatalf("%d pages", len(d.Pages))
	}
	first, second, _ := strings.Cut(dump(d), "page 2\n")
	if !strings.Contains(first, `"after"`) || strings.Contains(first, `"aa"`) {
		t.Errorf("the text after the chart does not fill the page:\n%s", first)
	}
	if !strings.Contains(second, `Figure 50,`) || !strings.Contains(second, `"cap"`) && !strings.Contains(second, `"Fig 1"`) {
		t.Errorf("no chart on the second page:\n%s", second)
	}
}

func TestAChartWithManyBarsIsNoHigherThanThePage(t *testing.T) {
	c := bars()
	for range 60 {
		c.Categories = append(c.Categories, words("aa"))
		c.Series[0].Values, c.Series[0].Texts = append(c.Series[0].Values, "1"), append(c.Series[0].Texts, "1")
	}
	d, _ := set(t, body(c))
	e := d.Root.Kids[0].Element
	if len(d.Pages) != 1 || e.Box.Y1 > 300 {
		t.Errorf("%d pages, the chart ends at %g", len(d.Pages), e.Box.Y1)
	}
}
