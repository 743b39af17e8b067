package plenary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/kind"
	"communique/render/locale"
)

// paragraphs stands for the Markdown stage: blocks are parted by empty lines, "## x"
// is a heading, "[x](#y)" alone is a link, and "x[^y]" has a note that says y.
func paragraphs(text, _ string, at func(line, column int) diag.Pos, _ *diag.List) (blocks []doc.Block, notes []*doc.Footnote) {
	pos := at(1, 1)
	for _, s := range strings.Split(text, "\n\n") {
		attr := doc.Attr{Pos: pos}
		words, note, noted := strings.Cut(strings.TrimSuffix(s, "]"), "[^")
		label, target, linked := strings.Cut(strings.TrimSuffix(s, ")"), "](")
		switch hashes := len(s) - len(strings.TrimLeft(s, "#")); {
		case hashes > 0:
			blocks = append(blocks, &doc.Heading{Attr: attr, Level: hashes, Content: inline(&doc.Text{Value: strings.TrimSpace(s[hashes:])})})
		case noted:
			n := &doc.Footnote{Attr: attr, Name: note, Blocks: []doc.Block{paragraph(&doc.Text{Value: note})}}
			notes = append(notes, n)
			blocks = append(blocks, paragraph(&doc.Text{Value: words}, &doc.FootnoteCall{Note: n}))
		case linked:
			l := &doc.Link{URL: target, Pos: pos}
			if label = strings.TrimPrefix(label, "["); label != "" {
				l.Content = inline(&doc.Text{Value: label})
			}
			blocks = append(blocks, paragraph(l))
		default:
			blocks = append(blocks, paragraph(&doc.Text{Value: s}))
		}
	}
	return blocks, notes
}

// recorded reads a record without errors; the lines of sound stand before it.
func recorded(t testing.TB, locales *locale.Catalog, record string) *Record {
	t.Helper()
	if !strings.HasPrefix(record, "body:") {
		record = sound + record
	}
	var problems diag.List
	r := Read(Source{"a.yaml", []byte(record)}, Options{Locales: locales}, &problems)
	if problems.HasErrors() {
		t.Fatal(problems.Sorted())
	}
	return r
}

// edition makes a document of sections.
func edition(t testing.TB, record, lang string, sections ...kind.Section) (*doc.Document, []diag.Problem) {
	t.Helper()
	locales := catalog(t)
	var problems diag.List
	k := &kind.Kind{Name: "test", Record: kind.Record{Sections: sections}}
	d := recorded(t, locales, record).Document(Edition{Lang: lang, Kind: k, Locales: locales, Markdown: paragraphs}, &problems)
	return d, problems.Sorted()
}

func parts(list ...kind.Part) (out []kind.Section) {
	for _, p := range list {
		out = append(out, kind.Section{Part: p})
	}
	return out
}

// printed writes a document in short: a block a line, with level, anchor and words.
func printed(d *doc.Document) string {
	var b strings.Builder
	print := func(sign, id string, cells ...string) {
		b.WriteString(sign)
		if id != "" {
			b.WriteString("#" + id)
		}
		b.WriteString(" " + strings.Join(cells, " | ") + "\n")
	}
	doc.WalkBlocks(d.Blocks, func(block doc.Block) bool {
		id := block.Attributes().ID
		switch n := block.(type) {
		case *doc.Heading:
			sign := strings.Repeat("=", n.Level)
			if n.Unnumbered {
				sign += "u"
			}
			print(sign, id, short(n.Content))
		case *doc.Paragraph:
			print("p", id, short(n.Content))
		case *doc.Table:
			for _, rows := range [][]*doc.Row{n.Head, n.Body} {
				for _, r := range rows {
					var cells []string
					for _, c := range r.Cells {
						cells = append(cells, short(c.Content))
					}
					sign := "tr"
					if r.Total {
						sign = "total"
					}
					print(sign, r.ID, cells...)
				}
			}
		case *doc.List:
			for _, it := range n.Items {
				print("li", it.ID)
			}
		case *doc.Division:
			print(strings.TrimSpace("div "+string(n.Role)), id, n.Lang)
		case *doc.Quote:
			print("quote", id, short(n.Attribution))
		case *doc.Chart:
			cells := []string{string(n.Kind), short(n.Caption)}
			for _, s := range n.Series {
				cells = append(cells, short(s.Name)+":"+strings.Join(s.Values, ","))
			}
			for _, c := range n.Categories {
				cells = append(cells, short(c))
			}
			print("chart", id, cells...)
		default:
			print(fmt.Sprintf("%T", n), id)
		}
		return true
	})
	return b.String()
}

