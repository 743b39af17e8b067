package layout

import (
	"fmt"
	"math"

	"communique/render/diag"
	"communique/render/page"
)

// pageRoom is the height between the margins.
func (b *builder) pageRoom(turned bool) float64 {
	return b.paper(turned).Height - b.th.Paper.Top - b.th.Paper.Bottom
}

// paginate spreads the boxes over pages.
func (b *builder) paginate() (*page.Document, error) {
	for len(b.boxes) > 0 && b.boxes[len(b.boxes)-1].pageBreak { // nothing is left for that page
		b.boxes = b.boxes[:len(b.boxes)-1]
	}
	b.keepLastLine()
	out := &page.Document{Root: b.root, Anchors: map[string]page.Place{}, Info: b.info()}
	p := &painter{b: b, out: out}
	p.newPage(true)
	for i := 0; i < len(b.boxes) || len(p.floats) > 0 || len(p.foot.rest) > 0; {
		if err := b.ctx.Err(); err != nil {
			return nil, err
		}
		next, ok := p.step(i)
		if !ok {
			b.tooManyPages()
			break
		}
		i = next
	}
	p.endPage()
	b.fillContents(out)
	out.Labels = b.pageLabels(len(out.Pages))
	b.furniture(out)
	return out, nil
}

func (b *builder) tooManyPages() {
	b.problems.Add(diag.Problem{
		Severity: diag.Error, Code: "too-many-pages", Pos: diag.Pos{File: b.d.File},
		Message:  fmt.Sprintf("the document needs more than %d pages", maxPages),
		Expected: "a shorter document", Fix: "split it into several publications",
	})
}

// painter puts marks on the current page.
type painter struct {
	b     *builder
	out   *page.Document
	page  *page.Page
	index int
	y     float64
	// turned tells that the page is in landscape.
	turned bool
	// fresh tells that nothing stands on the page yet.
	fresh bool
	// artifact paints text outside the structure.
	artifact bool
	// open are the decorations being drawn, in the order of the last box's.
	open []openDeco
	// above is painted last on the page.
	above []page.Mark
	// bottom is where the room of a page ends.
	bottom float64
	foot   foot
	// floats wait for the top of the next page; level is that of the last heading.
	floats [][]box
	level  int
	// again is the table that goes on on the page: its header is due. after is
	// the room that is wanted below what was placed last.
	again *tableHead
	after float64
	// shift moves what is painted to the right: notes on a page in landscape.
	shift float64
}

type openDeco struct {
	deco *deco
	rect *page.Rect
}

// newPage ends the page and begins another, if there may be one. With more text
// to come, the rest of a note does not take all of the page.
func (p *painter) newPage(more bool) bool {
	if len(p.out.Pages) == maxPages {
		return false
	}
	if p.page != nil {
		p.endPage()
	}
	p.page = &page.Page{}
	p.index = len(p.out.Pages)
	p.out.Pages = append(p.out.Pages, p.page)
	p.y = p.b.th.Paper.Top
	p.fresh, p.after = true, 0
	p.open = p.open[:0]
	p.begin(more)
	return true
}

// begin gives a new page its size and what the last one left of the notes.
func (p *painter) begin(more bool) {
	size := p.b.paper(p.turned)
	p.page.Width, p.page.Height = size.Width, size.Height
	p.bottom = size.Height - p.b.th.Paper.Bottom
	limit := p.b.pageRoom(p.turned)
	p.foot.room = limit - p.b.footRoom()
	if more {
		limit *= mostRest
	}
	p.foot.turn(p.b, limit)
}

// turn goes on with pages of the other orientation.
func (p *painter) turn() bool {
	p.turned = !p.turned
	if !p.fresh {
		return p.newPage(true)
	}
	p.foot.rest = append(p.foot.boxes[:len(p.foot.boxes):len(p.foot.boxes)], p.foot.rest...)
	p.begin(true)
	return true
}

// endPage paints the notes and what lies over the text. The rest of a note takes
// the room that the text has left.
func (p *painter) endPage() {
	p.foot.rest = p.foot.fill(p.b, p.foot.rest, p.bottom-p.y)
	p.paintFoot()
	if len(p.above) > 0 {
		p.page.Contents = append(p.page.Contents, &page.Content{Page: p.index, Marks: p.above})
		p.above = nil
	}
}

// place paints boxes, under the header of the table that they go on with, and
// takes in the notes that they call.
func (p *painter) place(boxes []box) {
	after := p.spaceAbove(&boxes[0])
	if t := boxes[0].table; t != nil && t == p.again {
		p.y = t.paint(p, p.y+after)
		after = 0
	}
	p.again, p.after = nil, boxes[len(boxes)-1].after
	p.y += after
	p.paint(boxes)
	p.foot.take(p.b, boxes, p.bottom-p.y)
}

// spaceAbove is the room above the first of some boxes.
func (p *painter) spaceAbove(x *box) float64 {
	switch {
	case p.fresh:
		return 0
	case x.table != nil && x.table == p.again:
		return p.after
	}
	return max(x.space, p.after)
}

// paint puts boxes on the page, the first at once, the others below their space.
func (p *painter) paint(boxes []box) {
	for i := range boxes {
		x := &boxes[i]
		if i > 0 {
			p.y += spaceBetween(&boxes[i-1], x)
		}
		p.decorate(x)
		if x.begins {
			p.b.bodyPage = p.index
		}
		place := page.Place{Page: p.index, Y: p.y}
		for _, a := range x.anchors {
			p.out.Anchors[a] = place
		}
		if x.mark != nil {
			p.out.Outline = append(p.out.Outline, page.Bookmark{Title: x.mark.title, Level: x.mark.level, Place: place})
			p.level = x.mark.level
		}
		if x.item != nil {
			x.item.paint(p, p.y)
		}
		p.y += x.height
		p.fresh = false
	}
}

