package layout

import (
	"math"
	"strings"
	"testing"

	"communique/render/doc"
	"communique/render/page"
)

func badged(tone doc.BadgeTone, before, words, after string) *doc.Paragraph {
	p := &doc.Paragraph{}
	if before != "" {
		p.Content = append(p.Content, &doc.Text{Value: before})
	}
	p.Content = append(p.Content, &doc.Badge{Tone: tone, Content: []doc.Inline{&doc.Text{Value: words}}})
	if after != "" {
		p.Content = append(p.Content, &doc.Text{Value: after})
	}
	return p
}

// framed are the boxes of the frames on the first page, solid and dashed and filled.
func framed(d *page.Document) (solid, dashed, filled []page.Box) {
	for _, c := range d.Pages[0].Contents {
		if c.Element != nil {
			continue
		}
		for _, m := range c.Marks {
			switch m := m.(type) {
			case *page.Path:
				b := page.Box{X0: m.Points[0].X, Y0: m.Points[0].Y, X1: m.Points[2].X, Y1: m.Points[2].Y}
				if m.Dash > 0 {
					dashed = append(dashed, b)
				} else {
					solid = append(solid, b)
				}
			case *page.Rect:
				filled = append(filled, page.Box{X0: m.X, Y0: m.Y, X1: m.X + m.Width, Y1: m.Y + m.Height})
			}
		}
	}
	return solid, dashed, filled
}

// textBox is where the words of a page with some text stand.
func wordsAt(t *testing.T, d *page.Document, s string) (x0, x1, size, base float64) {
	t.Helper()
	for _, c := range d.Pages[0].Contents {
		for _, m := range c.Marks {
			if m, ok := m.(*page.Text); ok && strings.Trim(strings.ReplaceAll(runText(m), "\u00a0", " "), " ") == s {
				return m.X, m.X + m.Run.Width, m.Run.Size, m.Y
			}
		}
	}
	t.Fatalf("no %q in\n%s", s, dump(d))
	return 0, 0, 0, 0
}

func TestBadgesDifferInTheFormOfTheirFrames(t *testing.T) {
	for i, tone := range doc.BadgeTones() {
		d, _ := set(t, body(badged(tone, "aa ", "ok", " bb")))
		solid, dashed, filled := framed(d)
		all := [][]page.Box{solid, filled, dashed}
		for k := range all {
			if want := map[bool]int{true: 1}[k == i]; len(all[k]) != want {
				t.Errorf("%s: %d frames of form %d, want %d", tone, len(all[k]), k, want)
			}
		}
		if len(all[i]) != 1 {
			continue
		}
		x0, x1, size, base := wordsAt(t, d, "ok")
		if f := all[i][0]; f.X0 >= x0 || f.X1 <= x1 || f.Y0 >= base-0.8*size || f.Y1 <= base+0.2*size {
			t.Errorf("%s: the frame %v is not around the words, %g to %g", tone, f, x0, x1)
		}
		if size < 7.79 || size > 7.81 {
			t.Errorf("%s: the words have %g points", tone, size)
		}
	}
}

func TestBadgesAreNotBroken(t *testing.T) {
	// a line has room for 20 letters
	for _, words := range []string{"not adopted", "未获通过未获通过", "well-being", "and/or x"} {
		d, _ := set(t, body(badged(doc.BadgePositive, "aaaaaa aaaaaaa ", words, " bb")))
		solid, _, _ := framed(d)
		if len(solid) != 1 {
			t.Errorf("%q: %d frames", words, len(solid))
		}
		if _, _, _, base := wordsAt(t, d, words); base < 125 {
			t.Errorf("%q stands on the first line", words)
		}
	}
}

func TestABadgeThatIsLongerThanALineIsBroken(t *testing.T) {
	d, _ := set(t, body(badged(doc.BadgeNeutral, "", strings.Repeat("a", 40), "")))
	_, dashed, _ := framed(d)
	if len(dashed) < 2 {
		t.Fatalf("%d frames", len(dashed))
	}
	for _, f := range dashed {
		if f.X0 < 49 || f.X1 > 251 {
			t.Errorf("a frame from %g to %g", f.X0, f.X1)
		}
	}
}

func TestABadgeThatRunsAgainstTheTextKeepsOneFrame(t *testing.T) {
	p := &doc.Paragraph{Content: []doc.Inline{&doc.Text{Value: "אא "}, &doc.Badge{Tone: doc.BadgePositive, Content: words("ab 12")}, &doc.Text{Value: " אא"}}}
	d := body(p)
	d.Meta.Lang, d.Meta.Dir = "he", doc.RightToLeft
	out, _ := set(t, d)
	solid, _, _ := framed(out)
	x0, x1, _, _ := wordsAt(t, out, "ab 12")
	if len(solid) != 1 || solid[0].X0 >= x0 || solid[0].X1 <= x1 || solid[0].X1-solid[0].X0 > x1-x0+12 {
		t.Errorf("frames %v around %g to %g", solid, x0, x1)
	}
}

func TestABadgeIsReadWithItsHeadingAndIsNoPartOfItsName(t *testing.T) {
	h := head(2, "One ")
	h.Content = append(h.Content, &doc.Badge{Tone: doc.BadgeNegative, Content: words("not ok")})
	d, _ := set(t, body(h, para("text")))
	if got, want := d.Outline[0].Title, "One"; got != want {
		t.Errorf("the bookmark is %q", got)
	}
	got := strings.ReplaceAll(tree(d.Root.Kids[0].Element, ""), `\u00a0`, " ")
	if !strings.Contains(got, "One  not ok ") {
		t.Errorf("the heading is %s", got)
	}
}

// Readers of pages take words of another base line, and spaces of another size, for
// what stands elsewhere.
func TestABadgeStandsOnItsLine(t *testing.T) {
	d, _ := set(t, body(badged(doc.BadgePositive, "aa ", "ok", " bb")))
	x0, x1, _, base := wordsAt(t, d, "ok")
	_, left, size, line := wordsAt(t, d, "aa")
	right, _, _, _ := wordsAt(t, d, "bb")
	if base != line {
		t.Errorf("the badge stands at %g, its line at %g", base, line)
	}
	var rooms []*page.Text
	for _, c := range d.Pages[0].Contents {
		for _, m := range c.Marks {
			if m, ok := m.(*page.Text); ok && runText(m) == "\u00a0" {
				rooms = append(rooms, m)
			}
		}
	}
	if len(rooms) != 2 {
		t.Fatalf("%d spaces about the words", len(rooms))
	}
	const unit = 1000.0 // of an em
	for i, want := range [...]float64{x0 - left, right - x1} {
		r := &rooms[i].Run
		wide := float64(r.Words[0].Advance+r.Extra[0]) * r.Size / unit
		if r.Size != size || math.Abs(wide-want) > 0.01 {
			t.Errorf("a space of %g points, %g wide, in text of %g points with room for %g", r.Size, wide, size, want)
		}
	}
}
