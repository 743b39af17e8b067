package html

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/picture"
	"communique/render/picture/testcard"
)

// pictured writes a page with pictures and returns the part from main on, data shortened.
func pictured(t *testing.T, d *doc.Document) string {
	t.Helper()
	files := fstest.MapFS{
		"chart.png": {Data: testcard.PNG(testcard.Chart(600, 300))}, "seal.png": {Data: testcard.PNG(testcard.Seal(60))},
		"river.jpg": {Data: testcard.JPEG(testcard.Landscape(2400, 1600), 90)},
	}
	var problems diag.List
	o := loaded(t).options("en")
	o.Pictures = picture.NewStore(picture.Budget).Load(context.Background(), d, files, &problems)
	for _, p := range problems.Sorted() {
		t.Errorf("%v", p)
	}
	out := string(write(t, d, o))
	_, out, _ = strings.Cut(out, "<body>")
	for {
		before, rest, ok := strings.Cut(out, ";base64,")
		if !ok {
			return out
		}
		_, rest, _ = strings.Cut(rest, `"`)
		out = before + `"` + rest
	}
}

func TestFigureHasItsCaptionAndCarriesItsFile(t *testing.T) {
	f := &doc.Figure{Attr: doc.Attr{ID: "fig"}, Image: doc.Image{Source: "chart.png", Alt: `Bars "a" & b`},
		Caption: []doc.Inline{text("Production")}, Label: "Figure 1"}
	got := pictured(t, statement(f))
	// 600 pixels are 288 points at 150 dots an inch: 438.86 pixels where the body size of 10.5 points is 16
	want := `<figure id="fig" class="picture"><img width="439" height="220" alt="Bars &#34;a&#34; &amp; b" src="data:image/png">` +
		"\n<figcaption><b>Figure 1</b>\u2003Production</figcaption></figure>"
	if !strings.Contains(got, want) {
		t.Errorf("want %s in\n%s", want, got)
	}
}

func TestDecorativePictureHasAnEmptyTextAndNoFigure(t *testing.T) {
	got := pictured(t, statement(&doc.Figure{Image: doc.Image{Source: "seal.png", Decorative: true}, Width: 0.1}))
	if want := `<div class="picture"><img class="clear" width="59" height="59" alt="" src="data:image/png"></div>`; !strings.Contains(got, want) {
		t.Errorf("want %s in\n%s", want, got)
	}
}

func TestPhotographsAreReducedForScreens(t *testing.T) {
	d := statement(&doc.Figure{Image: doc.Image{Source: "river.jpg", Alt: "River"}, Wide: true})
	if got, want := pictured(t, d), `<figure class="picture wide"><img width="713" height="475" alt="River" src="data:image/jpeg">`; !strings.Contains(got, want) {
		t.Errorf("want %s in\n%s", want, got)
	}
	var problems diag.List
	o := loaded(t).options("en")
	file := testcard.JPEG(testcard.Landscape(2400, 1600), 90)
	o.Pictures = picture.NewStore(picture.Budget).Load(context.Background(), d, fstest.MapFS{"river.jpg": {Data: file}}, &problems)
	if page := write(t, d, o); len(page) > len(file)/2 {
		t.Errorf("the page has %d bytes, the file %d", len(page), len(file))
	} else if !bytes.Equal(page, write(t, d, o)) {
		t.Error("two pages differ")
	}
}

func TestPictureWithinALineAndLogo(t *testing.T) {
	d := statement(paragraph(text("The "), &doc.Image{Source: "seal.png", Alt: "Seal"}, text(".")))
	d.Front.Logo = &doc.Image{Source: "seal.png", Alt: "Ministry"}
	got := pictured(t, d)
	for _, want := range []string{
		`<p>The <img class="inline clear" width="20" height="20" alt="Seal" src="data:image/png">.</p>`,
		`<img class="logo clear" width="60" height="60" alt="Ministry" src="data:image/png">` + "\n" + `<p class="issuer">`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("want %s in\n%s", want, got)
		}
	}
}
