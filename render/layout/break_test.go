package layout

import (
	"strings"
	"testing"

	"communique/render/doc"
	"communique/render/page"
)

// flowing lays out a text of one-line blocks, a word each, and tells the words
// of each page. "##a" and "###a" are headings of levels 2 and 3, "|" breaks the
// page; "F3" is a float of three lines, and "a*8" stands for eight lines a.
func flowing(t *testing.T, text string) string {
	t.Helper()
	d := body()
	for _, w := range strings.Fields(text) {
		switch {
		case w == "|":
			d.Blocks = append(d.Blocks, &doc.PageBreak{})
		case strings.HasPrefix(w, "#"):
			name := strings.TrimLeft(w, "#")
			d.Blocks = append(d.Blocks, head(len(w)-len(name), name))
		case strings.Contains(w, "*"):
			name, n, _ := strings.Cut(w, "*")
			for range n[0] - '0' {
				d.Blocks = append(d.Blocks, para(name))
			}
		default:
			d.Blocks = append(d.Blocks, para(w))
		}
	}
	b, _ := built(t, d)
	floated(b)
	out, err := b.paginate()
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, pg := range out.Pages {
		var on []string
		for _, c := range pg.Contents {
			for _, m := range c.Marks {
				if m, ok := m.(*page.Text); ok && c.Element != nil {
					on = append(on, runText(m))
					if m.Y > 300 {
						t.Errorf("%q stands at %g, below the margin", runText(m), m.Y)
					}
				}
			}
		}
		pages = append(pages, strings.Join(on, " "))
	}
	return strings.Join(pages, " / ")
}

// floated makes floats of the boxes that say so, as high as they say.
func floated(b *builder) {
	for i := range b.boxes {
		l, ok := b.boxes[i].item.(*line)
		if !ok || len(l.text.Runs) == 0 {
			continue
		}
		if w := runText(&page.Text{Run: l.text.Runs[0].Run}); w[0] == 'F' {
			b.boxes[i].float = true
			b.boxes[i].height = 20 * float64(w[1]-'0')
		}
	}
}

