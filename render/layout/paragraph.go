package layout

import (
	"unicode/utf8"

	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
)

// body is the style of running text.
func (b *builder) body() style {
	st := style{size: b.th.Sizes.Body, leading: b.th.Sizes.Leading, color: page.Color(b.th.Light.Ink)}
	switch {
	case b.noteText:
		st.size = b.th.Sizes.Note
	case b.small:
		st.size = b.th.Sizes.Table
	}
	return st
}

func (b *builder) paragraph(n *doc.Paragraph) {
	if len(n.Content) == 0 {
		return
	}
	st := b.body()
	b.space(b.between())
	e := b.open(page.TypeP, &n.Attr)
	f := b.frame
	b.hanging = 0
	if n.Number != "" {
		b.number(n.Number, st, e)
		f = b.inset(b.numberIndent())
		if b.elem == b.root { // a numbered division has an indent of its own
			b.hanging = b.numberIndent()
		}
	}
	b.within(b.elem, f, func() { b.set(b.lines(b.flatten(n.Content, st), st, e), false) })
	b.space(b.between())
}

// between is the room between paragraphs.
func (b *builder) between() float64 {
	if b.noteText {
		return b.th.Space.TightItem
	}
	return b.th.Space.Paragraph
}

// number hangs a paragraph's number before its first line. It is content, and
// read out: people refer to it.
func (b *builder) number(number string, st style, e *page.Element) {
	inl := b.plain(number, st)
	set := b.o.Shaper.Lines(text.Paragraph{Spans: inl.spans, RTL: b.rtl, Width: b.frame.width()})
	if len(set) > 0 {
		b.labels = append(b.labels, &line{text: &set[0], x: b.align(set[0].Width, alignStart),
			shift: st.size * 0.35, elem: e.New(page.TypeLbl), inl: inl})
	}
}

// hung is the frame of a list: below a numbered paragraph of the text, to which
// it belongs, beside the number.
func (b *builder) hung() frame {
	if b.hanging == 0 {
		return b.frame
	}
	return b.inset(b.hanging)
}

// numberIndent is the room for paragraph numbers: as much as the longest needs,
// the same in the whole document.
func (b *builder) numberIndent() float64 {
	if b.numbers > 0 {
		return b.numbers
	}
	longest := ""
	doc.WalkBlocks(b.d.Blocks, func(n doc.Block) bool {
		if p, ok := n.(*doc.Paragraph); ok && utf8.RuneCountInString(p.Number) > utf8.RuneCountInString(longest) {
			longest = p.Number
		}
		return true
	})
	st := b.body()
	st.size = b.th.Sizes.Body
	_, w := b.o.Shaper.Measure(b.plain(longest, st).spans, b.rtl)
	b.numbers = max(b.th.Space.ListIndent*1.2, w+st.size*0.8)
	return b.numbers
}
