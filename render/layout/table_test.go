package layout

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"communique/render/doc"
	"communique/render/page"
)

// grid is a table of rows of numbered words, with a header row and a caption.
func grid(columns, rows int) *doc.Table {
	n := &doc.Table{Columns: make([]doc.Column, columns), Caption: words("cap"), Label: "T1", Continued: "T1 again", RowHeaders: 1}
	for r := range rows + 1 {
		row := &doc.Row{}
		for c := range columns {
			row.Cells = append(row.Cells, &doc.Cell{Content: words(fmt.Sprintf("%c%d", 'a'+rune(r), c)), Header: r == 0 || c == 0})
		}
		if r == 0 {
			n.Head = append(n.Head, row)
		} else {
			n.Body = append(n.Body, row)
		}
	}
	return n
}

// sound checks that no text leaves the margins or lies over another, and that the
// structure has every text of the table exactly once, in reading order.
func sound(t *testing.T, out *page.Document, n *doc.Table) {
	t.Helper()
	for i, p := range out.Pages {
		type stretch struct{ x0, x1, y float64 }
		var seen []stretch
		for _, c := range p.Contents {
			for _, m := range c.Marks {
				m, ok := m.(*page.Text)
				if !ok || c.Artifact == page.Footer {
					continue
				}
				width := m.Run.Width
				last := m.Run.Words[len(m.Run.Words)-1]
				width -= float64(last.Trail) / 1000 * m.Run.Size
				s := stretch{m.X, m.X + width, m.Y}
				if s.x0 < 49.9 || s.x1 > p.Width-49.9 || s.y < 100 || s.y > p.Height-100 {
					t.Errorf("page %d: %q at %+v leaves the margins of %gx%g", i+1, runText(m), s, p.Width, p.Height)
				}
				for _, o := range seen {
					if o.y == s.y && o.x0 < s.x1-0.01 && s.x0 < o.x1-0.01 {
						t.Errorf("page %d: %q at %+v lies over %+v", i+1, runText(m), s, o)
					}
				}
				seen = append(seen, s)
			}
		}
	}
	var want strings.Builder
	for _, rows := range [][]*doc.Row{n.Head, n.Body} {
		for _, r := range rows {
			for _, c := range r.Cells {
				want.WriteString(doc.PlainText(c.Content))
			}
		}
	}
	var got strings.Builder
	var walk func(e *page.Element)
	walk = func(e *page.Element) {
		for _, k := range e.Kids {
			if k.Element != nil && k.Element.Type != page.TypeCaption {
				walk(k.Element)
			}
			if k.Content != nil {
				for _, m := range k.Content.Marks {
					if m, ok := m.(*page.Text); ok {
						got.WriteString(runText(m))
					}
				}
			}
		}
	}
	walk(out.Root)
	if letters := strings.NewReplacer(" ", ""); letters.Replace(got.String()) != letters.Replace(want.String()) {
		t.Errorf("the structure says\n%s\nwant\n%s", got.String(), want.String())
	}
}

func TestWideTablesAreTurnedThenSplitAndNeverCutOff(t *testing.T) {
	// the page has room for 200 points across, 300 if turned; a column needs 30 or 40
	for _, c := range []struct {
		columns int
		width   float64 // of the page on which the last column stands
		groups  int
	}{{5, 300, 1}, {8, 400, 1}, {15, 300, 3}, {30, 300, 7}, {60, 300, 15}} {
		for _, rtl := range []bool{false, true} {
			n := grid(c.columns, 1)
			d := body(n)
			if rtl {
				d.Meta.Lang, d.Meta.Dir = "he", doc.RightToLeft
			}
			out, problems := set(t, d)
			if len(problems) > 0 {
				t.Error(problems)
			}
			sound(t, out, n)
			if got := out.Pages[len(out.Pages)-1].Width; got != c.width {
				t.Errorf("%d columns: the page is %g wide, want %g", c.columns, got, c.width)
			}
			if got := strings.Count(dump(out), `"a0"`); got != c.groups {
				t.Errorf("%d columns, right to left %t: %d groups, want %d\n%s", c.columns, rtl, got, c.groups, dump(out))
			}
		}
	}
}

