package layout

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
	"communique/render/text/squarefont"
	"communique/render/theme"
)

// The test theme has round figures, and the test font squares of one em (half
// an em for a space), so that every expected position can be worked out by head:
// a page has room for 10 lines of 20 points, a line for 20 characters.
func testTheme(t testing.TB) *theme.Theme {
	t.Helper()
	set, err := theme.Load(os.DirFS("../../templates"))
	if err != nil {
		t.Fatal(err)
	}
	base, _ := set.Get("")
	th := *base
	th.Fonts.Text, th.Fonts.Mono = squarefont.Family, squarefont.FamilyMono
	th.Paper = theme.Paper{Default: "a4", Top: 100, Bottom: 100, Side: 50, Measure: 200, Head: 50, Foot: 50}
	th.Sizes = theme.Sizes{Body: 10, Title: 10, Summary: 10, Label: 10, Head: 10, Headings: [5]float64{10, 10, 10, 10, 10},
		Table: 10, TableMin: 10, Code: 10, Furn: 10, Note: 10, CoverTitle: 10, Leading: 2, TightLeading: 2}
	th.Space = theme.Space{ListIndent: 20, QuoteIndent: 20, CellX: 5, CellY: 5, BandPad: 10, NoteAbove: 10, NoteBelow: 9}
	th.Lines = theme.Lines{}
	th.Rules = theme.Rules{Thin: 1, Thick: 1, Quote: 2}
	th.Limits = theme.Limits{TitleLines: 3, SummaryLines: 5}
	return &th
}

var testPaper = theme.Dimensions{Width: 300, Height: 400}

// set lays blocks out and gives the pages and the problems.
func set(t testing.TB, d *doc.Document) (*page.Document, []diag.Problem) {
	t.Helper()
	return setWith(t, d, testTheme(t))
}

// setIn is set with another theme, without a problem.
func setIn(t testing.TB, d *doc.Document, th *theme.Theme) *page.Document {
	t.Helper()
	out, problems := setWith(t, d, th)
	if len(problems) > 0 {
		t.Error(problems)
	}
	return out
}

func setWith(t testing.TB, d *doc.Document, th *theme.Theme) (*page.Document, []diag.Problem) {
	t.Helper()
	b, l := builtWith(t, d, th)
	out, err := b.paginate()
	if err != nil {
		t.Fatal(err)
	}
	b.reportMissing()
	return out, l.Sorted()
}

// built lays blocks out in boxes, for tests that change them before they are
// spread over pages.
func built(t testing.TB, d *doc.Document) (*builder, *diag.List) {
	return builtWith(t, d, testTheme(t))
}

func builtWith(t testing.TB, d *doc.Document, th *theme.Theme) (*builder, *diag.List) {
	t.Helper()
	lib, err := text.Load(squarefont.FS())
	if err != nil {
		t.Fatal(err)
	}
	if d.Meta.Lang == "" {
		d.Meta.Lang, d.Meta.Dir = "en", doc.LeftToRight
	}
	if d.Front == nil {
		d.Front = &doc.Front{}
	}
	d.Front.Digits = []rune("0123456789")
	d.Front.Foot = doc.Furniture{Start: d.Front.Symbol, End: "{page}/{pages}"}
	d.Front.Words = map[string]string{"continued": "again"}
	var l diag.List
	return build(context.Background(), d, Options{Theme: th, Paper: testPaper, Fonts: lib, Shaper: lib.NewShaper(), Producer: "test", Pictures: pictures(d, &l)}, &l), &l
}

func words(s string) []doc.Inline            { return []doc.Inline{&doc.Text{Value: s}} }
func para(s string) *doc.Paragraph           { return &doc.Paragraph{Content: words(s)} }
func head(l int, s string) *doc.Heading      { return &doc.Heading{Level: l, Content: words(s)} }
func body(blocks ...doc.Block) *doc.Document { return &doc.Document{Blocks: blocks} }

// runText is the text of a mark in logical order.
func runText(m *page.Text) string {
	var b strings.Builder
	for _, w := range m.Run.Words {
		gs := make([]string, len(w.Glyphs))
		for i, g := range w.Glyphs {
			j := i
			if m.Run.RightToLeft {
				j = len(w.Glyphs) - 1 - i
			}
			gs[j] = g.Glyph.Text
		}
		b.WriteString(strings.Join(gs, ""))
	}
	return b.String()
}

