package layout

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/page"
	"communique/render/picture"
	"communique/render/picture/testcard"
)

// pictures loads the pictures of a test document: the name says how many pixels
// they have, as in 300x150.
func pictures(d *doc.Document, problems *diag.List) *picture.Set {
	files := fstest.MapFS{}
	d.Images(func(m *doc.Image) {
		var w, h int
		fmt.Sscanf(m.Source, "%dx%d", &w, &h)
		files[m.Source] = &fstest.MapFile{Data: testcard.PNG(testcard.Chart(w, h))}
	})
	return picture.NewStore(picture.Budget).Load(context.Background(), d, files, problems)
}

// fig is a figure of a picture of some size, with a caption unless that is empty.
func fig(size, caption string) *doc.Figure {
	f := &doc.Figure{Image: doc.Image{Source: size, Alt: "A chart"}}
	if caption != "" {
		f.Caption, f.Label = words(caption), "Fig 1"
	}
	return f
}

func TestPicturesOfNotesAreLoaded(t *testing.T) {
	note := &doc.Footnote{Name: "1", Blocks: []doc.Block{fig("30x30", "")}}
	d := body(&doc.Paragraph{Content: []doc.Inline{&doc.FootnoteCall{Note: note}}})
	d.Footnotes = []*doc.Footnote{note}
	found := 0
	d.Images(func(m *doc.Image) {
		if m.Source == "30x30" {
			found++
		}
	})
	if found != 1 {
		t.Errorf("the picture of a note was met %d times", found)
	}
}

func shows(t *testing.T, d *page.Document, problems []diag.Problem, want string) {
	t.Helper()
	for _, p := range problems {
		t.Errorf("%v", p)
	}
	got := dump(d)
	for _, line := range strings.Split(strings.Trim(want, "\n"), "\n") {
		if !strings.Contains(got, strings.TrimLeft(line, "\t")+"\n") {
			t.Errorf("missing %q in\n%s", line, got)
		}
	}
}

func TestPictureHasItsOwnSizeAndItsCaptionBelow(t *testing.T) {
	d, problems := set(t, body(para("above"), fig("300x150", "words"), para("below")))
	shows(t, d, problems, `
	  P 50,113.5 "above"
	  Figure 50,120 picture 144x72
	  Caption 50,205.5 "Fig 1"
	  P 50,225.5 "below"`)
	if got, want := tree(d.Root, ""), "  Figure alt=\"A chart\"\n    \"\"\n    Caption\n      \"Fig 1\\u2003words\"\n"; !strings.Contains(got, want) {
		t.Errorf("want %s in\n%s", want, got)
	}
	e := d.Root.Kids[1].Element
	if want := (page.Box{X0: 50, Y0: 120, X1: 194, Y1: 192}); e.Box != want {
		t.Errorf("the box is %v, want %v", e.Box, want)
	}
}

func TestPictureIsNoWiderThanTheColumnNorTallerThanTheRoom(t *testing.T) {
	half := fig("1000x500", "")
	half.Width = 0.5
	tall := fig("300x1500", "words")
	tall.Width = 1
	for want, f := range map[string]*doc.Figure{
		"picture 200x100": fig("1000x500", ""), "picture 100x50": half,
		"picture 24x120": fig("300x1500", ""), // 0.6 of the page
		"picture 36x180": tall,                // the page but for a line of caption
	} {
		d, problems := set(t, body(f))
		shows(t, d, problems, "  Figure 50,100 "+want)
	}
}

func TestPictureIsMirrored(t *testing.T) {
	d := body(fig("300x150", "words"))
	d.Meta.Lang, d.Meta.Dir = "ar", doc.RightToLeft
	out, problems := set(t, d)
	shows(t, out, problems, "  Figure 106,100 picture 144x72")
}

func TestPictureAndCaptionStandOnOnePage(t *testing.T) {
	d, problems := set(t, body(para("a\u2028"), para("b"), para("c"), para("d"), para("e"), para("f"), fig("300x150", "words")))
	shows(t, d, problems, "page 2\n  Figure 50,100 picture 144x72\n  Caption 50,185.5 \"Fig 1\"")
	if len(d.Pages) != 2 {
		t.Errorf("%d pages", len(d.Pages))
	}
}

