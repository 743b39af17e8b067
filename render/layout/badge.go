package layout

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"

	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
)

// How a badge is set, in sizes of the text around it.
const (
	badgeSize = 0.78
	badgePad  = 0.3  // at both ends, within its frame
	badgeRoom = 0.12 // outside of it
)

// Where the frame of a badge stands, in sizes of its words from their baseline, and
// how much of the room that a script takes beyond Latin is added at either side.
const (
	badgeAbove, badgeBelow = 1.08, 0.36
	moreScript             = 0.65
)

// badge is the frame of a badge.
type badge struct {
	tone doc.BadgeTone
	// above and below are how far it reaches from the baseline, start and end the
	// room outside of it, in points.
	above, below, start, end float64
}

// badge sets the words of a badge, which stay on one line if it is long enough,
// with room at both ends for the frame.
func (f *flattener) badge(n *doc.Badge) {
	c := &f.b.th.Light
	from := len(f.out.spans)
	size, more := f.st.Size*badgeSize, f.b.script(f.st.Family, f.st.Lang).leading-1
	frame := &badge{tone: n.Tone, above: size * (badgeAbove + moreScript*more), below: size * (badgeBelow + moreScript*more), end: f.st.Size * badgeRoom}
	if from > 0 {
		frame.start = frame.end
	}
	pad, around := f.st.Size*badgePad, f.st.Size
	f.part(part{badge: frame}, func(st *text.Style) {
		st.Size = size
		st.Bold, st.Italic, st.Whole = true, false, true
		switch n.Tone {
		case doc.BadgeNegative:
			st.Color = page.Color(c.Paper)
		case doc.BadgePositive:
			st.Color = page.Color(c.Accent)
		case doc.BadgeNeutral:
			st.Color = page.Color(c.Muted)
		}
	}, func() {
		open, closing := f.isolation(n)
		f.text(open)
		f.room(pad+frame.start, around)
		f.walk(n.Content)
		f.room(pad+frame.end, around)
		f.text(closing)
	})
	last := rune(0)
	for i := from; i < len(f.out.spans); i++ {
		f.out.spans[i].Text, last = together(f.out.spans[i].Text, last)
	}
}

// isolation is the controls around words that may run against the text: the
// frame stays in one piece.
func (f *flattener) isolation(n *doc.Badge) (open, closing string) {
	against := strings.ContainsFunc(doc.PlainText(n.Content), func(c rune) bool {
		p, _ := bidi.LookupRune(c)
		k := p.Class()
		return f.b.rtl && (k == bidi.L || k == bidi.EN) || !f.b.rtl && (k == bidi.R || k == bidi.AL || k == bidi.AN)
	})
	switch {
	case !against:
		return "", ""
	case f.b.rtl:
		return rightToLeftIsolate, popIsolate
	}
	return leftToRightIsolate, popIsolate
}

// room sets a space that no line ends at, of a width in points, and writes it in the
// size shown: programs that read pages take another size for another column, and
// another base line for another line (docs/extraction.md).
func (f *flattener) room(width, shown float64) {
	const space, size = "\u00a0", 100
	_, advance := f.b.o.Shaper.Measure([]text.Span{{Text: space, Style: &text.Style{Family: f.st.Family, Size: size, Lang: f.st.Lang}}}, false)
	if advance == 0 {
		return
	}
	f.part(part{shown: shown}, func(st *text.Style) { st.Size, st.Bold = size*width/advance, false }, func() { f.text(space) })
}

// together forbids breaks in a text: its spaces do not end lines, and a joiner
// stands wherever a line could end without one. last is the character before it.
func together(s string, last rune) (string, rune) {
	const joiner = '\u2060'
	within := func(c rune) bool {
		return c < 0x2e80 && (unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c))
	}
	var b strings.Builder
	for _, c := range s {
		if c == ' ' {
			c = '\u00a0'
		}
		if last != 0 && c != '\u00a0' && last != '\u00a0' && !unicode.IsMark(c) && !(within(last) && within(c)) && !unicode.Is(unicode.Cf, c) && !unicode.Is(unicode.Cf, last) {
			b.WriteRune(joiner)
		}
		b.WriteRune(c)
		last = c
	}
	return b.String(), last
}

// badgeOf is the innermost badge that a tag is part of; 0 if it is part of none.
func (in *inlines) badgeOf(tag int) int {
	for tag != 0 && in.parts[tag].badge == nil {
		tag = in.parts[tag].parent
	}
	return tag
}

// badges paints the frames of the badges of a line, under its text.
func (p *painter) badges(l *line, base float64) {
	if len(l.inl.parts) == 1 {
		return
	}
	for i := 0; i < len(l.text.Runs); {
		tag := l.inl.badgeOf(l.text.Runs[i].Tag)
		if tag == 0 {
			i++
			continue
		}
		frame := l.inl.parts[tag].badge
		y := base - l.text.Runs[i].Rise // of the room at its start, which nothing raises further
		left, right := math.Inf(1), math.Inf(-1)
		for ; i < len(l.text.Runs) && l.inl.badgeOf(l.text.Runs[i].Tag) == tag; i++ {
			r := &l.text.Runs[i]
			x := l.x + r.X + p.shift
			left, right = min(left, x), max(right, x+r.Width)
		}
		start, end := frame.start, frame.end
		if l.inl.rtl {
			start, end = end, start
		}
		p.frame(page.Box{X0: left + start, Y0: y - frame.above, X1: right - end, Y1: y + frame.below}, frame.tone)
	}
}

// frame paints the frame of a badge: a thin line, a dashed one, or a filled area.
func (p *painter) frame(at page.Box, tone doc.BadgeTone) {
	c, width := &p.b.th.Light, 1.4*p.b.th.Rules.Thin
	if tone == doc.BadgeNegative {
		p.under(&page.Rect{X: at.X0, Y: at.Y0, Width: at.X1 - at.X0, Height: at.Y1 - at.Y0, Color: page.Color(c.Ink)})
		return
	}
	x0, y0, x1, y1 := at.X0+width/2, at.Y0+width/2, at.X1-width/2, at.Y1-width/2
	color, dash := page.Color(c.Accent), 0.0
	if tone == doc.BadgeNeutral {
		color, dash = page.Color(c.Muted), 3*width
	}
	p.under(&page.Path{Points: []page.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}, {X: x0, Y: y0}},
		Width: width, Dash: dash, Gap: 0.7 * dash, Color: color})
}