// dump writes marks with their positions, page by page.
func dump(d *page.Document) string {
	var b strings.Builder
	for i, p := range d.Pages {
		fmt.Fprintf(&b, "page %d\n", i+1)
		for _, c := range p.Contents {
			name := "artifact"
			if c.Element != nil {
				name = string(c.Element.Type)
			}
			for _, m := range c.Marks {
				switch m := m.(type) {
				case *page.Text:
					fmt.Fprintf(&b, "  %s %.4g,%.4g %q\n", name, m.X, m.Y, strings.TrimRight(runText(m), " "))
				case *page.Rect:
					fmt.Fprintf(&b, "  %s %.4g,%.4g rect %.4gx%.4g\n", name, m.X, m.Y, m.Width, m.Height)
				case *page.Image:
					fmt.Fprintf(&b, "  %s %.4g,%.4g picture %.4gx%.4g\n", name, m.X, m.Y, m.Width, m.Height)
				}
			}
		}
	}
	return b.String()
}

// tree writes the structure tree.
func tree(e *page.Element, indent string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s", indent, e.Type)
	if e.Lang != "" && indent != "" {
		fmt.Fprintf(&b, " lang=%s", e.Lang)
	}
	if e.Alt != "" {
		fmt.Fprintf(&b, " alt=%q", e.Alt)
	}
	if e.Expansion != "" {
		fmt.Fprintf(&b, " expansion=%q", e.Expansion)
	}
	if e.Attributes.Scope != page.ScopeNone {
		fmt.Fprintf(&b, " scope=%d", e.Attributes.Scope)
	}
	if a := e.Attributes; a.ColSpan > 1 || a.RowSpan > 1 {
		fmt.Fprintf(&b, " span=%dx%d", max(1, a.ColSpan), max(1, a.RowSpan))
	}
	if len(e.Headers) > 0 {
		fmt.Fprintf(&b, " headers=%s", strings.Join(e.Headers, ","))
	}
	b.WriteByte('\n')
	for _, k := range e.Kids {
		switch {
		case k.Element != nil:
			b.WriteString(tree(k.Element, indent+"  "))
		case k.Content != nil:
			var s strings.Builder
			for _, m := range k.Content.Marks {
				if m, ok := m.(*page.Text); ok {
					s.WriteString(runText(m))
				}
			}
			fmt.Fprintf(&b, "%s  %q\n", indent, s.String())
		case k.Link != nil:
			fmt.Fprintf(&b, "%s  link %s%s %d boxes\n", indent, k.Link.URI, k.Link.Anchor, len(k.Link.Boxes))
		}
	}
	return b.String()
}

