package text

import "math"

// This file breaks a paragraph as a whole, after D. E. Knuth and M. F. Plass,
// "Breaking Paragraphs into Lines" (1981): of all ways to break it takes the one
// with the least sum of demerits. Lines that are not justified are treated alike,
// with the room at their end in place of the stretch of their spaces.

// candidate is a place at which a line may end.
type candidate struct {
	// k and at are a cut inside a place; at is -1 for the end of place k.
	k, at int
	// end is the width of the text up to here if a line ends, begin that up to
	// where the next line would begin, both from the start of the stretch.
	end, begin float64
	// give is that of the gaps before, without the one at the end; next includes it.
	give, next give
	hyphen     bool
	last       bool // the end of the stretch
}

// give is how much gaps may agreeably grow and shrink, in points.
type give struct{ stretch, shrink float64 }

// node is the best way to break the text up to a mark, of one fitness.
type node struct {
	mark     int32
	previous int32 // node before, -1 for none
	lines    int32
	hyphens  int32 // lines in a row that end in a hyphen
	fitness  int8
	demerits float64
}

// Demerits, in the scale of TeX: a line of badness b costs (1+b)², one that ends
// in a hyphen (1+b+hyphenPenalty)².
const (
	hyphenPenalty    = 80
	doubleDemerits   = 10000 // two hyphens in a row
	fitnessDemerits  = 3000  // a loose line beside a tight one
	finalDemerits    = 5000  // a hyphen before the last line
	strandedDemerits = 20000 // a last line shorter than an indent
	shortDemerits    = 40000 // at most for one or two words under a wide paragraph
)

// indent is the least width of a last line, in ems, if that can be helped.
const indent = 3

// A last line of fewWords, shorter than a share of the measure, looks lost below
// the others. Where lines end between any two characters it does not: there full
// lines count for more.
const (
	short    = 1.0 / 6
	fewWords = 2
)

// stage is one attempt: lines may need to stretch by so many times their stretch.
type stage struct {
	tolerance float64
	hyphens   bool
}

// agreeable is the part of the measure that a ragged line may lack.
const agreeable = 0.12

// stages are the attempts, in order; the last one always finds a way.
func (f *filler) stages(size float64) [4]stage {
	out := [4]stage{{1.2, false}, {1.8, true}, {3.5, true}, {math.Inf(1), true}}
	if !f.p.Justify {
		if f.p.Hyphens == SparingHyphens {
			out[0].tolerance = f.zone(size) / (f.p.Width * agreeable)
		}
		out[1].tolerance = max(out[0].tolerance, out[1].tolerance)
		out[2].tolerance = max(out[1].tolerance, out[2].tolerance)
	}
	if f.p.Hyphens == NoHyphens {
		for n := range out {
			out[n].hyphens = false
		}
	}
	return out
}

// Bounds that keep hostile paragraphs linear: longer ones are filled line by
// line, and a line is not looked for farther back than so many nodes.
const (
	maxPlaces = 20000
	maxActive = 1000
)

// optimal breaks the places from i up to the next line end or the end. It
// reports false, and has done nothing, if no way to break fits the measure.
func (f *filler) optimal(i int) (next int, ok bool) {
	s := f.s
	j := i
	for j < len(s.places) && s.places[j].t != nil {
		j++
	}
	if j-i > maxPlaces {
		return i, false
	}
	if f.fitsWhole(i, j) {
		return j, true
	}
	last := -1
	with := false
	for n, st := range f.stages(f.size(&s.places[i])) {
		if n == 0 || st.hyphens && !with {
			if !f.collect(i, j, st.hyphens) {
				return i, false
			}
			with = st.hyphens
		}
		if last = f.search(st.tolerance); last >= 0 {
			break
		}
	}
	if last < 0 {
		return i, false
	}
	f.set(last)
	return j, true
}

// fitsWhole tells that places [i,j) are one line.
func (f *filler) fitsWhole(i, j int) bool {
	var e extent
	for k := i; k < j; k++ {
		e.add(f.s.places[k].t, f.size(&f.s.places[k]))
		if e.net() > f.limit+slack {
			return false
		}
	}
	return true
}

// set makes the lines before a node, but for the last one.
func (f *filler) set(last int) {
	s := f.s
	s.chosen = s.chosen[:0]
	for n := s.nodes[last].previous; n > 0; n = s.nodes[n].previous {
		s.chosen = append(s.chosen, s.nodes[n].mark)
	}
	for c := len(s.chosen) - 1; c >= 0; c-- {
		m := &s.marks[s.chosen[c]]
		if m.at >= 0 {
			f.split(cut{m.k, m.at, m.hyphen})
			continue
		}
		f.emit(m.k+1, false)
	}
}

