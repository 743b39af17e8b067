package text

import "unicode/utf8"

// pairBreaks reports whether a line may end between two characters of which one
// is an ideograph (UAX #14).
func (s *Shaper) pairBreaks(a, b rune) bool {
	k := [2]rune{a, b}
	v, ok := s.pairs[k]
	if !ok {
		s.segments.Init(k[:])
		it := s.segments.LineIterator()
		v = it.Next() && len(it.Line().Text) == 1
		s.pairs[k] = v
		s.cost += 30
	}
	return v
}

// boundContext is how many bytes on each side of a boundary are looked at. No
// rule of UAX #14 needs more, but for rows of spaces or regional indicators.
const boundContext = 48

// mayBreak reports whether a line may end before a place that comes after all of
// s.places, by UAX #14 over the text around.
func (s *Shaper) mayBreak(p *Paragraph, next place) bool {
	first := len(s.places)
	for size := 0; first > 0 && s.places[first-1].t != nil && size < boundContext && len(s.places)-first < 4; {
		first--
		size += s.places[first].end - s.places[first].start
	}
	k := s.key[:0]
	for _, pl := range s.places[first:] {
		for _, r := range p.Spans[pl.span].Text[pl.start:pl.end] {
			k = utf8.AppendRune(k, r) // never 0xff, even if the text is not UTF-8
		}
	}
	cut := 0
	for len(k)-cut > boundContext {
		_, n := utf8.DecodeRune(k[cut:])
		cut += n
	}
	k = append(k[:copy(k, k[cut:])], 0xff)
	for n, r := range p.Spans[next.span].Text[next.start:next.end] {
		if n >= boundContext {
			break
		}
		k = utf8.AppendRune(k, r)
	}
	s.key = k[:0]
	v, ok := s.bounds[string(k)]
	if !ok {
		v = s.breaksAtMark(k)
		s.bounds[string(k)] = v
		s.cost += 60 + len(k)
	}
	return v
}

// breaksAtMark reports whether a line may end at the byte 0xff of k.
func (s *Shaper) breaksAtMark(k []byte) bool {
	s.bound = s.bound[:0]
	mark := -1
	for len(k) > 0 {
		if k[0] == 0xff && mark < 0 {
			mark = len(s.bound)
			k = k[1:]
			continue
		}
		r, n := utf8.DecodeRune(k)
		s.bound = append(s.bound, r)
		k = k[n:]
	}
	s.segments.Init(s.bound)
	for it := s.segments.LineIterator(); it.Next(); {
		l := it.Line()
		if e := l.Offset + len(l.Text); e >= mark {
			return e == mark
		}
	}
	return false
}
