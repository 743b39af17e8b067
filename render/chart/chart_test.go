package chart

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"communique/fonts"
	"communique/locales"
	"communique/render/doc"
	"communique/render/locale"
	"communique/render/text"
)

func words(s string) []doc.Inline { return []doc.Inline{&doc.Text{Value: s}} }

// made is a chart of some series with values for the names.
func made(kind doc.ChartKind, names []string, series ...[]string) *doc.Chart {
	c := &doc.Chart{Kind: kind, Unit: words("million carats"), Caption: words("Production")}
	for _, n := range names {
		c.Categories = append(c.Categories, words(n))
	}
	for i, values := range series {
		c.Series = append(c.Series, doc.ChartSeries{Name: words(fmt.Sprint("Series ", i+1)), Values: values})
	}
	for _, t := range Ticks(c) {
		c.Ticks = append(c.Ticks, doc.ChartTick{Value: t, Text: t})
	}
	return c
}

// each lists the shapes of a type.
func each[T Shape](d *Drawing) (out []T) {
	for _, s := range d.Shapes {
		if s, ok := s.(T); ok {
			out = append(out, s)
		}
	}
	return out
}

func find(t *testing.T, d *Drawing, words string) *Text {
	t.Helper()
	for _, s := range each[*Text](d) {
		if s.Text == words {
			return s
		}
	}
	t.Fatalf("no text %q", words)
	return nil
}

func TestBarsAreAsLongAsTheirValuesAndEndInThem(t *testing.T) {
	d := Draw(made(doc.ChartBar, []string{"a", "b", "c"}, []string{"100", "25", "-50"}), Options{Width: 400, Size: 10})
	bars := each[*Rect](d)
	if len(bars) != 3 {
		t.Fatalf("%d bars", len(bars))
	}
	if a, b, c := bars[0].Width, bars[1].Width, bars[2].Width; math.Abs(a-4*b) > 1e-9 || math.Abs(a-2*c) > 1e-9 || a < 150 {
		t.Errorf("bars of %g, %g, %g for 100, 25, -50", a, b, c)
	}
	zero := bars[0].X
	if bars[1].X != zero || math.Abs(bars[2].X+bars[2].Width-zero) > 1e-9 {
		t.Errorf("bars begin at %g, %g and end at %g", zero, bars[1].X, bars[2].X+bars[2].Width)
	}
	if v := find(t, d, "25"); v.Anchor != Left || v.X <= zero+bars[1].Width {
		t.Errorf("25 stands at %+v", v)
	}
	if v := find(t, d, "-50"); v.Anchor != Right || v.X >= bars[2].X {
		t.Errorf("-50 stands at %+v", v)
	}
	axis := false
	for _, l := range each[*Line](d) {
		axis = axis || l.X1 == zero && l.X2 == zero && l.Y2-l.Y1 > 30
	}
	if !axis {
		t.Error("no line at zero")
	}
}

// Readers of pages take what stands on one base line for a row.
func TestTheFirstValueStandsOnTheLastLineOfItsName(t *testing.T) {
	d := Draw(made(doc.ChartBar, []string{"one", "two and more words than a line of names takes"}, []string{"11", "12"}, []string{"21", "22"}), Options{Width: 400, Size: 10})
	var last *Text
	rows := map[string]bool{}
	for _, s := range each[*Text](d) {
		switch s.Text {
		case "11", "12":
			if s.Y != last.Y || last.Anchor != Left || last.X != 0 {
				t.Errorf("%s stands at %g, %q before it at %g", s.Text, s.Y, last.Text, last.Y)
			}
			rows[s.Text] = true
		case "21", "22":
			if last.Text != "" || last.X != 0 || s.Y != last.Y {
				t.Errorf("the row of %s does not begin at the edge: %+v", s.Text, last)
			}
			rows[s.Text] = true
		}
		last = s
	}
	if len(rows) != 4 {
		t.Errorf("%d values", len(rows))
	}
	if two := find(t, d, "12"); two.Y-find(t, d, "21").Y < 20 {
		t.Error("the long name is on one line")
	}
}

func TestAValueThatIsNotKnownHasNoBarAndASign(t *testing.T) {
	d := Draw(made(doc.ChartBar, []string{"a", "b", "c", "d"}, []string{"1", "", "0", "n/a"}), Options{Width: 400, Size: 10})
	if n := len(each[*Rect](d)); n != 1 {
		t.Errorf("%d bars", n)
	}
	find(t, d, Unknown)
	find(t, d, "0")
	find(t, d, "n/a") // nothing is dropped
	line := Draw(made(doc.ChartLine, []string{"a", "b", "c", "d"}, []string{"1", "", "2", "3"}), Options{Width: 400, Size: 10})
	strokes := 0
	for _, p := range each[*Path](line) {
		if p.Width > 0 {
			strokes++
			if len(p.Points) != 2 {
				t.Errorf("a line through %d points", len(p.Points))
			}
		}
	}
	marks := len(each[*Circle](line))
	if strokes != 1 || marks != 3 {
		t.Errorf("%d lines and %d marks, want 1 and 3: the line is broken at what is not known", strokes, marks)
	}
}