// decorate begins the decorations of a box and lengthens those that go on.
func (p *painter) decorate(x *box) {
	same := 0
	for same < len(p.open) && same < len(x.decos) && p.open[same].deco == x.decos[same] {
		same++
	}
	p.open = p.open[:same]
	for _, d := range x.decos[same:] {
		r := &page.Rect{X: d.left + p.shift, Y: p.y, Width: d.right - d.left, Color: d.color}
		p.under(r)
		p.open = append(p.open, openDeco{d, r})
	}
	for _, o := range p.open {
		o.rect.Height = p.y + x.height - o.rect.Y
	}
}

// under paints a decoration now, so that what follows lies over it.
func (p *painter) under(m page.Mark) {
	if n := len(p.page.Contents); n > 0 {
		if c := p.page.Contents[n-1]; c.Element == nil && c.Artifact == page.Decoration {
			c.Marks = append(c.Marks, m)
			return
		}
	}
	p.page.Contents = append(p.page.Contents, &page.Content{Page: p.index, Marks: []page.Mark{m}})
}

// over paints a decoration when the page is done: text is not interrupted by it.
func (p *painter) over(m page.Mark) { p.above = append(p.above, m) }

// content is the marked content of an element, the running one if it goes on.
func (p *painter) content(e *page.Element) *page.Content {
	if p.artifact {
		e = nil
	}
	if n := len(p.page.Contents); n > 0 {
		if c := p.page.Contents[n-1]; c.Element == e && (e != nil || c.Artifact == page.Header) {
			return c
		}
	}
	c := &page.Content{Element: e, Page: p.index}
	if e == nil {
		c.Artifact = page.Header
	} else {
		e.Kids = append(e.Kids, page.Kid{Content: c})
	}
	p.page.Contents = append(p.page.Contents, c)
	return c
}

// runs paints a line's text on a baseline.
func (l *line) runs(p *painter, base float64) {
	p.badges(l, base)
	p.b.painted++
	for i := range l.text.Runs {
		r := &l.text.Runs[i]
		x, y := l.x+r.X+p.shift, base-r.Rise
		if r.Tag != 0 && l.inl.parts[r.Tag].picture != nil {
			p.inlinePicture(l, r.Tag, x, y)
			p.meaning(l, r.Tag, x, y, l.height*0.6, r.Width)
			continue
		}
		c := p.content(l.inl.element(r.Tag, l.elem))
		run := r.Run
		if size := l.inl.parts[r.Tag].shown; size > 0 {
			resize(&run, size)
		}
		c.Marks = append(c.Marks, &page.Text{X: x, Y: y, Run: run, Line: p.b.painted, RightToLeft: l.inl.rtl})
		if r.Tag != 0 {
			width := r.Width
			if i == len(l.text.Runs)-1 { // the space at a line's end is not part of a link
				trail := p.b.trail(&r.Run)
				width -= trail
				if r.RightToLeft {
					x += trail
				}
			}
			p.meaning(l, r.Tag, x, y, r.Size, width)
		}
	}
}

// resize writes a run in another size, and keeps its width by room at its end.
func resize(r *page.Run, size float64) {
	extra := make([]int32, len(r.Words))
	for i, w := range r.Words {
		advance := w.Advance
		if r.Extra != nil {
			advance += r.Extra[i]
		}
		extra[i] = int32(math.Round(float64(advance)*r.Size/size)) - w.Advance
	}
	r.Size, r.Extra = size, extra
}

// trail is the width of the white space at the end of a run, in points.
func (b *builder) trail(r *page.Run) float64 {
	last := r.Words[len(r.Words)-1]
	if last.Trail == 0 {
		return 0
	}
	return float64(last.Trail) * r.Size / float64(b.o.Fonts.Font(r.Font).UnitsPerEm())
}

// meaning adds the link and the lines that belong to a stretch of text.
func (p *painter) meaning(l *line, tag int, x, y, size, width float64) {
	part := &l.inl.parts[tag]
	if part.underline && part.picture == nil {
		p.over(&page.Rect{X: x, Y: y + size*0.14, Width: width, Height: p.b.th.Rules.Thin, Color: page.Color(p.b.th.Light.Link)})
	}
	if part.strike && part.picture == nil {
		p.over(&page.Rect{X: x, Y: y - size*0.29, Width: width, Height: p.b.th.Rules.Thin, Color: page.Color(p.b.th.Light.Ink)})
	}
	for part.uri == "" && part.anchor == "" {
		if tag == 0 {
			return
		}
		tag = part.parent
		part = &l.inl.parts[tag]
	}
	if p.artifact {
		return
	}
	box := page.Box{X0: x, Y0: y - size*0.9, X1: x + width, Y1: y + size*0.3}
	if part.link == nil || part.link.Page != p.index {
		e := l.inl.element(tag, l.elem)
		part.link = &page.Link{Element: e, Page: p.index, URI: part.uri, Anchor: part.anchor, Contents: part.contents}
		e.Kids = append(e.Kids, page.Kid{Link: part.link})
	}
	if n := len(part.link.Boxes); n > 0 {
		if last := &part.link.Boxes[n-1]; last.Y0 == box.Y0 && last.Y1 == box.Y1 { // same line
			last.X0, last.X1 = min(last.X0, box.X0), max(last.X1, box.X1)
			return
		}
	}
	part.link.Boxes = append(part.link.Boxes, box)
}
