package resolve

import (
	"fmt"
	"strings"
	"testing"

	"communique/render/diag"
	"communique/render/doc"
)

// axes marks the axis of each text in a column with a bar; "no" is a column that is none of numbers.
func axes(decimal string, texts ...string) string {
	c := numberColumn{}
	for _, s := range texts {
		c.add(&doc.Cell{Content: []doc.Inline{&doc.Text{Value: s}}})
	}
	ok := c.settle(decimal)
	var out []string
	for i, s := range texts {
		out = append(out, s[:c.axes[i]]+"|"+s[c.axes[i]:])
	}
	if !ok || !c.tails {
		return "no " + strings.Join(out, "; ")
	}
	return strings.Join(out, "; ")
}

func TestNumbersHaveTheirAxisAtTheDecimalMark(t *testing.T) {
	for _, c := range []struct {
		decimal string
		texts   []string
		want    string
	}{
		{".", []string{"1,234.5", "−0.25", "7"}, "1,234|.5; −0|.25; 7|"},
		{",", []string{"1 234,5", "-0,25 %", "(3,0)"}, "1 234|,5; -0|,25 %; (3|,0)"},
		{",", []string{"1.234", "12,5"}, "1.234|; 12|,5"},
		{".", []string{"US$ 5.10", "€7", "–", "..", ""}, "US$ 5|.10; €7|; –|; ..|; |"},
		{".", []string{"5%", "12.5%", "n/a"}, "5|%; 12|.5%; n/a|"},
		{".", []string{"12,5", "1,25", "٪"}, "12|,5; 1|,25; ٪|"},
		{".", []string{"١٢٫٥", "٣"}, "١٢|٫٥; ٣|"},
		{".", []string{"1", "20"}, "no 1|; 20|"},
		{".", []string{"2023-11-14", "2023-11-15"}, "no |2023-11-14; |2023-11-15"},
		{".", []string{"1.5", "see the annex"}, "no 1|.5; |see the annex"},
		{".", []string{"12.5*", "3 carats"}, "12|.5*; 3| carats"},
	} {
		if got := axes(c.decimal, c.texts...); got != c.want {
			t.Errorf("%q: got %s, want %s", c.texts, got, c.want)
		}
	}
}

func TestRaisedMarksAreNoPartOfANumber(t *testing.T) {
	cell := func(in ...doc.Inline) *doc.Cell { return &doc.Cell{Content: in} }
	c := numberColumn{}
	c.add(cell(&doc.Strong{Content: []doc.Inline{&doc.Text{Value: "12"}}}, &doc.Superscript{Content: []doc.Inline{&doc.Text{Value: "3"}}}))
	c.add(cell(&doc.Text{Value: "123"}))
	if !c.settle(".") || c.axes[0] != 2 || c.axes[1] != 3 {
		t.Errorf("axes %v", c.axes)
	}
}

// headersByName lists cells with their headers.
func headersByName(t *doc.Table) string {
	var b strings.Builder
	for _, rows := range [][]*doc.Row{t.Head, t.Body} {
		doc.WalkCells(rows, func(_, _ int, c *doc.Cell) {
			if len(c.Headers) == 0 {
				return
			}
			b.WriteString(doc.PlainText(c.Content) + ":")
			for _, h := range c.Headers {
				fmt.Fprintf(&b, " %s(%s)", doc.PlainText(h.Content), h.ID)
			}
			b.WriteByte('\n')
		})
	}
	return b.String()
}

func TestCellsKnowTheirHeadersWhereThoseSpan(t *testing.T) {
	cell := func(s string, header bool, cols, rows int) *doc.Cell {
		c := &doc.Cell{Header: header, ColSpan: cols, RowSpan: rows}
		if s != "" {
			c.Content = []doc.Inline{&doc.Text{Value: s}}
		}
		return c
	}
	row := func(c ...*doc.Cell) *doc.Row { return &doc.Row{Cells: c} }
	n := &doc.Table{Columns: make([]doc.Column, 3),
		Head: []*doc.Row{row(cell("", true, 1, 2), cell("Trade", true, 2, 1)), row(cell("in", true, 1, 1), cell("out", true, 1, 1))},
		Body: []*doc.Row{row(cell("North", true, 1, 2), cell("1", false, 1, 1), cell("2", false, 1, 1)), row(cell("3", false, 2, 1))},
	}
	r := &resolver{d: &doc.Document{Blocks: []doc.Block{n}}, anchors: map[string]diag.Pos{"cell-2": {}}}
	r.tableHeaders()
	want := `1: Trade(cell-1) in(cell-3) North(cell-5)
2: Trade(cell-1) out(cell-4) North(cell-5)
3: Trade(cell-1) in(cell-3) out(cell-4) North(cell-5)
`
	if got := headersByName(n); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestNumbersKeepTheirSignsFromRightToLeft(t *testing.T) {
	cell := func(s string, columns int) *doc.Cell {
		return &doc.Cell{ColSpan: columns, Content: []doc.Inline{&doc.Text{Value: s}}}
	}
	english, _ := resources(t).Locales.Match("en")
	isolated := func(dir doc.Direction, cells ...*doc.Cell) string {
		n := &doc.Table{Columns: []doc.Column{{Align: doc.AlignEnd}, {}}}
		for _, c := range cells {
			n.Body = append(n.Body, &doc.Row{Cells: []*doc.Cell{c}})
		}
		r := &resolver{d: &doc.Document{Meta: doc.Meta{Dir: dir}}, loc: english}
		r.numbers(n)
		out := ""
		for _, c := range cells {
			if s, ok := c.Content[0].(*doc.Span); ok && s.Dir == doc.LeftToRight {
				out += doc.PlainText(c.Content) + ";"
			}
		}
		return out
	}
	cells := func() []*doc.Cell {
		return []*doc.Cell{cell("−7", 1), cell("12 %", 1), cell("3 كغ", 1), cell("−8", 2)}
	}
	if got := isolated(doc.RightToLeft, cells()...); got != "−7;12 %;−8;" {
		t.Errorf("right to left: %s", got)
	}
	if got := isolated(doc.LeftToRight, cells()...); got != "" {
		t.Errorf("left to right: %s", got)
	}
}
