package raster

import (
	"testing"

	"communique/render/page"
)

func TestPathsAreFilledOrStroked(t *testing.T) {
	m := paint(t, sheet(
		&page.Path{Points: []page.Point{{X: 2, Y: 2}, {X: 10, Y: 2}, {X: 10, Y: 10}, {X: 2, Y: 10}}},
		&page.Path{Points: []page.Point{{X: 20, Y: 5}, {X: 30, Y: 5}, {X: 30, Y: 15}}, Width: 2},
	), library(t), 72)
	for _, c := range []struct {
		x, y int
		want uint8
	}{
		{2, 2, 0}, {9, 9, 0}, {10, 5, 255}, {1, 5, 255}, // the area
		{20, 4, 0}, {25, 5, 0}, {25, 6, 255}, {30, 12, 0}, {29, 12, 0}, {25, 12, 255}, // the line, which is not closed
	} {
		if got := shade(m, c.x, c.y); got != c.want {
			t.Errorf("%d,%d is %d, want %d", c.x, c.y, got, c.want)
		}
	}
	if got := shade(m, 30, 4); got > 200 {
		t.Errorf("the corner is %d: joins are round", got)
	}
}

func TestDashesOfAPathGoOnBehindItsCorners(t *testing.T) {
	// dashes of 4 and gaps of 4 along 6 and then 10 points: the second piece begins in the gap
	m := paint(t, sheet(&page.Path{Points: []page.Point{{X: 2, Y: 10}, {X: 8, Y: 10}, {X: 8.0001, Y: 10}, {X: 18, Y: 10}}, Width: 2, Dash: 4}), library(t), 72)
	for x := 2; x < 18; x++ {
		want := uint8(0)
		if (x-2)/4%2 == 1 {
			want = 255
		}
		if got := shade(m, x, 10); got != want {
			t.Errorf("column %d is %d, want %d", x, got, want)
		}
	}
}
