package layout

import (
	"math"

	"communique/render/doc"
	"communique/render/page"
)

// contents sets the table of contents (ISO 32000-1, 14.8.4.3: TOC and TOCI).
// Page numbers are known when the text stands on its pages: entries are set
// with room for them, and fillContents paints them.
func (b *builder) contents() {
	c := b.d.Front.Contents
	if c == nil {
		return
	}
	st := style{size: b.th.Sizes.Headings[0], leading: b.th.Sizes.TightLeading, bold: true, color: page.Color(b.th.Light.Accent)}
	e := b.root.New(page.TypeH2)
	e.ID = c.ID
	from := len(b.boxes)
	b.space(b.th.Space.Heading)
	b.set(b.lines(b.plain(c.Title, st), st, e), true)
	if from < len(b.boxes) {
		b.boxes[from].mark = &bookmark{c.Title, 1}
		b.boxes[from].anchors = []string{c.ID}
	}
	b.space(b.th.Space.HeadingAfter * 1.5)
	s := &contentsSetter{b: b}
	s.columns(c.Entries)
	b.within(b.root, b.fullFrame(), func() { s.entries(c.Entries) })
	b.space(b.th.Space.Heading * 1.5)
}

// contentsSetter sets the entries of one table of contents.
type contentsSetter struct {
	b *builder
	// indent is, by level, where the words of an entry begin: room for numbers
	// of the level and for those above.
	indent [7]float64
	// open are the TOC elements of the levels being filled, toci their last item.
	open []openContents
}

type openContents struct {
	level     int
	toc, toci *page.Element
}

func (s *contentsSetter) style(level int) style {
	return style{size: s.b.th.Sizes.Body, leading: s.b.th.Sizes.Leading, bold: level == 2, color: page.Color(s.b.th.Light.Ink)}
}

// columns measures the numbers of every level.
func (s *contentsSetter) columns(entries []doc.Entry) {
	var wide [7]float64
	for i := range entries {
		h := entries[i].Heading
		if h.Number == "" {
			continue
		}
		st := s.style(h.Level)
		_, w := s.b.o.Shaper.Measure(s.b.plain(h.Number, st).spans, s.b.rtl)
		wide[h.Level] = max(wide[h.Level], w+st.size*0.9)
	}
	for level := 2; level < len(wide); level++ {
		s.indent[level] = s.indent[level-1] + wide[level]
		if wide[level] == 0 && level > 2 {
			s.indent[level] += s.b.th.Sizes.Body * 1.4
		}
	}
}

func (s *contentsSetter) entries(entries []doc.Entry) {
	for i := range entries {
		if s.b.ctx.Err() != nil {
			return
		}
		s.entry(&entries[i], i > 0)
		if i+1 < len(entries) && entries[i+1].Heading.Level > entries[i].Heading.Level && len(s.b.boxes) > 0 {
			s.b.boxes[len(s.b.boxes)-1].keep = true // a section stays with the first of its parts
		}
	}
}

// entry sets one heading: its number, its words, and room for a page number.
func (s *contentsSetter) entry(en *doc.Entry, above bool) {
	b, h := s.b, en.Heading
	st := s.style(h.Level)
	toci := s.item(h.Level)
	if above {
		space := b.th.Space.TightItem
		if h.Level == 2 {
			space = b.th.Space.Item * 1.2
		}
		b.space(space)
	}
	frame := b.frame
	b.frame = b.inset(s.indent[h.Level-1])
	if h.Number != "" {
		b.labels = append(b.labels, b.besideLine(h.Number+" ", st, toci.New(page.TypeLbl)))
		b.frame = frame
		b.frame = b.inset(s.indent[h.Level])
	}
	const digits, gap = 3.2, 1.5 // ems that are kept for the page number, and before it
	reserve := st.size * (digits*0.6 + gap)
	if b.rtl {
		b.frame.left += reserve
	} else {
		b.frame.right -= reserve
	}
	words := b.entryWords(en, st)
	ls := b.lines(words, st, toci.New(page.TypeReference))
	b.frame = frame
	if len(ls) == 0 {
		b.labels = nil
		return
	}
	b.set(ls, true)
	last := &b.boxes[len(b.boxes)-1]
	last.keep = false
	last.item = &entryLine{line: ls[len(ls)-1], anchor: h.ID, style: st}
}

