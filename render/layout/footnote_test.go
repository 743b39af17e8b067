package layout

import (
	"fmt"
	"strings"
	"testing"

	"communique/render/doc"
	"communique/render/page"
)

// The rule over the notes takes 20 points with its room (testTheme): a line.
// square is a line of 20 characters.
const square = "aaaaaaaaaaaaaaaaaaaa"

// note makes a note as resolve does.
func note(n int, blocks ...doc.Block) *doc.Footnote {
	return &doc.Footnote{Attr: doc.Attr{ID: fmt.Sprint("note-", n)}, Label: fmt.Sprint(n), Blocks: blocks}
}

// called is a paragraph of some lines, the last of which calls notes.
func called(lines int, notes ...*doc.Footnote) *doc.Paragraph {
	p := para(strings.Repeat(square+" ", lines-1) + "x")
	for _, n := range notes {
		id := fmt.Sprintf("call-%s-%d", n.Label, len(n.Calls))
		n.Calls = append(n.Calls, id)
		p.Content = append(p.Content, &doc.FootnoteCall{Note: n, ID: id})
	}
	return p
}

func noted(notes []*doc.Footnote, blocks ...doc.Block) *doc.Document {
	d := body(blocks...)
	d.Footnotes = notes
	return d
}

// feet gives what stands on each page: how many lines of text, then the notes' text.
func feet(out *page.Document) []string {
	var all []string
	for _, pg := range out.Pages {
		lines := map[float64]bool{}
		foot := ""
		for _, c := range pg.Contents {
			inNote := false
			for e := c.Element; e != nil; e = e.Parent {
				inNote = inNote || e.Type == page.TypeNote
			}
			for _, m := range c.Marks {
				m, ok := m.(*page.Text)
				switch {
				case !ok || c.Element == nil:
				case inNote:
					foot += " " + strings.TrimSpace(runText(m))
				case c.Element.Type != page.TypeLink:
					lines[m.Y] = true
				}
			}
		}
		all = append(all, fmt.Sprintf("%d%s", len(lines), foot))
	}
	return all
}

