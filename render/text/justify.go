package text

import (
	"math"
	"slices"
)

// Weights of the gaps of a line: what is over goes to the spaces between words
// first of all, less to those between ideographs.
const (
	spaceWeight     = 4
	ideographWeight = 1
)

// What a gap may grow to, in ems of the line's size. A line that would need more
// stays ragged, which looks better than holes.
const (
	maxSpace = 1.2
	// maxSpaceRightToLeft is less: where a space and its room are wider than 0.6
	// ems, pdf.js ends its piece of text, and right-to-left pieces change places.
	maxSpaceRightToLeft = 0.25
	maxTracking         = 0.2
	// maxShrink is the part of a space that it may lose: one third.
	maxShrink = 3
)

// justify spreads the words of a line, which are in s.runs, over its measure.
func (f *filler) justify(line []place, trail float64) {
	s := f.s
	total, least, most := f.weigh(line)
	if total == 0 {
		return
	}
	width := -trail
	for i := range s.runs {
		width += s.runs[i].Width
	}
	over := f.limit - width
	if over == 0 || over < -least-slack || over > most {
		return
	}
	given, sum, at := 0.0, int32(0), 0
	for i := range s.runs {
		r := &s.runs[i]
		unit := s.fontTable[r.Font].em * r.Size
		r.Extra = carve(&s.arena.extra, len(r.Words), 512)[:len(r.Words)]
		for k := range r.Words {
			sum += s.weights[at]
			if s.weights[at] > 0 {
				// What rounding leaves goes to the next gap; the line never grows too wide.
				units := math.Floor((over*float64(sum)/float64(total) - given) / unit)
				r.Extra[k] = int32(units)
				given += units * unit
				r.Width += units * unit
			}
			at++
		}
	}
}

// weigh fills s.weights with the weight of the gap after each word of the line.
// It returns their sum and how much all can lose and take, in points. White space
// at the end of the line is no gap.
func (f *filler) weigh(line []place) (total int32, least, most float64) {
	s := f.s
	s.weights = s.weights[:0]
	drawn := 0 // words up to the last that is not white space
	trail, hang := 0.0, 0.0
	for i := range line {
		pl := &line[i]
		for range pl.t.words {
			s.weights = append(s.weights, 0)
		}
		n := len(s.weights)
		if len(pl.t.words) == 0 {
			continue
		}
		switch {
		case pl.t.endSpace:
			s.weights[n-1] = spaceWeight
			trail = pl.t.trail * f.size(pl)
			least += trail / maxShrink
		case pl.brk && pl.level&1 == 0 && i+1 < len(line) && !line[i+1].glued:
			s.weights[n-1] = ideographWeight
		}
		if !pl.t.allSpace {
			drawn, hang = n, 0
		}
		if pl.t.endSpace {
			hang += trail / maxShrink
		}
	}
	size := f.size(&line[0])
	widest := maxSpace
	if slices.ContainsFunc(line, func(pl place) bool { return pl.level&1 == 1 }) {
		widest = maxSpaceRightToLeft
	}
	for i, w := range s.weights {
		switch {
		case i >= drawn-1:
			s.weights[i] = 0
		case w == spaceWeight:
			most += size * widest
			total += w
		case w == ideographWeight:
			most += size * maxTracking
			total += w
		}
	}
	return total, least - hang, most
}
