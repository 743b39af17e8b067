package plenary

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"communique/render/doc"
	"communique/render/kind"
)

// figuresOf is what is printed of a statistic, from its heading on, and the problems.
func figuresOf(t *testing.T, statistic string) (string, []string) {
	t.Helper()
	d, problems := edition(t, "statistics: [{id: s, title: S, "+statistic+"}]", "en", parts(kind.PartStatistics)...)
	_, rest, _ := strings.Cut(printed(d), "===u#statistic-s ")
	return rest, codesOf(problems)
}

func TestFiguresAndTheirTotals(t *testing.T) {
	for _, c := range []struct{ name, statistic, want string }{
		{"rows only", "series: [{party: BW, volume: 1.5}, {party: ZA, volume: 2}]", `
S
tr statistic-party | statistic-volume
tr BW | 1.5
tr ZA | 2
total statistic-total | 3.5
`},
		{"one row has no total", "series: [{party: BW, volume: 1.5}]", `
S
tr statistic-party | statistic-volume
tr BW | 1.5
`},
		{"a total only", "total: {volume: 160000000, approximate: true, note: N}", `
S
tr statistic-party | statistic-volume
total statistic-total` + "\u00a0" + `statistic-approximate-mark[^figure-1] | 160000000
p statistic-approximate-note
`},
		{"a total that is the sum", "series: [{party: BW, volume: 1.50}, {party: ZA, volume: 2}], total: {volume: 3.5}", `
S
tr statistic-party | statistic-volume
tr BW | 1.50
tr ZA | 2
total statistic-total | 3.5
`},
		{"a total with words of its own", "series: [{party: BW, volume: 1}, {party: ZA, volume: 2}], total: {volume: 3, label: World, provisional: true}", `
S
tr statistic-party | statistic-volume
tr BW | 1
tr ZA | 2
total World` + "\u00a0" + `statistic-provisional-mark | 3
p statistic-provisional-note
`},
		{"a total below the sum", "currency: USD, series: [{party: BW, volume: 1.5, value: 3}, {party: ZA, volume: 2, value: 1}], total: {volume: 3, value: 4}", `
S
tr statistic-party | statistic-volume | statistic-in(statistic-value; USD) | statistic-in(statistic-unit-value; USD)
tr BW | 1.5 | 3 | 2.00
tr ZA | 2 | 1 | 0.50
total statistic-total-published | 3 | 4 | 1.33
total statistic-total-computed | 3.5 | 4 | 1.14
total statistic-difference | -0.5 | – | –
p statistic-computed
`},
		{"a missing figure leaves no sum of its column", "currency: USD, series: [{party: BW, volume: 1, value: 3}, {party: ZA, volume: 2}]", `
S
tr statistic-party | statistic-volume | statistic-in(statistic-value; USD) | statistic-in(statistic-unit-value; USD)
tr BW | 1 | 3 | 3.00
tr ZA | 2 | – | –
total statistic-total | 3 | – | –
p statistic-computed
`},
		{"no unit value of no volume", "currency: USD, series: [{party: BW, volume: 0, value: 3}, {party: ZA, volume: 0.00, value: 1}]", `
S
tr statistic-party | statistic-volume | statistic-in(statistic-value; USD)
tr BW | 0 | 3
tr ZA | 0.00 | 1
total statistic-total | 0.00 | 4
`},
		{"a published unit value stays", "currency: USD, series: [{party: BW, unit_value: 2.5}, {label: Others, unit_value: 3}]", `
S
tr statistic-party | statistic-in(statistic-unit-value; USD)
tr BW | 2.5
tr Others | 3
`},
		{"rows are missing, and the total is published", "incomplete: true, series: [{party: BW, volume: 1}, {party: ZA, volume: 2}], total: {volume: 10}", `
S
tr statistic-party | statistic-volume
tr BW | 1
tr ZA | 2
total statistic-total-published | 10
total statistic-total-computed | 3
total statistic-difference | 7
p statistic-incomplete
`},
		{"rows are missing, and no total is known", "incomplete: true, series: [{party: BW, volume: 1}, {party: ZA, volume: 2}]", `
S
tr statistic-party | statistic-volume
tr BW | 1
tr ZA | 2
total statistic-total-computed | 3
p statistic-incomplete-rows
`},
		{"marks and notes", "period: 2023-H1, provisional: true, note: Note., source: Book, series: [{party: BW, volume: 1, approximate: true, provisional: true, note: N}]", `
statistic-caption(S; period-half-1(2023))
tr statistic-party | statistic-volume
tr BW` + "\u00a0statistic-provisional-mark\u00a0" + `statistic-approximate-mark[^figure-1] | 1
p statistic-provisional
p statistic-provisional-note
p statistic-approximate-note
p Note.
p labelled(label-source; Book)
`},
		{"rounded", "unit: carat, currency: million USD, rounding: {volume: 1000, value: 10}, total: {volume: 5000, value: 20, unit_value: 4000}", `
S
tr statistic-party | statistic-in(statistic-volume; unit-carats) | statistic-in(statistic-value; scale-million(USD)) | statistic-in(statistic-unit-value; unit-per(USD; unit-carat))
total statistic-total | 5000 | 20 | 4000
p statistic-rounded(statistic-in(statistic-volume; unit-carats); 1000)
p statistic-rounded(statistic-in(statistic-value; scale-million(USD)); 10)
`},
		{"another measure", "measure: Certificates, total: {volume: 56791}", `
S
tr statistic-party | Certificates
total statistic-total | 56791
`},
		{"variants", "series: [{party: BW, volume: 1}], variants: [{party: BW, kind: revised, volume: 2}, {kind: divergent, volume: 3, source: Book, note: N}]", `
S
tr statistic-party | statistic-volume
tr BW | 1
li 
li 
p bracketed(variant-revised; BW) {labelled(statistic-volume; 2)}
p bracketed(variant-divergent; statistic-total) {labelled(statistic-volume; 3)} / Book / N
`},
	} {
		got, codes := figuresOf(t, c.statistic)
		if got != strings.TrimPrefix(c.want, "\n") {
			t.Errorf("%s: got\n%s\nwant%s", c.name, got, c.want)
		}
		if len(codes) > 0 {
			t.Errorf("%s: problems %q", c.name, codes)
		}
	}
}

