package resolve

import (
	"slices"
	"testing"
	"time"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/kind"
)

// of resolves a document of a kind, or of one made for the test.
func of(t testing.TB, d *doc.Document, change func(*kind.Kind)) *doc.Document {
	t.Helper()
	res := resources(t)
	k, ok := res.Kinds.Get(d.Meta.Kind)
	if !ok {
		t.Fatalf("no kind %s", d.Meta.Kind)
	}
	if change != nil {
		change(k)
	}
	var l diag.List
	Resolve(d, res, &l)
	return d
}

func TestParagraphsAreNumberedThroughTheTextOrTheSection(t *testing.T) {
	for count, want := range map[kind.Count][]string{
		kind.CountNone:     {"", "", "", ""},
		kind.CountDocument: {"1.", "2.", "3.", "4."},
		kind.CountSection:  {"1.", "1.", "2.", "1."},
	} {
		ps := []*doc.Paragraph{paragraph("a"), paragraph("b"), paragraph("c"), paragraph("d")}
		quoted := paragraph("not counted")
		d := document("en", ps[0], heading(2, "A"), ps[1], &doc.Quote{Blocks: []doc.Block{quoted}}, heading(3, "B"), ps[2], heading(2, "C"), ps[3])
		d.Meta.Contacts = []doc.Contact{{Name: "Desk"}}
		of(t, d, func(k *kind.Kind) { k.Numbering.Paragraphs = count })
		var got []string
		for _, p := range ps {
			got = append(got, p.Number)
		}
		if !slices.Equal(got, want) || quoted.Number != "" {
			t.Errorf("%s: got %q %q, want %q", count, got, quoted.Number, want)
		}
		if last := d.Blocks[len(d.Blocks)-1].(*doc.Paragraph); last.Number != "" {
			t.Error("the contacts are numbered")
		}
	}
}

