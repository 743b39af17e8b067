package html

import (
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"communique/render/doc"
)

func in(n ...doc.Inline) []doc.Inline { return n }

func item(task doc.Task, label string, blocks ...doc.Block) *doc.Item {
	return &doc.Item{Task: task, Label: label, Blocks: blocks}
}

func header(n ...doc.Inline) *doc.Cell { return &doc.Cell{Header: true, Content: n} }

func cell(n ...doc.Inline) *doc.Cell { return &doc.Cell{Content: n} }

func line(s string) *doc.Paragraph { return paragraph(text(s)) }

// constructs is one case for each construct of the document model.
var constructs = []struct {
	name   string
	blocks []doc.Block
}{
	{"heading", []doc.Block{
		&doc.Heading{Attr: doc.Attr{ID: "what"}, Level: 2, Content: in(text("What"), &doc.Break{}, text("happened"))},
		&doc.Heading{Level: 6, Content: in(text("Deep"))},
		&doc.Heading{Level: 9, Content: in(text("Deeper than there is"))},
		&doc.Heading{Level: 1, Content: in(text("Not a second headline"))},
	}},
	{"paragraph", []doc.Block{
		&doc.Paragraph{Attr: doc.Attr{ID: "p1", Lang: "ar", Dir: doc.RightToLeft}, Content: in(text("عملية"))},
		&doc.Paragraph{Attr: doc.Attr{Lang: "x-unknown"}, Content: in(text("no direction was set"))},
	}},
	{"inline", []doc.Block{paragraph(
		&doc.Emphasis{Content: in(text("stress "), &doc.Strong{Content: in(text("weight"))})},
		&doc.Strikethrough{Content: in(text("gone"))}, &doc.Subscript{Content: in(text("2"))}, &doc.Superscript{Content: in(text("e"))},
		&doc.Code{Value: "a < b"}, &doc.Break{}, &doc.Abbreviation{Title: `United "Nations"`, Content: in(text("UN"))}, &doc.Abbreviation{Content: in(text("EU"))},
	)}},
	{"isolates", []doc.Block{paragraph(
		&doc.Span{Lang: "fr", Dir: doc.LeftToRight, Content: in(text("Système"))},
		&doc.Span{Lang: "he", Content: in(text("שלום"))},
		&doc.Span{Dir: doc.RightToLeft, Content: in(text("123"))},
		&doc.Span{Content: in(text("isolated"))},
		&doc.BidiOverride{Dir: doc.RightToLeft, Content: in(text("abc"))},
		&doc.BidiOverride{Content: in(text("abc"))},
	)}},
	{"link", []doc.Block{paragraph(
		&doc.Link{URL: "https://other.org/a?b=c&d=e#f", Title: "A title", Content: in(text("elsewhere"))},
		&doc.Link{URL: "https://example.org/here", Content: in(text("same site"))},
		&doc.Link{URL: "https://other.org/", Content: in(text("https://other.org/"))},
		&doc.Link{URL: "#what", Content: in(text("anchor"))},
		&doc.Link{URL: "mailto:press@example.org", Content: in(text("mail"))},
		&doc.Link{URL: "javascript:alert(1)", Content: in(text("only words"))},
		&doc.Link{URL: "a", Content: in(text("outer "), &doc.Link{URL: "b", Content: in(text("inner"))})},
	)}},
	{"list", []doc.Block{
		&doc.List{Tight: true, Items: []*doc.Item{
			item(doc.NoTask, "•", line("one")),
			item(doc.NoTask, "•", line("two"), &doc.List{Tight: true, Items: []*doc.Item{item(doc.NoTask, "–", line("in two"))}}),
			item(doc.NoTask, "•"),
		}},
		&doc.List{Ordered: true, Start: 3, Delimiter: ')', Items: []*doc.Item{item(doc.NoTask, "3)", line("loose"), line("second"))}},
		&doc.List{Ordered: true, Start: 1, Delimiter: '.', Tight: true, Items: []*doc.Item{item(doc.NoTask, "١.", &doc.Paragraph{Attr: doc.Attr{ID: "kept"}, Content: in(text("anchor"))})}},
		&doc.List{Ordered: true, Start: 0, Delimiter: ')', Tight: true, Items: []*doc.Item{item(doc.NoTask, "۰)", line("Persian"))}},
	}},
	{"task list", []doc.Block{&doc.List{Tight: true, Items: []*doc.Item{
		item(doc.TaskDone, "☑", line("this")), item(doc.TaskOpen, "☐", line("that")),
	}}}},
	{"quote", []doc.Block{
		&doc.Quote{Attr: doc.Attr{ID: "q"}, Blocks: []doc.Block{line("Words.")}, Attribution: in(text("Somebody"))},
		&doc.Quote{Blocks: []doc.Block{line("A text."), line("Its second part.")}},
	}},
	{"table", []doc.Block{
		&doc.Heading{Attr: doc.Attr{ID: "matters"}, Level: 2, Content: in(text("Matters"))},
		&doc.Table{
			Columns: []doc.Column{{}, {Align: doc.AlignStart}, {Align: doc.AlignCenter}, {Align: doc.AlignEnd}},
			Head:    []*doc.Row{{Cells: []*doc.Cell{header(), header(text("B")), header(text("C")), header(text("D"))}}},
			Body: []*doc.Row{{Attr: doc.Attr{ID: "r1"}, Cells: []*doc.Cell{header(text("row")), cell(text("b")), cell(),
				{Attr: doc.Attr{Lang: "ar", Dir: doc.RightToLeft}, Content: in(text("١٢"))}}}},
		},
		&doc.Table{Attr: doc.Attr{ID: "t2"}, Columns: []doc.Column{{}}, Body: []*doc.Row{{Cells: []*doc.Cell{cell(text("second of the same name"))}}}},
	}},
	{"code", []doc.Block{
		&doc.CodeBlock{Syntax: "go", Lines: []string{"", "if a < b {", "\tx()", "}"}},
		&doc.CodeBlock{Lines: []string{"this line may be wider than the screen of a phone"}},
	}},
	{"numbers", []doc.Block{
		&doc.Heading{Attr: doc.Attr{ID: "n"}, Level: 3, Number: "1.1", Content: []doc.Inline{&doc.Text{Value: "Scope"}}},
		&doc.Paragraph{Number: "12.", Content: []doc.Inline{&doc.Text{Value: "Twelfth."}}},
	}},
	{"end mark", []doc.Block{&doc.EndMark{Text: "— ENDS <b> —"}}},
	{"badge", []doc.Block{
		&doc.Heading{Attr: doc.Attr{ID: "b"}, Level: 2, Content: in(text("Review "), &doc.Badge{Tone: doc.BadgePositive, Content: in(text("Adopted <b>"))})},
		paragraph(&doc.Badge{Tone: doc.BadgeNegative, Content: in(text("Not adopted"))}, &doc.Badge{Tone: doc.BadgeNeutral, Content: in(text("Noted"))}),
	}},
	{"bar chart", []doc.Block{&doc.Chart{Kind: doc.ChartBar, Attr: doc.Attr{ID: "fig", Dir: doc.RightToLeft}, Caption: in(text("Production")), Label: "Figure 1",
		Unit: in(text("carats")), Alt: `Bars "a" & b`, Categories: [][]doc.Inline{in(text("A & B")), in(text("C"))}, Series: []doc.ChartSeries{
			{Name: in(text("2022")), Values: []string{"3", "-1.5"}, Texts: []string{"3", "-1.5"}}, {Name: in(text("2021")), Values: []string{"2", ""}, Texts: []string{"2", ""}}}}}},
	{"line chart", []doc.Block{&doc.Chart{Kind: doc.ChartLine, Alt: "Line", Categories: [][]doc.Inline{in(text("2021")), in(text("2022"))},
		Series: []doc.ChartSeries{{Values: []string{"1", "2"}, Texts: []string{"1", "2"}}}, Ticks: []doc.ChartTick{{Value: "0", Text: "0"}, {Value: "2", Text: "2"}}}}},
	{"rule", []doc.Block{line("before"), &doc.Rule{Attr: doc.Attr{ID: "break"}}, line("after")}},
	{"division", []doc.Block{&doc.Division{Attr: doc.Attr{ID: "d", Lang: "fr", Dir: doc.LeftToRight}, Blocks: []doc.Block{line("Bonjour."), &doc.Rule{}}}}},
}