func expect(t *testing.T, got, want string) {
	t.Helper()
	want = strings.TrimPrefix(want, "\n")
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestParagraphStandsOnItsBaselinesAtTheMargin(t *testing.T) {
	out, _ := set(t, body(para("aaaa bbbb cccc dddd eeee")))
	// a line of 20 points has its baseline at half its height and 0.35 em
	expect(t, dump(out), `
page 1
  P 50,113.5 "aaaa bbbb cccc dddd"
  P 50,133.5 "eeee"
  artifact 220,350 "1/1"
`)
}

func TestRightToLeftDocumentsAreMirrored(t *testing.T) {
	d := body(para("אאאא בבבב"), &doc.List{Tight: true, Items: []*doc.Item{{Label: "•", Blocks: []doc.Block{para("אא")}}}},
		&doc.Quote{Blocks: []doc.Block{para("אא")}})
	d.Meta.Lang, d.Meta.Dir = "he", doc.RightToLeft
	out, _ := set(t, d)
	expect(t, dump(out), `
page 1
  P 165,113.5 "אאאא בבבב"
  Lbl 240,133.5 "•"
  LBody 210,133.5 "אא"
  artifact 248,140 rect 2x20
  P 210,153.5 "אא"
  artifact 50,350 "1/1"
`)
}

func TestHeadingMovesToTheNextPageWithWhatFollows(t *testing.T) {
	d := body()
	for range 9 {
		d.Blocks = append(d.Blocks, para("a"))
	}
	d.Blocks = append(d.Blocks, head(2, "h"), para("aaaaaaaaaaaaaaaaaaaa bbbb"))
	out, _ := set(t, d)
	if len(out.Pages) != 2 {
		t.Fatalf("got %d pages, want 2", len(out.Pages))
	}
	if got := out.Outline[0].Place; got != (page.Place{Page: 1, Y: 100}) {
		t.Errorf("the heading stands at %+v", got)
	}
}

func TestNoWidowsAndNoOrphans(t *testing.T) {
	line := "aaaaaaaaaaaaaaaaaaaa "
	for _, c := range []struct{ before, lines, first int }{
		{8, 4, 2}, // two fit: two stay
		{9, 4, 0}, // one would fit: none stays
		{7, 4, 2}, // three would fit, but one alone would follow
		{8, 3, 0}, // three lines are never parted
	} {
		d := body()
		for range c.before {
			d.Blocks = append(d.Blocks, para("x"))
		}
		d.Blocks = append(d.Blocks, para(strings.TrimSpace(strings.Repeat(line, c.lines))))
		out, _ := set(t, d)
		first := strings.Count(strings.Split(dump(out), "page 2")[0], strings.TrimSpace(line))
		if first != c.first {
			t.Errorf("%d lines after %d: %d stay on the first page, want %d", c.lines, c.before, first, c.first)
		}
	}
}

func TestAttributionNeverPartsFromTheQuote(t *testing.T) {
	for before := range 10 {
		d := body()
		for range before {
			d.Blocks = append(d.Blocks, para("x"))
		}
		d.Blocks = append(d.Blocks, &doc.Quote{Blocks: []doc.Block{para("qqq")}, Attribution: words("who")})
		out, _ := set(t, d)
		at := map[string]int{}
		for i, p := range strings.Split(dump(out), "page ") {
			for _, s := range []string{"qqq", "who"} {
				if strings.Contains(p, s) {
					at[s] = i
				}
			}
		}
		if at["qqq"] != at["who"] {
			t.Errorf("after %d lines: quote on page %d, attribution on page %d", before, at["qqq"], at["who"])
		}
	}
}

func cells(texts ...string) *doc.Row {
	r := &doc.Row{}
	for _, c := range texts {
		r.Cells = append(r.Cells, &doc.Cell{Content: words(c)})
	}
	return r
}

func table(rows int) *doc.Table {
	t := &doc.Table{Columns: []doc.Column{{}, {Align: doc.AlignEnd}}, Head: []*doc.Row{cells("H", "I")}}
	for _, c := range t.Head[0].Cells {
		c.Header = true
	}
	for i := range rows {
		t.Body = append(t.Body, cells(fmt.Sprint("r", i), "1"))
	}
	return t
}

func TestTableHeaderIsRepeatedOnEveryPageAsAnArtifact(t *testing.T) {
	out, _ := set(t, body(table(12)))
	pages := strings.Split(dump(out), "page ")[1:]
	if len(pages) < 2 {
		t.Fatalf("got %d pages", len(pages))
	}
	for i, p := range pages[1:] {
		if !strings.Contains(p, `artifact 55,138.5 "H"`) || !strings.Contains(p, `"again"`) {
			t.Errorf("page %d lacks the header or the word:\n%s", i+2, p)
		}
	}
	if n := strings.Count(tree(out.Root, ""), "TH scope"); n != 2 {
		t.Errorf("the structure has %d header cells, want 2", n)
	}
	if n := strings.Count(tree(out.Root, ""), "\n    TR\n"); n != 0 {
		t.Errorf("%d rows stand outside THead and TBody", n)
	}
}

func TestSmallTablesAreNotSplit(t *testing.T) {
	d := body()
	for range 9 {
		d.Blocks = append(d.Blocks, para("x"))
	}
	d.Blocks = append(d.Blocks, table(1))
	out, _ := set(t, d)
	if strings.Contains(strings.Split(dump(out), "page 2")[0], `"H"`) {
		t.Error("the header stays behind")
	}
}

func TestRowsTallerThanAPageAreCutAndLoseNothing(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("aaaaaaaaaaaaaaaaaaa ", 25))
	n := &doc.Table{Columns: []doc.Column{{}}, Body: []*doc.Row{cells(long)}}
	out, _ := set(t, body(n))
	if got := strings.Count(dump(out), "aaaaaaaaaaaaaaaaaaa"); got != 25 {
		t.Errorf("%d of 25 lines are there", got)
	}
	for i, p := range out.Pages {
		for _, c := range p.Contents {
			for _, m := range c.Marks {
				if m, ok := m.(*page.Text); ok && c.Element != nil && m.Y > 300 {
					t.Errorf("page %d: text at %g, below the margin", i+1, m.Y)
				}
			}
		}
	}
}