// collect fills s.marks with the breaks in places [i,j). It reports false if a
// piece between two of them is wider than the measure.
func (f *filler) collect(i, j int, hyphens bool) bool {
	s := f.s
	s.marks = append(s.marks[:0], candidate{k: i, at: -1})
	c := collector{f: f, hyphens: hyphens && f.p.Hyphens != NoHyphens}
	end := f.lastDrawn(i, j)
	for k := i; k <= end; k++ {
		pl := &s.places[k]
		size := f.size(pl)
		c.inside(k, k == end)
		c.e.add(pl.t, size)
		switch {
		case pl.t.endSpace:
			c.give.stretch += pl.t.trail * size / 2
			c.give.shrink += pl.t.trail * size / maxShrink
		case pl.brk:
			c.give.stretch += size / 20
		}
		if pl.brk && k < end {
			width := c.e.net()
			if pl.t.endSoft {
				width += (s.tokenAt(f.p, pl, pl.start, pl.end, true).em - pl.t.em) * size
			}
			c.mark(candidate{k: k, at: -1, end: width, begin: c.e.width, give: c.before, next: c.give, hyphen: pl.t.endSoft})
		}
		c.before = c.give
	}
	c.mark(candidate{k: j, at: -1, end: c.e.net(), begin: c.e.width, give: c.before, next: c.give, last: true})
	return !c.tooWide
}

// lastDrawn is the last of places [i,j) that is not white space.
func (f *filler) lastDrawn(i, j int) int {
	for k := j - 1; k > i; k-- {
		if pl := &f.s.places[k]; !pl.t.allSpace && len(pl.t.words) > 0 {
			return k
		}
	}
	return i
}

// collector adds up the text between the marks.
type collector struct {
	f       *filler
	e       extent
	hyphens bool
	tooWide bool
	// give is that of all gaps so far, before leaves out those at the end.
	give, before give
}

func (c *collector) mark(m candidate) {
	s := c.f.s
	limit := c.f.p.Width
	if len(s.marks) == 1 {
		limit = c.f.limit
	}
	if m.end-s.marks[len(s.marks)-1].begin > limit+slack {
		c.tooWide = true
	}
	s.marks = append(s.marks, m)
}

// inside adds the breaks inside a token: those of its text, and hyphens.
func (c *collector) inside(k int, last bool) {
	f := c.f
	pl := &f.s.places[k]
	var divisions []division
	if c.hyphens && !last {
		divisions = f.hyphens(k)
	}
	breaks := pl.breaks
	for len(breaks) > 0 || len(divisions) > 0 {
		if len(divisions) == 0 || len(breaks) > 0 && breaks[0].at <= divisions[0].at {
			c.within(k, pl.origin+breaks[0].at, division{}, breaks[0].soft)
			breaks = breaks[1:]
			continue
		}
		d := &divisions[0]
		if d.head == 0 && pl.origin == pl.start {
			d.head, d.tail = f.halves(pl, pl.start+d.at, true)
		}
		c.within(k, pl.origin+d.at, *d, true)
		divisions = divisions[1:]
	}
}

// halves is the advances of a token's text before and after a byte, in ems.
func (f *filler) halves(pl *place, at int, soft bool) (head, tail float64) {
	t := f.s.tokenAt(f.p, pl, pl.start, at, soft)
	rest := *pl
	rest.before, rest.start, rest.spaced = 0, at, false
	return t.em - t.trail, f.s.tokenAt(f.p, &rest, at, pl.end, false).em
}

// within adds a break at a byte of a token; d has the advances if they are known.
func (c *collector) within(k, at int, d division, soft bool) {
	pl := &c.f.s.places[k]
	if at <= pl.start || at >= pl.end {
		return
	}
	if d.head == 0 || pl.start != pl.origin {
		d.head, d.tail = c.f.halves(pl, at, soft)
	}
	size := c.f.size(pl)
	em := pl.t.em
	if pl.spaced { // the room at the end is that of both
		em = c.f.s.tokenAt(c.f.p, &place{span: pl.span, level: pl.level, start: pl.start, end: pl.end}, pl.start, pl.end, false).em
	}
	c.mark(candidate{k: k, at: at, end: c.e.width + d.head*size, begin: c.e.width + (em-d.tail)*size,
		give: c.give, next: c.give, hyphen: soft})
}

// search finds the best way through s.marks with lines that stretch no more than
// the tolerance, and returns its last node, or -1 if there is no way.
func (f *filler) search(tolerance float64) int {
	s := f.s
	s.nodes = append(s.nodes[:0], node{previous: -1, fitness: decent, hyphens: int32(f.hyphened)})
	classes := 1 // lines that are not justified are all decent
	if f.p.Justify {
		classes = 4
	}
	var room [4]node
	best := room[:classes]
	first := 0 // nodes before it are too far back for any line
	for m := 1; m < len(s.marks); m++ {
		for c := range best {
			best[c].demerits = math.Inf(1)
		}
		known := len(s.nodes)
		first = max(first, known-maxActive)
		for n := first; n < known; n++ {
			from := &s.nodes[n]
			width := f.between(int(from.mark), m)
			limit := f.p.Width
			if from.mark == 0 {
				limit = f.limit
			}
			ratio, fits := f.ratio(from, m, width, limit)
			if !fits {
				if n == first {
					first++
				}
				continue
			}
			if ratio > tolerance {
				if from.mark == 0 {
					continue // the first line may be longer than the others
				}
				break // what begins later is shorter still
			}
			f.consider(best, n, m, ratio, width)
		}
		for c := range best {
			if best[c].demerits < math.Inf(1) {
				s.nodes = append(s.nodes, best[c])
			}
		}
		if first == len(s.nodes) {
			return -1
		}
	}
	return f.bestEnd()
}

