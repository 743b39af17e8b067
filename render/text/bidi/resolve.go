package bidi

import "golang.org/x/text/unicode/bidi"

// sequence is an isolating run sequence: its characters and their types.
type sequence struct {
	index []int32
	types []bidi.Class
}

func (s *sequence) reset() { s.index = s.index[:0] }

// resolve applies rules W1 to I2 to the sequence in r.seq; sos and eos are the
// types assumed before and after it.
func (r *Resolver) resolve(level int8, sos, eos bidi.Class) {
	s := &r.seq
	s.types = s.types[:0]
	for _, i := range s.index {
		s.types = append(s.types, r.types[i])
	}
	s.weak(sos)
	r.pairBrackets(direction(level), sos)
	s.neutral(direction(level), sos, eos)
	for k, i := range s.index { // I1, I2
		up := int8(0)
		switch t := s.types[k]; {
		case level&1 == 0 && t == bidi.R:
			up = 1
		case level&1 == 0 && (t == bidi.AN || t == bidi.EN):
			up = 2
		case level&1 == 1 && t != bidi.R:
			up = 1
		}
		r.levels[i] = level + up
	}
}

// weak applies rules W1 to W7.
func (s *sequence) weak(sos bidi.Class) {
	t := s.types
	prev := sos
	for i, c := range t { // W1
		if c == bidi.NSM {
			if prev == bidi.PDI || initiator(prev) {
				t[i] = bidi.ON
			} else {
				t[i] = prev
			}
		}
		prev = t[i]
	}
	strong := sos
	for i, c := range t { // W2, W3
		switch c {
		case bidi.L, bidi.R, bidi.AL:
			strong = c
			if c == bidi.AL {
				t[i] = bidi.R
			}
		case bidi.EN:
			if strong == bidi.AL {
				t[i] = bidi.AN
			}
		}
	}
	for i := 1; i < len(t)-1; i++ { // W4
		if a, b := t[i-1], t[i+1]; a == b && (t[i] == bidi.CS && (a == bidi.EN || a == bidi.AN) || t[i] == bidi.ES && a == bidi.EN) {
			t[i] = a
		}
	}
	for i := 0; i < len(t); i++ { // W5
		if t[i] != bidi.ET {
			continue
		}
		j := i
		for j < len(t) && t[j] == bidi.ET {
			j++
		}
		if i > 0 && t[i-1] == bidi.EN || j < len(t) && t[j] == bidi.EN {
			for k := i; k < j; k++ {
				t[k] = bidi.EN
			}
		}
		i = j - 1
	}
	strong = sos
	for i, c := range t { // W6, W7
		switch c {
		case bidi.ES, bidi.ET, bidi.CS:
			t[i] = bidi.ON
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN:
			if strong == bidi.L {
				t[i] = bidi.L
			}
		}
	}
}

// neutral applies rules N1 and N2.
func (s *sequence) neutral(embedding, sos, eos bidi.Class) {
	t := s.types
	before := sos
	for i := 0; i < len(t); {
		if !isNeutral(t[i]) {
			before = strongType(t[i])
			i++
			continue
		}
		j := i
		for j < len(t) && isNeutral(t[j]) {
			j++
		}
		after := eos
		if j < len(t) {
			after = strongType(t[j])
		}
		to := embedding
		if before == after {
			to = before
		}
		for ; i < j; i++ {
			t[i] = to
		}
	}
}

// isNeutral tells the types NI of rules N0 to N2.
func isNeutral(c bidi.Class) bool {
	switch c {
	case bidi.L, bidi.R, bidi.EN, bidi.AN:
		return false
	}
	return true
}

// strongType takes numbers for R, as rules N0 to N2 do.
func strongType(c bidi.Class) bidi.Class {
	if c == bidi.L {
		return bidi.L
	}
	return bidi.R
}
