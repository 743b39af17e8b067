package resolve

import (
	"slices"
	"strings"
	"testing"

	"communique/render/diag"
	"communique/render/doc"
)

func paragraph(s string) *doc.Paragraph { return &doc.Paragraph{Content: words(s)} }

func numbered(start int, blocks ...doc.Block) *doc.Division {
	return &doc.Division{Role: doc.RoleNumbered, Start: start, Blocks: blocks}
}

func printedNumbers(d *doc.Document) []string {
	var out []string
	doc.WalkBlocks(d.Blocks, func(b doc.Block) bool {
		if p, ok := b.(*doc.Paragraph); ok {
			out = append(out, p.Number)
		}
		return true
	})
	return out
}

func TestNumbersGoOnThroughTheDocumentOrBeginAnew(t *testing.T) {
	list := &doc.List{Items: []*doc.Item{{Blocks: []doc.Block{paragraph("in a list")}}}}
	d := document("en",
		paragraph("free"),
		numbered(0, paragraph("a"), list, paragraph("b")),
		&doc.Quote{Blocks: []doc.Block{numbered(0, paragraph("c"))}},
		numbered(7, paragraph("d"), numbered(0, paragraph("e")), paragraph("f")))
	codes(t, d)
	if got, want := printedNumbers(d), []string{"", "1.", "", "2.", "3.", "7.", "8.", "9."}; !slices.Equal(got, want) {
		t.Errorf("numbers %q, want %q", got, want)
	}
}

func TestPartsOfANoteAreNamedAndNumberedLikeThoseOfTheText(t *testing.T) {
	call := func(blocks ...doc.Block) (*doc.Document, *doc.Footnote) {
		note := &doc.Footnote{Blocks: blocks}
		d := document("en", &doc.Paragraph{Content: []doc.Inline{&doc.FootnoteCall{Note: note}}}, numbered(0, paragraph("x")))
		d.Footnotes = []*doc.Footnote{note}
		return d, note
	}
	warning, first := &doc.Callout{Kind: doc.CalloutWarning, Blocks: []doc.Block{paragraph("x")}}, paragraph("x")
	box := &doc.Division{Role: doc.RoleSummary, Blocks: []doc.Block{paragraph("x")}}
	notes := &doc.Division{Role: doc.RoleNotes, Blocks: []doc.Block{paragraph("x")}}
	own := &doc.Division{Role: doc.RoleNotes, Blocks: []doc.Block{&doc.Paragraph{Content: []doc.Inline{&doc.Strong{Content: words("Mine")}}}, paragraph("x")}}
	d, _ := call(warning, numbered(0, first), box, notes, own)
	if found := codes(t, d); len(found) > 0 {
		t.Error(found)
	}
	if warning.Label != "Warning" || first.Number != "1." || box.Label != "Summary" {
		t.Errorf("the callout is %q, the paragraph %q, the box %q", warning.Label, first.Number, box.Label)
	}
	if p, ok := notes.Blocks[0].(*doc.Paragraph); !ok || doc.PlainText(p.Content) != "Notes to editors" {
		t.Errorf("above the notes stands %#v", notes.Blocks[0])
	}
	if len(own.Blocks) != 2 {
		t.Error("notes with bold words of their own above have a heading besides")
	}
}

func TestCalloutsAreNamedInWords(t *testing.T) {
	for lang, want := range map[string]string{"en": "Warning: ", "fr": "Avertissement\u00a0: ", "zh-Hans": "警告：", "ar": "تحذير: "} {
		c := &doc.Callout{Kind: doc.CalloutWarning, Title: words("t"), Blocks: []doc.Block{paragraph("x")}}
		bare := &doc.Callout{Kind: doc.CalloutWarning, Blocks: []doc.Block{paragraph("x")}}
		codes(t, document(lang, c, bare))
		if c.Label != want || bare.Label != strings.TrimRight(want, ":： \u00a0") {
			t.Errorf("%s: labels %q and %q, want %q", lang, c.Label, bare.Label, want)
		}
	}
	res := resources(t)
	for _, lang := range res.Locales.Tags() {
		labels := map[string]bool{}
		for _, k := range doc.CalloutKinds() {
			c := &doc.Callout{Kind: k, Blocks: []doc.Block{paragraph("x")}}
			if p := codes(t, document(lang, c)); len(p) > 0 {
				t.Errorf("%s: %v", lang, p)
			}
			labels[c.Label] = true
		}
		if len(labels) != len(doc.CalloutKinds()) {
			t.Errorf("%s: kinds have the same label: %v", lang, labels)
		}
	}
}