// form is how a series is told from others where all colours are one.
func form(k doc.ChartKind, i int) string {
	p := &pen{chart: &doc.Chart{Kind: k}, size: 10}
	p.sample(i, 0, 0, 40)
	var b strings.Builder
	for _, s := range p.shapes {
		switch s := s.(type) {
		case *Rect:
			fmt.Fprintf(&b, "rect %t ", s.Color == Ground)
		case *Line:
			fmt.Fprintf(&b, "line %g %g ", s.Dash, s.Gap)
		case *Path:
			fmt.Fprintf(&b, "path %d %g %g %t ", len(s.Points), s.Dash, s.Gap, s.Color == Ground)
		}
	}
	return b.String()
}

func TestSeriesDifferWithoutColour(t *testing.T) {
	for _, k := range doc.ChartKinds() {
		seen := map[string]int{}
		for i := range 4 {
			f := form(k, i)
			if j, again := seen[f]; again {
				t.Errorf("%s: series %d and %d look the same: %s", k, i, j, f)
			}
			seen[f] = i
		}
	}
}

func TestALegendNamesSeveralSeriesOnly(t *testing.T) {
	for _, k := range doc.ChartKinds() {
		names := func(series ...[]string) (n int) {
			for _, s := range each[*Text](Draw(made(k, []string{"a", "b"}, series...), Options{Width: 400, Size: 10})) {
				if strings.HasPrefix(s.Text, "Series") {
					n++
				}
			}
			return n
		}
		if one, two := names([]string{"1", "2"}), names([]string{"1", "2"}, []string{"3", "4"}); one != 0 || two != 2 {
			t.Errorf("%s: %d and %d names of series", k, one, two)
		}
	}
}

func TestRightToLeftIsMirrored(t *testing.T) {
	for _, k := range doc.ChartKinds() {
		c := made(k, []string{"a", "long name of a country"}, []string{"3", "-2"}, []string{"1", "2"}, []string{"1", "2"})
		ltr, rtl := Draw(c, Options{Width: 400, Size: 10}), Draw(c, Options{Width: 400, Size: 10, RightToLeft: true})
		if ltr.Height != rtl.Height || len(ltr.Shapes) != len(rtl.Shapes) {
			t.Fatalf("%s: another drawing", k)
		}
		for i, s := range ltr.Shapes {
			switch s := s.(type) {
			case *Rect:
				if got := rtl.Shapes[i].(*Rect); math.Abs(got.X+got.Width-(400-s.X)) > 1e-9 {
					t.Errorf("%s: %+v became %+v", k, s, got)
				}
			case *Text:
				got := rtl.Shapes[i].(*Text)
				if math.Abs(got.X-(400-s.X)) > 1e-9 || got.Anchor != Right-s.Anchor {
					t.Errorf("%s: %+v became %+v", k, s, got)
				}
				if _, number := Number(got.Text); got.RightToLeft == number {
					t.Errorf("%s: %q runs from right to left: %t", k, got.Text, got.RightToLeft)
				}
			}
		}
	}
}

// span is the room of a text by the estimate.
func span(s *Text) (x0, y0, x1, y1 float64) {
	long := Length(s.Text, s.Size)
	x0 = s.X - long*float64(s.Anchor)/2
	return x0, s.Y - 0.74*s.Size, x0 + long, s.Y + 0.2*s.Size
}