func TestDecorativePictureIsNoPartOfTheText(t *testing.T) {
	f := fig("300x150", "")
	f.Image.Alt, f.Image.Decorative = "", true
	d, problems := set(t, body(f))
	shows(t, d, problems, "  artifact 50,100 picture 144x72")
	if len(d.Root.Kids) != 0 {
		t.Errorf("%s", tree(d.Root, ""))
	}
}

func TestCoarsePicturesAreReported(t *testing.T) {
	f := fig("200x100", "")
	f.Width = 1
	_, problems := set(t, body(f))
	if len(problems) != 1 || problems[0].Code != "image-coarse" || !strings.Contains(problems[0].Message, "72 dots") ||
		!strings.Contains(problems[0].Expected, "417 pixels") {
		t.Errorf("%v", problems)
	}
}

func TestPictureInALineTakesTheRoomOfItsWidth(t *testing.T) {
	in := &doc.Image{Source: "100x50", Alt: "Mark"}
	d, problems := set(t, body(&doc.Paragraph{Content: []doc.Inline{&doc.Text{Value: "ab "}, in, &doc.Text{Value: " cd"}}}))
	shows(t, d, problems, `
	  P 50,113.5 "ab"
	  Figure 75,104.3 picture 23x11.5
	  P 98,113.5 " cd"`)
	if got, want := tree(d.Root, ""), "  P\n    \"ab \"\n    Figure alt=\"Mark\"\n      \"\"\n    \" cd\"\n"; !strings.Contains(got, want) {
		t.Errorf("want %s in\n%s", want, got)
	}
}

func TestPictureInALineCanBeALinkOrDecorative(t *testing.T) {
	in := &doc.Image{Source: "100x50", Alt: "Mark"}
	ornament := &doc.Image{Source: "100x50", Decorative: true}
	d, problems := set(t, body(&doc.Paragraph{Content: []doc.Inline{&doc.Link{URL: "https://example.org/", Content: []doc.Inline{in}}, ornament}}))
	shows(t, d, problems, "  Figure 50,104.3 picture 23x11.5\n  artifact 73,104.3 picture 23x11.5")
	var link *page.Element
	for _, k := range d.Root.Kids[0].Element.Kids {
		if k.Element != nil {
			link = k.Element
		}
	}
	if link == nil || link.Type != page.TypeLink || link.Kids[0].Element.Alt != "Mark" || link.Kids[1].Link.Contents != "Mark" {
		t.Errorf("%s", tree(d.Root, ""))
	}
	if b := link.Kids[1].Link.Boxes; len(b) != 1 || b[0].X0 != 50 || b[0].X1 != 73 {
		t.Errorf("boxes %v", b)
	}
	for _, c := range d.Pages[0].Contents {
		for _, m := range c.Marks {
			if r, ok := m.(*page.Rect); ok && r.Width > 20 {
				t.Errorf("the picture is underlined: %v", r)
			}
		}
	}
}

func TestLargePictureInALineIsReported(t *testing.T) {
	_, problems := set(t, body(&doc.Paragraph{Content: []doc.Inline{&doc.Image{Source: "900x900", Alt: "Map"}, &doc.Text{Value: "x"}}}))
	if len(problems) != 1 || problems[0].Code != "image-in-line" {
		t.Errorf("%v", problems)
	}
}

func TestLogoStandsAboveTheIssuer(t *testing.T) {
	for lang, want := range map[string]string{"en": "  Figure 50,100 picture 84x42", "ar": "  Figure 166,100 picture 84x42"} {
		d := body()
		d.Meta.Lang, d.Meta.Dir = lang, doc.LeftToRight
		if lang == "ar" {
			d.Meta.Dir = doc.RightToLeft
		}
		d.Front = &doc.Front{Letterhead: "office", Logo: &doc.Image{Source: "400x200", Alt: "office"}}
		out, problems := set(t, d)
		shows(t, out, problems, want)
	}
}
