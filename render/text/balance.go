package text

// balance narrows the measure as far as the paragraph needs no more lines and no
// broken words for it: its lines are then of nearly equal length.
func (s *Shaper) balance(p Paragraph) []Line {
	p.Balance = false
	best := s.Lines(p)
	if len(best) < 2 || p.FirstWidth > 0 {
		return best
	}
	low, _ := s.Measure(p.Spans, p.RTL)
	count, high := len(best), p.Width
	missing := s.missing
	s.missing = map[rune]int{} // lines that are thrown away do not count
	for range 8 {
		if p.Width = (low + high) / 2; p.Width >= high {
			break
		}
		if lines := s.Lines(p); len(lines) == count {
			best, high = lines, p.Width
		} else {
			low = p.Width
		}
	}
	s.missing = missing
	return best
}