func TestPeriodsAreCompared(t *testing.T) {
	for _, c := range []struct{ name, statistic, want string }{
		{"by row", "period: 2023, series: [{party: BW, volume: 1.5}, {party: ZA, volume: 2}, {label: Others, volume: 4}], previous: {period: 2022, series: [{party: RU, volume: 9}, {party: BW, volume: 1.25}, {label: Others, volume: 0}, {label: More, volume: 1}], total: {volume: 20}}", `
tr statistic-volume | 2023 | 2022 | statistic-difference | statistic-change
tr BW | 1.5 | 1.25 | +0.25 | +20.0
tr ZA | 2 | – | – | –
tr Others | 4 | 0 | +4 | –
tr RU | – | 9 | – | –
tr More | – | 1 | – | –
total statistic-total | 7.5 | 20 | -12.5 | -62.5
`},
		{"by row, without periods", "currency: USD, series: [{party: BW, volume: 1, value: 6}], previous: {series: [{party: BW, volume: 2, value: 8}]}", `
tr statistic-volume | statistic-this-period | statistic-previous-period | statistic-difference | statistic-change
tr BW | 1 | 2 | -1 | -50.0
total statistic-total | 1 | 2 | -1 | -50.0
tr statistic-in(statistic-value; USD) | statistic-this-period | statistic-previous-period | statistic-difference | statistic-change
tr BW | 6 | 8 | -2 | -25.0
total statistic-total | 6 | 8 | -2 | -25.0
tr statistic-in(statistic-unit-value; USD) | statistic-this-period | statistic-previous-period | statistic-difference | statistic-change
tr BW | 6.00 | 4.00 | +2.00 | +50.0
total statistic-total | 6.00 | 4.00 | +2.00 | +50.0
p statistic-computed
`},
		{"totals", "period: 2023, total: {volume: 110}, previous: {period: 2022, total: {volume: 100}}", `
tr statistic-total | statistic-volume
tr 2023 | 110
tr 2022 | 100
tr statistic-difference | +10
tr statistic-change | +10.0
`},
		{"a total with the sum of rows", "series: [{party: BW, volume: 1}, {party: ZA, volume: 2}], previous: {total: {volume: 3.0}}", `
tr statistic-total | statistic-volume
tr statistic-this-period | 3
tr statistic-previous-period | 3.0
tr statistic-difference | 0.0
tr statistic-change | 0.0
`},
	} {
		got, codes := figuresOf(t, c.statistic)
		_, after, _ := strings.Cut(strings.SplitN(got, "\n", 2)[1], "\n")
		// the comparison stands below the figures
		i := strings.Index(after, strings.SplitN(strings.TrimPrefix(c.want, "\n"), "\n", 2)[0])
		if i < 0 || after[i:] != strings.TrimPrefix(c.want, "\n") {
			t.Errorf("%s: got\n%s\nwant%s", c.name, after, c.want)
		}
		if len(codes) > 0 {
			t.Errorf("%s: problems %q", c.name, codes)
		}
	}
}