func expectFeet(t *testing.T, out *page.Document, want ...string) {
	t.Helper()
	if got := feet(out); strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFootnoteStandsAtTheFootUnderAShortRule(t *testing.T) {
	n := note(1, para("bb"))
	out, _ := set(t, noted([]*doc.Footnote{n}, called(1, n), para("c")))
	// the mark is 6.6 points high and 3.3 above the line; the number hangs in the indent of 10 + 6 points
	expect(t, dump(out), `
page 1
  P 50,113.5 "x"
  Link 60,110.2 "1"
  P 50,133.5 "c"
  Link 50,293.5 "1"
  P 66,293.5 "bb"
  artifact 50,270 rect 50x1
  artifact 220,350 "1/1"
`)
	expect(t, tree(out.Root, ""), `
Document
  P
    "x"
    Reference
      Link
        "1"
        link note-1 1 boxes
  Note
    Lbl
      Link
        "1"
        link call-1-0 1 boxes
    P
      "bb"
  P
    "c"
`)
	for anchor, y := range map[string]float64{"call-1-0": 100, "note-1": 280} {
		if got := out.Anchors[anchor]; got != (page.Place{Y: y}) {
			t.Errorf("%s stands at %+v, want %g", anchor, got, y)
		}
	}
	if id := out.Root.Kids[1].Element.ID; id != "note-1" {
		t.Errorf("the note has the ID %q", id)
	}
}

func TestFootnotesAreMirrored(t *testing.T) {
	n := note(1, para("אא"))
	d := noted([]*doc.Footnote{n}, called(1, n))
	d.Blocks[0].(*doc.Paragraph).Content[0] = &doc.Text{Value: "א55"}
	d.Meta.Lang, d.Meta.Dir = "he", doc.RightToLeft
	out, _ := set(t, d)
	expect(t, dump(out), `
page 1
  P 240,113.5 "א"
  P 220,113.5 "55"
  Link 213.4,110.2 "1"
  Link 240,293.5 "1"
  P 214,293.5 "אא"
  artifact 200,270 rect 50x1
  artifact 50,350 "1/1"
`)
}

func TestNoteIsOnThePageOfItsCall(t *testing.T) {
	for before := range 12 {
		n := note(1, para("b"))
		d := noted([]*doc.Footnote{n})
		for range before {
			d.Blocks = append(d.Blocks, para("x"))
		}
		d.Blocks = append(d.Blocks, called(1, n), para("x"), para("x"))
		out, _ := set(t, d)
		if a, b := out.Anchors["call-1-0"].Page, out.Anchors["note-1"].Page; a != b {
			t.Errorf("after %d lines: the call is on page %d, the note on page %d", before, a, b)
		}
		for i, pg := range out.Pages {
			for _, c := range pg.Contents {
				for _, m := range c.Marks {
					if m, ok := m.(*page.Text); ok && c.Element != nil && m.Y > 300 {
						t.Errorf("after %d lines: page %d has text at %g", before, i+1, m.Y)
					}
				}
			}
		}
	}
}

func TestNotesTakeTheRoomOfTheText(t *testing.T) {
	a, b := note(1, para("b")), note(2, para("c"))
	d := noted([]*doc.Footnote{a, b}, called(1, a, b))
	for range 8 {
		d.Blocks = append(d.Blocks, para("x"))
	}
	out, _ := set(t, d)
	// of 10 lines the rule and the notes take 3
	expectFeet(t, out, "7 1 b 2 c", "2")
}

func TestLongNotesRunOnAtTheFootOfTheNextPage(t *testing.T) {
	line := "bbbbbbbbbbbbbbbbbb " // 18 characters in the 184 points behind the number
	n := note(1, para(strings.TrimSpace(strings.Repeat(line, 6))))
	d := noted([]*doc.Footnote{n})
	for range 5 {
		d.Blocks = append(d.Blocks, para("x"))
	}
	d.Blocks = append(d.Blocks, called(1, n))
	for range 8 {
		d.Blocks = append(d.Blocks, para("x"))
	}
	out, _ := set(t, d)
	b := strings.TrimSpace(line)
	// 6 lines of text, the rule and 3 lines of the note; then the other 3 under a
	// rule of the whole measure
	expectFeet(t, out, "6 1 "+b+" "+b+" "+b, "6 "+b+" "+b+" "+b, "2")
	if !strings.Contains(strings.Split(dump(out), "page 2")[1], "artifact 50,230 rect 200x1") {
		t.Errorf("the second page has no long rule:\n%s", dump(out))
	}
}

func TestNoteIsSplitWithTwoLinesOnEitherSide(t *testing.T) {
	line := "bbbbbbbbbbbbbbbbbb "
	for lines := 2; lines < 7; lines++ {
		for before := range 9 {
			n := note(1, para(strings.TrimSpace(strings.Repeat(line, lines))))
			d := noted([]*doc.Footnote{n})
			for range before {
				d.Blocks = append(d.Blocks, para("x"))
			}
			d.Blocks = append(d.Blocks, called(1, n))
			out, _ := set(t, d)
			total := 0
			for i, f := range feet(out) {
				k := strings.Count(f, "bbb") / 6 // lines of the note on the page
				total += k
				if k == 1 {
					t.Errorf("%d lines after %d: one line of the note alone on page %d", lines, before, i+1)
				}
			}
			if total != lines {
				t.Errorf("%d lines after %d: %d lines are there", lines, before, total)
			}
		}
	}
}

func TestNoCallFollowsANoteThatRunsOn(t *testing.T) {
	line := "bbbbbbbbbbbbbbbbbb "
	long, short := note(1, para(strings.TrimSpace(strings.Repeat(line, 9)))), note(2, para("c"))
	out, _ := set(t, noted([]*doc.Footnote{long, short}, called(1, long), para("x"), called(1, short), para("x"), para("x")))
	b := strings.TrimSpace(line)
	// two lines with calls, of notes of which no two fit on a page
	expectFeet(t, out, "2 1"+strings.Repeat(" "+b, 7), "3"+strings.Repeat(" "+b, 2)+" 2 c")
}

func TestNotesOfAnyLengthComeToAnEnd(t *testing.T) {
	line := "bbbbbbbbbbbbbbbbbb "
	n := note(1, para(strings.TrimSpace(strings.Repeat(line, 100))))
	out, _ := set(t, noted([]*doc.Footnote{n}, called(1, n), para("x")))
	if got := strings.Count(dump(out), strings.TrimSpace(line)); got != 100 {
		t.Errorf("%d of 100 lines are there", got)
	}
	var many []*doc.Footnote
	for i := range 100 {
		many = append(many, note(i+1, para("b")))
	}
	out, _ = set(t, noted(many, called(1, many...), para("x")))
	if got := strings.Count(dump(out), ` "b"`); got != 100 {
		t.Errorf("%d of 100 notes are there:\n%s", got, dump(out))
	}
}

func TestACallAgainBringsNoSecondNote(t *testing.T) {
	n := note(1, para("b"))
	out, _ := set(t, noted([]*doc.Footnote{n}, called(1, n), &doc.PageBreak{}, called(1, n)))
	expectFeet(t, out, "1 1 b", "1")
}

func TestCallsInTablesHeadingsQuotesAndItemsBringTheirNotes(t *testing.T) {
	var notes []*doc.Footnote
	for i := range 5 {
		notes = append(notes, note(i+1, para("b")))
	}
	in := func(i int) []doc.Inline { return called(1, notes[i]).Content }
	tab := table(1)
	tab.Body[0].Cells[0].Content = in(2)
	d := noted(notes, &doc.Heading{Level: 2, Content: in(1)}, tab,
		&doc.Quote{Blocks: []doc.Block{para("q")}, Attribution: in(3)},
		&doc.List{Tight: true, Items: []*doc.Item{{Label: "-", Blocks: []doc.Block{&doc.Paragraph{Content: in(4)}}}}})
	d.Summary = in(0)
	out, _ := set(t, d)
	all := strings.Join(feet(out), " ")
	for i := range notes {
		if !strings.Contains(all, fmt.Sprintf("%d b", i+1)) {
			t.Errorf("note %d is not there: %s", i+1, all)
		}
	}
	// each note follows the block that calls it, within the same parent
	got := tree(out.Root, "")
	for _, want := range []string{"\n  Note\n    Lbl\n      Link\n        \"1\"", "\n        P\n          \"x\"\n          Reference\n            Link\n              \"5\"\n              link note-5 1 boxes\n        Note\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestMarksSideBySideArePartedAndNeverBeginALine(t *testing.T) {
	a, b := note(1, para("b")), note(2, para("c"))
	p := called(1, a, b)
	p.Content[0] = &doc.Text{Value: "aaaaaaaaaaaaaaa bbb!"} // 195 of 200 points
	p.Content[2].(*doc.FootnoteCall).Lead = ","
	out, _ := set(t, noted([]*doc.Footnote{a, b}, p))
	if got := dump(out); !strings.HasPrefix(got, `page 1
  P 50,113.5 "aaaaaaaaaaaaaaa"
  P 50,133.5 "bbb!"
  Link 90,130.2 "1"
  P 96.6,130.2 ","
  Link 103.2,130.2 "2"
`) {
		t.Errorf("got:\n%s", got)
	}
}
