package layout

import (
	"context"
	"strings"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
)

// The share card's size: what links to a page show elsewhere, in pixels, which
// are points here.
const (
	CardWidth  = 1200
	CardHeight = 630
)

// The card's own measures, in points. Its look is the theme's: fonts and colours.
const (
	cardMargin   = 72
	cardBar      = 16  // of the accent colour, along the start side
	cardHead     = 92  // baseline of the issuer
	cardLogo     = 72  // height of its logo
	cardLogoWide = 0.4 // greatest share of the width of the logo
	cardLabel    = 176 // baseline of the label
	cardFoot     = CardHeight - 66
	cardTitleTop = 200
	cardTitleEnd = CardHeight - 126
	cardSmall    = 26
	cardLargest  = 68
	cardSmallest = 34
	cardStep     = 2
)

// Card sets a document's share card: issuer, label, headline, date and symbol on
// one page without structure. The error is the context's; characters that no font
// has are added to the problems.
func Card(ctx context.Context, d *doc.Document, o Options, problems *diag.List) (*page.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	o.Paper.Width, o.Paper.Height = CardWidth, CardHeight
	o.Shaper.Begin()
	b := &builder{ctx: ctx, d: d, o: o, th: o.Theme, problems: problems,
		flow: flow{rtl: d.Meta.Dir == doc.RightToLeft, lang: d.Meta.Lang},
		root: &page.Element{Type: page.TypeDocument, Lang: d.Meta.Lang}, scripts: map[[2]string]scriptNeeds{}}
	b.elem = b.root
	b.frame = frame{cardMargin + cardBar, CardWidth - cardMargin}
	if b.rtl {
		b.frame = frame{cardMargin, CardWidth - cardMargin - cardBar}
	}
	out := &page.Document{Info: b.info(), Root: b.root, Pages: []*page.Page{{Width: CardWidth, Height: CardHeight}}}
	b.card(&painter{b: b, out: out, page: out.Pages[0], artifact: true})
	b.reportMissing()
	return out, nil
}

func (b *builder) card(p *painter) {
	c, f := &b.th.Light, b.d.Front
	bar := &page.Rect{Width: cardBar, Height: CardHeight, Color: page.Color(c.Accent)}
	if b.rtl {
		bar.X = CardWidth - cardBar
	}
	p.under(&page.Rect{Width: CardWidth, Height: CardHeight, Color: page.Color(c.Paper)})
	p.under(bar)
	p.under(&page.Rect{X: b.frame.left, Y: cardFoot - 48, Width: b.frame.width(), Height: 2, Color: page.Color(c.Rule)})
	strong := style{size: cardSmall, leading: 1, bold: true, color: page.Color(c.Accent)}
	muted := style{size: cardSmall, leading: 1, color: page.Color(c.Muted)}
	frame := b.frame
	b.cardMark(p, strong.size)
	b.cardLine(p, f.Letterhead, "", cardHead, strong)
	b.frame = frame
	label := f.Label
	for _, band := range f.Bands { // nobody may take a draft for the text that holds
		label = band.Text
	}
	if f.Preview != "" {
		label = strings.TrimSuffix(f.Preview+" · "+f.Notice, " · ")
	}
	strong.color = page.Color(c.Muted)
	b.cardLine(p, label, "", cardLabel, strong)
	b.cardLine(p, f.Dateline, f.Symbol, cardFoot, muted)
	b.cardTitle(p)
}

// cardMark paints the logo at the start side and leaves the rest of the line for
// the issuer, beside its middle.
func (b *builder) cardMark(p *painter, size float64) {
	m := b.logoImage()
	width, height := b.logoSize(m, cardLogo, cardLogoWide)
	if width == 0 || b.d.Front.Letterhead == "" {
		return
	}
	p.image(&page.Image{X: b.align(width, alignStart), Y: cardHead - size*0.35 - height/2, Width: width, Height: height,
		Picture: b.o.Pictures.Print(m, width)}, nil)
	if room := width + cardSmall; b.rtl {
		b.frame.right -= room
	} else {
		b.frame.left += room
	}
}

// cardLine sets words at the start side of a line and others at its end; what is
// too long for the room ends in an ellipsis.
func (b *builder) cardLine(p *painter, start, end string, base float64, st style) {
	old := b.frame
	defer func() { b.frame = old }()
	if end != "" {
		far := b.fit(end, st, b.frame.width()/2, alignEnd)
		b.paintFurniture(p, far, base, page.Header)
		if room := far.text.Width + st.size; b.rtl {
			b.frame.left += room
		} else {
			b.frame.right -= room
		}
	}
	if start != "" {
		b.paintFurniture(p, b.fit(b.shortened(start, st), st, b.frame.width()+1, alignStart), base, page.Header)
	}
}

// shortened cuts words that are too many for a line, and says so by an ellipsis.
func (b *builder) shortened(s string, st style) string {
	whole := []rune(s)
	for n := len(whole); n > 0; n -= max(1, n/50) {
		if n < len(whole) {
			s = strings.TrimSpace(string(whole[:n])) + "…"
		}
		if _, natural := b.o.Shaper.Measure(b.plain(s, st).spans, b.rtl); natural <= b.frame.width() {
			return s
		}
	}
	return "…"
}

// cardTitle sets the headline as large as its room allows, its lines of about the
// same length, in the middle of the room.
func (b *builder) cardTitle(p *painter) {
	title := b.d.Title
	if len(title) == 0 {
		return
	}
	const room = cardTitleEnd - cardTitleTop
	st := style{bold: true, leading: 1.16, color: page.Color(b.th.Light.Ink)}
	var lines []text.Line
	var in *inlines
	fits := false
	for st.size = cardLargest; st.size >= cardSmallest && !fits; st.size -= cardStep {
		in, lines = b.cardLines(title, st)
		fits = float64(len(lines))*b.lineHeight(st) <= room
	}
	st.size += cardStep
	height := b.lineHeight(st)
	if most := int(room / height); !fits { // the words that fit, and a sign that there are more
		words := []rune(strings.TrimSpace(doc.PlainText(title)))
		for n := len(words); len(lines) > most && n > 0; n -= max(1, n/50) {
			in, lines = b.cardLines([]doc.Inline{&doc.Text{Value: strings.TrimSpace(string(words[:n])) + "…"}}, st)
		}
	}
	top := cardTitleTop + (room-float64(len(lines))*height)/2
	for i := range lines {
		l := &line{text: &lines[i], x: b.align(lines[i].Width, alignStart), inl: in}
		b.paintFurniture(p, l, top+(float64(i)+0.5)*height+st.size*0.35, page.Header)
	}
}

// cardLines breaks a headline into the fewest lines, no longer than need be.
func (b *builder) cardLines(title []doc.Inline, st style) (*inlines, []text.Line) {
	in := b.flatten(title, st)
	set := func(width float64) []text.Line {
		return b.o.Shaper.Lines(text.Paragraph{Spans: in.spans, RTL: b.rtl, Width: width})
	}
	widest := b.frame.width()
	lines := set(widest)
	longest, _ := b.o.Shaper.Measure(in.spans, b.rtl)
	low, high := min(longest, widest), widest
	for high-low > 4 {
		if middle := (low + high) / 2; len(set(middle)) > len(lines) {
			low = middle
		} else {
			high = middle
		}
	}
	return in, set(high)
}
