package layout

import (
	"fmt"
	"math"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
)

const (
	// naturalDots is the resolution at which a picture has its own size on paper, in dots an inch.
	naturalDots = 150
	// coarseDots is the resolution below which print shows the dots.
	coarseDots = 100
	// tallest is the share of a page that a picture takes unless its width is set.
	tallest = 0.6
)

// plate is a picture on the page, and what hangs beside its top.
type plate struct {
	x, width, height float64
	picture          *page.Picture
	elem             *page.Element // nil for a decorative one
	// caption comes after the picture in its element.
	caption *page.Element
	beside  []*line
}

func (i *plate) paint(p *painter, top float64) {
	for _, l := range i.beside {
		l.runs(p, top+l.height/2+l.shift)
	}
	p.image(&page.Image{X: i.x, Y: top, Width: i.width, Height: i.height, Picture: i.picture}, i.elem)
	if i.caption != nil {
		i.elem.Kids = append(i.elem.Kids, page.Kid{Element: i.caption})
	}
}

// image paints a picture and tells its element where it stands.
func (p *painter) image(m *page.Image, e *page.Element) {
	if e == nil {
		p.under(m)
		return
	}
	c := p.content(e)
	c.Marks = append(c.Marks, m)
	if c.Element != nil {
		e.Box = page.Box{X0: m.X, Y0: m.Y, X1: m.X + m.Width, Y1: m.Y + m.Height}
	}
}

// figure sets a picture with its caption, which never part.
func (b *builder) figure(n *doc.Figure) {
	w, h := b.o.Pictures.Size(&n.Image)
	if w == 0 {
		return // an error among the problems says why
	}
	var e *page.Element
	var set *plate
	if !n.Image.Decorative {
		e = b.open(page.TypeFigure, &n.Attr)
		e.Alt = n.Image.Alt
	}
	caption := b.caption(n.Label, n.Caption, &n.Attr, e)
	most := b.pageRoom(false) - b.th.Space.Item
	for _, l := range caption {
		most -= l.height
	}
	b.within(b.elem, b.figureFrame(n), func() { set = b.sized(n, float64(w), float64(h), most) })
	if dots := float64(w) / set.width * 72; dots < coarseDots {
		b.problems.Add(diag.Problem{Severity: diag.Warning, Code: "image-coarse", Pos: n.Image.Pos,
			Message:  fmt.Sprintf("%s has only %.0f dots an inch at its size in print", n.Image.Source, dots),
			Expected: fmt.Sprintf("a picture at least %.0f pixels wide, better %.0f", math.Ceil(set.width/72*naturalDots), math.Ceil(set.width/72*2*naturalDots)),
			Fix:      "take a larger one, or print it smaller with {width=…%}"})
	}
	floats := b.floats(n.Caption)
	set.elem, set.beside = e, b.labels
	if e != nil && len(caption) > 0 {
		set.caption = caption[0].elem
	}
	b.captioned(box{height: set.height, item: set, float: floats}, caption)
}

// captioned adds the box of a picture and its caption below, which never part.
func (b *builder) captioned(x box, caption []*line) {
	b.labels = nil
	above, room := b.gap, b.th.Space.Paragraph*1.6
	b.space(room)
	x.keep = len(caption) > 0
	b.add(x)
	if len(caption) > 0 {
		b.space(b.th.Space.Item)
		b.set(caption, true)
		b.boxes[len(b.boxes)-1].keep = false
	}
	if x.float { // its room goes with it
		b.boxes[len(b.boxes)-1].after = room
		room = min(above, room)
	}
	b.space(room)
}

// floats reports a figure that may leave its place for the top of the next page:
// one with a caption, by which readers find it, that is part of the text itself.
func (b *builder) floats(caption []doc.Inline) bool {
	return len(caption) > 0 && b.elem == b.root && len(b.decos) == 0 && len(b.labels) == 0 && !b.small && !b.turned
}

// figureFrame is the room for a picture: the column, or all between the margins
// for one that asks for it and stands in no list or quote.
func (b *builder) figureFrame(n *doc.Figure) frame {
	if n.Wide {
		return b.wideFrame()
	}
	return b.frame
}

// wideFrame is all between the margins, or the frame in lists and quotes.
func (b *builder) wideFrame() frame {
	if b.frame == b.textFrame() {
		return b.fullFrame()
	}
	return b.frame
}

// sized chooses a picture's size in the frame: as asked for, else its own, at
// most the frame and the room of a page.
func (b *builder) sized(n *doc.Figure, w, h, room float64) *plate {
	width := b.frame.width()
	switch {
	case n.Width > 0:
		width *= n.Width
	case !n.Wide:
		width = min(width, w*72/naturalDots)
		room = min(room, b.pageRoom(false)*tallest)
	}
	if width*h/w > room {
		width = room * w / h
	}
	return &plate{x: b.align(width, alignStart), width: width, height: width * h / w, picture: b.o.Pictures.Print(&n.Image, width)}
}

// caption sets the words of a figure under its label.
func (b *builder) caption(label string, in []doc.Inline, a *doc.Attr, e *page.Element) []*line {
	if len(in) == 0 {
		return nil
	}
	st := b.body()
	st.size = b.th.Sizes.Table
	st.color = page.Color(b.th.Light.Muted)
	if label != "" {
		in = append([]doc.Inline{&doc.Strong{Content: []doc.Inline{&doc.Text{Value: label}}}, &doc.Text{Value: "\u2003"}}, in...)
	}
	if e == nil { // of a decorative picture, which is no element
		return b.lines(b.flatten(in, st), st, b.open(page.TypeP, a))
	}
	return b.lines(b.flatten(in, st), st, &page.Element{Type: page.TypeCaption, Parent: e})
}

// inlineHeight is the height of a picture in a line, in ems of its text.
const inlineHeight = 1.15

// image sets a picture within a line, as wide a space as it needs, in its stead.
func (f *flattener) image(n *doc.Image) {
	w, h := f.b.o.Pictures.Size(n)
	if w == 0 {
		return // an error among the problems says why
	}
	natural := float64(h) * 72 / naturalDots
	height := min(natural, f.st.Size*inlineHeight)
	width := height * float64(w) / float64(h)
	if natural > 6*height {
		f.b.problems.Add(diag.Problem{Severity: diag.Warning, Code: "image-in-line", Pos: n.Pos,
			Message:  n.Source + " stands within a line and is reduced to its height",
			Expected: "a picture alone in its paragraph, or a small one", Fix: "put a blank line before and after it"})
	}
	const space, size = "\u00a0", 100
	_, advance := f.b.o.Shaper.Measure([]text.Span{{Text: space, Style: &text.Style{Family: f.st.Family, Size: size, Lang: f.st.Lang}}}, false)
	p := part{picture: &plate{width: width, height: height, picture: f.b.o.Pictures.Print(n, width)}}
	if !n.Decorative {
		p.typ, p.alt = page.TypeFigure, n.Alt
	}
	f.part(p, func(st *text.Style) {
		st.Size, st.Bold, st.Italic = size*width/advance, false, false
	}, func() { f.text(space) })
}

// inlinePicture paints a picture in the place of its space, a little below the baseline.
func (p *painter) inlinePicture(l *line, tag int, x, base float64) {
	i := l.inl.parts[tag].picture
	var e *page.Element
	if l.inl.parts[tag].typ != "" {
		e = l.inl.element(tag, l.elem)
	}
	p.image(&page.Image{X: x, Y: base + i.height*0.2 - i.height, Width: i.width, Height: i.height, Picture: i.picture}, e)
}
