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
			*which = b.furnitureOf(st)
		}
		b.furnish(&painter{b: b, page: pg, index: i, artifact: true}, *which, st, len(out.Pages))
	}
	b.turned = false
}

// furniture is what stands on all pages of one orientation.
type furniture struct {
	head   []*line
	symbol *line
}

func (b *builder) furnitureOf(st style) *furniture {
	f := &furniture{head: b.clipped(b.d.Front.RunningHead, st)}
	if b.d.Front.Symbol != "" {
		f.symbol = b.fit(b.d.Front.Symbol, st, b.frame.width()/2, alignStart)
	}
	return f
}

// furnish paints the head and the foot of one page.
func (b *builder) furnish(p *painter, f *furniture, st style, pages int) {
	if p.index > 0 && f.head != nil {
		for _, l := range f.head {
			b.paintFurniture(p, l, b.th.Paper.Head, page.Header)
		}
		y := b.th.Paper.Head + st.size*0.8
		p.over(&page.Rect{X: b.frame.left, Y: y, Width: b.frame.width(), Height: b.th.Rules.Thin, Color: page.Color(b.th.Light.Rule)})
	}
	foot := p.page.Height - b.th.Paper.Foot
	if f.symbol != nil {
		b.paintFurniture(p, f.symbol, foot, page.Footer)
	}
	n := b.fit(b.pageOf(p.index+1, pages), st, b.frame.width()/2, alignEnd)
	b.paintFurniture(p, n, foot, page.Footer)
	p.endPage()
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

// clipped sets the running head; a long one ends in an ellipsis.
func (b *builder) clipped(s string, st style) []*line {
	if s == "" {
		return nil
	}
	const ellipsis = "…"
	dots := b.fit(ellipsis, st, b.frame.width(), alignStart)
	_, natural := b.o.Shaper.Measure(b.plain(s, st).spans, b.rtl)
	if natural <= b.frame.width() {
		return []*line{b.fit(s, st, b.frame.width()+1, alignStart)}
	}
	head := b.fit(s, st, b.frame.width()-dots.text.Width, alignStart)
	if b.rtl {
		dots.x = head.x - dots.text.Width
	} else {
		dots.x = head.x + head.text.Width
	}
	return []*line{head, dots}
}

// pageOf fills the language's "Page X of Y".
func (b *builder) pageOf(n, of int) string {
	f := b.d.Front
	digits := func(n int) string {
		return strings.Map(func(c rune) rune { return f.Digits[c-'0'] }, strconv.Itoa(n))
	}
	return strings.NewReplacer("{page}", digits(n), "{pages}", digits(of)).Replace(f.PageOf)
}

// find is the place of the first block that has a character, for problems.
func (b *builder) find(c rune) diag.Pos {
	pos := diag.Pos{File: b.d.File}
	if key, ok := b.d.Meta.Pos["title"]; ok && strings.ContainsRune(doc.PlainText(b.d.Title), c) {
		return key
	}
	found := false
	doc.Inlines(b.d.Blocks, func(owner doc.Block, in []doc.Inline) {
		if !found && strings.ContainsRune(doc.PlainText(in), c) {
			found = true
			pos = owner.Attributes().Pos
		}
	})
	return pos
}

// codePoint writes a character's code as Unicode does.
func codePoint(c rune) string {
	s := strings.ToUpper(strconv.FormatInt(int64(c), 16))
	return "U+" + strings.Repeat("0", max(0, 4-len(s))) + s
}