func TestPagesBreak(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"where a break is asked for", "a | b | c", "a / b / c"},
		{"never into an empty page", "| a | | b |", "a / b"},
		{"after a heading that has nothing below", "a ##h | b", "a h / b"},
		{"before a heading that would stand last", "a*9 ##h b c", "a a a a a a a a a / h b c"},
		{"before what announces a list, together with it", "a*9 b: c d", "a a a a a a a a a / b: c d"},
		{"so that no single line is last of all", "a*9 b c", "a a a a a a a a a / b c"},
		{"so that no single line is last of all: all fits", "a*9 b", "a a a a a a a a a b"},
		{"but a single line does not take a page along", "a*9 b | c", "a a a a a a a a a b / c"},
	} {
		if got := flowing(t, c.text); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

func TestAListThatEndsInAColonStaysWithWhatItAnnounces(t *testing.T) {
	for text, keeps := range map[string]bool{"namely:": true, "namely": false} {
		list := &doc.List{Items: []*doc.Item{{Label: "1.", Blocks: []doc.Block{para("a")}}, {Label: "2.", Blocks: []doc.Block{para(text)}}}}
		b, _ := built(t, body(list, para("below")))
		n, _ := chain(b.boxes[1:], 1000)
		if got := n == len(b.boxes)-1; got != keeps {
			t.Errorf("%q stays with what is below: %v", text, got)
		}
	}
}

func TestALineInBoldStaysWithWhatIsBelow(t *testing.T) {
	bold := func(s string) doc.Block {
		return &doc.Paragraph{Content: []doc.Inline{&doc.Strong{Content: words(s)}}}
	}
	for text, keeps := range map[string]bool{"HEALTH": true, "a whole.": false, strings.Repeat("long ", 30): false} {
		b, _ := built(t, body(bold(text), para("below")))
		n, _ := chain(b.boxes, 1000)
		if got := n == len(b.boxes); got != keeps {
			t.Errorf("%q stays with what is below: %v", text, got)
		}
	}
}

func TestLongItemsOfTightListsHaveRoomBetweenThem(t *testing.T) {
	th := testTheme(t)
	th.Space.Item, th.Space.TightItem = 7, 3
	short, long := "a", strings.Repeat("aaaaaaa ", 8)
	for _, c := range []struct {
		items []string
		want  float64
	}{{[]string{short, short}, 3}, {[]string{long, short, short, short}, 3}, {[]string{long, long}, 7}} {
		l := &doc.List{Tight: true}
		for _, s := range c.items {
			l.Items = append(l.Items, &doc.Item{Label: "-", Blocks: []doc.Block{para(s)}})
		}
		b, _ := builtWith(t, body(l), th)
		for i := range b.boxes[1:] {
			if x := &b.boxes[i+1]; len(x.item.(*line).beside) > 0 && x.space != c.want {
				t.Errorf("%q: %g between items, want %g", c.items, x.space, c.want)
			}
		}
	}
}

func TestNoItemOfOneLineIsAloneOnAPage(t *testing.T) {
	for _, c := range []struct{ above, items, page int }{{9, 2, 9}, {8, 2, 10}, {8, 3, 8}, {9, 4, 9}, {7, 4, 9}} {
		d := body()
		for range c.above {
			d.Blocks = append(d.Blocks, para("a"))
		}
		l := &doc.List{Tight: true}
		for range c.items {
			l.Items = append(l.Items, &doc.Item{Label: "-", Blocks: []doc.Block{para("b")}})
		}
		d.Blocks = append(d.Blocks, l, para("c"), para("c"), para("c"))
		out := setIn(t, d, testTheme(t))
		got := 0
		for _, x := range out.Pages[0].Contents {
			for _, m := range x.Marks {
				if m, ok := m.(*page.Text); ok && x.Element != nil && runText(m) != "-" {
					got++
				}
			}
		}
		if got != c.page {
			t.Errorf("%d items below %d lines: %d lines on the first page, want %d", c.items, c.above, got, c.page)
		}
	}
}

func TestFloats(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"stay where they fit", "a*4 F4 b*6", "a a a a F4 b b / b b b b"},
		{"move to the top of the next page, and text fills the room", "a*8 F4 b*5", "a a a a a a a a b b / F4 b b b"},
		{"keep their order", "a*8 F4 b F1 c*3", "a a a a a a a a b c / F4 F1 c c"},
		{"wait for a page that has room", "a*8 F6 F6 b*8", "a a a a a a a a b b / F6 b b b b / F6 b b"},
		{"never pass a heading of level 2", "a*8 F4 b ##h c*2", "a a a a a a a a b / F4 h c c"},
		{"never leave their section", "##g ###s a*6 F4 ###t c*2", "g s a a a a a a / F4 t c c"},
		{"may pass a lower heading", "##g a*6 F5 ###t c*4", "g a a a a a a t c c / F5 c c"},
		{"never pass a page break", "a*8 F4 b | c", "a a a a a a a a b / F4 / c"},
		{"come at the end if no text follows", "a*8 F4", "a a a a a a a a / F4"},
		{"do not float from what announces them", "a*7 b: F4 c*2", "a a a a a a a / b: F4 c c"},
	} {
		if got := flowing(t, c.text); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

func TestFloatsOfPagesAreInTheStructureWhereTheyAreWritten(t *testing.T) {
	d := body()
	for range 8 {
		d.Blocks = append(d.Blocks, para("a"))
	}
	d.Blocks = append(d.Blocks, para("F4"), para("b"), para("c"))
	b, _ := built(t, d)
	floated(b)
	out, err := b.paginate()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(tree(out.Root, "")), " ")
	if !strings.Contains(got, `P "F4" P "b"`) {
		t.Error(got)
	}
}

// Chains that no page can hold are cut where the page ends, never before.
func TestChainsHigherThanAPageAreCut(t *testing.T) {
	text := ""
	for range 25 {
		text += " ##h"
	}
	want := "h h h h h h h h h h / h h h h h h h h h h / h h h h h"
	if got := flowing(t, text); got != want {
		t.Errorf("got %s", got)
	}
}

// A table that goes on has its header under what floats above it.
func TestTheHeaderIsRepeatedBelowAFloat(t *testing.T) {
	d := body(para("a"), para("F9"), table(20))
	b, _ := built(t, d)
	floated(b)
	b.boxes[1].height = 120
	b.boxes[1].float = true
	for i := range b.boxes { // it comes when the table has begun
		if b.boxes[i].table != nil && i > 5 {
			b.boxes[1], b.boxes[i] = b.boxes[i], b.boxes[1]
			break
		}
	}
	out, err := b.paginate()
	if err != nil {
		t.Fatal(err)
	}
	for i, pg := range strings.Split(dump(out), "page ")[1:] {
		if strings.Contains(pg, `"r1`) && !strings.Contains(pg, `"H"`) {
			t.Errorf("page %d has rows without a header:\n%s", i+1, pg)
		}
	}
}
