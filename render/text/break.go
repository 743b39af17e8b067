package text

import (
	"unicode"
	"unicode/utf8"
)

// pairBreaks reports whether a line may end between two characters of which one
// is an ideograph, by UAX #14. It says no where the two alone cannot tell; the
// token then goes on and is looked at as a whole.
func (s *Shaper) pairBreaks(a, b rune) bool {
	if !separates(a) && !(ideographic(a) && separates(b)) || extends(a) || isControl(a) {
		return false
	}
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

// separates tells the characters beside which a break does not depend on what is
// farther away, as it does in numbers with their signs.
func separates(r rune) bool { return wordy(r) || r >= 0x3041 && unicode.IsLetter(r) }

// boundContext is how many bytes on each side of a boundary are looked at. No
// rule of UAX #14 needs more, but for rows of spaces or regional indicators.
const boundContext = 48

// mayBreak reports whether a line may end before place i, by UAX #14 over the
// text around.
func (s *Shaper) mayBreak(p *Paragraph, i int) bool {
	first := i
	for size, words := 0, 0; first > 0 && s.places[first-1].t != nil && size < boundContext && words < 4; {
		first--
		size += s.places[first].end - s.places[first].start
		if !s.places[first].t.allSpace {
			words++
		}
	}
	k := s.key[:0]
	for _, pl := range s.places[first:i] {
		k = appendText(k, p, pl)
	}
	cut := 0
	for len(k)-cut > boundContext {
		_, n := utf8.DecodeRune(k[cut:])
		cut += n
	}
	k = append(k[:copy(k, k[cut:])], 0xff)
	for end := len(k) + boundContext; i < len(s.places) && s.places[i].t != nil && len(k) < end; i++ {
		k = appendText(k, p, s.places[i])
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

// appendText appends the text of a place. The bytes of text that is no UTF-8
// become U+FFFD, so that 0xff is free to mark the boundary.
func appendText(k []byte, p *Paragraph, pl place) []byte {
	for _, r := range p.Spans[pl.span].Text[pl.start:pl.end] {
		k = utf8.AppendRune(k, r)
	}
	return k
}

// settleBreaks decides on the breaks before unsure places, and on those between
// and inside places that follow each other without a space: words in which the
// style or the level changes.
func (s *Shaper) settleBreaks(p *Paragraph) {
	for i := 0; i < len(s.places); {
		if s.places[i].unsure {
			s.places[i-1].brk = s.mayBreak(p, i)
		}
		if i > 0 && s.places[i].t != nil {
			if prev := &s.places[i-1]; prev.brk && prev.t.endSpace && binds(prev.t, s.places[i].t) {
				prev.brk, prev.bound = false, true
			}
		}
		j := i + 1
		for j < len(s.places) && s.places[j].glued {
			j++
		}
		if j-i > 1 {
			s.settleGroup(p, s.places[i:j])
		}
		i = j
	}
}

func (s *Shaper) settleGroup(p *Paragraph, group []place) {
	k := s.key[:0]
	for _, pl := range group {
		k = appendText(k, p, pl)
	}
	s.key = k[:0]
	breaks, ok := s.groups[string(k)]
	if !ok {
		breaks = s.groupBreaks(string(k))
		s.groups[string(k)] = breaks
		s.cost += 60 + len(k) + 8*len(breaks)
	}
	at := 0 // characters before the place
	for i := range group {
		pl := &group[i]
		pl.breaks = nil
		if i < len(group)-1 {
			pl.brk = false
		}
		txt := p.Spans[pl.span].Text[pl.start:pl.end]
		end := at + utf8.RuneCountInString(txt)
		for len(breaks) > 0 && breaks[0] < end {
			if breaks[0] > at {
				pl.breaks = append(pl.breaks, innerAt(txt, breaks[0]-at))
			}
			breaks = breaks[1:]
		}
		if len(breaks) > 0 && breaks[0] == end {
			pl.brk = true
		}
		at = end
	}
}

// innerAt is the break before the nth character of a text.
func innerAt(txt string, n int) inner {
	last := rune(0)
	for i, r := range txt {
		if n == 0 {
			return inner{i, last == softHyphen}
		}
		last = r
		n--
	}
	return inner{len(txt), last == softHyphen}
}

// groupBreaks lists the characters before which a line may end, but for the first.
func (s *Shaper) groupBreaks(txt string) []int {
	s.decode(txt)
	last := len(s.raw)
	for last > 0 && isSpace(s.raw[last-1]) {
		last--
	}
	var out []int
	s.segments.Init(s.raw)
	for it := s.segments.LineIterator(); it.Next(); {
		l := it.Line()
		if e := l.Offset + len(l.Text); e < last {
			out = append(out, e)
		}
	}
	return out
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
