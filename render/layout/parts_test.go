package layout

import (
	"strings"
	"testing"

	"communique/render/doc"
	"communique/render/page"
)

func numberedPara(n, s string) *doc.Paragraph { return &doc.Paragraph{Number: n, Content: words(s)} }

func TestNumbersHangBeforeTheirParagraphs(t *testing.T) {
	d := body(
		&doc.Division{Role: doc.RoleNumbered, Blocks: []doc.Block{
			numberedPara("9.", "aaaaaaaaaa bbbbbbbbbb"),
			&doc.Quote{Blocks: []doc.Block{para("c")}},
			numberedPara("10.", "d"),
		}})
	out, _ := set(t, d)
	// "10." takes 30 points, and 8 more part it from the text
	want := `page 1
  Lbl 50,113.5 "9."
  P 88,113.5 "aaaaaaaaaa"
  P 88,133.5 "bbbbbbbbbb"
  artifact 88,140 rect 2x20
  P 108,153.5 "c"
  Lbl 50,173.5 "10."
  P 88,173.5 "d"
`
	if got := dump(out); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNumbersHangAtTheRightFromRightToLeft(t *testing.T) {
	d := body(&doc.Division{Role: doc.RoleNumbered, Blocks: []doc.Block{numberedPara("1.", "aa")}})
	d.Meta.Lang, d.Meta.Dir = "ar", doc.RightToLeft
	out, _ := set(t, d)
	var number, words *page.Text
	for _, c := range out.Pages[0].Contents {
		for _, m := range c.Marks {
			if m, ok := m.(*page.Text); ok && c.Element != nil {
				if c.Element.Type == page.TypeLbl && number == nil {
					number = m
				} else if c.Element.Type == page.TypeP && words == nil {
					words = m
				}
			}
		}
	}
	if number == nil || words == nil || number.X < words.X+20 || words.X+20 > 250-24 {
		t.Errorf("the number is at %+v, the words at %+v", number, words)
	}
}

func TestCalloutStandsOnAPanelWithItsLabel(t *testing.T) {
	out, _ := set(t, body(&doc.Callout{Kind: doc.CalloutNote, Label: "note", Blocks: []doc.Block{para("a")}}))
	want := `page 1
  artifact 50,100 rect 200x60
  artifact 50,100 rect 2x60
  P 70,123.5 "note"
  P 70,143.5 "a"
`
	if got := dump(out); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCalloutLabelNeverPartsFromItsText(t *testing.T) {
	out, _ := set(t, body(para(strings.Repeat("aaaaaaaaaaaaaaaaaaaa ", 8)),
		&doc.Callout{Kind: doc.CalloutNote, Label: "note", Blocks: []doc.Block{para("b")}}))
	if len(out.Pages) != 2 || strings.Contains(dumpPage(out, 0), "note") {
		t.Errorf("got\n%s", dump(out))
	}
}

func TestSignatureStaysWithTheLastLineAtTheEndSide(t *testing.T) {
	out, _ := set(t, body(para(strings.Repeat("aaaaaaaaaaaaaaaaaaaa ", 9)),
		&doc.Division{Role: doc.RoleSignature, Blocks: []doc.Block{para("place"), para("name")}}))
	want := `  P 140,153.5 "place"
  P 140,173.5 "name"
`
	// two lines stand at each side of the break, so that none is alone
	if got := dumpPage(out, 1); len(out.Pages) != 2 || !strings.Contains(got, want) || strings.Count(got, "aaaaaaaaaaaaaaaaaaaa") != 2 {
		t.Errorf("got\n%s", dump(out))
	}
}

func TestDefinitionsStandBelowTheirTerms(t *testing.T) {
	list := &doc.DefinitionList{Items: []*doc.Definition{
		{Terms: [][]doc.Inline{words("ab"), words("cd")}, Blocks: []doc.Block{para("e")}},
		{Blocks: []doc.Block{para("f")}},
		{Attr: doc.Attr{ID: "g"}, Terms: [][]doc.Inline{words("gh")}, Blocks: []doc.Block{para("i")}},
	}}
	out, _ := set(t, body(list))
	want := `page 1
  Span 50,113.5 "ab"
  Span 50,133.5 "cd"
  P 70,153.5 "e"
  P 70,173.5 "f"
  Lbl 50,193.5 "gh"
  P 70,213.5 "i"
`
	if got := dump(out); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if at := out.Anchors["g"]; at.Y != 180 {
		t.Errorf("the anchor of the second term is at %+v", at)
	}
	// two definitions of the same terms are one item of the list
	if got := strings.Count(tree(out.Root, ""), "LI"); got != 2 {
		t.Errorf("%d items:\n%s", got, tree(out.Root, ""))
	}
}

func TestNotesAreSetSmaller(t *testing.T) {
	d := body(&doc.Division{Role: doc.RoleNotes, Blocks: []doc.Block{para("a")}}, para("b"))
	b := &builder{th: testTheme(t)}
	b.th.Sizes.Table = 8
	if b.small = true; b.body().size != 8 {
		t.Errorf("notes are set in %v points", b.body().size)
	}
	out, _ := set(t, d)
	if got := dump(out); !strings.Contains(got, `"a"`) || !strings.Contains(got, `"b"`) {
		t.Errorf("got\n%s", got)
	}
}

// dumpPage is the part of a dump about one page.
func dumpPage(d *page.Document, i int) string {
	return dump(&page.Document{Pages: d.Pages[i : i+1]})
}