// Whatever the names, the width and the height, words stay within the drawing and
// touch neither each other nor bars.
func TestNothingOverlapsOrOverflows(t *testing.T) {
	lists := map[string][]string{
		"en": {"Angola", "Democratic Republic of the Congo", "United Kingdom of Great Britain and Northern Ireland", "Venezuela (Bolivarian Republic of)", "Mali"},
		"ru": {"Ангола", "Демократическая Республика Конго", "Центральноафриканская Республика", "Мали"},
		"ar": {"أنغولا", "جمهورية الكونغو الديمقراطية", "جمهورية أفريقيا الوسطى", "مالي"},
		"zh": {"安哥拉", "刚果民主共和国", "委内瑞拉玻利瓦尔共和国", "大不列颠及北爱尔兰联合王国"},
		"no": {"", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", "a b c d e f g h i j k l m n o p q r s t u v w x y z"},
	}
	numbers := []string{"41.92", "0.01", "", "-12.5", "1234567.891", "0", "-0.004", "9"}
	for lang, list := range lists {
		for _, n := range []int{1, 2, 13, 60} {
			names := make([]string, n)
			for i := range names {
				names[i] = list[i%len(list)]
			}
			for series := range 4 {
				var values [][]string
				for s := range series + 1 {
					row := make([]string, n)
					for i := range row {
						row[i] = numbers[(i*7+s*3)%len(numbers)]
					}
					values = append(values, row)
				}
				for _, o := range []Options{{Width: 453, Height: 660, Size: 8.5}, {Width: 390, Size: 8.5}, {Width: 240, Size: 8.5}, {Width: 160, Height: 300, Size: 8.5, RightToLeft: true}} {
					for _, k := range doc.ChartKinds() {
						inspect(t, fmt.Sprintf("%s %s, %d names, %d series, %gx%g", lang, k, n, series+1, o.Width, o.Height), Draw(made(k, names, values...), o), o)
					}
				}
			}
		}
	}
}

func inspect(t *testing.T, name string, d *Drawing, o Options) {
	t.Helper()
	const slack = 0.6
	if o.Height > 0 && d.Height > o.Height+1e-6 {
		t.Errorf("%s: %g high", name, d.Height)
	}
	texts := each[*Text](d)
	for i, s := range texts {
		x0, y0, x1, y1 := span(s)
		if x0 < -slack || y0 < -slack || x1 > d.Width+slack || y1 > d.Height+slack {
			t.Errorf("%s: %q stands at %.1f,%.1f to %.1f,%.1f of %.1fx%.1f", name, s.Text, x0, y0, x1, y1, d.Width, d.Height)
			return
		}
		for _, r := range texts[:i] {
			a0, b0, a1, b1 := span(r)
			if x0 < a1-slack && a0 < x1-slack && y0 < b1-slack && b0 < y1-slack {
				t.Errorf("%s: %q and %q overlap", name, r.Text, s.Text)
				return
			}
		}
		for _, r := range each[*Rect](d) {
			if x0 < r.X+r.Width-slack && r.X < x1-slack && y0+slack < r.Y+r.Height && r.Y+slack < y1-0.2*s.Size {
				t.Errorf("%s: %q stands on a bar", name, s.Text)
				return
			}
		}
	}
	for _, r := range each[*Rect](d) {
		if math.IsNaN(r.X) || r.Width < 0 || r.X < -slack || r.X+r.Width > d.Width+slack {
			t.Errorf("%s: a bar at %g, %g long", name, r.X, r.Width)
			return
		}
	}
}

func TestManyBarsStandInColumnsBeforeTheyShrink(t *testing.T) {
	names, values := make([]string, 60), make([]string, 60)
	for i := range names {
		names[i], values[i] = fmt.Sprint("Country ", i), fmt.Sprint(i)
	}
	free := Draw(made(doc.ChartBar, names, values, values), Options{Width: 453, Size: 8.5})
	fitted := Draw(made(doc.ChartBar, names, values, values), Options{Width: 453, Height: 660, Size: 8.5})
	if free.Height < 700 || fitted.Height > 660 {
		t.Fatalf("%g high, %g where there is room for 660", free.Height, fitted.Height)
	}
	if a, b := find(t, fitted, "Country 0"), find(t, fitted, "Country 30"); a.Size < 7.9 || a.Y != b.Y || b.X < 226 {
		t.Errorf("the first columns begin with %+v and %+v", a, b)
	}
	huge := make([]string, 2000)
	if d := Draw(made(doc.ChartBar, huge, huge), Options{Width: 453, Height: 660, Size: 8.5}); d.Height > 660 {
		t.Errorf("2000 bars are %g high", d.Height)
	}
}

func TestNamesOfPointsAreThinnedFromTheLast(t *testing.T) {
	names, values := make([]string, 60), make([]string, 60)
	for i := range names {
		names[i], values[i] = fmt.Sprint(1964+i), fmt.Sprint(i)
	}
	var seen []string
	for _, s := range each[*Text](Draw(made(doc.ChartLine, names, values), Options{Width: 400, Size: 10})) {
		if s.Anchor == Middle {
			seen = append(seen, s.Text)
		}
	}
	if n := len(seen); n < 8 || n > 14 || seen[n-1] != "2023" {
		t.Errorf("%v", seen)
	}
}

func TestTicksAreRoundNumbersAroundTheValues(t *testing.T) {
	for in, want := range map[string]string{
		"127.96 107.12 150.91":      "100 120 140 160", // far from zero
		"24.51 0.5 9.91":            "0 10 20 30",
		"-12.5 31":                  "-20 0 20 40",
		"-50 -100":                  "-100 -75 -50 -25 0",
		"0.0012 0.0003":             "0.0000 0.0005 0.0010 0.0015",
		"7 7":                       "0 2 4 6 8",
		"0":                         "0.00 0.25 0.50 0.75 1.00",
		"1234567 2000000 100":       "0 500000 1000000 1500000 2000000",
		"-3":                        "-3 -2 -1 0",
		"x ":                        "",
		"99999999999999999999999 1": "0 25000000000000000000000 50000000000000000000000 75000000000000000000000 100000000000000000000000",
	} {
		c := &doc.Chart{Series: []doc.ChartSeries{{Values: strings.Fields(in)}}}
		got := Ticks(c)
		joined := strings.Join(got, " ")
		if joined != want {
			t.Errorf("%s: %s, want %s", in, joined, want)
		}
	}
}

func TestNumbersAreDecimalsWithAPoint(t *testing.T) {
	for in, want := range map[string]float64{"24.51": 24.51, "-3": -3, "−3.5": -3.5, "+1": 1, ".5": .5} {
		if got, ok := Number(in); !ok || got != want {
			t.Errorf("%q: %g, %t", in, got, ok)
		}
	}
	for _, in := range []string{"", "n/a", "1e9", "0x1", "1,5", "1.2.3", "-", "Inf", "1 000"} {
		if got, ok := Number(in); ok {
			t.Errorf("%q: %g", in, got)
		}
	}
}

func TestWrappedNamesLoseNothing(t *testing.T) {
	for s, want := range map[string][]piece{
		"Democratic Republic of the Congo": {{"Democratic", false}, {"Republic of", false}, {"the Congo", false}},
		"刚果民主共和国（金沙萨）":                     {{"刚果民主共和", true}, {"国（金沙萨）", false}},
		"Papua-Neuguinea":                  {{"Papua-", true}, {"Neuguinea", false}},
		"Abcdefghijklmnop":                 {{"Abcdefghijk", true}, {"lmnop", false}},
		"  ":                               nil,
	} {
		if got := wrapped(s, 10, 68); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v", s, got)
		}
	}
}