func TestLabelsAreInTheLanguageOfTheirPart(t *testing.T) {
	c := &doc.Callout{Kind: doc.CalloutNote, Blocks: []doc.Block{paragraph("x")}}
	box := &doc.Division{Attr: doc.Attr{Lang: "fr"}, Role: doc.RoleSummary, Blocks: []doc.Block{paragraph("x")}}
	other := &doc.Callout{Attr: doc.Attr{Lang: "de"}, Kind: doc.CalloutNote, Blocks: []doc.Block{paragraph("x")}}
	table, figure := &doc.Table{Attr: doc.Attr{Lang: "ru"}, Caption: words("x")}, &doc.Figure{Caption: words("x")}
	inNote := &doc.Table{Caption: words("x")}
	note := &doc.Footnote{Attr: doc.Attr{Lang: "es"}, Blocks: []doc.Block{inNote}}
	call := &doc.Paragraph{Content: []doc.Inline{&doc.FootnoteCall{Note: note}}}
	d := document("en", &doc.Division{Attr: doc.Attr{Lang: "ar"}, Blocks: []doc.Block{c, box, table, figure}}, other, call)
	d.Footnotes = []*doc.Footnote{note}
	codes(t, d)
	if table.Label != "Таблица 1" || table.Continued != "Таблица 1 (продолжение)" || figure.Label != "الشكل 1" || inNote.Label != "Cuadro 2" {
		t.Errorf("labels %q, %q, %q, %q", table.Label, table.Continued, figure.Label, inNote.Label)
	}
	if c.Label != "ملاحظة" || box.Label != "Résumé" || other.Label != "Note" {
		t.Errorf("labels %q, %q, %q", c.Label, box.Label, other.Label)
	}
}

func TestReferencesSayWhatTheyLeadTo(t *testing.T) {
	with := func(id string, b doc.Block) doc.Block { b.Attributes().ID = id; return b }
	for lang, want := range map[string]string{
		"en":      "Paragraph 3, item 2, item 2.1, “What was agreed”, “Validity”, “Roads”, Table 2",
		"fr":      "Paragraphe\u00a03, point\u00a02, point\u00a02.1, «\u202fWhat was agreed\u202f», «\u202fValidity\u202f», «\u202fRoads\u202f», tableau\u00a02",
		"ru":      "Пункт\u00a03, подпункт\u00a02, подпункт\u00a02.1, «What was agreed», «Validity», «Roads», таблица\u00a02",
		"ar":      "الفقرة 3, البند 2, البند 2.1, «What was agreed», «Validity», «Roads», الجدول 2",
		"zh-Hans": "第3段, 第2项, 第2.1项, “What was agreed”, “Validity”, “Roads”, 表2",
	} {
		inner := &doc.List{Ordered: true, Start: 1, Delimiter: '.', Items: []*doc.Item{{Attr: doc.Attr{ID: "i21"}, Blocks: []doc.Block{paragraph("x")}}}}
		table := func() *doc.Table {
			return &doc.Table{Caption: words("c"), Columns: make([]doc.Column, 1), Body: []*doc.Row{{Cells: []*doc.Cell{{Content: words("x")}}}}}
		}
		var refs []doc.Inline
		for i, id := range []string{"p", "i2", "i21", "h", "d", "c", "t"} {
			if i > 0 {
				refs = append(refs, &doc.Text{Value: ", "})
			}
			refs = append(refs, &doc.Link{URL: "#" + id})
		}
		d := document(lang,
			with("h", heading(2, "What was agreed")),
			numbered(3, with("p", paragraph("x"))),
			&doc.List{Ordered: true, Start: 1, Delimiter: '.', Items: []*doc.Item{
				{Blocks: []doc.Block{paragraph("x")}}, {Attr: doc.Attr{ID: "i2"}, Blocks: []doc.Block{paragraph("x"), inner}}}},
			&doc.DefinitionList{Items: []*doc.Definition{{Attr: doc.Attr{ID: "d"}, Terms: [][]doc.Inline{words("Validity")}}}},
			with("c", &doc.Callout{Kind: doc.CalloutNote, Title: words("Roads"), Blocks: []doc.Block{paragraph("x")}}),
			table(), with("t", table()),
			&doc.Paragraph{Content: refs})
		if p := codes(t, d); len(p) > 0 {
			t.Errorf("%s: %v", lang, p)
		}
		if got := doc.PlainText(refs); got != want {
			t.Errorf("%s:\n%q, want\n%q", lang, got, want)
		}
	}
}

