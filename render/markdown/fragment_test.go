package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"communique/render/diag"
	"communique/render/doc"
)

// fragment reads a text whose lines stand 100 lines below, and 10 columns to the right.
func fragment(t testing.TB, text, lang string) ([]doc.Block, []*doc.Footnote, []diag.Problem) {
	t.Helper()
	var l diag.List
	blocks, notes := ParseFragment(Fragment{File: "a.yaml", Text: text, Lang: lang, At: below}, options(), &l)
	return blocks, notes, l.Sorted()
}

func below(line, column int) diag.Pos {
	return diag.Pos{File: "a.yaml", Line: 100 + line, Column: 10 + column}
}

func TestProblemsOfAFragmentStandInTheFile(t *testing.T) {
	for text, want := range map[string][]string{
		"Sound *text*.":                      nil,
		"A\n\nB [b](javascript:x)":           {"103:13 unsafe-link"},
		"A\n\nB[^no]":                        {"103:12 unknown-footnote"},
		"A\n\n[^a]: never called":            nil, // resolve tells it
		"A[^a]\n\n[^a]: b[^a]":               {"103:18 nested-footnote"},
		"A\n\n*[KP]: Kimberley Process":      {"103:11 unused-abbreviation"},
		"A\n\n![](b.png)":                    {"103:11 image-alt", "103:11 image-caption"},
		"A\n\n[b]: https://example.org/ 'c'": {"103:11 unused-definition"},
		"<script>x</script>":                 {"101:11 html-forbidden"},
	} {
		_, _, problems := fragment(t, text, "en")
		var got []string
		for _, p := range problems {
			got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Code))
			if p.File != "a.yaml" {
				t.Errorf("%q: %s is told of the file %q", text, p.Code, p.File)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: problems %q, want %q", text, got, want)
		}
	}
}

func TestBlocksOfAFragmentStandInTheFile(t *testing.T) {
	blocks, notes, _ := fragment(t, "A[^n]\n\n- B\n\n  > C\n\n| d |\n|---|\n| e |\n\n[^n]: F", "en")
	n := 0
	placed := func(blocks []doc.Block) {
		doc.WalkBlocks(blocks, func(b doc.Block) bool {
			if n++; b.Attributes().Pos.Line <= 100 || b.Attributes().Pos.Column <= 10 {
				t.Errorf("%T at %v", b, b.Attributes().Pos)
			}
			return true
		})
	}
	placed(blocks)
	for _, note := range notes {
		placed(note.Blocks)
		if note.Pos != below(11, 1) {
			t.Errorf("a note at %v", note.Pos)
		}
	}
	if at := blocks[2].Attributes().Pos; n != 7 || len(notes) != 1 || at != below(7, 1) {
		t.Errorf("%d blocks, %d notes, the table at %v", n, len(notes), at)
	}
}

func TestAFragmentHasNoFrontMatter(t *testing.T) {
	blocks, _, problems := fragment(t, "---\ntitle: T\n---\n\nText.", "en")
	if len(problems) > 0 {
		t.Error(problems)
	}
	if len(blocks) != 3 {
		t.Fatalf("%d blocks: %q", len(blocks), docText(blocks))
	}
	if _, ok := blocks[0].(*doc.Rule); !ok {
		t.Errorf("it begins with %T, want a rule", blocks[0])
	}
	if h, ok := blocks[1].(*doc.Heading); !ok || h.Level != 2 || doc.PlainText(h.Content) != "title: T" {
		t.Errorf("then %T %q, want the heading that dashes below a line make", blocks[1], docText(blocks[1:2]))
	}
}

func TestAHeadlineOfAFragmentIsAHeading(t *testing.T) {
	blocks, _, problems := fragment(t, "# One\n\nText\n\n## Two", "en")
	var levels []int
	for _, b := range blocks {
		if h, ok := b.(*doc.Heading); ok {
			levels = append(levels, h.Level)
		}
	}
	if !slices.Equal(levels, []int{1, 2}) || len(problems) > 0 {
		t.Errorf("levels %v, %v", levels, problems)
	}
}

func TestNotesAreThoseOfTheFragment(t *testing.T) {
	blocks, notes, problems := fragment(t, "A[^x] B^[inline] C[^x]\n\n[^x]: See *D*.\n\n[^y]: E", "en")
	if len(problems) > 0 {
		t.Error(problems)
	}
	var names []string
	for _, n := range notes {
		names = append(names, n.Name+" "+docText(n.Blocks))
	}
	if len(notes) != 3 {
		t.Fatalf("notes %q", names)
	}
	calls := 0
	doc.Inlines(blocks, func(_ doc.Block, in []doc.Inline) {
		doc.WalkInlines(in, func(n doc.Inline) bool {
			if c, ok := n.(*doc.FootnoteCall); ok {
				calls++
				if !slices.Contains(notes, c.Note) || c.Pos.Line != 101 {
					t.Errorf("the call at %v leads to a note that is not given", c.Pos)
				}
			}
			return true
		})
	})
	if calls != 3 {
		t.Errorf("%d calls, want 3", calls)
	}
	// notes of one fragment are none of another's
	if _, other, problems := fragment(t, "A[^x]", "en"); len(other) != 0 || len(problems) != 1 {
		t.Errorf("%d notes, %v", len(other), problems)
	}
}

func TestAFragmentIsSetAsItsLanguageAsks(t *testing.T) {
	const text = "\"Words\" -- and KP...\n\n*[KP]: Kimberley Process"
	for lang, want := range map[string]string{
		"en": "“Words” – and KP…",
		"fr": "«\u202fWords\u202f» – and KP…",
		"ru": "«Words» – and KP…",
	} {
		blocks, _, problems := fragment(t, text, lang)
		if got := doc.PlainText(blocks[0].(*doc.Paragraph).Content); got != want || len(problems) > 0 {
			t.Errorf("%s: got %q, want %q; %v", lang, got, want, problems)
		}
	}
	blocks, _, _ := fragment(t, text, "en")
	found := false
	doc.WalkInlines(blocks[0].(*doc.Paragraph).Content, func(n doc.Inline) bool {
		a, ok := n.(*doc.Abbreviation)
		found = found || ok && a.Title == "Kimberley Process"
		return true
	})
	if !found {
		t.Error("the abbreviation of the fragment does not hold in it")
	}
}

func TestAFragmentOfNothingIsNothing(t *testing.T) {
	for _, text := range []string{"", " \n\t\n"} {
		if blocks, notes, problems := fragment(t, text, "en"); strings.TrimSpace(docText(blocks)) != "" || len(notes)+len(problems) > 0 {
			t.Errorf("%q: %d blocks %q, %d notes, %v", text, len(blocks), docText(blocks), len(notes), problems)
		}
	}
}
