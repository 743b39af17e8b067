package resolve

import (
	"math/big"
	"strings"

	"communique/render/chart"
	"communique/render/doc"
	"communique/render/locale"
)

// chart gives a chart its numbers as the language writes them, and the words that
// stand for it where it cannot be seen. tabled tells that a table follows.
func (r *resolver) chart(c *doc.Chart, loc *locale.Locale, tabled bool) {
	if c.Dir == doc.Inherit && loc.Direction() != r.loc.Direction() { // a drawing is mirrored as a whole
		c.Dir = loc.Direction()
	}
	for i := range c.Series {
		s := &c.Series[i]
		s.Texts = make([]string, len(s.Values))
		for k, v := range s.Values {
			s.Texts[k] = loc.Number(v)
		}
	}
	kind := "chart-bar"
	if c.Kind == doc.ChartLine {
		kind = "chart-line"
		for _, t := range chart.Ticks(c) {
			c.Ticks = append(c.Ticks, doc.ChartTick{Value: t, Text: loc.Number(t)})
		}
	}
	c.Summary = r.chartSummary(c, loc, tabled)
	c.Alt = r.wordIn(loc, kind, nil)
	if caption := strings.TrimRight(doc.PlainText(doc.Unbadged(c.Caption)), ".。 "); caption != "" {
		c.Alt = r.wordIn(loc, "chart-alt", map[string]any{"Kind": c.Alt, "Caption": r.isolated(caption), "Summary": c.Summary})
		return
	}
	c.Alt = sentences(r.wordIn(loc, "callout-titled", map[string]any{"Label": c.Alt}), c.Summary)
}

// chartSummary says how much a chart shows and what stands out, for each series.
func (r *resolver) chartSummary(c *doc.Chart, loc *locale.Locale, tabled bool) string {
	var parts []string
	if len(c.Unit) > 0 {
		parts = append(parts, r.wordIn(loc, "chart-unit", map[string]any{"Unit": r.isolated(doc.PlainText(c.Unit))}))
	}
	parts = append(parts, r.countIn(loc, "chart-entries", len(c.Categories), nil))
	for i := range c.Series {
		s := &c.Series[i]
		low, high := extremes(s)
		if low < 0 || high >= len(c.Categories) || low >= len(c.Categories) {
			continue
		}
		name := func(k int) string { return r.isolated(doc.PlainText(c.Categories[k])) }
		args := map[string]any{"High": name(high), "HighValue": s.Texts[high], "Low": name(low), "LowValue": s.Texts[low]}
		key := "chart-range"
		if len(s.Name) > 0 && len(c.Series) > 1 {
			key, args["Series"] = "chart-range-of", r.isolated(doc.PlainText(s.Name))
		}
		parts = append(parts, r.wordIn(loc, key, args))
	}
	if tabled {
		parts = append(parts, r.wordIn(loc, "chart-table", nil))
	}
	return sentences(parts...)
}

// extremes are the places of the lowest and of the highest value, the first ones
// of several; -1 if no value is known.
func extremes(s *doc.ChartSeries) (low, high int) {
	low, high = -1, -1
	var least, most *big.Rat
	for i, v := range s.Values {
		if _, ok := chart.Number(v); !ok {
			continue
		}
		n, ok := new(big.Rat).SetString(strings.Replace(v, "−", "-", 1)) // exact, as the values are
		if !ok {
			continue
		}
		if low < 0 || n.Cmp(least) < 0 {
			low, least = i, n
		}
		if high < 0 || n.Cmp(most) > 0 {
			high, most = i, n
		}
	}
	return low, high
}

// sentences are parts of a text in a row; those of full-width signs bring their own room.
func sentences(parts ...string) string {
	var b strings.Builder
	for i, s := range parts {
		if i > 0 && !strings.HasSuffix(parts[i-1], "。") && !strings.HasSuffix(parts[i-1], "：") {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	return b.String()
}

// tabled are the charts that a table follows directly.
func (r *resolver) tabled() map[*doc.Chart]bool {
	var out map[*doc.Chart]bool
	r.d.Flows(func(blocks []doc.Block) {
		var last *doc.Chart
		doc.WalkBlocks(blocks, func(b doc.Block) bool {
			if _, ok := b.(*doc.Table); ok && last != nil {
				if out == nil {
					out = map[*doc.Chart]bool{}
				}
				out[last] = true
			}
			last, _ = b.(*doc.Chart)
			return true
		})
	})
	return out
}
