package chart

// How a chart of bars is set, in ems of its words.
const (
	// besideEms is the width from which names stand beside their bars, not above.
	besideEms = 34.0
	// columnEms is the least width of a column of bars.
	columnEms = 24.0
	// gutterEms parts columns, nameGap names and bars, valueGap bars and values.
	gutterEms, nameGap, valueGap = 2.4, 0.9, 0.45
	// valueSize is the size of values.
	valueSize = 0.9
	// smallest is the part of its size to which a chart shrinks at most.
	smallest = 0.08
)

// plan is how bars are arranged.
type plan struct {
	columns, each int // columns, and categories in each
	width         float64
	// nameWidth is the room for names beside bars; 0 if they stand above.
	nameWidth float64
	names     [][]piece
	// zero is where bars begin within a column, scale points a unit.
	zero, scale float64
	high        []float64 // of the categories, the room below them included
}

// bars draws horizontal bars, each with its value at its end.
func (p *pen) bars() {
	var pl *plan
	for p.size = p.Size; ; p.size *= 0.94 {
		pl = p.arranged()
		if pl != nil || p.size < p.Size*smallest {
			break
		}
	}
	if pl == nil {
		pl = p.planned(p.mostColumns())
	}
	p.y = 0
	p.head()
	top, bottom := p.y, p.y
	for k := range pl.columns {
		p.y = top
		p.column(pl, k)
		bottom = max(bottom, p.y)
	}
	p.y = bottom
}

// arranged is the arrangement with the fewest columns that the room takes; nil
// if there is none in this size.
func (p *pen) arranged() *plan {
	for k := 1; k <= p.mostColumns(); k++ {
		pl := p.planned(k)
		if p.Height == 0 || p.headHeight()+pl.height() <= p.Height {
			return pl
		}
	}
	return nil
}

func (p *pen) mostColumns() int {
	return max(1, min(len(p.names), int((p.Width/p.size+gutterEms)/(columnEms+gutterEms))))
}

// headHeight is how much room the head takes.
func (p *pen) headHeight() float64 {
	probe := *p
	probe.shapes, probe.y = nil, 0
	probe.head()
	return probe.y
}

// pitch is the distance of bars, thickness their height.
func (p *pen) pitch() float64 {
	if len(p.series) > 1 {
		return p.size * 1.03
	}
	return p.size * 1.12
}

func (p *pen) thickness() float64 { return p.pitch() * 0.8 }

// planned arranges the bars in columns.
func (p *pen) planned(columns int) *plan {
	gutter := p.size * gutterEms
	pl := &plan{columns: columns, each: (len(p.names) + columns - 1) / max(1, columns), width: (p.Width - float64(columns-1)*gutter) / float64(columns)}
	room := pl.width
	if columns > 1 || p.Width >= besideEms*p.size {
		wish, need := 0.0, 0.0
		for _, n := range p.names {
			wish, need = max(wish, Length(n, p.size)), max(need, longestWord(n, p.size))
		}
		pl.nameWidth = max(min(wish, 0.4*pl.width), min(need, 0.5*pl.width))
		room = pl.nameWidth
	}
	pl.names, pl.high = make([][]piece, len(p.names)), make([]float64, len(p.names))
	for i, n := range p.names {
		pl.names[i] = wrapped(n, p.size, room)
		pl.high[i] = p.categoryHeight(pl, i)
	}
	p.scaled(pl)
	return pl
}

// below is how far below the top of a category its bars begin that has so many lines
// of names beside them: the first value stands on the last line, as in the stub of a table.
func (p *pen) below(names int) float64 { return float64(max(names, 1)-1) * p.leading() }

// digit is half the height of the digits of values.
func (p *pen) digit() float64 { return p.size * valueSize * 0.36 }

// categoryHeight is the height of a category: its name, its bars, and the room
// below them.
func (p *pen) categoryHeight(pl *plan, i int) float64 {
	names, bars := float64(len(pl.names[i]))*p.leading(), float64(len(p.series))*p.pitch()
	if pl.nameWidth > 0 {
		return max(names, p.below(len(pl.names[i]))+bars) + p.size*0.46
	}
	return names + bars + p.size*0.85
}