// short writes inlines in short: a message as its key and what fills it.
func short(in []doc.Inline) string {
	var b strings.Builder
	for _, n := range in {
		switch n := n.(type) {
		case *doc.Text:
			b.WriteString(n.Value)
		case *doc.Message:
			if n.Capital {
				b.WriteByte('^')
			}
			b.WriteString(n.Key)
			if n.Lang != "" {
				b.WriteString("@" + n.Lang)
			}
			if n.Count != nil {
				fmt.Fprintf(&b, "*%d", *n.Count)
			}
			if len(n.Args) > 0 {
				var args []string
				for _, a := range n.Args {
					args = append(args, short(a.Content))
				}
				b.WriteString("(" + strings.Join(args, "; ") + ")")
			}
		case *doc.Number:
			if n.Signed && !strings.HasPrefix(n.Decimal, "-") && strings.Trim(n.Decimal, "0.") != "" {
				b.WriteByte('+')
			}
			b.WriteString(n.Decimal)
		case *doc.Days:
			b.WriteString(n.From.Format(time.DateOnly))
			if !n.To.IsZero() {
				b.WriteString(".." + n.To.Format(time.DateOnly))
			}
		case *doc.Moment:
			b.WriteString(n.At.Format(time.RFC3339))
		case *doc.Territory:
			b.WriteString(n.Code)
		case *doc.LanguageName:
			b.WriteString("<" + n.Tag + ">")
		case *doc.Enumeration:
			var items []string
			for _, item := range n.Items {
				items = append(items, short(item))
			}
			if n.Sorted {
				b.WriteString("sorted")
			}
			b.WriteString("{" + strings.Join(items, ", ") + "}")
		case *doc.Badge:
			fmt.Fprintf(&b, "[%s %s]", n.Tone, short(n.Content))
		case *doc.Link:
			fmt.Fprintf(&b, "<%s→%s>", short(n.Content), n.URL)
		case *doc.Span:
			b.WriteString(cmp.Or(n.Lang, n.Dir.String()) + "‹" + short(n.Content) + "›")
		case *doc.Break:
			b.WriteString(" / ")
		case *doc.FootnoteCall:
			b.WriteString("[^" + n.Note.Name + "]")
		default:
			b.WriteString(short(doc.Children(n)))
		}
	}
	return b.String()
}

// wants compares what is printed with what is wanted.
func wants(t *testing.T, name string, d *doc.Document, want string) {
	t.Helper()
	if got := printed(d); got != strings.TrimPrefix(want, "\n") {
		t.Errorf("%s: got\n%swant%s", name, got, want)
	}
}

// codesOf lists problems in short.
func codesOf(problems []diag.Problem) (out []string) {
	for _, p := range problems {
		out = append(out, p.Code+" "+p.Path)
	}
	return out
}

const votes = `agenda:
  - {no: "1", title: Rules, status: adopted}
  - {no: "2 (a)", title: War, status: not_included, proposed_by: [UA, CA], objected_by: [RU], summary: "Text.\n\n### Inner\n\n#### Deep\n\n### Second"}
outcomes:
  - {id: a, type: decision, verb: adopted, title: First, agenda: "1", text: "One."}
  - {id: b, type: resolution, verb: blocked, title: Second, blocked_by: [RU]}
  - {id: c, type: decision, verb: adopted, title: Third, agenda: "2 (a)", text: "# Top\n\nWords."}
`

