package layout

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"communique/render/doc"
	"communique/render/page"
)

// standing finds where a word stands.
func standing(t *testing.T, out *page.Document, word string) page.Place {
	t.Helper()
	for i, p := range out.Pages {
		for _, c := range p.Contents {
			for _, m := range c.Marks {
				if m, ok := m.(*page.Text); ok && strings.TrimSpace(runText(m)) == word {
					return page.Place{Page: i, Y: m.Y}
				}
			}
		}
	}
	t.Fatalf("%q stands nowhere", word)
	return page.Place{}
}

// named gives the rows of a table ids, and its cells words of their own.
func named(n *doc.Table, every int) {
	for r, row := range n.Body {
		for c, cell := range row.Cells {
			cell.Content = words(fmt.Sprintf("%c%d", 'a'+rune(c), r))
		}
		if r%every == 0 {
			row.ID = fmt.Sprintf("row-%d", r)
		}
	}
}

func TestAnchorsOfRowsStandAtTheirRows(t *testing.T) {
	for _, c := range []struct {
		name                       string
		columns, rows, every, page int
	}{
		{"on one page", 2, 3, 1, 1},
		{"over several pages", 2, 40, 1, 2},
		{"some of the rows", 2, 40, 3, 2},
		{"in groups of columns", 15, 12, 1, 2},
	} {
		n := grid(c.columns, c.rows)
		named(n, c.every)
		out, problems := set(t, body(para("x"), n))
		if len(problems) > 0 {
			t.Error(problems)
		}
		if len(out.Pages) < c.page {
			t.Errorf("%s: %d pages, want %d or more", c.name, len(out.Pages), c.page)
		}
		for r := range c.rows {
			id := fmt.Sprintf("row-%d", r)
			at, ok := out.Anchors[id]
			if want := r%c.every == 0; ok != want {
				t.Errorf("%s: the anchor %s is there: %v, want %v", c.name, id, ok, want)
			}
			if !ok {
				continue
			}
			// the last column stands in the last group: the anchor is that of the first one
			first := standing(t, out, fmt.Sprintf("b%d", r))
			if at.Page != first.Page || at.Y > first.Y || first.Y-at.Y > 20 {
				t.Errorf("%s: %s is at %+v, its words at %+v", c.name, id, at, first)
			}
		}
	}
}

func TestAnchorOfARowThatIsCutStandsWhereItBegins(t *testing.T) {
	n := grid(2, 2)
	named(n, 1)
	n.Body[1].Cells[1].Content = words("beginnings" + strings.Repeat(" wwwwwwwwww", 30))
	out, _ := set(t, body(n))
	if len(out.Pages) < 2 {
		t.Fatalf("%d pages", len(out.Pages))
	}
	if at, first := out.Anchors["row-1"], standing(t, out, "beginnings"); at.Page != first.Page || math.Abs(first.Y-at.Y) > 20 {
		t.Errorf("the anchor is at %+v, the row begins at %+v", at, first)
	}
}

// pair is a table of names and their values.
func pair(name, value string) *doc.Table {
	return &doc.Table{RowHeaders: 1, Columns: make([]doc.Column, 2), Body: []*doc.Row{{Cells: []*doc.Cell{{Header: true, Content: words(name)}, {Content: words(value)}}}}}
}

// secondColumn is where the values begin, from the left margin.
func secondColumn(t *testing.T, n *doc.Table) float64 {
	t.Helper()
	out, problems := set(t, body(n))
	if len(problems) > 0 {
		t.Error(problems)
	}
	value := doc.PlainText(n.Body[0].Cells[1].Content)[:1]
	for _, c := range out.Pages[0].Contents {
		for _, m := range c.Marks {
			if m, ok := m.(*page.Text); ok && runText(m)[:1] == value {
				return m.X - 50
			}
		}
	}
	t.Fatal("the values stand nowhere")
	return 0
}

func TestNamesHaveAShareOfTheWidthBesideTheirValues(t *testing.T) {
	// 200 points, of which the padding of two cells takes 20: names have 28 % of 180
	share := 5 + 0.28*180 + 5 + 5
	short, other := secondColumn(t, pair("a", "v")), secondColumn(t, pair("abc", "value of many words that fill more than one line"))
	if math.Abs(short-share) > 0.01 || math.Abs(other-share) > 0.01 {
		t.Errorf("values begin at %g and %g, want both at %g", short, other, share)
	}
	// a name that wants more has more
	if x := secondColumn(t, pair("abcdefghij", "v")); x <= share {
		t.Errorf("the values beside a long name begin at %g, want more than %g", x, share)
	}
	// where both want more than there is, no name is cut for its share
	if x := secondColumn(t, pair("abcdefgh", "vwxyzvwxyz vwx")); x < 5+80+5+5-0.01 {
		t.Errorf("the name has no room: the values begin at %g", x)
	}
	// a table with a head is no list of names
	headed := pair("a", "v")
	headed.Head = []*doc.Row{{Cells: []*doc.Cell{{Header: true, Content: words("h")}, {Header: true, Content: words("k")}}}}
	three := pair("a", "v")
	three.Columns, three.Body[0].Cells = make([]doc.Column, 3), append(three.Body[0].Cells, &doc.Cell{Content: words("z")})
	plain := pair("a", "v")
	plain.RowHeaders = 0
	for name, n := range map[string]*doc.Table{"with a head": headed, "of three columns": three, "without names": plain} {
		if x := secondColumn(t, n); math.Abs(x-share) < 0.01 {
			t.Errorf("a table %s has the share of names", name)
		}
	}
}
