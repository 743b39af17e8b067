package layout

import (
	"fmt"

	"communique/render/diag"
	"communique/render/page"
)

// pageRoom is the height between the margins.
func (b *builder) pageRoom(turned bool) float64 {
	return b.paper(turned).Height - b.th.Paper.Top - b.th.Paper.Bottom
}

// paginate spreads the boxes over pages.
func (b *builder) paginate() (*page.Document, error) {
	out := &page.Document{Root: b.root, Anchors: map[string]page.Place{}, Info: b.info()}
	p := &painter{b: b, out: out}
	p.newPage()
	for i := 0; i < len(b.boxes); {
		if err := b.ctx.Err(); err != nil {
			return nil, err
		}
		n, height := b.chain(i)
		space := b.boxes[i].space
		p.turn(b.boxes[i].turned)
		if p.fresh {
			space = 0
		}
		bottom := p.page.Height - b.th.Paper.Bottom
		if !p.fresh && (b.boxes[i].turn || p.y+space+height > bottom+0.01) {
			if len(out.Pages) == maxPages {
				b.problems.Add(diag.Problem{
					Severity: diag.Error, Code: "too-many-pages", Pos: diag.Pos{File: b.d.File},
					Message:  fmt.Sprintf("the document needs more than %d pages", maxPages),
					Expected: "a shorter document", Fix: "split it into several publications",
				})
				break
			}
			p.newPage()
			p.repeat(&b.boxes[i])
		}
		p.place(b.boxes[i : i+n])
		i += n
	}
	p.endPage()
	b.fillContents(out)
	out.Labels = b.pageLabels(len(out.Pages))
	b.furniture(out)
	return out, nil
}

// chain counts the boxes from i that must stand on one page, and their height
// without the room above the first. Of a chain that no page can hold, below the
// header of a table that goes on, it counts as many as a page can, or those before
// a table.
func (b *builder) chain(i int) (n int, height float64) {
	room := b.pageRoom(b.boxes[i].turned)
	if t := b.boxes[i].table; t != nil {
		room -= t.height
	}
	before, above := 0, 0.0 // what stands before the last table of the chain
	for j := i; ; j++ {
		next := b.boxes[j].height
		if j > i {
			next += b.boxes[j].space
			if b.boxes[j].whole {
				before, above = j-i, height
			}
		}
		if height+next > room+0.01 && j > i {
			if before > 0 {
				return before, above
			}
			return j - i, height
		}
		height += next
		if !b.boxes[j].keep || j == len(b.boxes)-1 || b.boxes[j+1].turned != b.boxes[j].turned {
			return j - i + 1, height
		}
	}
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
}

type openDeco struct {
	deco *deco
	rect *page.Rect
}

func (p *painter) newPage() {
	if p.page != nil {
		p.endPage()
	}
	size := p.b.paper(p.turned)
	p.page = &page.Page{Width: size.Width, Height: size.Height}
	p.index = len(p.out.Pages)
	p.out.Pages = append(p.out.Pages, p.page)
	p.y = p.b.th.Paper.Top
	p.fresh = true
	p.open = p.open[:0]
}

// turn goes on with pages of the other orientation.
func (p *painter) turn(to bool) {
	if to == p.turned {
		return
	}
	p.turned = to
	if size := p.b.paper(to); p.fresh {
		p.page.Width, p.page.Height = size.Width, size.Height
	} else {
		p.newPage()
	}
}

// endPage paints what lies over the text.
func (p *painter) endPage() {
	if len(p.above) > 0 {
		p.page.Contents = append(p.page.Contents, &page.Content{Page: p.index, Marks: p.above})
		p.above = nil
	}
}

// repeat paints the header of a table that goes on.
func (p *painter) repeat(x *box) {
	if x.table != nil && len(x.table.rows) > 0 {
		p.y = x.table.paint(p, p.y)
		p.fresh = false
		x.space = 0
	}
}

func (p *painter) place(boxes []box) {
	for i := range boxes {
		x := &boxes[i]
		if !p.fresh {
			p.y += x.space
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
		r := &page.Rect{X: d.left, Y: p.y, Width: d.right - d.left, Color: d.color}
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
	p.b.painted++
	for i := range l.text.Runs {
		r := &l.text.Runs[i]
		x, y := l.x+r.X, base-r.Rise
		if r.Tag != 0 && l.inl.parts[r.Tag].picture != nil {
			p.inlinePicture(l, r.Tag, x, y)
			p.meaning(l, r.Tag, x, y, l.height*0.6, r.Width)
			continue
		}
		c := p.content(l.inl.element(r.Tag, l.elem))
		c.Marks = append(c.Marks, &page.Text{X: x, Y: y, Run: r.Run, Line: p.b.painted, RightToLeft: l.inl.rtl})
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
