package bidi

import (
	"cmp"
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// maxOpeners is the capacity of the bracket stack (BD16).
const maxOpeners = 63

type bracketPair struct{ open, close int }

// bracketFinder finds paired brackets (BD16).
type bracketFinder struct {
	stack []opener
	pairs []bracketPair
}

type opener struct {
	closer rune
	at     int
}

// canonical maps the two brackets that have a canonical equivalent to it.
func canonical(c rune) rune {
	switch c {
	case 0x2329:
		return 0x3008
	case 0x232a:
		return 0x3009
	}
	return c
}

// closer is the closing bracket of an opening one, as x/text knows it.
func closer(c rune) rune {
	switch c {
	case '(':
		return ')'
	case '[':
		return ']'
	case '{':
		return '}'
	}
	return canonical([]rune(bidi.ReverseString(string(c)))[0])
}

func (f *bracketFinder) find(text []rune, s *sequence) {
	f.stack, f.pairs = f.stack[:0], f.pairs[:0]
	for k, i := range s.index {
		if s.types[k] != bidi.ON { // brackets under an override are none
			continue
		}
		c := text[i]
		p, _ := bidi.LookupRune(c)
		if !p.IsBracket() {
			continue
		}
		if p.IsOpeningBracket() {
			if len(f.stack) == maxOpeners {
				break
			}
			f.stack = append(f.stack, opener{closer(c), k})
			continue
		}
		for o := len(f.stack) - 1; o >= 0; o-- {
			if f.stack[o].closer == canonical(c) {
				f.pairs = append(f.pairs, bracketPair{f.stack[o].at, k})
				f.stack = f.stack[:o]
				break
			}
		}
	}
	slices.SortFunc(f.pairs, func(a, b bracketPair) int { return cmp.Compare(a.open, b.open) })
}

// pairBrackets applies rule N0 to the sequence in r.seq.
func (r *Resolver) pairBrackets(embedding, sos bidi.Class) {
	s := &r.seq
	r.brackets.find(r.text, s)
	for _, p := range r.brackets.pairs {
		same, other := false, false
		for k := p.open + 1; k < p.close && !same; k++ {
			if !isNeutral(s.types[k]) {
				if strongType(s.types[k]) == embedding {
					same = true
				} else {
					other = true
				}
			}
		}
		to := embedding
		switch {
		case same: // N0 b
		case other: // N0 c
			to = sos
			for k := p.open - 1; k >= 0; k-- {
				if !isNeutral(s.types[k]) {
					to = strongType(s.types[k])
					break
				}
			}
		default: // N0 d
			continue
		}
		r.setBracket(p.open, to)
		r.setBracket(p.close, to)
	}
}

// setBracket sets a bracket and the marks that were on it before rule W1.
func (r *Resolver) setBracket(k int, to bidi.Class) {
	s := &r.seq
	s.types[k] = to
	for k++; k < len(s.types) && r.classes[s.index[k]] == bidi.NSM; k++ {
		s.types[k] = to
	}
}
