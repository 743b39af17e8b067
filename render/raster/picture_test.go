package raster

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"testing"
	"testing/fstest"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/page"
	"communique/render/picture"
)

func TestPicturesArePaintedInTheirPlaceWithTheirOpacity(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 8, 4)) // black, the right half see-through
	for y := range 4 {
		for x := range 8 {
			m.SetNRGBA(x, y, color.NRGBA{A: uint8(255 - x/4*255)})
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, m); err != nil {
		t.Fatal(err)
	}
	in := doc.Image{Source: "x", Alt: "x"}
	d := &doc.Document{Blocks: []doc.Block{&doc.Figure{Image: in}}}
	var problems diag.List
	stored := picture.NewStore(picture.Budget).Load(context.Background(), d, fstest.MapFS{"x": {Data: file.Bytes()}}, &problems).Print(&in, 16)
	for dpi, scale := range map[float64]int{72: 1, 144: 2} {
		got := paint(t, sheet(&page.Image{X: 10, Y: 5, Width: 16, Height: 8, Picture: stored}), library(t), dpi)
		for _, c := range []struct {
			x, y int
			want uint8
		}{{9, 8, 255}, {11, 8, 0}, {12, 4, 255}, {12, 12, 0}, {12, 13, 255}, {24, 8, 255}} {
			if got := shade(got, c.x*scale, c.y*scale); got != c.want {
				t.Errorf("at %v dots an inch pixel %d,%d is %d, want %d", dpi, c.x*scale, c.y*scale, got, c.want)
			}
		}
	}
}
