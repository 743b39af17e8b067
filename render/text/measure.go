package text

// Measure tells the widest piece of the spans that cannot be broken, and their
// width on one line (of the widest line, if the text asks for line ends), both
// in points and without white space at the end.
func (s *Shaper) Measure(spans []Span, rtl bool) (longest, natural float64) {
	p := Paragraph{Spans: spans, RTL: rtl, Autospace: true}
	s.scan(&p)
	f := filler{s: s, p: &p}
	var piece, line extent
	for i := range s.places {
		pl := &s.places[i]
		if pl.t == nil {
			longest, natural = max(longest, piece.net()), max(natural, line.net())
			piece, line = extent{}, extent{}
			continue
		}
		line.add(pl.t, f.size(pl))
		longest = max(longest, f.pieces(pl, &piece))
		if pl.brk {
			longest = max(longest, piece.net())
			piece = extent{}
		}
	}
	return max(longest, piece.net()), max(natural, line.net())
}

// pieces adds a token to the current piece, which ends at every break inside the
// token, and returns the widest piece that ended.
func (f *filler) pieces(pl *place, piece *extent) (longest float64) {
	size := f.size(pl)
	if len(pl.breaks) == 0 && !(pl.t.endSoft && pl.brk) {
		piece.add(pl.t, size)
		return 0
	}
	from := pl.start
	for _, b := range pl.breaks {
		piece.add(f.s.tokenAt(f.p, pl, from, pl.start+b.at, b.soft), size)
		longest = max(longest, piece.net())
		*piece = extent{}
		from = pl.start + b.at
	}
	piece.add(f.s.tokenAt(f.p, pl, from, pl.end, pl.t.endSoft && pl.brk), size)
	return longest
}