func TestTablesShrinkBeforeTheyAreTurned(t *testing.T) {
	n := grid(7, 2) // needs 140 for text and 70 for room; the page has 200
	th := testTheme(t)
	th.Sizes.TableMin = 7
	out := setIn(t, body(n), th)
	sound(t, out, n)
	if out.Pages[0].Width != 300 {
		t.Errorf("the page is %g wide", out.Pages[0].Width)
	}
	for _, c := range out.Pages[0].Contents {
		for _, m := range c.Marks {
			if m, ok := m.(*page.Text); ok && c.Element != nil && c.Element.Type == page.TypeTD && m.Run.Size != 9.5 {
				t.Errorf("%q is set in %g points, want 9.5", runText(m), m.Run.Size)
			}
		}
	}
}

func TestWhatAnnouncesATurnedTableGoesWithIt(t *testing.T) {
	n := grid(8, 1)
	n.Caption = nil
	out, _ := set(t, body(para("x"), head(2, "h"), para("see:"), n, para("y")))
	if len(out.Pages) != 3 {
		t.Fatalf("%d pages, want 3", len(out.Pages))
	}
	got := dump(out)
	for _, want := range []string{"page 2\n  H2 50,", `P 50,133.5 "see:"`, `artifact 320,250 "2/3"`, "page 3\n  P 50,113.5 \"y\"\n  artifact 220,350"} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q in\n%s", want, got)
		}
	}
}

func TestCaptionNeverPartsFromTheTable(t *testing.T) {
	for before := range 11 {
		d := body()
		for range before {
			d.Blocks = append(d.Blocks, para("x"))
		}
		d.Blocks = append(d.Blocks, grid(3, 12))
		out, _ := set(t, d)
		for i, p := range strings.Split(dump(out), "page ") {
			if strings.Contains(p, `"cap"`) != strings.Contains(p, `TD`) && strings.Contains(p, `"cap"`) {
				t.Errorf("after %d lines: page %d has the caption alone:\n%s", before, i, p)
			}
		}
	}
}

func TestAHeadingStaysWithATableWhoseFirstRowIsTall(t *testing.T) {
	for _, words := range []int{8, 40, 120} {
		for before := range 9 {
			d := body()
			for range before {
				d.Blocks = append(d.Blocks, para("x"))
			}
			table := grid(2, 2)
			table.Body[0].Cells[1].Content = []doc.Inline{&doc.Text{Value: strings.Repeat("tall ", words)}}
			d.Blocks = append(d.Blocks, &doc.Heading{Level: 2, Content: []doc.Inline{&doc.Text{Value: "head"}}}, table)
			out, _ := set(t, d)
			for i, p := range strings.Split(dump(out), "page ") {
				if strings.Contains(p, `"head"`) && !strings.Contains(p, "tall") {
					t.Errorf("%d words after %d lines: page %d has the heading alone:\n%s", words, before, i, p)
				}
			}
		}
	}
}

func TestSpanningCellsStandInTheirColumnsAndRows(t *testing.T) {
	n := &doc.Table{Columns: make([]doc.Column, 3), RowHeaders: 1}
	cell := func(s string, header bool, cols, rows int) *doc.Cell {
		return &doc.Cell{Content: words(s), Header: header, ColSpan: cols, RowSpan: rows}
	}
	h := cell("t", true, 2, 0)
	h.ID = "h"
	x := cell("x", false, 0, 0)
	x.Headers = []*doc.Cell{h}
	n.Head = []*doc.Row{{Cells: []*doc.Cell{cell("", true, 0, 0), h}}}
	n.Head[0].Cells[0].Content = nil
	n.Body = []*doc.Row{{Cells: []*doc.Cell{cell("n", true, 0, 2), x, cell("y", false, 0, 0)}}, {Cells: []*doc.Cell{cell("z", false, 2, 0)}}}
	out, _ := set(t, body(n))
	expect(t, tree(out.Root, ""), `
Document
  Table
    THead
      TR
        TD
        TH scope=2 span=2x1
          "t"
    TBody
      TR
        TH scope=1 span=1x2
          "n"
        TD headers=h
          "x"
        TD
          "y"
      TR
        TD span=2x1
          "z"
`)
	expect(t, dump(out), `
page 1
  artifact 50,100 rect 200x30
  TH 178.3,118.5 "t"
  TH 55,148.5 "n"
  TD 121.7,148.5 "x"
  TD 188.3,148.5 "y"
  TD 121.7,178.5 "z"
  artifact 50,129 rect 200x1
  artifact 116.7,159 rect 66.67x1
  artifact 183.3,159 rect 66.67x1
  artifact 50,189 rect 200x1
  artifact 220,350 "1/1"
`)
}

