package layout

import (
	"communique/render/doc"
	"communique/render/text"
)

// columnWidth is what the cells of a column need.
type columnWidth struct {
	// least is the longest word, want the longest text in one line.
	least, want float64
	// before and after are the room for numbers at either side of their axis,
	// left and right.
	before, after float64
}

// measure finds out what the columns need at the current size.
func (t *tableSetter) measure() {
	t.pad = t.b.th.Space.CellX * t.scale()
	t.columns = make([]columnWidth, len(t.n.Columns))
	wide := false
	for i := range t.cells {
		c := &t.cells[i]
		c.in = t.b.flatten(c.Content, t.style(c))
		c.in.endWord(t.b.rtl)
		if c.columns > 1 {
			wide = true
			continue
		}
		w := &t.columns[c.column]
		if c.row >= t.head && t.n.Columns[c.column].Align == doc.AlignDecimal && t.number(c, w) {
			continue
		}
		longest, natural := t.b.o.Shaper.Measure(c.in.spans, t.b.rtl)
		w.least, w.want = max(w.least, longest), max(w.want, natural)
	}
	for i := range t.columns {
		w := &t.columns[i]
		w.least, w.want = max(w.least, w.before+w.after), max(w.want, w.before+w.after)
	}
	if wide {
		t.measureSpans()
	}
}

// endWord puts a space at the end of a cell that runs from right to left. It hangs
// over the edge and takes no room, but readers that cannot tell the gap between two
// such cells need it to part their words (ISO 32000-1, 14.8.2.5).
func (in *inlines) endWord(rtl bool) {
	if n := len(in.spans); rtl && n > 0 {
		st := *in.spans[n-1].Style
		st.Tag, st.Rise = 0, 0
		in.spans = append(in.spans, text.Span{Text: " ", Style: &st})
	}
}

// measureSpans widens columns for cells that stand over several of them, all alike.
func (t *tableSetter) measureSpans() {
	for i := range t.cells {
		c := &t.cells[i]
		if c.columns == 1 {
			continue
		}
		longest, natural := t.b.o.Shaper.Measure(c.in.spans, t.b.rtl)
		under := t.columns[c.column : c.column+c.columns]
		room := 2 * t.pad * float64(c.columns-1)
		haveLeast, haveWant := room, room
		for _, w := range under {
			haveLeast, haveWant = haveLeast+w.least, haveWant+w.want
		}
		for k := range under {
			under[k].least += max(0, longest-haveLeast) / float64(len(under))
			under[k].want = max(under[k].want+max(0, natural-haveWant)/float64(len(under)), under[k].least)
		}
	}
}

// distribute shares the room between columns. Where not all can have what they
// want, columns that want no more than an equal share have it, and the others
// share the rest by what they want beyond their longest word.
func distribute(least, want []float64, room float64) []float64 {
	out := make([]float64, len(want))
	if over := room - sum(want); over >= 0 { // what is over goes to all alike, so that short columns breathe
		for i := range out {
			out[i] = want[i] + over/float64(len(out))
		}
		return out
	}
	settled := settle(least, want, room)
	var restLeast, restWant float64
	for i := range out {
		if settled[i] {
			out[i] = want[i]
			room -= want[i]
		} else {
			restLeast += least[i]
			restWant += want[i]
		}
	}
	for i := range out {
		switch {
		case settled[i]:
		case restLeast < room:
			out[i] = least[i] + (room-restLeast)*(want[i]-least[i])/(restWant-restLeast)
		default: // even the longest words do not fit: they are broken
			out[i] = room * least[i] / restLeast
		}
	}
	return out
}

// settle finds the columns that want no more than an equal share of what the
// wider ones leave, none if that would break words in those.
func settle(least, want []float64, room float64) []bool {
	settled := make([]bool, len(want))
	for left, changed := len(want), true; changed; {
		changed = false
		for i := range want {
			if !settled[i] && want[i] <= room/float64(left) {
				settled[i], changed = true, true
				room -= want[i]
				left--
			}
		}
	}
	need := 0.0
	for i := range least {
		if !settled[i] {
			need += least[i]
		}
	}
	if need > room {
		clear(settled)
	}
	return settled
}

func sum(v []float64) (s float64) {
	for _, x := range v {
		s += x
	}
	return s
}