func TestOutcomesArePrintedAsTheProductAsks(t *testing.T) {
	for _, c := range []struct {
		name    string
		section kind.Section
		want    string
	}{
		{"in full", kind.Section{}, `
==#outcomes part-outcomes
===u#outcome-a outcome-heading(^reference-decision(1); First)
p [positive verb-adopted]
p One.
tr label-agenda-item | reference-agenda(1)
===u#outcome-b outcome-heading(^reference-resolution(1); Second)
p [negative verb-blocked]
tr label-blocked-by | {RU}
===u#outcome-c outcome-heading(^reference-decision(2); Third)
p [positive verb-adopted]
====u#outcome-c-1 Top
p Words.
tr label-agenda-item | reference-agenda(2 (a))
`},
		{"as a list", kind.Section{Form: kind.FormList}, `
==#outcomes part-outcomes
li#outcome-a 
li#outcome-b 
li#outcome-c 
p outcome-heading(^reference-decision(1); First) / [positive verb-adopted]
p outcome-heading(^reference-resolution(1); Second) / [negative verb-blocked] / labelled(label-blocked-by; {RU})
p outcome-heading(^reference-decision(2); Third) / [positive verb-adopted]
`},
		{"what was refused comes before what was agreed", kind.Section{Form: kind.FormList, Most: 1}, `
==#outcomes part-outcomes
li#outcome-b 
p outcome-heading(^reference-resolution(1); Second) / [negative verb-blocked] / labelled(label-blocked-by; {RU})
p outcomes-more*2
`},
		{"in the order of the record", kind.Section{Form: kind.FormList, Most: 2}, `
==#outcomes part-outcomes
li#outcome-a 
li#outcome-b 
p outcome-heading(^reference-decision(1); First) / [positive verb-adopted]
p outcome-heading(^reference-resolution(1); Second) / [negative verb-blocked] / labelled(label-blocked-by; {RU})
p outcomes-more*1
`},
		{"as many as there are", kind.Section{Form: kind.FormTable, Most: 3}, `
==#outcomes part-outcomes
tr outcome | outcome-result
tr#outcome-a outcome-heading(^reference-decision(1); First) | [positive verb-adopted]
tr#outcome-b outcome-heading(^reference-resolution(1); Second) | [negative verb-blocked] / labelled(label-blocked-by; {RU})
tr#outcome-c outcome-heading(^reference-decision(2); Third) | [positive verb-adopted]
`},
		{"by type", kind.Section{Form: kind.FormList, Group: kind.GroupType}, `
==#outcomes part-outcomes
===u#outcomes-decision types-decision
li#outcome-a 
li#outcome-c 
p outcome-heading(^reference-decision(1); First) / [positive verb-adopted]
p outcome-heading(^reference-decision(2); Third) / [positive verb-adopted]
===u#outcomes-resolution types-resolution
li#outcome-b 
p outcome-heading(^reference-resolution(1); Second) / [negative verb-blocked] / labelled(label-blocked-by; {RU})
`},
		{"by verb, in full", kind.Section{Group: kind.GroupVerb, Most: 2}, `
==#outcomes part-outcomes
===u#outcomes-adopted verb-adopted
====u#outcome-a outcome-heading(^reference-decision(1); First)
p [positive verb-adopted]
p One.
tr label-agenda-item | reference-agenda(1)
===u#outcomes-blocked verb-blocked
====u#outcome-b outcome-heading(^reference-resolution(1); Second)
p [negative verb-blocked]
tr label-blocked-by | {RU}
p outcomes-more*1
`},
		{"by agenda", kind.Section{Form: kind.FormList, Group: kind.GroupAgenda}, `
==#outcomes part-outcomes
===u#outcomes-1 agenda-heading(ltr‹1›; Rules)
li#outcome-a 
p outcome-heading(^reference-decision(1); First) / [positive verb-adopted]
===u#outcomes-other agenda-other
li#outcome-b 
p outcome-heading(^reference-resolution(1); Second) / [negative verb-blocked] / labelled(label-blocked-by; {RU})
===u#outcomes-2-a agenda-heading(ltr‹2 (a)›; War)
li#outcome-c 
p outcome-heading(^reference-decision(2); Third) / [positive verb-adopted]
`},
	} {
		c.section.Part = kind.PartOutcomes
		d, problems := edition(t, votes, "en", c.section)
		wants(t, c.name, d, c.want)
		if len(problems) > 0 {
			t.Error(problems)
		}
	}
}

