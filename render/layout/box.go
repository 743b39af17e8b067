package layout

import (
	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
)

// box is a piece of the flow that is never cut: a line, a table row, a rule, room.
type box struct {
	// space is the room above, dropped at the top of a page.
	space, height float64
	// keep forbids a page break between this box and the next.
	keep bool
	// turn asks for a new page, begins tells that the text after a cover starts here.
	turn, begins bool
	// item paints the box; nil for mere room.
	item item
	// decos are the panels and bars around the box, outermost first.
	decos []*deco
	// anchors stand at the top of the box.
	anchors []string
	// mark is the bookmark of a heading's first line.
	mark *bookmark
	// table is set for body rows: its header is repeated when a page breaks before them.
	table *tableHead
	// whole tells that a chain which no page can hold is cut before this box rather
	// than behind it.
	whole bool
	// turned boxes stand on pages in landscape.
	turned bool
	// notes are the footnotes that are first called in the box.
	notes []*doc.Footnote
	// pageBreak begins a new page; the box is nothing else.
	pageBreak bool
	// float, at the first box of a chain, lets the chain move to the top of the
	// next page if it does not fit, while what follows fills the room.
	float bool
	// after is the room below, where the next box does not ask for more.
	after float64
	// ends tells that the text above is at its end: no float may pass the box.
	ends bool
}

// item is what a box paints, at a distance from the top of the page.
type item interface {
	paint(p *painter, top float64)
}

type bookmark struct {
	title string
	level int
}

// deco is a filled area along its boxes: the bar of a quote, the panel of a notice.
type deco struct {
	left, right float64
	color       page.Color
}

// line is a set line of text and what stands beside it on the same baseline.
type line struct {
	text *text.Line
	// x is the left end, height the line height, shift the baseline below its middle.
	x, height, shift float64
	elem             *page.Element
	inl              *inlines
	beside           []*line
}

// add appends a box and takes the room asked for above it.
func (b *builder) add(x box) {
	if b.turn && len(b.boxes) > 0 {
		b.boxes[len(b.boxes)-1].keep = false
	}
	x.space, x.turn, x.begins = b.gap, b.turn, b.begins
	b.gap, b.turn, b.begins = 0, false, false
	x.decos, x.turned = b.decos, b.turned
	b.boxes = append(b.boxes, x)
	if len(b.d.Footnotes) > 0 && !b.noteText {
		b.callsIn(&b.boxes[len(b.boxes)-1])
	}
}

// room appends blank room that no page break may part from what follows.
func (b *builder) room(points float64) { b.add(box{height: points, keep: true}) }

// decorated runs fn with a decoration around its boxes.
func (b *builder) decorated(d *deco, fn func()) {
	old := b.decos
	b.decos = append(old[:len(old):len(old)], d)
	fn()
	b.decos = old
}

// style is how a block's text is set.
type style struct {
	size, leading float64
	bold, italic  bool
	mono          bool
	tabular       bool
	color         page.Color
	align         align
	setting       setting
}

// setting is how a block's lines are broken.
type setting uint8

const (
	// prose is running text: hyphenated and justified as the theme says.
	prose setting = iota
	// headline is never hyphenated, and its lines are of nearly equal length.
	headline
	// cell is text in a narrow column: hyphenated, never justified.
	cell
)

// lineSetting is inlines as the shaper takes them, with the theme's way of setting.
func (b *builder) lineSetting(inl *inlines, st style) text.Paragraph {
	p := text.Paragraph{Spans: inl.spans, RTL: b.rtl, Width: b.frame.width(), Autospace: !st.mono}
	l := &b.th.Lines
	if st.mono {
		return p
	}
	if st.setting == headline {
		p.Balance = l.Balance
		return p
	}
	switch l.Hyphenation {
	case "sparing":
		p.Hyphens = text.SparingHyphens
	case "full":
		p.Hyphens = text.FullHyphens
	}
	p.Optimal = l.Optimal
	p.Justify = l.Justify && st.setting == prose && st.align == alignStart
	return p
}

type align uint8

const (
	alignStart align = iota
	alignCenter
	alignEnd
)

// lineHeight is the height of a line in the current language's script, in points.
func (b *builder) lineHeight(st style) float64 {
	return st.size * st.leading * b.script(b.family(st), b.lang).leading
}

// scriptNeeds is what a language's script asks of a family.
type scriptNeeds struct {
	leading float64
	italic  bool
}

// script looks up what the script of a language needs, once a document.
func (b *builder) script(family, lang string) scriptNeeds {
	key := [2]string{family, lang}
	n, ok := b.scripts[key]
	if !ok {
		n = scriptNeeds{b.o.Fonts.Leading(family, lang), b.o.Fonts.Italic(family, lang)}
		b.scripts[key] = n
	}
	return n
}

func (b *builder) family(st style) string {
	if st.mono {
		return b.th.Fonts.Mono
	}
	return b.th.Fonts.Text
}

// lines breaks inlines into lines within the frame.
func (b *builder) lines(inl *inlines, st style, e *page.Element) []*line {
	broken := b.o.Shaper.Lines(b.lineSetting(inl, st))
	h := b.lineHeight(st)
	out := make([]*line, len(broken))
	store := make([]line, len(broken))
	for i := range broken {
		l := &store[i]
		*l = line{text: &broken[i], height: h, shift: st.size * 0.35, elem: e, inl: inl}
		l.x = b.align(broken[i].Width, st.align)
		out[i] = l
	}
	return out
}

// align is the left end of something of a width in the frame.
func (b *builder) align(width float64, a align) float64 {
	f := b.frame
	switch {
	case a == alignCenter:
		return f.left + (f.width()-width)/2
	case (a == alignEnd) != b.rtl:
		return f.right - width
	}
	return f.left
}

// set appends lines as boxes, at least two together at either side of a page
// break, which never parts a word.
func (b *builder) set(ls []*line, keepAll bool) {
	for i, l := range ls {
		if i == 0 {
			l.beside = append(l.beside, b.labels...)
			b.labels = nil
		}
		b.add(box{height: l.height, item: l, keep: keepAll || len(ls) > 1 && (i == 0 || i == len(ls)-2) || l.text.Hyphenated})
	}
}

func (l *line) paint(p *painter, top float64) {
	base := top + l.height/2 + l.shift
	for _, s := range l.beside {
		s.runs(p, base)
	}
	l.runs(p, base)
}
