package layout

import (
	"slices"

	"communique/render/text"
)

// number sets a number in one line and finds its axis: the place of the decimal
// mark, which is the right end of the digits before it in either direction of
// writing. It is false for a cell without a number.
func (t *tableSetter) number(c *tableCell, w *columnWidth) bool {
	if c.Axis == 0 {
		return false
	}
	last := cutSpans(c.in, c.Axis)
	lines := t.b.lines(c.in, t.style(c), nil)
	if len(lines) != 1 || last < 0 {
		return false
	}
	for i := range lines[0].text.Runs {
		r := &lines[0].text.Runs[i]
		if r.Span == last && r.End == len(c.in.spans[last].Text) {
			c.axis = r.X + r.Width
			if r.RightToLeft {
				c.axis = r.X
			}
			c.number = lines[0]
			w.before, w.after = max(w.before, c.axis), max(w.after, c.number.text.Width-c.axis)
			return true
		}
	}
	return false
}

// onAxis is the left end of a number whose axis stands on that of its column.
func (t *tableSetter) onAxis(c *tableCell) float64 {
	w := t.columns[c.column]
	axis := t.b.frame.right - w.after
	if t.b.rtl {
		axis = t.b.frame.left + w.before
	}
	return axis - c.axis
}

// cutSpans cuts spans after some bytes of their text, directional controls aside,
// and returns the index of the span that ends there.
func cutSpans(in *inlines, after int) int {
	for i := range in.spans {
		s := &in.spans[i]
		switch s.Text {
		case leftToRightIsolate, rightToLeftIsolate, popIsolate, leftToRightOverride, rightToLeftOverride, popOverride:
			continue
		}
		if after > len(s.Text) {
			after -= len(s.Text)
			continue
		}
		if after < len(s.Text) {
			rest := text.Span{Text: s.Text[after:], Style: s.Style}
			s.Text = s.Text[:after]
			in.spans = slices.Insert(in.spans, i+1, rest)
		}
		return i
	}
	return -1
}