func TestEveryConstructIsWrittenAsExpected(t *testing.T) {
	r := loaded(t)
	got := &txtar.Archive{Comment: []byte("HTML of the constructs in golden_test.go; rewritten by go test -update.\n")}
	for _, c := range constructs {
		d, o := statement(c.blocks...), r.options("en")
		wellFormed(t, write(t, d, o))
		b := &body{}
		b.begin(d, &o, r.writer.wordsOf(o.Locale))
		b.blocks(d.Blocks)
		got.Files = append(got.Files, txtar.File{Name: c.name, Data: b.buf})
	}
	golden(t, "testdata/constructs.txtar", txtar.Format(got))
}

func TestWholePageIsWrittenAsExpected(t *testing.T) {
	d := statement(line("Text."))
	d.Front.Bands = []doc.Band{{Kind: doc.BandEmbargo, Text: "Embargoed until noon"}, {Kind: doc.BandDraft, Text: "Draft"}}
	d.Meta.Status = doc.StatusDraft
	d.Meta.Embargo.Until = time.Date(2023, 11, 14, 12, 0, 0, 0, time.UTC)
	page := write(t, d, loaded(t).options("en"))
	page = regexp.MustCompile(`(?s)<style>.*?</style>`).ReplaceAll(page, []byte("<style>…</style>"))
	page = regexp.MustCompile(`sha256-[^']*`).ReplaceAll(page, []byte("sha256-…"))
	golden(t, "testdata/page.html", page)
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s: run go test -update and look at what changed; now it is\n%s", file, got)
	}
}