// bestEnd is the best node at the last mark.
func (f *filler) bestEnd() int {
	s := f.s
	best := -1
	for n := len(s.nodes) - 1; n >= 0 && int(s.nodes[n].mark) == len(s.marks)-1; n-- {
		if n > 0 && (best < 0 || s.nodes[n].demerits < s.nodes[best].demerits) {
			best = n
		}
	}
	return best
}

// between is the width of a line from one mark to another.
func (f *filler) between(a, b int) float64 {
	s := f.s
	from, to := &s.marks[a], &s.marks[b]
	if a > 0 && from.at >= 0 && to.k == from.k && to.at >= 0 { // a piece of one token
		pl := s.places[from.k]
		pl.before, pl.start = 0, from.at
		t := s.tokenAt(f.p, &pl, from.at, to.at, to.hyphen)
		return (t.em - t.trail) * f.size(&pl)
	}
	return to.end - from.begin
}

// ratio is how far a line must stretch, in units of what is agreeable; fits
// tells that it is not too wide.
func (f *filler) ratio(from *node, m int, width, limit float64) (ratio float64, fits bool) {
	s := f.s
	over := limit - width
	last := s.marks[m].last
	if !f.p.Justify {
		if over < -slack {
			return 0, false
		}
		if last {
			return 0, true
		}
		return over / (limit * agreeable), true
	}
	to, next := s.marks[m].give, s.marks[from.mark].next
	stretch := max(to.stretch-next.stretch, 0)
	switch {
	case over < 0:
		shrink := max(to.shrink-next.shrink, 0)
		if over < -shrink-slack || last {
			return 0, over >= -slack
		}
		return over / max(shrink, slack), true
	case last:
		return 0, true
	case stretch == 0:
		return 1000 * over / limit, true
	}
	return over / stretch, true
}

// lastLine is what the last of several lines costs, from mark a to m, for its width.
func (f *filler) lastLine(a, m int, width float64) (d float64) {
	s := f.s
	if width < indent*f.size(&s.places[s.marks[1].k]) {
		d = strandedDemerits
	}
	least := short * f.p.Width
	if width >= least {
		return d
	}
	words := 1
	for n := a + 1; n < m; n++ {
		if !s.marks[n].hyphen {
			words++
		}
	}
	if words <= fewWords {
		d += shortDemerits * (1 - width/least)
	}
	return d
}

// consider enters a line from node n to mark m if it is the best of its fitness.
func (f *filler) consider(best []node, n, m int, ratio, width float64) {
	s := f.s
	from, to := &s.nodes[n], &s.marks[m]
	if to.hyphen && from.hyphens >= maxHyphens {
		return
	}
	r := math.Abs(ratio)
	badness := 100 * r * r * r
	if to.hyphen {
		badness += hyphenPenalty
	}
	d := (1 + badness) * (1 + badness)
	next := node{mark: int32(m), previous: int32(n), lines: from.lines + 1, fitness: decent}
	if f.p.Justify {
		next.fitness = fitnessOf(ratio)
	}
	if to.hyphen {
		next.hyphens = from.hyphens + 1
		if from.hyphens > 0 {
			d += doubleDemerits
		}
	}
	if to.last {
		if s.marks[from.mark].hyphen {
			d += finalDemerits
		}
		if from.lines > 0 {
			d += f.lastLine(int(from.mark), m, width)
		}
	} else if c := rank[next.fitness] - rank[from.fitness]; c > 1 || c < -1 {
		d += fitnessDemerits
	}
	next.demerits = from.demerits + d
	if b := &best[next.fitness]; next.demerits < b.demerits {
		*b = next
	}
}

// Fitness is how far a line's spaces are from their own width. Tight and loose
// are neighbours of decent, whose place in the order is apart from its number.
const (
	decent = iota
	tight
	loose
	veryLoose
)

func fitnessOf(ratio float64) int8 {
	switch {
	case ratio < -0.5:
		return tight
	case ratio <= 0.5:
		return decent
	case ratio <= 1:
		return loose
	}
	return veryLoose
}

// rank is the order of fitness, from tight to very loose.
var rank = [4]int8{decent: 1, tight: 0, loose: 2, veryLoose: 3}
