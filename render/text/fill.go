package text

import (
	"slices"

	"communique/render/page"
	"communique/render/text/bidi"
)

// slack absorbs the rounding of sums of widths.
const slack = 1e-6

// Lines breaks a paragraph into lines by UAX #14, first fit if nothing else is
// asked for. No line is wider
// than the paragraph's width: a word that is too long is broken between
// graphemes, so only a single grapheme can be. If the first line's width takes
// not even the first word, the first line has no runs. A text without characters
// has no lines; a line end at the very end opens no new line.
//
// The runs share words with the shaper's cache; nobody may change them.
func (s *Shaper) Lines(p Paragraph) []Line {
	if p.Balance {
		return s.balance(p)
	}
	s.scan(&p)
	f := filler{s: s, p: &p, limit: p.Width}
	if p.FirstWidth > 0 {
		f.limit = p.FirstWidth
	}
	f.fill()
	s.lines = f.lines
	return append(carve(&s.arena.lines, len(f.lines), 128), f.lines...)
}

// filler sets places into lines.
type filler struct {
	s     *Shaper
	p     *Paragraph
	lines []Line
	limit float64 // of the current line
	from  int     // its first place
	width float64 // of the places from there on, with the space at their end
	last  bool    // the line to come is the last one
	// hyphened is how many of the last lines ended in a hyphen.
	hyphened int
}

// arena is where what the lines keep is carved from, so that a paragraph costs no
// allocations of its own. What is carved is never used again.
type arena struct {
	words []*page.Word
	runs  []Run
	lines []Line
	extra []int32
}

// carve gives an empty slice with room for n from a chunk of an arena.
func carve[T any](chunk *[]T, n, size int) []T {
	if cap(*chunk)-len(*chunk) < n {
		*chunk = make([]T, 0, max(size, n))
	}
	at := len(*chunk)
	*chunk = (*chunk)[:at+n]
	return (*chunk)[at : at : at+n]
}

func (f *filler) fill() {
	s := f.s
	f.lines = s.lines[:0]
	tried := false // to break the text up to the next line end as a whole
	for i := 0; i < len(s.places); {
		if s.places[i].t == nil {
			f.emit(i, true)
			i++
			f.from = i
			tried = false
			continue
		}
		if f.p.Optimal && !tried {
			tried = true
			i, _ = f.optimal(i)
			continue
		}
		j, e := f.unbroken(i)
		if f.width+e.net() <= f.limit+slack {
			f.width += e.width
			i = j
			continue
		}
		i = f.overflow(i, j)
	}
	f.finish()
}

// finish sets the last line.
func (f *filler) finish() {
	f.last = true
	for i := range f.s.places[f.from:] {
		if len(f.s.places[f.from+i].t.words) > 0 {
			f.emit(len(f.s.places), false)
			break
		}
	}
}

// size is the size of a place's text.
func (f *filler) size(pl *place) float64 { return f.p.Spans[pl.span].Style.Size }

// unbroken is the end and the extent of the places from i on that no line may
// end between. It looks no farther than the widest line.
func (f *filler) unbroken(i int) (j int, e extent) {
	places := f.s.places
	widest := max(f.limit, f.p.Width) + slack
	for j = i; j < len(places) && places[j].t != nil; j++ {
		pl := &places[j]
		t := pl.t
		if pl.brk && t.endSoft {
			t = f.s.tokenAt(f.p, pl, pl.start, pl.end, true)
		}
		e.add(t, f.size(pl))
		if pl.brk || e.net() > widest {
			return j + 1, e
		}
	}
	return j, e
}

// extent is a width of which some is white space at the end.
type extent struct{ width, trail float64 }

func (e *extent) add(t *token, size float64) {
	w := t.em * size
	e.width += w
	switch {
	case len(t.words) == 0:
	case t.allSpace:
		e.trail += w
	default:
		e.trail = t.trail * size
	}
}

func (e *extent) net() float64 { return e.width - e.trail }

// overflow deals with places [i,j) that do not fit and that no line may end
// between: it ends the line at a break inside them, or before them, or breaks
// between graphemes. It returns the place with which to go on.
func (f *filler) overflow(i, j int) int {
	s := f.s
	f.innerCuts(i, j)
	if k, ok := f.lastFitting(i); ok {
		return f.split(s.cuts[k])
	}
	if i == f.from {
		f.boundCuts(i, j)
		if k, ok := f.lastFitting(i); ok {
			return f.split(s.cuts[k])
		}
	}
	if next, ok := f.divideWord(i, j); ok {
		return next
	}
	if i > f.from || len(f.lines) == 0 && f.limit < f.p.Width {
		f.emit(i, false)
		return i
	}
	f.graphemeCuts(i, j)
	if k, ok := f.lastFitting(i); ok {
		return f.split(s.cuts[k])
	}
	if len(s.cuts) > 0 {
		return f.split(s.cuts[0])
	}
	s.places[j-1].brk = false // one grapheme, without a hyphen
	f.emit(j, false)
	return j
}

