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

// floating tells what stands on each page of a text of one-line blocks: "F" is a
// figure of four lines with its caption, "f" one without, "!" an end mark.
func floating(t *testing.T, text string) (string, *page.Document) {
	t.Helper()
	d := body()
	for _, w := range strings.Fields(text) {
		switch {
		case w[0] == 'F' || w[0] == 'f':
			f := fig("100x125", "")
			f.ID = w
			if w[0] == 'F' {
				f.Caption, f.Label = words("c"), w
			}
			d.Blocks = append(d.Blocks, f)
		case w == "!":
			d.Blocks = append(d.Blocks, &doc.EndMark{Text: w})
		case strings.HasPrefix(w, "#"):
			d.Blocks = append(d.Blocks, head(2, w[1:]))
		default:
			d.Blocks = append(d.Blocks, para(w))
		}
	}
	out, problems := set(t, d)
	for _, p := range problems {
		t.Errorf("%v", p)
	}
	var pages []string
	for _, pg := range out.Pages {
		var on []string
		for _, c := range pg.Contents {
			for _, m := range c.Marks {
				if m, ok := m.(*page.Text); ok && c.Element != nil {
					on = append(on, runText(m))
				}
			}
		}
		pages = append(pages, strings.Join(strings.Fields(strings.Join(on, " ")), " "))
	}
	return strings.Join(pages, " / "), out
}

func TestFiguresWithACaptionFloat(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"stay where they fit", "a b c F1 d e g h", "a b c F1 c d e / g h"},
		{"to the top of the next page, and text fills the room", "a b c d e g h F1 i j k l", "a b c d e g h i j / F1 c k l"},
		{"in their order", "a b c d e g h F1 i F2 j k l m", "a b c d e g h i j k / F1 c F2 c l m"},
		{"not into the next section", "a b c d e g h F1 i #s j", "a b c d e g h i / F1 c s j"},
		{"not past the end", "a b c d e g h F1 i ! j", "a b c d e g h / F1 c i ! j"},
		{"not without a caption", "a b c d e g h i f1 j k", "a b c d e g h i / j k"},
	} {
		if got, _ := floating(t, c.text); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

func TestFloatingFiguresKeepTheirPlaceInTheTextAndTheirAnchor(t *testing.T) {
	_, out := floating(t, "a b c d e g h F1 i j k l")
	if got, want := out.Anchors["F1"], (page.Place{Page: 1, Y: 100}); got != want {
		t.Errorf("the anchor is at %v, want %v", got, want)
	}
	got := strings.Join(strings.Fields(tree(out.Root, "")), " ")
	if want := `P "h" Figure alt="A chart" "" Caption "F1\u2003c" P "i"`; !strings.Contains(got, want) {
		t.Errorf("want %s in\n%s", want, got)
	}
}

// The room around a figure goes with it: the text that it leaves closes up.
func TestFloatingFiguresTakeTheirRoomAlong(t *testing.T) {
	th := testTheme(t)
	th.Space.Paragraph = 10
	d := body(para("a"), para("b"), para("c"), para("d"), fig("100x125", "w"), para("e"), para("g"), para("h"), para("i"))
	got := dump(setIn(t, d, th))
	want := `  P 50,233.5 "e"
  P 50,263.5 "g"
  artifact 220,350 "1/2"
page 2
  Figure 50,100 picture 48x60
  Caption 50,173.5 "Fig 1"
  Caption 95,173.5 "\u2003"
  Caption 105,173.5 "w"
  P 50,209.5 "h"
`
	if !strings.Contains(got, want) {
		t.Errorf("want %s in\n%s", want, got)
	}
}

func TestOnlyFiguresOfTheTextItselfFloat(t *testing.T) {
	for name, n := range map[string]doc.Block{
		"quote": &doc.Quote{Blocks: []doc.Block{fig("100x125", "w")}},
		"notes": &doc.Division{Role: doc.RoleNotes, Blocks: []doc.Block{fig("100x125", "w")}},
		"list":  &doc.List{Items: []*doc.Item{{Blocks: []doc.Block{fig("100x125", "w")}}}},
		"text":  fig("100x125", "w"),
	} {
		b, _ := built(t, body(n))
		floats := 0
		for i := range b.boxes {
			if b.boxes[i].float {
				floats++
			}
		}
		if got, want := floats == 1, name == "text"; got != want {
			t.Errorf("a figure in a %s floats: %v", name, got)
		}
	}
}

func TestLogoOfTheThemeStandsInForTheDocuments(t *testing.T) {
	for name, c := range map[string]struct {
		own  *doc.Image
		want string
	}{
		"theme":    {nil, `  Figure 50,100 picture 80x20`},
		"document": {&doc.Image{Source: "400x200", Alt: "office"}, `  Figure 50,100 picture 40x20`},
	} {
		d := body()
		d.Front = &doc.Front{Letterhead: "office", Logo: c.own}
		th := testTheme(t)
		th.Logo.Height = 20
		b, l := builtWith(t, d, th)
		b.o.Logo, b.o.Pictures = picture.NewStore(picture.Budget).Logo(b.o.Pictures, d.Front, testcard.PNG(testcard.Chart(400, 100)))
		if (b.o.Logo == nil) != (c.own != nil) {
			t.Errorf("%s: the theme's logo is %v", name, b.o.Logo)
		}
		out, err := Layout(context.Background(), d, b.o, l)
		if err != nil {
			t.Fatal(err)
		}
		if got := dump(out); !strings.Contains(got, c.want+"\n") {
			t.Errorf("%s: want %q in\n%s", name, c.want, got)
		}
		if e := out.Root.Kids[0].Element; e.Alt != "office" {
			t.Errorf("%s: the logo is %q", name, e.Alt)
		}
	}
}