func TestChangesAreExact(t *testing.T) {
	for _, c := range []struct{ now, then, off, share string }{
		{"", "", "–", "–"},
		{"1", "", "–", "–"},
		{"", "1", "–", "–"},
		{"3", "2", "+1", "+50.0"},
		{"2", "3.00", "-1.00", "-33.3"},
		{"0", "5", "-5", "-100.0"},
		{"5", "0", "+5", "–"},
		{"5", "-5", "+10", "–"},
		{"7", "7", "0", "0.0"},
		{"9999", "10000", "-1", "0.0"},
		{"10001", "10000", "+1", "0.0"},
		{"0.1", "0.3", "-0.2", "-66.7"},
		{"123456789012345678901234567890.1", "123456789012345678901234567890.0", "+0.1", "0.0"},
	} {
		now, _ := parseAmount(c.now)
		then, _ := parseAmount(c.then)
		off, share := change(now, then)
		if short(off) != c.off || short(share) != c.share {
			t.Errorf("from %s to %s: %s and %s per cent, want %s and %s", c.then, c.now, short(off), short(share), c.off, c.share)
		}
	}
}

func TestUnitsAndTheirScales(t *testing.T) {
	for _, c := range []struct {
		s    string
		want measure
	}{
		{"", measure{}},
		{"carat", measure{unit: "carat", kind: unitKnown}},
		{" cts ", measure{unit: "carat", kind: unitKnown}},
		{"thousand carats", measure{"thousand", "carat", unitKnown}},
		{"million  t", measure{"million", "tonne", unitKnown}},
		{"kg", measure{unit: "kilogram", kind: unitKnown}},
		{"%", measure{unit: "percent", kind: unitKnown}},
		{"per cent", measure{unit: "percent", kind: unitKnown}},
		{"USD", measure{unit: "USD", kind: unitCurrency}},
		{"billion EUR", measure{"billion", "EUR", unitCurrency}},
		{"usd", measure{unit: "usd"}},
		{"million", measure{unit: "million"}},
		{"certificates", measure{unit: "certificates"}},
		{"thousand rough stones", measure{"thousand", "rough stones", unitFree}},
		{"Million USD", measure{unit: "Million USD"}},
	} {
		if got := measureOf(c.s); got != c.want {
			t.Errorf("%q is %+v, want %+v", c.s, got, c.want)
		}
	}
}

func TestUnitsAreNamed(t *testing.T) {
	for _, c := range []struct{ lang, unit, currency, volume, value, each string }{
		{"en", "carat", "USD", "unit-carats", "USD", "unit-per(USD; unit-carat)"},
		{"en", "thousand carat", "million USD", "scale-thousand(unit-carats)", "scale-million(USD)", "unit-per(USD; unit-carat)"},
		{"en", "percent", "", "unit-percent", "", ""},
		{"en", "", "million USD", "", "scale-million(USD)", "scale-million(USD)"},
		{"en", "stones", "USD", "stones", "USD", "unit-per(USD; stones)"},
		{"fr", "million stones", "USD", "scale-million(en‹stones›)", "USD", "unit-per(USD; en‹stones›)"},
	} {
		locales := catalog(t)
		r := recorded(t, locales, "")
		b := newBuilder(r, Edition{Lang: c.lang, Kind: &kind.Kind{}, Locales: locales, Markdown: paragraphs}, nil)
		s := &Statistic{Unit: c.unit, Currency: c.currency}
		got := []string{short(b.unitWords(measureOf(c.unit))), short(b.unitWords(measureOf(c.currency))), short(b.unitValueWords(s))}
		if want := []string{c.volume, c.value, c.each}; !slices.Equal(got, want) {
			t.Errorf("%s and %s in %s: %q, want %q", c.unit, c.currency, c.lang, got, want)
		}
	}
}

func TestValuesPerUnitAreWithoutScales(t *testing.T) {
	for _, c := range []struct{ unit, currency, volume, value, want string }{
		{"carat", "USD", "4", "10", "2.50"},
		{"carat", "million USD", "2000000", "3", "1.50"},
		{"million carat", "million USD", "2", "3", "1.50"},
		{"thousand carat", "million USD", "2", "1", "500.00"},
		{"million carat", "USD", "1", "500000", "0.50"},
		{"thousand carat", "billion USD", "3", "1", "333333.33"},
		{"", "", "3", "2", "0.67"},
		{"carat", "USD", "0", "2", ""},
		{"carat", "USD", "-1", "2", ""},
		{"carat", "USD", "", "2", ""},
		{"carat", "USD", "2", "", ""},
		{"carat", "USD", "2", "0", "0.00"},
	} {
		volume, _ := parseAmount(c.volume)
		value, _ := parseAmount(c.value)
		r := Row{Volume: volume, Value: value}
		a := r.perUnit(per(&Statistic{Unit: c.unit, Currency: c.currency}))
		if got := plainFigure(a); got != c.want {
			t.Errorf("%s %s by %s %s: %q, want %q", c.value, c.currency, c.volume, c.unit, got, c.want)
		}
	}
}

