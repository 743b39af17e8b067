package pdf

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/page"
	"communique/render/picture"
	"communique/render/picture/testcard"
)

// readyFor makes a picture of a file ready for print.
func readyFor(t testing.TB, file []byte, points float64) *page.Picture {
	t.Helper()
	m := &doc.Image{Source: "x", Alt: "x"}
	d := &doc.Document{Blocks: []doc.Block{&doc.Figure{Image: *m}}}
	var problems diag.List
	p := picture.NewStore(picture.Budget).Load(context.Background(), d, fstest.MapFS{"x": {Data: file}}, &problems).Print(m, points)
	if p == nil {
		t.Fatal(problems.Sorted())
	}
	return p
}

// paint puts a picture on the current page, as a figure or, without a text, as decoration.
func (s *sheet) paint(p *page.Picture, alt string) {
	m := &page.Image{X: 30, Y: 40, Width: 72, Height: 36, Picture: p}
	var e *page.Element
	if alt != "" {
		e = s.Root.New(page.TypeFigure)
		e.Alt, e.Box = alt, page.Box{X0: 30, Y0: 40, X1: 102, Y1: 76}
	}
	c := s.content(e, page.Decoration)
	c.Marks = append(c.Marks, m)
}

func pictureSheet(t testing.TB) *sheet {
	s := newSheet(t, "en")
	s.block(s.Root, page.TypeP, "Above")
	chart, photo := readyFor(t, testcard.PNG(testcard.Chart(60, 30)), 72), readyFor(t, testcard.JPEG(testcard.Landscape(60, 30), 80), 72)
	s.paint(chart, "A chart")
	s.paint(photo, "")
	s.newPage()
	s.block(s.Root, page.TypeP, "On the next page")
	s.paint(chart, "The chart again")
	s.paint(readyFor(t, testcard.PNG(testcard.Seal(20)), 72), "A seal")
	return s
}

func TestPicturesAreStoredOnceAndPaintedInPlace(t *testing.T) {
	s := pictureSheet(t)
	file, err := fontWriter(t).Write(s.Document)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(file, []byte("/Subtype/Image")); n != 4 { // three pictures and a soft mask
		t.Errorf("%d images", n)
	}
	for _, want := range []string{
		"/Width 60/Height 30/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors 3/Columns 60>>",
		"/Width 60/Height 30/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
		"/Width 20/Height 20/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors 1/Columns 20>>",
	} {
		if !bytes.Contains(file, []byte(want)) {
			t.Errorf("missing %s", want)
		}
	}
	if !regexp.MustCompile(`/SMask \d+ 0 R`).Match(file) {
		t.Error("no soft mask")
	}
	t.Run("operators", func(t *testing.T) {
		tags, err := numberContents(s.Document)
		if err != nil {
			t.Fatal(err)
		}
		p := newPainter(s.Document, tags, fontLibrary(t).Font)
		contents, err := p.paint()
		if err != nil {
			t.Fatal(err)
		}
		if got := string(contents[0]); !strings.Contains(got, "/Figure<</MCID 1>>BDC\nq 72 0 0 36 30 224 cm /I0 Do Q\nEMC") ||
			!strings.Contains(got, "/Artifact<</Type/Layout>>BDC\nq 72 0 0 36 30 224 cm /I1 Do Q\nEMC") {
			t.Errorf("%s", got)
		}
		if got := string(contents[1]); !strings.Contains(got, "/I0 Do") || !strings.Contains(got, "/I2 Do") {
			t.Errorf("%s", got)
		}
		if fmt.Sprint(p.images.translucent) != "map[1:true]" {
			t.Errorf("pages with opacity: %v", p.images.translucent)
		}
	})
}

func TestFiguresTellTheirTextAndTheirPlace(t *testing.T) {
	var b syntax
	box(&b, page.Box{X0: 30, Y0: 40, X1: 102, Y1: 76}, sheetHeight)
	if want := "/A<</O/Layout/BBox[30 224 102 260]>>"; string(b) != want {
		t.Errorf("%s, want %s", b, want)
	}
}

func TestPicturesGiveTheSameBytes(t *testing.T) {
	a, err := fontWriter(t).Write(pictureSheet(t).Document)
	if err != nil {
		t.Fatal(err)
	}
	b, err := fontWriter(t).Write(pictureSheet(t).Document)
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("two files differ (%v)", err)
	}
}

func BenchmarkEmbed(b *testing.B) {
	s := newSheet(b, "en")
	s.paint(readyFor(b, testcard.JPEG(testcard.Landscape(1600, 800), 85), 400), "A river")
	w := fontWriter(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := w.Write(s.Document); err != nil {
			b.Fatal(err)
		}
	}
}
