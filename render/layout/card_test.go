package layout

import (
	"context"
	"strings"
	"testing"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
	"communique/render/text/squarefont"
)

func setCard(t *testing.T, d *doc.Document) *page.Page {
	t.Helper()
	lib, err := text.Load(squarefont.FS())
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Theme: testTheme(t), Paper: testPaper, Fonts: lib, Shaper: lib.NewShaper()}
	p, err := Card(context.Background(), d, o, &diag.List{})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Pages) != 1 || p.Pages[0].Width != CardWidth || p.Pages[0].Height != CardHeight {
		t.Fatalf("pages: %+v", p.Pages)
	}
	return p.Pages[0]
}

// cardText is a line of a card: its ends, its size and its baseline.
type cardText struct {
	words                   string
	left, right, size, base float64
}

func cardTexts(pg *page.Page) (out []cardText) {
	last := 0
	for _, c := range pg.Contents {
		for _, m := range c.Marks {
			x, ok := m.(*page.Text)
			if !ok {
				continue
			}
			if x.Line != last {
				out = append(out, cardText{left: x.X, right: x.X, size: x.Run.Size, base: x.Y})
				last = x.Line
			}
			l := &out[len(out)-1]
			for _, w := range x.Run.Words {
				for _, g := range w.Glyphs {
					l.words += g.Glyph.Text
				}
			}
			l.left, l.right = min(l.left, x.X), max(l.right, x.X+x.Run.Width)
		}
	}
	return out
}

func cardDocument(title string) *doc.Document {
	return &doc.Document{Title: []doc.Inline{&doc.Text{Value: title}}, Meta: doc.Meta{Lang: "en"},
		Front: &doc.Front{Letterhead: "Issuer", Label: "Statement", Dateline: "Today", Symbol: "A/1"}}
}

func findText(t *testing.T, all []cardText, words string) cardText {
	t.Helper()
	for _, l := range all {
		if strings.HasPrefix(l.words, words) {
			return l
		}
	}
	t.Fatalf("no line %q in %+v", words, all)
	return cardText{}
}

func TestCardHasItsWordsAtTheirSides(t *testing.T) {
	all := cardTexts(setCard(t, cardDocument("Short")))
	for _, words := range []string{"Issuer", "Statement", "Short", "Today"} {
		if l := findText(t, all, words); l.left != cardMargin+cardBar {
			t.Errorf("%s begins at %g", words, l.left)
		}
	}
	if l := findText(t, all, "A/1"); l.right != CardWidth-cardMargin {
		t.Errorf("the symbol ends at %g", l.right)
	}
	if l := findText(t, all, "Short"); l.size != cardLargest {
		t.Errorf("a short headline is set in %g", l.size)
	}
}

func TestCardIsMirroredForRightToLeft(t *testing.T) {
	d := cardDocument("אבג")
	d.Meta.Lang, d.Meta.Dir = "he", doc.RightToLeft
	pg := setCard(t, d)
	all := cardTexts(pg)
	if l := findText(t, all, "גבא"); l.right != CardWidth-cardMargin-cardBar {
		t.Errorf("the headline ends at %g", l.right)
	}
	if l := findText(t, all, "A/1"); l.left != cardMargin {
		t.Errorf("the symbol begins at %g", l.left)
	}
	if bar := pg.Contents[0].Marks[1].(*page.Rect); bar.X+bar.Width != CardWidth {
		t.Errorf("the bar stands at %g", bar.X)
	}
}

func TestLongHeadlinesOfCardsShrinkAndAreBalanced(t *testing.T) {
	for _, c := range []struct {
		words int
		cut   bool
	}{{4, false}, {9, false}, {16, false}, {400, true}} {
		all := cardTexts(setCard(t, cardDocument(strings.TrimSpace(strings.Repeat("words ", c.words)))))
		var lines []cardText
		for _, l := range all {
			if strings.HasPrefix(l.words, "words") {
				lines = append(lines, l)
			}
		}
		if len(lines) == 0 {
			t.Fatalf("%d words: no headline", c.words)
		}
		shortest, longest := lines[0].right-lines[0].left, 0.0
		whole := ""
		for _, l := range lines {
			shortest, longest = min(shortest, l.right-l.left), max(longest, l.right-l.left)
			whole += l.words
			if l.right > CardWidth-cardMargin+l.size/2+1 || l.base > cardTitleEnd || l.base < cardTitleTop {
				t.Errorf("%d words: a line is out of its room: %+v", c.words, l)
			}
		}
		if cut := strings.HasSuffix(whole, "…"); cut != c.cut {
			t.Errorf("%d words: cut is %v", c.words, cut)
		}
		if one := lines[0].size * 6; longest-shortest > 2*one {
			t.Errorf("%d words in %d lines of %g to %g", c.words, len(lines), shortest, longest)
		}
	}
}

func TestNoticesStandInPlaceOfTheLabelOfACard(t *testing.T) {
	d := cardDocument("Short")
	d.Front.Bands = []doc.Band{{Kind: doc.BandDraft, Text: strings.Repeat("Draft ", 40)}}
	all := cardTexts(setCard(t, d))
	if l := findText(t, all, "Draft"); l.right > CardWidth-cardMargin+1 || !strings.HasSuffix(l.words, "…") {
		t.Errorf("the notice is %+v", l)
	}
	for _, l := range all {
		if l.words == "Statement" {
			t.Error("the label still stands there")
		}
	}
}
