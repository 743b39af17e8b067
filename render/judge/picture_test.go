package judge_test

import (
	"bytes"
	"context"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"communique/render"
	"communique/render/judge"
)

// Our pictures show what poppler shows of our PDF: the same ink, at the same
// places. Poppler rounds a baseline to a whole pixel and we to a quarter, so squares
// of 12 pixels (2 mm) may be moved by one; and it draws thin rules in whole pixels.
// So 8 per cent of the ink may differ, 4 per cent all in all (letters alone: 1), and
// in no square as much as half a letter's stem.
func TestPicturesShowWhatPopplerShows(t *testing.T) {
	judge.Need(t, judge.Pdftoppm)
	const dpi, square = 150, 12
	type how struct {
		name   string
		r      *render.Renderer
		source render.Source
	}
	var all []how
	for _, s := range append(samples(t), read(t, "testdata")...) {
		all = append(all, how{s.Name, mustRenderer(t), s})
	}
	for _, s := range samples(t) {
		all = append(all, how{s.Name + " justified", mustJustify(t), s})
	}
	for _, h := range all {
		t.Run(h.name, func(t *testing.T) {
			s := h.source
			res, err := h.r.Render(context.Background(), render.Request{Sources: []render.Source{s},
				Formats: []render.Format{render.PDF, render.PNG}, DPI: dpi})
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "a.pdf")
			if err := os.WriteFile(file, res.Artifacts[0].Data, 0o644); err != nil {
				t.Fatal(err)
			}
			theirs, err := judge.Pictures(file, dpi)
			if err != nil {
				t.Fatal(err)
			}
			if len(theirs) != len(res.Artifacts)-1 {
				t.Fatalf("%d pictures of %d pages", len(res.Artifacts)-1, len(theirs))
			}
			for i, a := range res.Artifacts[1:] {
				m, err := png.Decode(bytes.NewReader(a.Data))
				if err != nil {
					t.Fatal(err)
				}
				ours := judge.Gray(m)
				if ours.Rect != theirs[i].Rect {
					t.Fatalf("page %d is %v, poppler's is %v", i+1, ours.Rect, theirs[i].Rect)
				}
				ink, theirInk, moved, worst := judge.Ink(ours, theirs[i], square)
				// on a page that is nearly empty the rules count, which poppler draws as whole pixels
				const rules = 0.04
				if off := math.Abs(ink - theirInk); off > max(0.04*theirInk, rules) || moved > 0.08*theirInk || worst > 20 {
					t.Errorf("page %d: ink %.3f, poppler's %.3f; %.3f of it stands elsewhere, in one square %.1f", i+1, ink, theirInk, moved, worst)
				}
			}
		})
	}
}
