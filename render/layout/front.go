package layout

import (
	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
)

// front sets what stands above the text on the first page.
func (b *builder) front() {
	f := b.d.Front
	symbol := f.Symbol
	if f.Letterhead != "" {
		b.within(b.root, b.fullFrame(), func() { b.letterhead(f, symbol) })
		symbol = ""
	}
	b.bands()
	b.label(f.Label, symbol)
	b.within(b.root, b.fullFrame(), func() { b.title(b.th.Sizes.Title) })
	b.setNotes()
	b.frontSummary()
	if f.Dateline != "" {
		st := b.body()
		st.color = page.Color(b.th.Light.Muted)
		b.space(b.th.Space.Paragraph * 1.2)
		b.set(b.lines(b.plain(f.Dateline, st), st, b.root.New(page.TypeP)), true)
	}
	b.space(b.th.Space.Paragraph * 1.6)
}

// bands sets the notices that no reader may overlook.
func (b *builder) bands() {
	for _, band := range b.d.Front.Bands {
		b.band(band)
	}
	if len(b.d.Front.Bands) > 0 {
		b.space(b.th.Space.Paragraph * 2)
	}
}

// label sets the kind of document, and the symbol where there is no letterhead for it.
func (b *builder) label(kind, symbol string) {
	if kind == "" && symbol == "" {
		return
	}
	st := style{size: b.th.Sizes.Label, leading: b.th.Sizes.Leading, bold: true, color: page.Color(b.th.Light.Muted), setting: headline}
	b.within(b.root, b.fullFrame(), func() { b.pair(kind, symbol, st, st) })
	b.space(b.th.Space.TightItem * 2)
}

func (b *builder) frontSummary() {
	if len(b.d.Summary) == 0 {
		return
	}
	st := style{size: b.th.Sizes.Summary, leading: b.th.Sizes.Leading, color: page.Color(b.th.Light.Ink)}
	b.space(b.th.Space.Paragraph * 1.2)
	ls := b.lines(b.flatten(b.d.Summary, st), st, b.root.New(page.TypeP))
	b.limitSummary(len(ls))
	b.set(ls, false)
	b.setNotes()
}

// letterhead is the issuer's name over a rule, the symbol at the far side.
func (b *builder) letterhead(f *doc.Front, symbol string) {
	c := &b.th.Light
	name := style{size: b.th.Sizes.Head, leading: b.th.Sizes.Leading, bold: true, color: page.Color(c.Accent), setting: headline}
	small := style{size: b.th.Sizes.Label, leading: b.th.Sizes.Leading, color: page.Color(c.Muted), setting: headline}
	b.logo()
	b.pair(f.Letterhead, symbol, name, small)
	if f.Unit != "" {
		b.set(b.lines(b.plain(f.Unit, small), small, b.root.New(page.TypeP)), true)
	}
	b.space(b.th.Space.Item)
	b.add(box{height: b.th.Rules.Thick, keep: true, item: &stroke{b.frame.left, b.frame.right, b.th.Rules.Thick, page.Color(c.Accent)}})
	b.space(b.th.Space.LetterheadGap)
}

// pair sets words at the start side and others at the end side of one line.
func (b *builder) pair(start, end string, st, far style) {
	var beside *line
	frame := b.frame
	if end != "" {
		in := b.plain(end, far)
		set := b.o.Shaper.Lines(text.Paragraph{Spans: in.spans, RTL: b.rtl, Width: frame.width()})
		w := set[0].Width
		beside = &line{text: &set[0], x: b.align(w, alignEnd), height: b.lineHeight(far), shift: far.size * 0.35, inl: in}
		if b.rtl {
			frame.left += w + far.size
		} else {
			frame.right -= w + far.size
		}
	}
	if start == "" {
		if beside != nil {
			beside.elem = b.root.New(page.TypeP)
			b.add(box{height: beside.height, item: beside, keep: true})
		}
		return
	}
	b.within(b.root, frame, func() {
		ls := b.lines(b.plain(start, st), st, b.root.New(page.TypeP))
		if beside != nil {
			beside.elem = b.root.New(page.TypeP)
			ls[0].beside = append(ls[0].beside, beside)
		}
		b.set(ls, true)
	})
}

// band is a notice on a panel with a bar: its words say what it is, not its colour.
func (b *builder) band(n doc.Band) {
	pad := b.th.Space.BandPad
	st := style{size: b.th.Sizes.Table, leading: b.th.Sizes.Leading, bold: true, color: page.Color(b.th.Light.Ink), setting: headline}
	f := b.fullFrame()
	bar := &deco{left: f.left, right: f.left + 2*b.th.Rules.Quote, color: page.Color(b.th.Light.Accent)}
	if b.rtl {
		bar.left, bar.right = f.right-2*b.th.Rules.Quote, f.right
	}
	panel := &deco{left: f.left, right: f.right, color: page.Color(b.th.Light.Band)}
	b.within(b.root, frame{f.left + 2*pad, f.right - 2*pad}, func() {
		b.decorated(panel, func() {
			b.decorated(bar, func() {
				b.room(pad)
				words := b.plain(n.Text, st)
				if n.Content != nil {
					words = b.flatten(n.Content, st)
				}
				b.set(b.lines(words, st, b.root.New(page.TypeP)), true)
				b.room(pad)
			})
		})
	})
	b.space(b.th.Space.Paragraph)
}

func (b *builder) title(size float64) {
	if len(b.d.Title) == 0 {
		return
	}
	st := style{size: size, leading: b.th.Sizes.TightLeading, bold: true, color: page.Color(b.th.Light.Ink), setting: headline}
	e := b.root.New(page.TypeH1)
	from := len(b.boxes)
	ls := b.lines(b.flatten(b.d.Title, st), st, e)
	b.limitTitle(len(ls))
	b.set(ls, true)
	if from < len(b.boxes) {
		b.boxes[from].mark = &bookmark{doc.PlainText(b.d.Title), 0}
	}
}