func TestPeriodsAreWords(t *testing.T) {
	for p, want := range map[string]string{
		"": "", "2023": "2023", "0000": "0000",
		"2023-01": "2023-01-01..2023-01-31", "2024-02": "2024-02-01..2024-02-29", "2023-02": "2023-02-01..2023-02-28", "2023-12": "2023-12-01..2023-12-31",
		"2023-H1": "period-half-1(2023)", "2023-H2": "period-half-2(2023)",
		"2023-Q1": "period-quarter(1; 2023)", "2023-Q4": "period-quarter(4; 2023)",
		"2022-07-01/2023-06-30": "2022-07-01..2023-06-30",
		"2023-13":               "", "2023-H3": "", "2023-Q5": "", "23": "", "2023-1": "", "last year": "",
	} {
		if got := short(periodWords(p)); got != want {
			t.Errorf("%q: %q, want %q", p, got, want)
		}
	}
	if year, ok := periodWords("2023")[0].(*doc.Number); !ok || !year.Plain {
		t.Error("a year is written as a number with groups")
	}
	for p, want := range map[string]string{
		"2023": "2023-12-31", "2023-02": "2023-02-28", "2024-02": "2024-02-29", "2023-H1": "2023-06-30", "2023-H2": "2023-12-31",
		"2023-Q1": "2023-03-31", "2023-Q3": "2023-09-30", "2022-07-01/2023-06-30": "2023-06-30",
		"2023-06-30/2023-01-01": "", "2023-02-30/2023-03-01": "", "2023-02-01/2023-02-29": "", "2023-Q0": "",
	} {
		end, ok := lastDay(p)
		if got := end.Format("2006-01-02"); ok != (want != "") || ok && got != want {
			t.Errorf("%q ends on %s (%v), want %s", p, got, ok, want)
		}
	}
}

func TestAChartShowsTheFirstMeasureThatAllRowsHave(t *testing.T) {
	many := make([]string, 61)
	for i := range many {
		many[i] = fmt.Sprintf("{label: L%d, volume: %d}", i, i)
	}
	for _, c := range []struct {
		name, statistic, want string
		codes                 []string
	}{
		{"volume", "chart: bar, series: [{party: BW, volume: 1.50}, {party: ZA, volume: -2}]", "bar | statistic-volume | :1.50,-2 | BW | ZA", nil},
		{"value, as a volume is missing", "chart: line, period: 2023, currency: USD, series: [{party: BW, value: 3}, {party: ZA, volume: 2, value: 1}]",
			"line | statistic-caption(statistic-in(statistic-value; USD); 2023) | :3,1 | BW | ZA", nil},
		{"the first with any figure", "chart: bar, series: [{party: BW, volume: 1}, {label: Others}]", "bar | statistic-volume | :1, | BW | Others", nil},
		{"beside the period before", "chart: bar, period: 2023, series: [{party: BW, volume: 1}, {party: ZA, volume: 2}], previous: {series: [{party: ZA, volume: 3}]}",
			"bar | statistic-caption(statistic-volume; 2023) | 2023:1,2 | statistic-previous-period:,3 | BW | ZA", nil},
		{"of unknown periods", "chart: bar, series: [{party: BW, volume: 1}], previous: {series: [{party: BW, volume: 3}]}",
			"bar | statistic-volume | statistic-this-period:1 | statistic-previous-period:3 | BW", nil},
		{"none of the rows before", "chart: bar, period: 2023, series: [{party: BW, volume: 1}], previous: {series: [{party: ZA, volume: 3}]}",
			"bar | statistic-caption(statistic-volume; 2023) | :1 | BW", nil},
		{"none asked for", "chart: none, series: [{party: BW, volume: 1}]", "", nil},
		{"a total has none", "chart: bar, total: {volume: 1}", "", nil},
		{"too long", "chart: bar, series: [" + strings.Join(many, ", ") + "]", "", []string{"chart-too-long statistics[0].chart"}},
		{"as long as can be", "chart: bar, series: [" + strings.Join(many[:60], ", ") + "]", "bar", nil},
	} {
		got, codes := figuresOf(t, c.statistic)
		chart := ""
		for line := range strings.Lines(got) {
			if s, ok := strings.CutPrefix(line, "chart "); ok {
				chart = strings.TrimSuffix(s, "\n")
			}
		}
		if chart != c.want && !(c.name == "as long as can be" && strings.HasPrefix(chart, "bar | ")) {
			t.Errorf("%s: got %q, want %q", c.name, chart, c.want)
		}
		if !slices.Equal(codes, c.codes) {
			t.Errorf("%s: problems %q, want %q", c.name, codes, c.codes)
		}
	}
}