func TestHeadingsOfTextsStandBelowTheirEntry(t *testing.T) {
	d, _ := edition(t, votes, "en", parts(kind.PartAgenda)...)
	wants(t, "agenda", d, `
==#agenda part-agenda
tr agenda-number | agenda-item | label-status
tr#agenda-1 ltr‹1› | Rules | [positive agenda-adopted]
tr ltr‹2 (a)› | <War→#agenda-2-a> / labelled(agenda-proposed-by; {UA, CA}) / labelled(agenda-objected-by; {RU}) | [negative agenda-not-included]
===u#agenda-2-a agenda-heading(ltr‹2 (a)›; War)
p Text.
====u#agenda-2-a-1 Inner
=====u#agenda-2-a-2 Deep
====u#agenda-2-a-3 Second
`)
	for _, c := range []struct {
		level    int
		in, want []int
	}{
		{3, []int{1, 2, 3}, []int{4, 5, 6}},
		{3, []int{3, 2, 4}, []int{5, 4, 6}},
		{4, []int{2, 3, 4, 5}, []int{5, 6, 6, 6}},
	} {
		var blocks []doc.Block
		for _, l := range c.in {
			blocks = append(blocks, &doc.Division{Blocks: []doc.Block{&doc.Heading{Level: l}}})
		}
		new(builder).below(blocks, c.level, "x")
		for i, b := range blocks {
			h := b.(*doc.Division).Blocks[0].(*doc.Heading)
			if h.Level != c.want[i] || !h.Unnumbered || h.ID != fmt.Sprintf("x-%d", i+1) {
				t.Errorf("below %d: heading %d of level %d has level %d and the id %q, want %d", c.level, i, c.in[i], h.Level, h.ID, c.want[i])
			}
		}
	}
	own := &doc.Heading{Attr: doc.Attr{ID: "own"}, Level: 2}
	if new(builder).below([]doc.Block{own}, 3, "x"); own.ID != "own" {
		t.Errorf("the author's id became %q", own.ID)
	}
}

func TestAProductPrintsItsPartsInItsOrder(t *testing.T) {
	const record = votes + `communique: {status: not_issued, reason: No consensus.}
statistics: [{id: s, title: S, total: {volume: 1}}]
next: {from: 2024-05-01, place: {country: AE}}
gaps: [Unknown.]
`
	d, _ := edition(t, record, "en", parts(kind.PartNext, kind.PartSummary, kind.PartStatistics, kind.PartSources, kind.PartAnnexes, kind.PartMembership)...)
	wants(t, "some parts", d, `
==#next part-next
tr label-dates | 2024-05-01
tr label-place | AE
div summary#summary 
p sentences(communique-not-issued; No consensus.)
p labelled(part-outcomes; {[positive verb-adopted]`+"\u00a0"+`2, [negative verb-blocked]`+"\u00a0"+`1})
p labelled(part-agenda; {[positive agenda-adopted]`+"\u00a0"+`1, [negative agenda-not-included]`+"\u00a0"+`1})
p labelled(part-next; dateline(AE; 2024-05-01))
==#statistics part-statistics
===u#statistic-s S
tr statistic-party | statistic-volume
total statistic-total | 1
==#sources part-sources
===u#gaps gaps
li 
p Unknown.
`)
	if !d.Generated || d.Meta.Kind != "test" || d.Meta.ID != "a-test" {
		t.Errorf("generated %v, meta %+v", d.Generated, d.Meta)
	}
	// each part has a way to be printed, and none prints a heading of nothing
	empty, _ := edition(t, "", "en", parts(kind.Parts()...)...)
	wants(t, "nothing", empty, `
==#meeting part-meeting
tr label-body | Kimberley Process
tr label-dates | 2023-11-06..2023-11-10
tr label-original-language | <en>
`)
}

