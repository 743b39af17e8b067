// Package bidi owns the Unicode bidirectional algorithm (UAX #9): it gives every
// character of a paragraph its embedding level and puts the pieces of a line in
// visual order. It knows nothing of fonts and must never change the text.
//
// It exists because the usual libraries hand out runs in which levels 0 and 2
// are merged, which breaks rule L2.
package bidi

import "golang.org/x/text/unicode/bidi"

// maxDepth is the greatest explicit embedding level (BD2).
const maxDepth = 125

// Resolver computes levels. It keeps its memory between calls; the zero value is
// ready, and it is not safe for concurrent use.
type Resolver struct {
	text    []rune
	classes []bidi.Class // as looked up
	types   []bidi.Class // as resolved so far
	levels  []int8
	match   []int32 // of an isolate initiator its PDI, of a PDI its initiator; -1 for none
	open    []int32 // isolate initiators that wait for their PDI

	seq      sequence
	runs     []levelRun
	runAt    []int32 // run that starts at a character
	brackets bracketFinder
}

// Levels returns the embedding level of every character of text, with rule L1
// done for separators but not for the ends of lines, which are not known here.
// Paragraph separators (class B) end a paragraph; all have the same base
// direction. The characters that rule X9 removes get the level of the one before
// them. The result is valid until the next call.
func (r *Resolver) Levels(text []rune, rtl bool) []int8 {
	base := int8(0)
	if rtl {
		base = 1
	}
	r.resize(text)
	for start := 0; start < len(text); {
		end := start
		for end < len(text) && r.classes[end] != bidi.B {
			end++
		}
		r.paragraph(start, end, base)
		if end < len(text) {
			r.levels[end] = base
			end++
		}
		start = end
	}
	return r.levels
}

func (r *Resolver) resize(text []rune) {
	n := len(text)
	if cap(r.levels) < n {
		r.classes = make([]bidi.Class, n+n/2)
		r.types = make([]bidi.Class, n+n/2)
		r.levels = make([]int8, n+n/2)
		r.match = make([]int32, n+n/2)
		r.runAt = make([]int32, n+n/2)
	}
	r.text, r.classes, r.types = text, r.classes[:n], r.types[:n]
	r.levels, r.match, r.runAt = r.levels[:n], r.match[:n], r.runAt[:n]
	for i, c := range text {
		r.classes[i] = Class(c)
	}
}

// Class is the bidirectional class of a character.
func Class(c rune) bidi.Class {
	p, size := bidi.LookupRune(c)
	if size == 0 { // not a character
		return bidi.L
	}
	return p.Class()
}

// paragraph resolves the levels of text[start:end].
func (r *Resolver) paragraph(start, end int, base int8) {
	if start == end {
		return
	}
	if !r.matchIsolates(start, end) {
		// No explicit formatting: one level run, one sequence.
		copy(r.types[start:end], r.classes[start:end])
		for i := start; i < end; i++ {
			r.levels[i] = base
		}
		r.seq.reset()
		for i := start; i < end; i++ {
			if r.classes[i] != bidi.BN {
				r.seq.index = append(r.seq.index, int32(i))
			}
		}
		r.resolve(base, direction(base), direction(base))
	} else {
		r.explicit(start, end, base)
		r.sequences(start, end, base)
	}
	r.fillRemoved(start, end, base)
	r.resetSeparators(start, end, base, end < len(r.text))
}

// matchIsolates finds matching PDIs (BD9) and reports whether there is any
// explicit formatting character.
func (r *Resolver) matchIsolates(start, end int) bool {
	explicit := false
	r.open = r.open[:0]
	for i := start; i < end; i++ {
		r.match[i] = -1
		switch r.classes[i] {
		case bidi.LRI, bidi.RLI, bidi.FSI:
			explicit = true
			r.open = append(r.open, int32(i))
		case bidi.PDI:
			explicit = true
			if n := len(r.open); n > 0 {
				o := r.open[n-1]
				r.open = r.open[:n-1]
				r.match[o], r.match[i] = int32(i), o
			}
		case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF:
			explicit = true
		}
	}
	return explicit
}

// firstStrong is the direction of the first strong character outside isolates
// (rules P2 and P3).
func (r *Resolver) firstStrong(start, end int) (rtl bool) {
	for i := start; i < end; i++ {
		switch r.classes[i] {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		case bidi.LRI, bidi.RLI, bidi.FSI:
			if r.match[i] < 0 {
				return false
			}
			i = int(r.match[i])
		}
	}
	return false
}

// removed tells the classes that rule X9 takes out of the algorithm.
func removed(c bidi.Class) bool {
	switch c {
	case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.BN:
		return true
	}
	return false
}

func direction(level int8) bidi.Class {
	if level&1 == 1 {
		return bidi.R
	}
	return bidi.L
}

func (r *Resolver) fillRemoved(start, end int, base int8) {
	last := base
	for i := start; i < end; i++ {
		if removed(r.classes[i]) {
			r.levels[i] = last
		}
		last = r.levels[i]
	}
}

// resetSeparators is rule L1, items 1 to 3; separator tells that a paragraph
// separator follows.
func (r *Resolver) resetSeparators(start, end int, base int8, separator bool) {
	reset := separator
	for i := end - 1; i >= start; i-- {
		switch c := r.classes[i]; {
		case c == bidi.S:
			r.levels[i] = base
			reset = true
		case c == bidi.WS || c >= bidi.LRI && c <= bidi.PDI || removed(c):
			if reset {
				r.levels[i] = base
			}
		default:
			reset = false
		}
	}
}

// Visual writes into order the indices of a line's pieces, given their levels in
// logical order, as they stand from left to right (rule L2).
func Visual(order []int, levels []int8) []int {
	order = order[:0]
	high := int8(0)
	for i, l := range levels {
		order = append(order, i)
		high = max(high, l)
	}
	for l := high; l > 0; l-- {
		for i := 0; i < len(order); i++ {
			j := i
			for j < len(order) && levels[order[j]] >= l {
				j++
			}
			for a, b := i, j-1; a < b; a, b = a+1, b-1 {
				order[a], order[b] = order[b], order[a]
			}
			i = j
		}
	}
	return order
}
