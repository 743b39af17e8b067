package markdown

import (
	"strings"
	"testing"

	"communique/render/doc"
)

// notesText is what the notes say and what the source calls them by.
func notesText(d *doc.Document) string {
	var b strings.Builder
	for _, n := range d.Footnotes {
		b.WriteString(n.Name + " " + docText(n.Blocks) + urls(n.Blocks))
	}
	call := func(in []doc.Inline) {
		doc.WalkInlines(in, func(n doc.Inline) bool {
			if c, ok := n.(*doc.FootnoteCall); ok {
				b.WriteString(c.Note.Name + " ")
			}
			return true
		})
	}
	call(d.Title)
	call(d.Summary)
	doc.Inlines(d.Blocks, func(_ doc.Block, in []doc.Inline) { call(in) })
	return b.String()
}

func TestCallsAndNotesAreTheSame(t *testing.T) {
	d, problems := parse("a.en.md", "---\ntitle: T\nlang: en\nsummary: 'S[^a].'\n---\n"+
		"x[^a] ![^b] [l[^a] m](/u) ^[in *line*]\n\n[^a]: one\n[^b]: two\n")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(d.Footnotes) != 3 {
		t.Fatalf("%d notes", len(d.Footnotes))
	}
	inline := d.Footnotes[0] // converted with its paragraph, before the others
	a, b := d.Footnotes[1], d.Footnotes[2]
	var got []*doc.Footnote
	call := func(in []doc.Inline) {
		doc.WalkInlines(in, func(n doc.Inline) bool {
			if l, ok := n.(*doc.Link); ok && doc.PlainText(l.Content) != "l m" {
				t.Errorf("the link says %q", doc.PlainText(l.Content))
			}
			if c, ok := n.(*doc.FootnoteCall); ok {
				got = append(got, c.Note)
			}
			return true
		})
	}
	call(d.Summary)
	doc.Inlines(d.Blocks, func(_ doc.Block, in []doc.Inline) { call(in) })
	want := []*doc.Footnote{a, a, b, a, inline}
	if len(got) != len(want) {
		t.Fatalf("%d calls, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("call %d leads to %q, want %q", i, got[i].Name, want[i].Name)
		}
	}
}
