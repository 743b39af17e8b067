package layout

import (
	"strconv"
	"strings"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
)

// info is the document's metadata.
func (b *builder) info() page.Info {
	m := &b.d.Meta
	return page.Info{
		Title: doc.PlainText(b.d.Title), Author: m.Issuer.Name, Subject: doc.PlainText(b.d.Summary),
		Keywords: m.Keywords, Lang: m.Lang, RightToLeft: m.Dir == doc.RightToLeft, Date: m.Date.Time, Producer: b.o.Producer,
	}
}

// furniture paints running heads and feet, when the number of pages is known.
// A cover has none, and the first page no head; whom a preview is for stands on all.
func (b *builder) furniture(out *page.Document) {
	b.rtl, b.lang = b.d.Meta.Dir == doc.RightToLeft, b.d.Meta.Lang
	st := style{size: b.th.Sizes.Furn, leading: b.th.Sizes.Leading, color: page.Color(b.th.Light.Muted)}
	var sets [2]*furniture // upright, turned
	for i, pg := range out.Pages {
		b.turned = pg.Width != b.o.Paper.Width
		b.frame = b.fullFrame()
		which := &sets[0]
		if b.turned {
			which = &sets[1]
		}
		if *which == nil {
			*which = b.furnitureOf(st, len(out.Pages))
		}
		b.furnish(&painter{b: b, page: pg, index: i, artifact: true}, *which, st, len(out.Pages))
	}
	b.turned = false
}

// furniture is what stands on all pages of one orientation.
type furniture struct {
	head, foot *running
	notice     []*line
	preview    [][]*line // line by line
}

func (b *builder) furnitureOf(st style, pages int) *furniture {
	f := b.d.Front
	set := &furniture{head: b.running(f.Head, st, pages > 1 && !b.turned), foot: b.running(f.Foot, st, false)}
	loud := st
	loud.bold, loud.color = true, page.Color(b.th.Light.Ink)
	if f.Preview != "" {
		set.preview = b.previewLines(f.Preview, loud)
	}
	if pages > 1 && f.Notice != "" {
		set.notice, _ = b.clipped(f.Notice, loud, b.frame.width(), alignStart)
	}
	return set
}

// previewLines sets whom a preview is for in the room below the foot: in two lines if
// the name is long, in one that is cut where a theme leaves no room for two.
func (b *builder) previewLines(s string, st style) (rows [][]*line) {
	in := b.plain(s, st)
	set := b.o.Shaper.Lines(text.Paragraph{Spans: in.spans, RTL: b.rtl, Width: b.frame.width(), Autospace: true})
	if len(set) > 2 || b.th.Paper.Foot < st.size*(2*st.leading+0.3) {
		ls, _ := b.clipped(s, st, b.frame.width(), alignStart)
		return [][]*line{ls}
	}
	for i := range set {
		rows = append(rows, []*line{{text: &set[i], x: b.align(set[i].Width, alignStart), inl: in}})
	}
	return rows
}

// furnish paints the head and the foot of one page.
func (b *builder) furnish(p *painter, f *furniture, st style, pages int) {
	for i, row := range f.preview {
		for _, l := range row {
			b.paintFurniture(p, l, p.page.Height-b.th.Paper.Foot+float64(i+1)*st.size*st.leading, page.Footer)
		}
	}
	if p.index == 0 && b.d.Front.Cover {
		return
	}
	if p.index > 0 {
		if b.paintRunning(p, f.head, b.th.Paper.Head, pages, page.Header) {
			y := b.th.Paper.Head + st.size*0.8
			p.over(&page.Rect{X: b.frame.left, Y: y, Width: b.frame.width(), Height: b.th.Rules.Thin, Color: page.Color(b.th.Light.Rule)})
		}
		for _, l := range f.notice {
			b.paintFurniture(p, l, b.th.Paper.Head-st.size*st.leading, page.Header)
		}
	}
	b.paintRunning(p, f.foot, p.page.Height-b.th.Paper.Foot, pages, page.Footer)
	p.endPage()
}

// running is a running line: words that are the same on every page set once,
// those with page numbers kept for each.
type running struct {
	start, end [2]*line // the words and, if they are cut, the ellipsis
	// pattern and at are the words with page numbers, and the side where they stand.
	pattern string
	at      align
	style   style
}

