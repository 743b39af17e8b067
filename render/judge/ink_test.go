package judge

import (
	"image"
	"testing"
)

// A comparison that finds nothing is worth nothing: a letter's stem that is gone is found.
func TestInkFindsAMissingStem(t *testing.T) {
	page := func(stems ...int) *image.Gray {
		m := image.NewGray(image.Rect(0, 0, 120, 48))
		for i := range m.Pix {
			m.Pix[i] = 255
		}
		for _, x := range stems {
			for y := 14; y < 26; y++ {
				m.Pix[y*m.Stride+x], m.Pix[y*m.Stride+x+1] = 0, 0
			}
		}
		return m
	}
	if _, _, moved, worst := Ink(page(10, 40, 70), page(11, 40, 69), 12); moved > 0.5 || worst > 20 {
		t.Errorf("letters a pixel away: moved %.2f, worst %.1f", moved, worst)
	}
	if _, _, _, worst := Ink(page(10, 40, 70), page(10, 70), 12); worst < 20 {
		t.Errorf("a missing stem: worst %.1f", worst)
	}
}
