package resolve

import (
	"testing"

	"communique/render/diag"
	"communique/render/doc"
)

func TestFiguresWithACaptionAreNumberedAndCited(t *testing.T) {
	for lang, want := range map[string][2]string{
		"en": {"Figure 2", "x Figure 2"}, "fr": {"Figure 2", "x figure\u00a02"}, "ar": {"الشكل 2", "x الشكل 2"}, "zh-Hans": {"图2", "x 图2"},
	} {
		last := &doc.Figure{Attr: doc.Attr{ID: "c"}, Caption: words("two")}
		bare := &doc.Figure{Image: doc.Image{Alt: "b"}}
		cited := &doc.Paragraph{Content: []doc.Inline{&doc.Text{Value: "x "}, &doc.Link{URL: "#c"}}}
		d := document(lang, &doc.Figure{Caption: words("one")}, bare, &doc.Division{Blocks: []doc.Block{last}}, cited)
		if found := codes(t, d); len(found) > 0 {
			t.Errorf("%s: %v", lang, found)
		}
		if bare.Label != "" || last.Label != want[0] || doc.PlainText(cited.Content) != want[1] {
			t.Errorf("%s: labels %q and %q, cited %q", lang, bare.Label, last.Label, doc.PlainText(cited.Content))
		}
	}
}

func TestCaptionsInNotesAreNumberedInTheOrderOfTheCalls(t *testing.T) {
	note := func(id string) *doc.Footnote {
		return &doc.Footnote{Name: id, Blocks: []doc.Block{&doc.Table{Attr: doc.Attr{ID: id}, Caption: words(id)}, &doc.Figure{Attr: doc.Attr{ID: "f" + id}, Caption: words(id)}}}
	}
	a, b := note("a"), note("b")
	text := &doc.Paragraph{Content: []doc.Inline{&doc.Text{Value: "x "}, &doc.FootnoteCall{Note: b}, &doc.FootnoteCall{Note: a}}}
	d := document("en", text, &doc.Table{Attr: doc.Attr{ID: "t"}, Caption: words("t")})
	d.Footnotes = []*doc.Footnote{a, b}
	for _, id := range []string{"t", "a", "b", "fa", "fb"} {
		text.Content = append(text.Content, &doc.Text{Value: ", "}, &doc.Link{URL: "#" + id})
	}
	if found := codes(t, d); len(found) > 0 {
		t.Error(found)
	}
	if got, want := doc.PlainText(text.Content), "x , Table 1, Table 3, Table 2, Figure 2, Figure 1"; got != want {
		t.Errorf("cited %q, want %q", got, want)
	}
	if label := b.Blocks[0].(*doc.Table).Label; label != "Table 2" {
		t.Errorf("the table of the first note is %q", label)
	}
}

func TestTheLogoIsAPictureWithTheIssuersName(t *testing.T) {
	d := document("en")
	d.Meta.Issuer = doc.Issuer{Name: "Ministry", Logo: "a/logo.png"}
	d.Meta.Pos = map[string]diag.Pos{"issuer.logo": {File: "a.md", Line: 4, Column: 9}}
	if found := codes(t, d); len(found) > 0 {
		t.Error(found)
	}
	if m := d.Front.Logo; m == nil || m.Source != "a/logo.png" || m.Alt != "Ministry" || m.Path != "issuer.logo" || m.Pos.Line != 4 {
		t.Errorf("%+v", m)
	}
	plain := document("en")
	plain.Meta.Issuer = doc.Issuer{Name: "Ministry"}
	if codes(t, plain); plain.Front.Logo != nil {
		t.Error("a logo from nowhere")
	}
}