func TestNumbersStandOnTheirAxis(t *testing.T) {
	for _, rtl := range []bool{false, true} {
		n := &doc.Table{Columns: []doc.Column{{}, {Align: doc.AlignDecimal}}}
		for _, s := range []string{"1.25", "20", "300.5"} {
			r := cells("n", s)
			r.Cells[1].Axis = strings.IndexByte(s+".", '.')
			n.Body = append(n.Body, r)
		}
		d := body(n)
		if rtl {
			d.Meta.Lang, d.Meta.Dir = "he", doc.RightToLeft
		}
		out, _ := set(t, d)
		axes := map[float64]bool{}
		for _, c := range out.Pages[0].Contents {
			for _, m := range c.Marks {
				if m, ok := m.(*page.Text); ok && strings.Trim(runText(m), "0123456789") == "" {
					if c.Element != nil && runText(m) != "" {
						axes[m.X+m.Run.Width] = true
					}
				}
			}
		}
		if len(axes) != 1 {
			t.Errorf("right to left %t: the whole parts end at %v\n%s", rtl, axes, dump(out))
		}
	}
}

func TestLabelOfAnItemStandsBesideItsTable(t *testing.T) {
	n := grid(2, 1)
	n.Caption, n.Label = nil, ""
	out, _ := set(t, body(&doc.List{Items: []*doc.Item{{Label: "*", Blocks: []doc.Block{n}}}}))
	if got := dump(out); !strings.Contains(got, `Lbl 50,118.5 "*"`) || !strings.Contains(got, `TH 75,118.5 "a0"`) {
		t.Error(got)
	}
}

func TestTotalsAreBoldUnderALine(t *testing.T) {
	n := grid(2, 2)
	n.Body[1].Total = true
	out, _ := set(t, body(n))
	if got := tree(out.Root, ""); !strings.Contains(got, "    TFoot\n      TR\n        TH scope=1\n          \"c0\"") {
		t.Error(got)
	}
	ink := page.Color(testTheme(t).Light.Ink)
	lines := 0
	for _, c := range out.Pages[0].Contents {
		for _, m := range c.Marks {
			if m, ok := m.(*page.Rect); ok && m.Color == ink {
				lines++
			}
		}
	}
	if lines != 1 {
		t.Errorf("%d lines of ink, want 1", lines)
	}
}

// Tables of every shape, with cells that span, with words that break, taller and
// wider than any page.
func TestTablesOfAnyShapeAreSound(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := randomTable(r)
		d := body(para("x"), n, para("y"))
		if seed%3 == 0 {
			d.Meta.Lang, d.Meta.Dir = "he", doc.RightToLeft
		}
		out, _ := set(t, d)
		n.Head = append([]*doc.Row{cells("x")}, n.Head...)
		n.Body = append(n.Body, cells("y"))
		sound(t, out, n)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func randomTable(r *rand.Rand) *doc.Table {
	columns := 1 + r.IntN(12)
	n := &doc.Table{Columns: make([]doc.Column, columns), RowHeaders: r.IntN(3) % columns}
	for i := range n.Columns {
		n.Columns[i].Align = doc.Align(r.IntN(4))
	}
	if r.IntN(2) == 0 {
		n.Caption, n.Label = words("cap"), "T1"
	}
	part := func(rows int, header bool) (out []*doc.Row) {
		taken := make([]int, columns)
		for i := range rows {
			row := &doc.Row{}
			for c := 0; c < columns; {
				if taken[c] > i {
					c++
					continue
				}
				wide := 1
				for wide < 4 && c+wide < columns && taken[c+wide] <= i && r.IntN(5) == 0 {
					wide++
				}
				cell := &doc.Cell{Header: header, ColSpan: wide, RowSpan: 1}
				if r.IntN(6) == 0 {
					cell.RowSpan = 1 + r.IntN(rows-i)
				}
				text := strings.TrimSpace(strings.Repeat("bb ", r.IntN(4)))
				if r.IntN(30) == 0 {
					text = strings.TrimSpace(strings.Repeat("ccc ", r.IntN(60)))
				}
				if text != "" {
					cell.Content = words(text)
				}
				row.Cells = append(row.Cells, cell)
				for k := range wide {
					taken[c+k] = i + cell.RowSpan
				}
				c += wide
			}
			out = append(out, row)
		}
		return out
	}
	n.Head = part(r.IntN(3), true)
	n.Body = part(1+r.IntN(25), false)
	return n
}