func TestReferencesToWhatHasNoNameSayHowItBegins(t *testing.T) {
	p := paragraph("The Plenary of the Kimberley Process met in Victoria Falls in November.")
	p.ID = "p"
	pos := diag.Pos{File: "f.md", Line: 9, Column: 1}
	ref, lost := &doc.Link{URL: "#p", Pos: pos}, &doc.Link{URL: "#gone", Pos: pos}
	d := document("en", p, &doc.Paragraph{Content: []doc.Inline{&doc.Text{Value: "See "}, ref, lost}})
	if got := codes(t, d); !slices.Equal(got, []string{"unnamed-anchor", "unknown-anchor"}) {
		t.Errorf("problems %v", got)
	}
	if got := doc.PlainText(ref.Content); got != "“The Plenary of the Kimberley Process met…”" {
		t.Errorf("the reference says %q", got)
	}
	if got := doc.PlainText(lost.Content); got != "#gone" || lost.URL != "" {
		t.Errorf("the reference to nothing says %q", got)
	}
}

func TestPartsHaveAHeadingUnlessTheyBringTheirOwn(t *testing.T) {
	notes := &doc.Division{Role: doc.RoleNotes, Blocks: []doc.Block{paragraph("x")}}
	own := &doc.Division{Role: doc.RoleNotes, Blocks: []doc.Block{heading(2, "Background"), paragraph("x")}}
	box := &doc.Division{Role: doc.RoleSummary, Blocks: []doc.Block{paragraph("x")}}
	d := document("es", notes, own, box)
	codes(t, d)
	var got []string
	for _, h := range d.Front.Headings {
		got = append(got, doc.PlainText(h.Content))
	}
	if want := []string{"Notas para los redactores", "Background"}; !slices.Equal(got, want) || box.Label != "Resumen" {
		t.Errorf("headings %q, want %q; the box is %q", got, want, box.Label)
	}
}

func TestSpeakersAreNamedInCalloutsAndContainersAndSignatures(t *testing.T) {
	quote := func() *doc.Quote {
		return &doc.Quote{Blocks: []doc.Block{paragraph("x")}, Attribution: words("chair")}
	}
	in := [...]*doc.Quote{quote(), quote(), quote()}
	sign := paragraph("— chair")
	d := document("en",
		&doc.Callout{Kind: doc.CalloutNote, Blocks: []doc.Block{in[0]}},
		numbered(0, in[1]),
		&doc.DefinitionList{Items: []*doc.Definition{{Terms: [][]doc.Inline{words("t")}, Blocks: []doc.Block{in[2]}}}},
		&doc.Division{Role: doc.RoleSignature, Blocks: []doc.Block{sign}})
	d.Meta.Speakers = []doc.Speaker{{ID: "chair", Name: "The Chair", Title: "Plenary"}}
	codes(t, d)
	for i, q := range in {
		if got := doc.PlainText(q.Attribution); got != "The Chair, Plenary" {
			t.Errorf("quote %d is by %q", i, got)
		}
	}
	if got := doc.PlainText(sign.Content); got != "The Chair Plenary" { // a line each
		t.Errorf("signed by %q", got)
	}
}

func TestTranslationsHaveTheSameAnchors(t *testing.T) {
	en, fr := document("en", heading(2, "Words"), paragraph("x")), document("fr", heading(2, "Mots"), paragraph("x"))
	en.File, fr.File = "a.en.md", "a.fr.md"
	en.Blocks[1].Attributes().ID = "rule"
	en.Blocks[1].Attributes().Pos = diag.Pos{File: "a.en.md", Line: 12, Column: 1}
	lists := []*diag.List{{}, {}}
	for i, d := range []*doc.Document{en, fr} {
		Resolve(d, resources(t), lists[i])
	}
	Siblings([]*doc.Document{en, fr}, lists)
	if p := lists[0].Sorted(); len(p) != 0 {
		t.Errorf("the one with all anchors: %v", p)
	}
	p := lists[1].Sorted()
	if len(p) != 1 || p[0].Code != "anchors-differ" || p[0].File != "a.fr.md" || !strings.Contains(p[0].Message, "#rule") || !strings.Contains(p[0].Fix, "line 12") {
		t.Errorf("the one that lacks one: %+v", p)
	}
}