func TestColumnsShareTheRoom(t *testing.T) {
	for _, c := range []struct {
		name        string
		least, want []float64
		room        float64
		out         string
	}{
		{"all fit", []float64{10, 10}, []float64{40, 60}, 200, "[90 110]"},
		{"in proportion", []float64{10, 10}, []float64{110, 210}, 120, "[43.3333 76.6667]"},
		{"short columns have what they want", []float64{10, 10}, []float64{40, 300}, 200, "[40 160]"},
		{"but not at the cost of others' words", []float64{40, 180}, []float64{60, 300}, 200, "[36.3636 163.636]"},
		{"words must break", []float64{100, 300}, []float64{100, 300}, 200, "[50 150]"},
		{"nothing in them", []float64{0, 0}, []float64{0, 0}, 80, "[40 40]"},
	} {
		var got []string
		for _, v := range distribute(c.least, c.want, c.room) {
			got = append(got, fmt.Sprintf("%.6g", v))
		}
		if s := "[" + strings.Join(got, " ") + "]"; s != c.out {
			t.Errorf("%s: got %s, want %s", c.name, s, c.out)
		}
	}
}

func TestStructureTreeHasTheMeaningOfEveryConstruct(t *testing.T) {
	d := body(
		head(2, "h"),
		&doc.Paragraph{Attr: doc.Attr{Lang: "fr"}, Content: []doc.Inline{
			&doc.Text{Value: "a "}, &doc.Link{URL: "https://example.org/", Content: words("link")},
			&doc.Text{Value: " "}, &doc.Span{Lang: "de", Dir: doc.LeftToRight, Content: words("b")},
			&doc.Abbreviation{Title: "full", Content: words("c")}, &doc.Code{Value: "d"}, &doc.Emphasis{Content: words("e")},
		}},
		&doc.List{Ordered: true, Items: []*doc.Item{{Label: "1.", Blocks: []doc.Block{para("x"), para("y")}}}},
		&doc.Division{Blocks: []doc.Block{para("z")}},
	)
	d.Title = words("t")
	out, problems := set(t, d)
	if len(problems) > 0 {
		t.Error(problems)
	}
	expect(t, tree(out.Root, ""), `
Document
  H1
    "t"
  H2
    "h"
  P lang=fr
    "a "
    Link
      "link"
      link https://example.org/ 1 boxes
    " "
    Span lang=de
      "b"
    Span expansion="full"
      "c"
    Code
      "d"
    "e"
  L
    LI
      Lbl
        "1."
      LBody
        P
          "x"
        P
          "y"
  Div
    P
      "z"
`)
}

func TestRelativeLinksNeedACanonicalAddress(t *testing.T) {
	link := []doc.Inline{&doc.Link{URL: "../b", Content: words("b"), Pos: diag.Pos{File: "f.md", Line: 3, Column: 2}}}
	d := body(&doc.Paragraph{Content: link})
	out, problems := set(t, d)
	if len(problems) != 1 || problems[0].Code != "relative-link" || problems[0].Line != 3 {
		t.Errorf("problems: %v", problems)
	}
	if strings.Contains(tree(out.Root, ""), "Link") {
		t.Error("a dead link is in the PDF")
	}
	d.Meta.Canonical = "https://example.org/x/a"
	out, problems = set(t, d)
	if len(problems) != 0 || !strings.Contains(tree(out.Root, ""), "link https://example.org/b") {
		t.Errorf("problems %v, tree:\n%s", problems, tree(out.Root, ""))
	}
}

func TestCharactersWithoutAGlyphAreReportedWhereTheyStand(t *testing.T) {
	p := para("a 𓀀 b")
	p.Pos = diag.Pos{File: "f.md", Line: 9, Column: 1}
	_, problems := set(t, body(para("x"), p))
	if len(problems) != 1 || problems[0].Code != "missing-glyph" || problems[0].Line != 9 || !strings.Contains(problems[0].Message, "U+13000") {
		t.Errorf("problems: %v", problems)
	}
}

func TestLayoutStopsWhenItsContextIsDone(t *testing.T) {
	lib, err := text.Load(squarefont.FS())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	d := body(para("a"))
	d.Meta.Lang = "en"
	d.Front = &doc.Front{}
	if _, err := Layout(ctx, d, Options{Theme: testTheme(t), Paper: testPaper, Fonts: lib, Shaper: lib.NewShaper()}, &diag.List{}); err == nil {
		t.Error("a cancelled layout gives a document")
	}
}
