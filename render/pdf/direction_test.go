package pdf

import (
	"fmt"
	"strings"
	"testing"

	"communique/render/page"
	"communique/render/text"
	"communique/render/text/squarefont"
)

// setLine shapes a line of the font with square glyphs: 10 points a character, 5 a space.
func setLine(t *testing.T, s string, rtl bool) []lineRun {
	t.Helper()
	lib, err := text.Load(squarefont.FS())
	if err != nil {
		t.Fatal(err)
	}
	st := &text.Style{Family: squarefont.Family, Size: 10, Lang: "en"}
	lines := lib.NewShaper().Lines(text.Paragraph{Spans: []text.Span{{Text: s, Style: st}}, RTL: rtl, Width: 1000})
	if len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	var out []lineRun
	for _, r := range lines[0].Runs {
		unit := 10 / float64(lib.Font(r.Font).UnitsPerEm())
		out = append(out, lineRun{&page.Text{X: r.X, Run: r.Run, RightToLeft: rtl}, unit})
	}
	return out
}

// shownPieces writes text objects in file order: place, codes from left to right, ‹R›
// and ‹L› for the marks.
func shownPieces(list []piece) string {
	var parts []string
	for _, p := range list {
		var b strings.Builder
		fmt.Fprintf(&b, "%g:", p.x+0) // no minus zero
		for _, c := range p.codes {
			b.WriteString(strings.NewReplacer("\u200f", "‹R›", "\u200e", "‹L›").Replace(c.text()))
		}
		if p.again {
			b.WriteString("'")
		}
		parts = append(parts, b.String())
	}
	return strings.Join(parts, " | ")
}

// The lines are written as they are read; pieces hold their codes from left to
// right, so right-to-left letters come turned round.
func TestArrange(t *testing.T) {
	for _, c := range []struct {
		name, line string
		rtl        bool
		marks      markRules
		want       string
	}{
		{"letters alone take no mark", "אב גד", true, directionMarks, "0:דג בא"},
		{"runs follow in logical order, each from left to right", "אב 12 גד", true, 0, "45: בא | 25:12 | 0:דג "},
		{"a number ends with a mark for poppler", "אב 12 גד", true, neutralMarks, "45: בא | 25:12 | 0:דג ‹R›"},
		{"a left-to-right line is cut where the direction changes", "ab אב cd", false, 0, "0:ab  | 25:בא' | 45: cd"},
		{"a percent sign is cut off, since MuPDF ends its run there", "אב+גד", true, 0, "30:בא | 20:+ | 0:דג"},
		{"words of a phrase get a key for PDFium", "אב cd ef", true, wordMarks, "45: בא | 0:cd‹R›‹L› | 20:‹R›‹L› ‹R› | 25:‹R›‹L›ef‹R›"},
		{"so do the words of a phrase in a left-to-right line", "ab אב גד", false, wordMarks, "0:ab  | 50:‹L›‹L›בא‹L›' | 45:‹L›‹L›‹R› ‹L›' | 25:דג‹L›'"},
		{"no part is cut where one stretch is all", "ab אב", false, wordMarks, "0:ab  | 25:בא'"},
		{"an address is cut where PDFium does", "אב c@d.e", true, wordMarks, "50: בא | 0:c‹R›‹L› | 10:‹R›‹L›@‹R› | 20:‹R›‹L›d‹R› | 30:‹R›‹L›.‹R› | 40:‹R›‹L›e‹R›"},
		{"a bracket stands alone between marks for PDFium", "אב (גד) ה", true, boundaryMarks, "55:‹R› בא | 45:‹L›(‹L› | 25:דג | 15:‹L›)‹L› | 0:ה‹R› ‹R›"},
		{"what has no letter is not turned round by pdf.js", "- אב", true, boundaryMarks, "25:- | 0:בא‹R› "},
		{"pieces are parted by left-to-right marks for PDFBox", "אב 12 גד", true, turnMarks, "45:‹L›‹R› בא | 25:‹L›12‹L› | 0:דג ‹R›"},
		{"what ends a piece and has no direction belongs to it", "אב. 12", true, turnMarks, "20:‹L›‹R› .בא | 0:‹L›12‹R›‹R›‹R›‹R›"},
		{"keys are hidden from PDFBox before the phrase", "אב cd ef", true, wordMarks | turnMarks, "45:‹L›‹R› בא | 44.95:‹L›‹R›‹L› | -0.05:‹R› | 0:‹L›cd‹R›‹L› | 20:‹R›‹L› ‹R› | 25:‹R›‹L›ef‹R›"},
		{"keys are hidden at the start of a left-to-right line", "ab אב גד", false, wordMarks | turnMarks, "70:‹L› | 24.95:‹L› | 0:ab  | 50:‹L›‹L›בא‹L›' | 45:‹L›‹L›‹R› ‹L›' | 25:דג‹L›'"},
		{"marks do not give a page of numbers to poppler as left-to-right", "12 א", true, turnMarks, "15:‹L›12‹L› | 0:א ‹R›‹R›‹R›‹R›‹R›"},
		{"the end of a piece gets a mark for MuPDF", "אב. cd", true, boundaryMarks, "20:‹R› .בא | 0:cd"},
	} {
		if got := shownPieces(new(scratch).arrange(setLine(t, c.line, c.rtl), c.marks)); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// Whatever the marks, the codes of the source are all there, each once.
func TestArrangeLosesNothing(t *testing.T) {
	for _, line := range []string{"אב 12 גד (cd ef) 30% - א.", "ab (אב 12) cd אב.", "א", "12", "cd ef gh"} {
		for _, rtl := range []bool{false, true} {
			runs := setLine(t, line, rtl)
			for m := range directionMarks + 1 {
				n := 0
				for _, p := range new(scratch).arrange(runs, m) {
					for _, c := range p.codes {
						if c.glyph != nil || strings.HasSuffix(c.mark, " ") {
							n++
						}
					}
				}
				if want := len([]rune(line)); n != want {
					t.Errorf("%q, right to left %v, marks %d: %d codes, want %d", line, rtl, m, n, want)
				}
			}
		}
	}
}

func TestTheTreeHasLogicalText(t *testing.T) {
	runs := setLine(t, "אב 12 גד (cd)", true)
	c := &page.Content{}
	for _, r := range runs {
		c.Marks = append(c.Marks, r.Text)
	}
	if got := logicalText(c); got != "אב 12 גד (cd)" || !hasRightToLeft(c) {
		t.Errorf("got %q", got)
	}
}

// A line of letters alone takes no mark, but the row needs one that it begins.
func TestStartRow(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"אב", "0:‹L›בא"},
		{"12", "0:12"},
		{"אב 12", "20:‹L›‹R› בא | 0:‹L›12‹R›‹R›‹R›‹R›"},
	} {
		s := new(scratch)
		list := s.arrange(setLine(t, c.line, true), turnMarks)
		s.startRow(&list[0])
		if got := shownPieces(list); got != c.want {
			t.Errorf("%s: got %q, want %q", c.line, got, c.want)
		}
	}
}