// running sets the words of a running line. Those at its end keep their place;
// those at its start are cut to what is left.
func (b *builder) running(f doc.Furniture, st style, warn bool) *running {
	r := &running{style: st}
	room := b.frame.width()
	half := room / 2
	if numbered(f.End) {
		r.pattern, r.at = f.End, alignEnd
		room = half
	} else if f.End != "" {
		ls, _ := b.clipped(f.End, st, half, alignEnd)
		copy(r.end[:], ls)
		for _, l := range ls {
			room -= l.text.Width
		}
		room -= 2 * st.size
	}
	switch {
	case numbered(f.Start):
		r.pattern, r.at = f.Start, alignStart
	case f.Start != "":
		ls, cut := b.clipped(f.Start, st, room, alignStart)
		copy(r.start[:], ls)
		if cut && warn {
			b.headCut(f.Start)
		}
	}
	return r
}

// numbered reports words that differ from page to page.
func numbered(words string) bool { return strings.Contains(words, "{page}") }

// paintRunning paints a running line and reports whether it has any words.
func (b *builder) paintRunning(p *painter, r *running, base float64, pages int, kind page.Artifact) bool {
	any := false
	for _, l := range [...]*line{r.start[0], r.start[1], r.end[0], r.end[1]} {
		if l != nil {
			b.paintFurniture(p, l, base, kind)
			any = true
		}
	}
	if r.pattern != "" {
		b.paintFurniture(p, b.fit(b.pageOf(r.pattern, p.index, pages), r.style, b.frame.width()/2, r.at), base, kind)
		any = true
	}
	return any
}

// paintFurniture paints a line outside the structure on a baseline.
func (b *builder) paintFurniture(p *painter, l *line, base float64, kind page.Artifact) {
	c := &page.Content{Page: p.index, Artifact: kind}
	b.painted++
	for i := range l.text.Runs {
		r := &l.text.Runs[i]
		c.Marks = append(c.Marks, &page.Text{X: l.x + r.X, Y: base, Run: r.Run, Line: b.painted, RightToLeft: l.inl.rtl})
	}
	p.page.Contents = append(p.page.Contents, c)
}

// fit sets words in one line; what is too long for the width is cut, as it
// stands in full elsewhere.
func (b *builder) fit(s string, st style, width float64, a align) *line {
	in := b.plain(s, st)
	set := b.o.Shaper.Lines(text.Paragraph{Spans: in.spans, RTL: b.rtl, Width: width, Autospace: true})
	if len(set) == 0 {
		return &line{text: &text.Line{}, inl: in}
	}
	return &line{text: &set[0], x: b.align(set[0].Width, a), inl: in}
}

// clipped sets words in one line of a width; long ones end in an ellipsis.
func (b *builder) clipped(s string, st style, width float64, a align) (ls []*line, cut bool) {
	const ellipsis = "…"
	_, natural := b.o.Shaper.Measure(b.plain(s, st).spans, b.rtl)
	if natural <= width {
		return []*line{b.fit(s, st, width+1, a)}, false
	}
	dots := b.fit(ellipsis, st, width, a)
	words := b.fit(s, st, width-dots.text.Width, a)
	if (a == alignEnd) != b.rtl { // the left end moves
		words.x -= dots.text.Width
	}
	if b.rtl {
		dots.x = words.x - dots.text.Width
	} else {
		dots.x = words.x + words.text.Width
	}
	return []*line{words, dots}, true
}

// pageOf fills the language's "Page X of Y". Pages before the text of a document
// with a cover have their number only.
func (b *builder) pageOf(pattern string, index, pages int) string {
	if index < b.bodyPage {
		return b.pageLabel(index)
	}
	return strings.NewReplacer("{page}", b.pageLabel(index), "{pages}", b.digits(pages-b.bodyPage)).Replace(pattern)
}

// find is the place of the first block that has a character, for problems.
func (b *builder) find(c rune) diag.Pos {
	pos := diag.Pos{File: b.d.File}
	if key, ok := b.d.Meta.Pos["title"]; ok && strings.ContainsRune(doc.PlainText(b.d.Title), c) {
		return key
	}
	found := false
	b.d.Flows(func(blocks []doc.Block) {
		doc.Inlines(blocks, func(owner doc.Block, in []doc.Inline) {
			if !found && strings.ContainsRune(doc.PlainText(in), c) {
				found = true
				pos = owner.Attributes().Pos
			}
		})
	})
	return pos
}

// codePoint writes a character's code as Unicode does.
func codePoint(c rune) string {
	s := strings.ToUpper(strconv.FormatInt(int64(c), 16))
	return "U+" + strings.Repeat("0", max(0, 4-len(s))) + s
}
