package chart

import (
	"math"
	"slices"
)

// scale is where the values of a line chart stand.
type scale struct {
	low, high   float64
	top, bottom float64
	// first and last are the places of the first and the last point, step the
	// distance between two.
	first, last, step float64
}

func (s *scale) x(i int) float64 { return s.first + float64(i)*s.step }

func (s *scale) y(v float64) float64 {
	return s.bottom - (v-s.low)/(s.high-s.low)*(s.bottom-s.top)
}

// lines draws a line with marks for each series over a scale.
func (p *pen) lines() {
	p.size = p.Size
	p.head()
	high := min(max(p.Width*0.42, p.size*13), p.size*26)
	names := p.pointNames()
	if most := p.Height - p.y - p.size*2.2 - longestColumn(names)*p.leading(); p.Height > 0 {
		high = max(min(high, most), p.size*4)
	}
	s := p.scale(names, high)
	left := p.grid(s)
	for i := range p.series {
		p.course(i, s)
	}
	p.y = s.bottom
	p.points(s, left, names)
}

// scale makes room for the words around the lines.
func (p *pen) scale(names [][]piece, high float64) *scale {
	s := &scale{low: 0, high: 1, top: p.y + p.size*0.5}
	s.bottom = s.top + high
	ticks := 0.0
	for i, t := range p.chart.Ticks {
		v, _ := Number(t.Value)
		if i == 0 {
			s.low = v
		}
		s.high = v
		ticks = max(ticks, Length(t.Text, p.size*valueSize))
	}
	if s.high <= s.low { // nothing is known
		s.high = s.low + 1
	}
	inside := p.size * 0.9 // between the axis and the first mark
	s.first, s.last = ticks+p.size*0.5+inside, p.Width-inside
	n := len(names)
	if n == 0 {
		return s
	}
	s.first = max(s.first, longest(names[0], p.size)/2)
	s.last = min(s.last, p.Width-longest(names[n-1], p.size)/2)
	if n == 1 {
		s.first = (s.first + s.last) / 2
		return s
	}
	for range 8 { // the first of the names that are drawn may be longer than the first of all
		s.step = (s.last - s.first) / float64(n-1)
		i := (n - 1) % p.every(s, names)
		out := longest(names[i], p.size)/2 - s.x(i)
		if out <= 0 {
			break
		}
		s.first += out
	}
	return s
}

// every is how many points have one name drawn.
func (p *pen) every(s *scale, names [][]piece) int {
	most := 0.0
	for _, n := range names {
		most = max(most, longest(n, p.size))
	}
	if s.step <= 0 {
		return max(1, len(names))
	}
	return max(1, int(math.Ceil((most+p.size*0.6)/s.step)))
}

// grid draws the lines of the scale with their numbers, and returns where they begin.
func (p *pen) grid(s *scale) (left float64) {
	size := p.size * valueSize
	for _, t := range p.chart.Ticks {
		left = max(left, Length(t.Text, size)+p.size*0.5)
	}
	for i, t := range slices.Backward(p.chart.Ticks) { // as they are read
		v, _ := Number(t.Value)
		y := s.y(v)
		l := &Line{X1: left, Y1: y, X2: p.Width, Y2: y, Width: 0.5, Color: Grid}
		if i == 0 || v == 0 {
			l.Width, l.Color = 0.75, Ink
		}
		p.add(l)
		p.number(t.Text, left-p.size*0.5, y+size*0.36, size, Right, Muted)
	}
	return left
}

// course draws the line of a series, broken where values are not known.
func (p *pen) course(i int, s *scale) {
	var run []Point
	end := func() {
		if len(run) > 1 {
			p.stroke(i, run)
		}
		run = nil
	}
	values := p.series[i].values
	for k := range values {
		if !values[k].known {
			end()
			continue
		}
		run = append(run, Point{s.x(k), s.y(values[k].number)})
	}
	end()
	every := 1 // marks never touch each other
	if s.step > 0 {
		every = max(1, int(math.Ceil(p.size*0.8/s.step)))
	}
	for k := range values {
		alone := values[k].known && (k == 0 || !values[k-1].known) && (k+1 == len(values) || !values[k+1].known)
		if alone || values[k].known && (len(values)-1-k)%every == 0 {
			p.mark(i, s.x(k), s.y(values[k].number))
		}
	}
}

// dashes are the lines of series: the length of dashes and gaps.
var dashes = [4][2]float64{{}, {4.5, 2.2}, {1.5, 1.5}, {8, 2.5}}

func (p *pen) stroke(i int, points []Point) {
	d := dashes[i%4]
	p.add(&Path{Points: points, Width: 1.3, Dash: d[0], Gap: d[1], Color: Data})
}

// mark draws the sign of a series: a full circle, an empty square, a full triangle,
// an empty diamond.
func (p *pen) mark(i int, x, y float64) {
	r := p.size * 0.27
	corners, turn := 4, 0.0
	switch i %= 4; i {
	case 0:
		p.add(&Circle{x, y, r, Data})
		return
	case 1:
		turn, r = math.Pi/4, r*1.2
	case 2:
		corners, turn, r = 3, -math.Pi/2, r*1.35
	case 3:
		r *= 1.3
	}
	p.add(&Path{Points: polygon(x, y, r, corners, turn), Color: Data})
	if i != 2 {
		p.add(&Path{Points: polygon(x, y, r-1.1, corners, turn), Color: Ground})
	}
}

// polygon is a regular one around a place.
func polygon(x, y, r float64, corners int, turn float64) []Point {
	out := make([]Point, corners)
	for i := range out {
		sin, cos := math.Sincos(turn + 2*math.Pi*float64(i)/float64(corners))
		out[i] = Point{x + r*cos, y + r*sin}
	}
	return out
}

// pointNames breaks the names of points. They may be as long as a seventh of the
// width, and a word of theirs as long as a third.
func (p *pen) pointNames() [][]piece {
	room := p.Width / 7
	for _, name := range p.names {
		room = max(room, 0.85*p.Width/float64(len(p.names)), min(longestWord(name, p.size), p.Width/3))
	}
	out := make([][]piece, len(p.names))
	for i, name := range p.names {
		out[i] = wrapped(name, p.size, room)
	}
	return out
}

// points draws the names below the points, as many as there is room for, counted
// from the last, which is the newest.
func (p *pen) points(s *scale, left float64, names [][]piece) {
	every, below := p.every(s, names), 0
	for i, n := range names {
		if (len(names)-1-i)%every != 0 {
			continue
		}
		x := s.x(i)
		p.add(&Line{X1: x, Y1: s.bottom, X2: x, Y2: s.bottom + p.size*0.3, Width: 0.75, Color: Ink})
		p.words(n, x, s.bottom+p.size*0.45+p.ascent(), p.size, Middle, Ink)
		below = max(below, len(n))
	}
	if len(p.chart.Ticks) == 0 { // there is no lowest line of a scale
		p.add(&Line{X1: left, Y1: s.bottom, X2: p.Width, Y2: s.bottom, Width: 0.75, Color: Ink})
	}
	p.y = s.bottom + p.size*0.45 + float64(below)*p.leading()
}

// longestColumn is the most lines that a name takes.
func longestColumn(names [][]piece) (most float64) {
	for _, n := range names {
		most = max(most, float64(len(n)))
	}
	return most
}
