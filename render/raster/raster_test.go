package raster

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"math"
	"testing"

	"communique/render/diag"
	"communique/render/page"
	"communique/render/text"
	"communique/render/text/squarefont"
)

func library(t testing.TB) *text.Library {
	t.Helper()
	l, err := text.Load(squarefont.FS())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// sheet is a page of 40 by 20 points with marks.
func sheet(marks ...page.Mark) *page.Document {
	return &page.Document{Pages: []*page.Page{{Width: 40, Height: 20, Contents: []*page.Content{{Marks: marks}}}}}
}

func paint(t *testing.T, d *page.Document, l *text.Library, dpi float64) image.Image {
	t.Helper()
	files, err := Write(context.Background(), d, l, Options{DPI: dpi})
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(files[0]))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// shade is the red of a pixel.
func shade(m image.Image, x, y int) uint8 {
	r, _, _, _ := m.At(x, y).RGBA()
	return uint8(r >> 8)
}

func TestAPixelCoveredInPartTakesPartOfTheColour(t *testing.T) {
	m := paint(t, sheet(&page.Rect{X: 10, Y: 5, Width: 2.5, Height: 1.25}), library(t), 72)
	for _, c := range []struct {
		x, y int
		want uint8
	}{{9, 5, 255}, {10, 5, 0}, {11, 5, 0}, {12, 5, 127}, {13, 5, 255}, {10, 6, 191}, {12, 6, 223}, {10, 7, 255}} {
		if got := shade(m, c.x, c.y); math.Abs(float64(got)-float64(c.want)) > 1 {
			t.Errorf("pixel %d,%d is %d, want %d", c.x, c.y, got, c.want)
		}
	}
}

func TestResolutionScalesThePage(t *testing.T) {
	m := paint(t, sheet(&page.Rect{X: 10, Y: 5, Width: 2, Height: 2}), library(t), 144)
	if m.Bounds() != image.Rect(0, 0, 80, 40) {
		t.Fatalf("the picture is %v", m.Bounds())
	}
	if shade(m, 19, 10) != 255 || shade(m, 20, 10) != 0 || shade(m, 23, 13) != 0 || shade(m, 24, 13) != 255 {
		t.Error("the rectangle is not where it belongs")
	}
}

func TestLinesAreStrokedWithTheirWidthAndDashes(t *testing.T) {
	m := paint(t, sheet(&page.Line{X1: 4, Y1: 10, X2: 36, Y2: 10, Width: 2, Dash: 4}, &page.Line{X1: 1, Y1: 2, X2: 1, Y2: 18, Width: 2}), library(t), 72)
	for x := 4; x < 36; x++ {
		want := uint8(0)
		if (x-4)/4%2 == 1 {
			want = 255
		}
		if shade(m, x, 9) != want || shade(m, x, 10) != want || shade(m, x, 8) != 255 || shade(m, x, 11) != 255 {
			t.Errorf("column %d is %d %d %d %d", x, shade(m, x, 8), shade(m, x, 9), shade(m, x, 10), shade(m, x, 11))
		}
	}
	if shade(m, 0, 10) != 0 || shade(m, 1, 2) != 0 || shade(m, 1, 1) != 255 || shade(m, 1, 18) != 255 {
		t.Error("the upright line is not where it belongs")
	}
}

func TestMarksOutsideThePageAreCutOff(t *testing.T) {
	m := paint(t, sheet(&page.Rect{X: -5, Y: -5, Width: 7, Height: 7}, &page.Line{X1: -9, Y1: 15, X2: 99, Y2: 15, Width: 2},
		&page.Rect{X: 38, Y: 18, Width: 1e9, Height: 1e9}), library(t), 72)
	if shade(m, 1, 1) != 0 || shade(m, 2, 2) != 255 || shade(m, 39, 14) != 0 || shade(m, 39, 19) != 0 {
		t.Error("what is on the page is not painted")
	}
}

func TestRangesOfPages(t *testing.T) {
	for in, want := range map[string]Range{"3": {3, 3}, "2-5": {2, 5}, "2-": {2, 0}, "1-1": {1, 1}} {
		if got, err := ParseRange(in); err != nil || got != want {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "0", "-1", "-", "a", "2-1", "1-2-3", "+1", "1-0", "99999999999999999999"} {
		if got, err := ParseRange(in); err == nil {
			t.Errorf("%q is taken for %v", in, got)
		}
	}
	for _, c := range []struct {
		r           Range
		pages       int
		first, last int
		code        string
	}{
		{Range{}, 3, 0, 3, ""}, {Range{2, 2}, 3, 1, 2, ""}, {Range{2, 0}, 3, 1, 3, ""},
		{Range{4, 4}, 3, 0, 0, "no-such-page"}, {Range{1, 4}, 3, 0, 0, "no-such-page"},
		{Range{}, maxPictures + 1, 0, 0, "too-many-pictures"}, {Range{2, 0}, maxPictures + 1, 1, maxPictures + 1, ""},
	} {
		var problems diag.List
		first, last, ok := c.r.Within(c.pages, &problems, "a.md")
		if first != c.first || last != c.last || ok != (c.code == "") {
			t.Errorf("%v of %d: %d to %d, %v", c.r, c.pages, first, last, ok)
		}
		if c.code != "" && (len(problems.Sorted()) != 1 || problems.Sorted()[0].Code != c.code) {
			t.Errorf("%v of %d: %v", c.r, c.pages, problems.Sorted())
		}
	}
}

func TestACancelledPictureStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Write(ctx, sheet(), library(t), Options{}); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

func TestTheCoverageThatIsKeptIsBounded(t *testing.T) {
	l := library(t)
	s := l.NewShaper()
	s.Begin()
	p := &painter{fonts: l, scale: 8, glyphs: map[glyphKey]coverage{}}
	p.begin(40, 40)
	for i := range 3000 { // every size is another glyph
		st := &text.Style{Family: "square", Size: 20 + float64(i)/100, Lang: "en"}
		line := s.Lines(text.Paragraph{Spans: []text.Span{{Text: "A", Style: st}}, Width: 400})[0]
		if err := p.text(&page.Text{X: 1, Y: 20, Run: line.Runs[0].Run}); err != nil {
			t.Fatal(err)
		}
		if p.kept > maxKept {
			t.Fatalf("%d bytes are kept", p.kept)
		}
	}
	if len(p.glyphs) == 3000 {
		t.Error("nothing was ever dropped: the test shows nothing")
	}
}

// The square of a letter in 8 points is 4 points wide and high and stands on the
// baseline; words of a right-to-left run go from right to left.
func TestLettersStandOnTheBaseline(t *testing.T) {
	l := library(t)
	s := l.NewShaper()
	s.Begin()
	st := &text.Style{Family: squarefont.Family, Size: 8, Lang: "en"}
	line := s.Lines(text.Paragraph{Spans: []text.Span{{Text: "AA A", Style: st}}, Width: 400})[0]
	m := paint(t, sheet(&page.Text{X: 2, Y: 12, Run: line.Runs[0].Run}), l, 72)
	var black []int
	for x := range 40 {
		if shade(m, x, 10) == 0 {
			black = append(black, x)
		}
	}
	if len(black) != 12 {
		t.Fatalf("columns %v are black, want three squares of 4", black)
	}
	if d := black[4] - black[0]; d != 8 {
		t.Errorf("letters are %d pixels apart, want 8", d)
	}
	if d := black[8] - black[4]; d != 12 {
		t.Errorf("words are %d pixels apart, want 12", d)
	}
	if x := black[0]; shade(m, x, 7) != 255 || shade(m, x, 8) != 0 || shade(m, x, 11) != 0 || shade(m, x, 12) != 255 {
		t.Error("the square does not stand on the baseline")
	}
	// Mirrored, the single letter stands first from the left.
	rtl := s.Lines(text.Paragraph{Spans: []text.Span{{Text: "אא א", Style: st}}, RTL: true, Width: 400})[0]
	m = paint(t, sheet(&page.Text{X: 2, Y: 12, Run: rtl.Runs[0].Run}), l, 72)
	gaps := []int{}
	last := -1
	for x := range 40 {
		if shade(m, x, 10) == 0 && (x == 0 || shade(m, x-1, 10) != 0) {
			if last >= 0 {
				gaps = append(gaps, x-last)
			}
			last = x
		}
	}
	if len(gaps) != 2 || gaps[0] != 12 || gaps[1] != 8 {
		t.Errorf("right-to-left squares are %v apart, want 12 and 8", gaps)
	}
}