// scaled finds where bars begin and how long they are: as long as the words at
// both ends let them.
func (p *pen) scaled(pl *plan) {
	left, right := 0.0, 0.0 // room for the values of negative and other numbers
	for i := range p.series {
		for _, v := range p.series[i].values {
			long := Length(v.text, p.size*valueSize) + p.size*valueGap
			if v.number < 0 {
				left = max(left, long)
			} else {
				right = max(right, long)
			}
		}
	}
	start := 0.0
	if pl.nameWidth > 0 {
		start = pl.nameWidth + p.size*nameGap
	}
	if span := p.most - p.least; span > 0 {
		pl.scale = max(0, pl.width-start-left-right) / span
	}
	pl.zero = start + left - p.least*pl.scale
}

// height is the height of the longest column.
func (pl *plan) height() (most float64) {
	for k := range pl.columns {
		sum := 0.0
		for i := k * pl.each; i < min(len(pl.high), (k+1)*pl.each); i++ {
			sum += pl.high[i]
		}
		most = max(most, sum)
	}
	return most
}

// column draws the categories of a column, and the line on which their bars stand:
// one for all, or where names stand above bars one for each.
func (p *pen) column(pl *plan, k int) {
	x, top := float64(k)*(pl.width+p.size*gutterEms), p.y
	for i := k * pl.each; i < min(len(p.names), (k+1)*pl.each); i++ {
		p.category(pl, i, x)
	}
	if pl.nameWidth > 0 && p.y > top {
		p.axis(x+pl.zero, top, p.y)
	}
}

func (p *pen) axis(x, from, to float64) {
	p.add(&Line{X1: x, Y1: from, X2: x, Y2: to, Width: 0.75, Color: Ink})
}

// category draws a name and its bars.
func (p *pen) category(pl *plan, i int, x float64) {
	names := float64(len(pl.names[i])) * p.leading()
	y, next := p.y, p.y+pl.high[i]
	if pl.nameWidth > 0 {
		y += p.size * 0.23
		p.words(pl.names[i], x, y+p.pitch()/2+p.digit(), p.size, Left, Ink)
		y += p.below(len(pl.names[i]))
	} else {
		p.words(pl.names[i], x, y+p.ascent(), p.size, Left, Ink)
		y += names + p.size*0.12
	}
	from := y
	for k := range p.series {
		if k > 0 || pl.nameWidth == 0 {
			p.start(x, y+p.pitch()/2+p.digit())
		}
		p.value(k, &p.series[k].values[i], pl, x+pl.zero, y)
		y += p.pitch()
	}
	if pl.nameWidth == 0 {
		p.axis(x+pl.zero, from, y)
	}
	p.y = next
}

// value draws a bar from the line at zero, with its value at its end.
func (p *pen) value(k int, v *value, pl *plan, zero, y float64) {
	const hairline = 0.6 // what is more than nothing is seen
	high, size := p.thickness(), p.size*valueSize
	long := v.number * pl.scale
	base := y + p.pitch()/2 + p.digit()
	switch {
	case v.number < 0:
		long = max(-long, hairline)
		p.bar(k, zero-long, y+(p.pitch()-high)/2, long, high)
		p.number(v.text, zero-long-p.size*valueGap, base, size, Right, Ink)
		return
	case v.number > 0:
		long = max(long, hairline)
		p.bar(k, zero, y+(p.pitch()-high)/2, long, high)
	}
	color := Ink
	if !v.known {
		color = Muted
	}
	p.number(v.text, zero+long+p.size*valueGap, base, size, Left, color)
}

// bar fills an area as its series is: solid, empty, with stripes, with dots.
func (p *pen) bar(k int, x, y, long, high float64) {
	p.add(&Rect{x, y, long, high, Data})
	const frame = 0.75
	if k %= 4; k == 0 || long <= 2*frame || high <= 2*frame {
		return
	}
	x, y, long, high = x+frame, y+frame, long-2*frame, high-2*frame
	p.add(&Rect{x, y, long, high, Ground})
	switch k {
	case 2:
		p.add(&Line{X1: x, Y1: y + high/2, X2: x + long, Y2: y + high/2, Width: high, Dash: 0.9, Gap: 1.8, Color: Data})
	case 3:
		const dot = 0.9
		for _, at := range [...]float64{0.28, 0.72} {
			p.add(&Line{X1: x + dot, Y1: y + high*at, X2: x + long, Y2: y + high*at, Width: dot, Dash: dot, Gap: 2 * dot, Color: Data})
		}
	}
}