// item opens the TOCI of an entry, in a TOC within the item above for a deeper level.
func (s *contentsSetter) item(level int) *page.Element {
	for n := len(s.open); n > 0 && s.open[n-1].level > level; n-- {
		s.open = s.open[:n-1]
	}
	n := len(s.open)
	if n == 0 || s.open[n-1].level < level {
		parent := s.b.root
		if n > 0 {
			parent = s.open[n-1].toci
		}
		s.open = append(s.open, openContents{level: level, toc: parent.New(page.TypeTOC)})
		n++
	}
	s.open[n-1].toci = s.open[n-1].toc.New(page.TypeTOCI)
	return s.open[n-1].toci
}

// entryWords are the words of an entry as one link. The space at their end parts
// them from the page number for whoever hears them.
func (b *builder) entryWords(en *doc.Entry, st style) *inlines {
	f := b.flattener(st, len(en.Content)+1)
	f.part(part{typ: page.TypeLink, anchor: en.Heading.ID, contents: doc.PlainText(en.Content)}, nil, func() {
		f.walk(en.Content)
		f.text(" ")
	})
	return f.out
}

// entryLine is the last line of an entry, which the page number ends.
type entryLine struct {
	*line
	anchor string
	style  style
	// where it stands, once it is painted
	page    int
	base    float64
	content *page.Content
}

func (l *entryLine) paint(p *painter, top float64) {
	l.line.paint(p, top)
	l.page, l.base = p.index, top+l.height/2+l.shift
	l.content = p.content(l.inl.element(1, l.elem))
	p.b.entryLines = append(p.b.entryLines, l)
}

// fillContents paints the page numbers of the contents and the leaders to them.
func (b *builder) fillContents(out *page.Document) {
	b.frame = b.fullFrame()
	for from := 0; from < len(b.entryLines); {
		to := from
		leaders := &page.Content{Page: b.entryLines[from].page}
		for ; to < len(b.entryLines) && b.entryLines[to].page == leaders.Page; to++ {
			b.fillEntry(out, b.entryLines[to], leaders)
		}
		pg := out.Pages[leaders.Page]
		pg.Contents = append(pg.Contents, leaders)
		from = to
	}
}

func (b *builder) fillEntry(out *page.Document, l *entryLine, leaders *page.Content) {
	target, ok := out.Anchors[l.anchor]
	if !ok { // the pages were cut short: the problem is told, nothing is written
		return
	}
	st := l.style
	st.bold = false
	in := b.plain(b.pageLabel(target.Page), st)
	set := b.o.Shaper.Lines(textParagraph(in, b.rtl, b.frame.width()))
	if len(set) == 0 {
		return
	}
	number := &set[0]
	x := b.align(number.Width, alignEnd)
	b.painted++
	for i := range number.Runs {
		r := &number.Runs[i]
		l.content.Marks = append(l.content.Marks, &page.Text{X: x + r.X, Y: l.base, Run: r.Run, Line: b.painted, RightToLeft: b.rtl})
	}
	if link := l.inl.parts[1].link; link != nil {
		box := &link.Boxes[len(link.Boxes)-1]
		box.X0, box.X1 = min(box.X0, x), max(box.X1, x+number.Width)
	}
	b.leader(l, x, x+number.Width, leaders)
}

// leader draws dots between the words of an entry and its page number. Those of
// all entries stand below each other.
func (b *builder) leader(l *entryLine, numberLeft, numberRight float64, to *page.Content) {
	size := l.style.size
	dot, pitch, gap := size*0.07, size*0.42, size*0.5
	left, right := l.x+l.text.Width+gap, numberLeft-gap
	edge := b.frame.right
	if b.rtl {
		left, right = numberRight+gap, l.x-gap
	}
	left = edge - math.Floor((edge-left)/pitch)*pitch
	if right-left < 2*pitch {
		return
	}
	to.Marks = append(to.Marks, &page.Line{X1: left, Y1: l.base - dot/2, X2: right, Y2: l.base - dot/2,
		Width: dot, Dash: dot, Gap: pitch - dot, Color: page.Color(b.th.Light.Muted)})
}
