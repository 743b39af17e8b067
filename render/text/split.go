package text

// cut is where a line may end inside a token: place k of the paragraph, at a
// byte of its span's text; at the place's start it is before the token.
type cut struct {
	k, at int
	soft  bool // a hyphen is drawn
}

// innerCuts collects the break opportunities inside places [i,j).
func (f *filler) innerCuts(i, j int) {
	f.s.cuts = f.s.cuts[:0]
	for k := i; k < j; k++ {
		pl := &f.s.places[k]
		for _, b := range pl.breaks {
			if at := pl.origin + b.at; at > pl.start {
				f.s.cuts = append(f.s.cuts, cut{k, at, b.soft})
			}
		}
	}
}

// boundCuts collects the places in [i,j) before which a line should not end, but
// may if nothing else helps.
func (f *filler) boundCuts(i, j int) {
	f.s.cuts = f.s.cuts[:0]
	for k := i + 1; k < j; k++ {
		if f.s.places[k-1].bound {
			f.s.cuts = append(f.s.cuts, cut{k, f.s.places[k].start, false})
		}
	}
}

// graphemeCuts collects the boundaries between graphemes (UAX #29) in places
// [i,j), up to the first place at which they are too wide.
func (f *filler) graphemeCuts(i, j int) {
	s := f.s
	s.cuts = s.cuts[:0]
	width, drawn := 0.0, false
	for k := i; k < j; k++ {
		pl := &s.places[k]
		if len(pl.t.words) == 0 || pl.t.allSpace {
			continue // nothing to cut; white space may hang
		}
		txt := f.p.Spans[pl.span].Text[pl.start:pl.end]
		s.decode(txt)
		if drawn {
			s.cuts = append(s.cuts, cut{k, pl.start, false})
		}
		last := len(s.raw)
		for last > 0 && (isSpace(s.raw[last-1]) || isControl(s.raw[last-1])) {
			last--
		}
		s.segments.Init(s.raw)
		drawn = false
		for it := s.segments.GraphemeIterator(); it.Next(); {
			g := it.Grapheme()
			drawn = drawn || !isControl(g.Text[0])
			if e := g.Offset + len(g.Text); drawn && e < last {
				s.cuts = append(s.cuts, cut{k, pl.start + s.rawAt[e], false})
			}
		}
		drawn = true
		if width += pl.t.em * f.size(pl); width > f.limit && len(s.cuts) > 0 {
			break
		}
	}
}

// lastFitting finds the last of s.cuts before which the places from i on fit in
// the line. Widths grow with the cuts but for kerning and joining, so it looks
// for the place by halving and then makes sure.
func (f *filler) lastFitting(i int) (int, bool) {
	low, high := 0, len(f.s.cuts)
	for low < high {
		mid := (low + high) / 2
		if f.fits(i, f.s.cuts[mid]) {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low - 1, low > 0
}

// fits reports whether the places from i up to a cut fit in the rest of the line.
func (f *filler) fits(i int, c cut) bool {
	var e extent
	for k := i; k < c.k; k++ {
		e.add(f.s.places[k].t, f.size(&f.s.places[k]))
	}
	if pl := &f.s.places[c.k]; c.at > pl.start {
		e.add(f.s.tokenAt(f.p, pl, pl.start, c.at, c.soft), f.size(pl))
	}
	return f.width+e.net() <= f.limit+slack
}

// split ends the line at a cut and returns the place with which the next begins.
func (f *filler) split(c cut) int {
	s := f.s
	pl := &s.places[c.k]
	if c.at == pl.start {
		f.emit(c.k, false)
		return c.k
	}
	head, rest := *pl, *pl
	head.t = s.tokenAt(f.p, pl, pl.start, c.at, c.soft)
	head.end, head.after, head.brk = c.at, 0, false
	if !rest.cut {
		rest.divisions = f.wholeDivisions(pl)
	}
	rest.before, rest.start, rest.cut = 0, c.at, true
	rest.t = s.tokenAt(f.p, &rest, c.at, pl.end, false)
	row := f.hyphened
	*pl = head
	f.emit(c.k+1, false)
	*pl = rest
	f.from = c.k
	if c.soft {
		f.hyphened = row + 1
		f.lines[len(f.lines)-1].Hyphenated = true
	}
	return c.k
}
