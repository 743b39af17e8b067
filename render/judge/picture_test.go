package judge_test

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"communique/render"
	"communique/render/judge"
)

// Our pictures show what poppler shows of our PDF: the same ink, at the same
// places. Poppler rounds a baseline to a whole pixel and we to a quarter, so squares
// of 12 pixels (2 mm) may be moved by one; then 5 per cent of the ink may differ,
// 2 per cent all in all, and in no square as much as half a letter's stem.
func TestPicturesShowWhatPopplerShows(t *testing.T) {
	judge.Need(t, judge.Pdftoppm)
	const dpi, square = 150, 12
	for _, s := range append(samples(t), read(t, "testdata")...) {
		t.Run(s.Name, func(t *testing.T) {
			res, err := mustRenderer(t).Render(context.Background(), render.Request{Sources: []render.Source{s},
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
				if ratio := ink / theirInk; ratio < 0.98 || ratio > 1.02 || moved > 0.05*theirInk || worst > 20 {
					t.Errorf("page %d: ink %.3f, poppler's %.3f; %.3f of it stands elsewhere, in one square %.1f", i+1, ink, theirInk, moved, worst)
				}
			}
		})
	}
}