// The estimates hold for the fonts of publications: names of countries are never
// longer than they were taken for.
func TestEstimatesAreNoShorterThanTheWords(t *testing.T) {
	library, err := text.Load(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	shaper := library.NewShaper()
	shaper.Begin()
	n := 0
	for _, tag := range catalog.Tags() {
		loc := catalog.Get(tag)
		for a := 'A'; a <= 'Z'; a++ {
			for b := 'A'; b <= 'Z'; b++ {
				code := string(a) + string(b)
				name, ok := loc.Territory(code)
				if !ok {
					continue
				}
				n++
				for _, family := range []string{"noto-sans", "noto-serif"} {
					_, long := shaper.Measure([]text.Span{{Text: name, Style: &text.Style{Family: family, Size: 10, Lang: tag}}}, loc.Direction() == doc.RightToLeft)
					if guess := Length(name, 10); long > guess || guess > 1.9*long+5 {
						t.Errorf("%s, %s: %q is %.1f long, taken for %.1f", tag, family, name, long, guess)
					}
				}
			}
		}
	}
	if n < 1500 {
		t.Errorf("only %d names", n)
	}
}

func TestChartsOfNothingAreDrawn(t *testing.T) {
	for _, k := range doc.ChartKinds() {
		for name, c := range map[string]*doc.Chart{
			"nothing":       {Kind: k},
			"no series":     made(k, []string{"a"}),
			"no names":      made(k, nil, []string{"1"}, []string{"2"}),
			"no values":     made(k, []string{"a", "b"}, nil),
			"nothing known": made(k, []string{"a", "b"}, []string{"", ""}),
			"zeros":         made(k, []string{"a", "b"}, []string{"0", "0"}),
			"one":           made(k, []string{"a"}, []string{"5"}),
			"huge":          made(k, []string{"a", "b"}, []string{strings.Repeat("9", 300), "-" + strings.Repeat("9", 300)}),
		} {
			d := Draw(c, Options{Width: 453, Height: 600, Size: 8.5})
			for _, s := range d.Shapes {
				if s := fmt.Sprintf("%+v", s); strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
					t.Errorf("%s, %s: %s", k, name, s)
				}
			}
			if d.Height < 0 || d.Height > 600 {
				t.Errorf("%s, %s: %g high", k, name, d.Height)
			}
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	names := []string{"Angola", "Botswana", "Canada", "Central African Republic", "Democratic Republic of the Congo", "Lesotho", "Namibia",
		"Russian Federation", "Sierra Leone", "South Africa", "United Republic of Tanzania", "Venezuela (Bolivarian Republic of)", "Zimbabwe"}
	values := []string{"8.76", "24.51", "16.2", "0.11", "9.91", "0.72", "2.05", "41.92", "0.69", "9.66", "0.04", "", "4.46"}
	for _, k := range doc.ChartKinds() {
		c := made(k, names, values, values)
		b.Run(string(k), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Draw(c, Options{Width: 453, Height: 660, Size: 8.5})
			}
		})
	}
}