// emit ends the line before a place. hard tells that the text asked for it.
func (f *filler) emit(end int, hard bool) {
	line := f.s.places[f.from:end]
	soft := false
	if n := len(line); n > 0 && !hard && line[n-1].t.endSoft && line[n-1].brk {
		pl := &line[n-1]
		pl.t = f.s.tokenAt(f.p, pl, pl.start, pl.end, true)
		soft = true
		f.hyphened++
	} else {
		f.hyphened = 0
	}
	trail := f.hang(line)
	f.s.runs, f.s.pieces, f.s.pieceLevel = f.s.runs[:0], f.s.pieces[:0], f.s.pieceLevel[:0]
	words := f.room(line)
	for i := range line {
		words = f.addRuns(&line[i], words)
	}
	if f.p.Justify && !hard && !f.last && len(line) > 0 {
		f.justify(line, trail)
	}
	l := Line{Hard: hard, Hyphenated: soft}
	if n := len(f.s.runs); n > 0 {
		l.Runs = append(carve(&f.s.arena.runs, n, 128), f.s.runs...)
	}
	for i := range l.Runs {
		l.Runs[i].Words = slices.Clip(l.Runs[i].Words)
	}
	l.Width = f.position(l.Runs, trail) - trail
	f.lines = append(f.lines, l)
	f.from, f.width, f.limit = end, 0, f.p.Width
}

// hang measures the white space at the end of a line and gives it the
// paragraph's level (rule L1).
func (f *filler) hang(line []place) (trail float64) {
	base := int8(0)
	if f.p.RTL {
		base = 1
	}
	for i := len(line) - 1; i >= 0; i-- {
		pl := &line[i]
		if len(pl.t.words) == 0 {
			continue
		}
		if !pl.t.allSpace {
			return trail + pl.t.trail*f.size(pl)
		}
		trail += pl.t.em * f.size(pl)
		if pl.level != base {
			pl.level = base
			pl.t = f.s.tokenAt(f.p, pl, pl.start, pl.end, false)
		}
	}
	return trail
}

// room is room for a line's words, in which runs grow in place.
func (f *filler) room(line []place) []*page.Word {
	n := 0
	for i := range line {
		n += len(line[i].t.words)
	}
	return carve(&f.s.arena.words, n, 512)
}

// addRuns appends a place's words, to the last run if it is of the same kind;
// words is the room that they take.
func (f *filler) addRuns(pl *place, words []*page.Word) []*page.Word {
	s := f.s
	st := f.p.Spans[pl.span].Style
	for _, r := range pl.t.unknown {
		s.missing[r]++
	}
	if len(pl.t.words) == 0 && len(s.pieces) > 0 && pl.level < s.pieceLevel[len(s.pieces)-1] {
		// a control that parts two numbers, each isolated (UAX #9, L2): nothing is drawn
		s.pieces, s.pieceLevel = append(s.pieces, -1), append(s.pieceLevel, pl.level)
	}
	for _, w := range pl.t.words {
		width := float64(w.word.Advance) * w.font.em * st.Size
		words = append(words, w.word)
		if n := len(s.pieces) - 1; n >= 0 && s.pieces[n] >= 0 {
			r := &s.runs[s.pieces[n]]
			if r.Font == w.font.slot.id && r.Span == pl.span && s.pieceLevel[n] == pl.level {
				r.Words = r.Words[:len(r.Words)+1]
				r.Width += width
				r.End = pl.start + w.end
				continue
			}
		}
		at := len(words) - 1
		s.pieces, s.pieceLevel = append(s.pieces, len(s.runs)), append(s.pieceLevel, pl.level)
		s.runs = append(s.runs, Run{
			Run: page.Run{
				Font: w.font.slot.id, Size: st.Size, Color: st.Color,
				RightToLeft: pl.level&1 == 1, Words: words[at : at+1 : cap(words)], Width: width,
			},
			Rise: st.Rise, Tag: st.Tag, Span: pl.span, Start: pl.start + w.start, End: pl.start + w.end,
		})
	}
	return words
}

// position puts runs side by side in visual order and returns their whole width.
func (f *filler) position(runs []Run, trail float64) float64 {
	x, width := 0.0, 0.0
	if f.p.RTL {
		x = -trail
	}
	if len(runs) == 1 {
		runs[0].X = x
		return runs[0].Width
	}
	f.s.order = bidi.Visual(f.s.order, f.s.pieceLevel)
	for _, k := range f.s.order {
		i := f.s.pieces[k]
		if i < 0 {
			continue
		}
		runs[i].X = x
		x += runs[i].Width
		width += runs[i].Width
	}
	return width
}
