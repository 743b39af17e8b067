package text

import "testing"

func TestTabularFiguresHaveOneWidth(t *testing.T) {
	lib := noto(t)
	s := lib.NewShaper()
	for _, family := range []string{"noto-sans", "noto-sans-mono"} {
		for _, digits := range []string{"0123456789", "٠١٢٣٤٥٦٧٨٩"} {
			for _, bold := range []bool{false, true} {
				widths := map[float64]bool{}
				for _, d := range digits {
					_, w := s.Measure([]Span{{string(d), &Style{Family: family, Bold: bold, Tabular: true, Size: 10, Lang: "en"}}}, false)
					widths[w] = true
				}
				if len(widths) != 1 {
					t.Errorf("%s, bold %t: %s have the widths %v", family, bold, digits, widths)
				}
			}
		}
	}
}