func TestContentsListHeadingsWithoutLinks(t *testing.T) {
	linked := heading(2, "")
	linked.Content = []doc.Inline{&doc.Text{Value: "See "}, &doc.Emphasis{Content: []doc.Inline{&doc.Link{URL: "https://example.org", Content: words("this")}}}}
	blocks := []doc.Block{linked, heading(3, "Deep"), heading(4, "Deeper"), heading(2, "Contents")}
	make := func(from int) *doc.Contents {
		d := document("en", blocks...)
		for _, b := range blocks {
			b.(*doc.Heading).ID = ""
		}
		d.Meta.Contacts = []doc.Contact{{Name: "Desk"}}
		return of(t, d, func(k *kind.Kind) { k.Contents = kind.Contents{From: from, Level: 3} }).Front.Contents
	}
	if make(0) != nil || make(4) != nil {
		t.Error("contents without being wanted")
	}
	c := make(3)
	var got []string
	for _, e := range c.Entries {
		got = append(got, e.Heading.ID+" "+doc.PlainText(e.Content))
		if hasLink(e.Content) {
			t.Error("an entry holds a link")
		}
	}
	if want := []string{"see-this See this", "deep Deep", "contents Contents"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if c.ID != "contents-2" || c.Title != "Contents" {
		t.Errorf("%q is titled %q", c.ID, c.Title)
	}
}

func hasLink(in []doc.Inline) (found bool) {
	doc.WalkInlines(in, func(n doc.Inline) bool {
		if _, ok := n.(*doc.Link); ok {
			found = true
		}
		return true
	})
	return found
}

func TestTheEndMarkStandsBeforeNotes(t *testing.T) {
	d := document("en", paragraph("Text."),
		&doc.Division{Role: doc.RoleNotes, Blocks: []doc.Block{paragraph("Note.")}},
		&doc.Division{Role: doc.RoleContact, Blocks: []doc.Block{paragraph("Desk.")}})
	d.Meta.Kind = "press-release"
	of(t, d, nil)
	if _, ok := d.Blocks[1].(*doc.EndMark); !ok || len(d.Blocks) != 4 {
		t.Errorf("%T %T", d.Blocks[0], d.Blocks[1])
	}
	for _, h := range d.Front.Headings {
		if !h.Generated {
			t.Errorf("%s is not told from the author's", doc.PlainText(h.Content))
		}
	}
}

func TestNumberedPartsGoOnWithTheCountOfTheKind(t *testing.T) {
	ps := []*doc.Paragraph{paragraph("a"), paragraph("b"), paragraph("c"), paragraph("d")}
	d := document("en", ps[0], &doc.Division{Role: doc.RoleNumbered, Blocks: []doc.Block{ps[1]}},
		&doc.Division{Role: doc.RoleNumbered, Start: 10, Blocks: []doc.Block{ps[2]}}, ps[3])
	of(t, d, func(k *kind.Kind) { k.Numbering.Paragraphs = kind.CountDocument })
	var got []string
	for _, p := range ps {
		got = append(got, p.Number)
	}
	if want := []string{"1.", "2.", "10.", "11."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReferencesToNumberedHeadingsSayTheNumber(t *testing.T) {
	link := &doc.Link{URL: "#b"}
	b := heading(3, "Scope")
	b.ID = "b"
	d := document("en", heading(2, "General"), b, &doc.Paragraph{Content: []doc.Inline{link}})
	of(t, d, func(k *kind.Kind) { k.Numbering.Headings = true })
	if got := doc.PlainText(link.Content); got != "Section 1.1" {
		t.Errorf("got %q", got)
	}
}

func TestTheEndMarkStandsBeforeTheContacts(t *testing.T) {
	for lang, want := range map[string]string{"en": "— ENDS —", "fr": "— FIN —", "ar": "— انتهى —", "zh-Hans": "（完）"} {
		d := document(lang, paragraph("Text."))
		d.Meta.Kind = "press-release"
		d.Meta.Contacts = []doc.Contact{{Name: "Desk"}}
		of(t, d, nil)
		if m, ok := d.Blocks[1].(*doc.EndMark); !ok || m.Text != want {
			t.Errorf("%s: %+v", lang, d.Blocks[1])
		}
	}
}

func TestRunningLinesAreWhatTheKindSays(t *testing.T) {
	d := document("en")
	d.Meta.Symbol, d.Meta.ShortTitle = "S/1", "Short"
	d.Meta.Issuer.Name = "Ministry"
	d.Meta.Date = doc.Date{Time: time.Date(2023, 11, 14, 0, 0, 0, 0, time.UTC)}
	d.Meta.Status = doc.StatusDraft
	of(t, d, func(k *kind.Kind) {
		k.Head = kind.Furniture{Start: kind.ItemTitle, End: kind.ItemDate}
		k.Foot = kind.Furniture{Start: kind.ItemIssuer, End: kind.ItemPageOf}
	})
	f := d.Front
	if f.Head != (doc.Furniture{Start: "Short", End: "14 November 2023"}) || f.Foot != (doc.Furniture{Start: "Ministry", End: "Page {page} of {pages}"}) {
		t.Errorf("%+v %+v", f.Head, f.Foot)
	}
	if f.Notice != "Draft – not for publication" {
		t.Errorf("notice %q", f.Notice)
	}
}

func TestUnofficialTranslationsSaySo(t *testing.T) {
	for _, c := range []struct {
		name  string
		trans doc.Translation
		kind  bool
		want  bool
	}{
		{"said", doc.Translation{Of: "x", Standing: doc.StandingUnofficial}, false, true},
		{"unsaid", doc.Translation{Of: "x"}, false, false},
		{"by the kind", doc.Translation{Of: "x"}, true, true},
		{"an official one of the kind", doc.Translation{Of: "x", Standing: doc.StandingOfficial}, true, false},
		{"the original", doc.Translation{}, true, false},
	} {
		d := document("en")
		d.Meta.Translation = c.trans
		of(t, d, func(k *kind.Kind) { k.UnofficialTranslations = c.kind })
		if got := len(d.Front.Bands) == 1 && d.Front.Bands[0].Kind == doc.BandTranslation; got != c.want {
			t.Errorf("%s: %+v", c.name, d.Front.Bands)
		}
	}
}

func TestPagesBeforeTheTextHaveNumbersOfTheirOwn(t *testing.T) {
	for n, want := range map[int]string{1: "i", 4: "iv", 9: "ix", 14: "xiv", 40: "xl", 99: "xcix"} {
		if got := roman(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int]string{1: "أ", 5: "ه", 28: "غ", 29: "أأ"} {
		if got := abjad(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
	d := document("ar")
	of(t, d, func(k *kind.Kind) { k.Cover = true })
	if !d.Front.Cover || d.Front.FrontPages[1] != "ب" {
		t.Errorf("%+v", d.Front)
	}
}