func TestLinksLeadToWhatTheEditionPrints(t *testing.T) {
	const record = `outcomes:
  - {id: a, type: decision, verb: adopted, text: "[](#outcome-b)\n\n[x](#agenda-1)\n\n[](#agenda-1)\n\n[](#claims)\n\n[y](#nowhere)", amends: [b, KP/1]}
  - {id: b, type: decision, verb: noted, text: "N[^see]"}
agenda: [{no: 1, title: T}]
positions: [{kind: reservation, by: [ZW], on: communique, text: P}, {kind: reservation, by: [ZW], on: b, text: P}]
`
	link := func(d *doc.Document) (out []string) {
		doc.Inlines(d.Blocks, func(_ doc.Block, in []doc.Inline) {
			if s := short(in); strings.ContainsAny(s, "→#") || strings.Contains(s, "reference") {
				out = append(out, s)
			}
		})
		return out
	}
	for _, c := range []struct {
		name     string
		sections []kind.Section
		want     []string
	}{
		{"all", parts(kind.PartOutcomes, kind.PartAgenda, kind.PartClaims, kind.PartCommunique), []string{
			"^reference-decision(1)", "<reference-decision(2)→#outcome-b>", "<x→#agenda-1>", "<reference-agenda(1)→#agenda-1>", "<part-claims→>", "<y→#nowhere>",
			"{<reference-decision(2)→#outcome-b>, ltr‹KP/1›}", "^reference-decision(2)"}},
		{"the first outcome", []kind.Section{{Part: kind.PartOutcomes, Most: 1}}, []string{
			"^reference-decision(1)", "<reference-decision(2)→>", "<x→>", "<reference-agenda(1)→>", "<part-claims→>", "<y→#nowhere>",
			"{reference-decision(2), ltr‹KP/1›}"}},
		{"positions", parts(kind.PartPositions, kind.PartCommunique), []string{"<part-communique→>", "reference-decision(2)"}},
	} {
		d, _ := edition(t, record, "en", c.sections...)
		if got := link(d); !slices.Equal(got, c.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
	d, _ := edition(t, record, "en", parts(kind.PartOutcomes)...)
	if len(d.Footnotes) != 1 || d.Footnotes[0].Name != "see" {
		t.Errorf("the notes of the texts are %v", d.Footnotes)
	}
}

func TestAnchorsAreThoseOfTheRecordInEveryLanguage(t *testing.T) {
	const record = `title: {en: T, ar: ع}
communique: {status: issued, paragraphs: [A, "B\n\nC", D]}
annexes: [{id: rules, title: A}, {title: B, text: "## C"}]
corrigenda: [{title: C}]
information: [{text: I}]
claims: [{id: k, text: K, by: ZW}, {text: L, by: ZW}]
working_bodies: [{id: wg, name: W, report: "# R"}]
`
	sections := parts(kind.PartCommunique, kind.PartAnnexes, kind.PartCorrigenda, kind.PartInformation, kind.PartClaims, kind.PartWorkingBodies)
	want := "communique paragraph-1 paragraph-2 paragraph-3 annexes annex-rules annex-2 annex-2-1 corrigenda corrigendum-1 " +
		"information information-1 claims claim-k claim-2 working-bodies body-wg body-wg-1"
	for _, lang := range []string{"en", "ar"} {
		d, _ := edition(t, record, lang, sections...)
		var ids []string
		doc.WalkAttributes(d.Blocks, func(a *doc.Attr) {
			if a.ID != "" {
				ids = append(ids, a.ID)
			}
		})
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: anchors\n%s, want\n%s", lang, got, want)
		}
	}
}

func TestParagraphsOfACommuniqueHaveTheNumbersOfTheRecord(t *testing.T) {
	locales := catalog(t)
	r := recorded(t, locales, "communique: {status: issued, paragraphs: [A, \"## B\\n\\nC\\n\\nD\", \"## Only\", E, own, F]}\n")
	markdown := func(text, lang string, at func(line, column int) diag.Pos, problems *diag.List) ([]doc.Block, []*doc.Footnote) {
		blocks, notes := paragraphs(text, lang, at, problems)
		if text == "own" { // its author gave it an id
			blocks[0].Attributes().ID = "mine"
		}
		return blocks, notes
	}
	d := r.Document(Edition{Lang: "en", Kind: &kind.Kind{Record: kind.Record{Sections: parts(kind.PartCommunique)}}, Locales: locales, Markdown: markdown}, &diag.List{})
	wants(t, "communique", d, `
==#communique part-communique
p communique-issued
div numbered 
p#paragraph-1 A
====u#paragraph-2-1 B
p#paragraph-2 C
div 
p D
div#paragraph-3 
====u#paragraph-3-1 Only
div numbered 
p#paragraph-4 E
div numbered#paragraph-5 
p#mine own
p#paragraph-6 F
`)
	var starts []int
	for _, b := range d.Blocks {
		if n, ok := b.(*doc.Division); ok {
			starts = append(starts, n.Start)
		}
	}
	if !slices.Equal(starts, []int{1, 4, 5}) {
		t.Errorf("the paragraphs are numbered from %v", starts)
	}
}

func TestTitlesAreMadeOfWhatIsKnown(t *testing.T) {
	for _, c := range []struct{ record, title, summary string }{
		{"", "plenary-title(Kimberley Process; meeting-plenary)", "2023-11-06..2023-11-10"},
		{"title: T", "T", "meeting-line(plenary-title(Kimberley Process; meeting-plenary); 2023-11-06..2023-11-10)"},
		{"body: {name: B}\nlanguages: {original: en}\nmeeting: {kind: ministerial, ordinal: 20, place: {city: C, country: AE}}\n",
			"plenary-title(B; meeting-numbered(meeting-ministerial; 20))", "place(C; AE)"},
		{"body: {name: B}\nlanguages: {original: en}\nmeeting: {kind: plenary, name: N, to: 2024-02-29, place: {country: AE}}\n",
			"N", "dateline(AE; 2024-02-29)"},
		{"body: {name: B}\nlanguages: {original: en}\nmeeting: {kind: plenary}\ntitle: T\n", "T", "plenary-title(B; meeting-plenary)"},
		{"body: {name: B}\nlanguages: {original: en}\ntitle: T\nstatistics: [{id: s, title: S, total: {volume: 1}}]\n", "T", "B"},
	} {
		d, _ := edition(t, c.record, "en")
		if got := short(d.Title); got != c.title {
			t.Errorf("%q: title %q, want %q", c.record, got, c.title)
		}
		if got := short(d.Summary); got != c.summary {
			t.Errorf("%q: summary %q, want %q", c.record, got, c.summary)
		}
	}
}

func TestTextsWithoutATranslationAreMarked(t *testing.T) {
	const record = `title: {en: T, ru: Т}
agenda: [{no: 1, title: Rules, summary: "One.\n\nTwo."}, {no: 2, title: {en: War, ru: Война}, summary: "One."}]
`
	d, problems := edition(t, record, "ru", parts(kind.PartAgenda)...)
	wants(t, "agenda", d, `
==#agenda part-agenda
tr agenda-number | agenda-item | label-status
tr ltr‹1› | <en‹Rules›`+"\u00a0"+`untranslated-mark(<en>)→#agenda-1> | 
tr ltr‹2› | <Война→#agenda-2> | 
===u#agenda-1 agenda-heading(ltr‹1›; en‹Rules›`+"\u00a0"+`untranslated-mark(<en>))
p untranslated-note(<en>)
div en
p One.
p Two.
===u#agenda-2 agenda-heading(ltr‹2›; Война)
p en‹One.›`+"\u00a0"+`untranslated-mark(<en>)
`)
	want := []string{"missing-translation body.name", "missing-translation agenda[0].title", "missing-translation agenda[0].summary", "missing-translation agenda[1].summary"}
	if got := codesOf(problems); !slices.Equal(got, want) {
		t.Errorf("problems %q, want each once: %q", got, want)
	}
	if d.Meta.Original || d.Meta.Translation.Standing != doc.StandingUnofficial || d.Meta.Lang != "ru" {
		t.Errorf("%+v", d.Meta.Translation)
	}
}

func TestTextsWithinALineAreOneParagraph(t *testing.T) {
	d, problems := edition(t, `agenda: [{no: 1, title: "A\n\nB"}]`, "en", parts(kind.PartAgenda)...)
	if got := codesOf(problems); !slices.Equal(got, []string{"not-one-paragraph agenda[0].title"}) {
		t.Errorf("problems %q", got)
	}
	if !strings.Contains(printed(d), "A\n\nB") {
		t.Error("the text is lost")
	}
}

func TestLanguagesInWhichARecordIsPublished(t *testing.T) {
	locales := catalog(t)
	for _, c := range []struct {
		name, record string
		asked        []string
		want         string
		codes        []string
	}{
		{"those asked for, each once", "title: {en: T, fr: T}", []string{"ru", "en", "ru"}, "ru en", nil},
		{"those of the headline", "title: {fr: T, en: T, ar: T}", nil, "en fr ar", nil},
		{"those of the body's name", "body: {name: {es: B, en: B}}\nlanguages: {original: en}\nmeeting: {kind: plenary}\n", nil, "en es", nil},
		{"the original alone", "title: T", nil, "en", nil},
		{"one without words", "title: {en: T, tlh: T, fr: T}", nil, "en fr", []string{"language-without-words "}},
	} {
		var problems diag.List
		got := recorded(t, locales, c.record).Published(c.asked, locales, &problems)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if codes := codesOf(problems.Sorted()); !slices.Equal(codes, c.codes) {
			t.Errorf("%s: problems %q, want %q", c.name, codes, c.codes)
		}
		for _, p := range problems.Sorted() {
			if p.Pos.Line != 4 || p.Expected == "" || p.Fix == "" {
				t.Errorf("%+v", p)
			}
		}
	}
}
