package doc

import "strings"

// PlainText is the text of inlines without any construct; breaks become spaces.
func PlainText(in []Inline) string {
	if len(in) == 1 {
		if t, ok := in[0].(*Text); ok {
			return t.Value
		}
	}
	var b strings.Builder
	WalkInlines(in, func(n Inline) bool {
		switch n := n.(type) {
		case *Text:
			b.WriteString(n.Value)
		case *Code:
			b.WriteString(n.Value)
		case *Image:
			b.WriteString(n.Alt)
		case *Break:
			b.WriteByte(' ')
		}
		return true
	})
	return b.String()
}

// Content is where the inlines inside n are kept, nil for a leaf.
func Content(n Inline) *[]Inline {
	switch n := n.(type) {
	case *Emphasis:
		return &n.Content
	case *Strong:
		return &n.Content
	case *Strikethrough:
		return &n.Content
	case *Span:
		return &n.Content
	case *BidiOverride:
		return &n.Content
	case *Subscript:
		return &n.Content
	case *Superscript:
		return &n.Content
	case *Abbreviation:
		return &n.Content
	case *Link:
		return &n.Content
	case *Badge:
		return &n.Content
	}
	return nil
}

// Children returns the inlines inside n, nil for a leaf.
func Children(n Inline) []Inline {
	if in := Content(n); in != nil {
		return *in
	}
	return nil
}

// WalkInlines visits inlines depth first, in reading order. It goes into a
// node when visit returns true.
func WalkInlines(in []Inline, visit func(Inline) bool) {
	for _, n := range in {
		if visit(n) {
			WalkInlines(Children(n), visit)
		}
	}
}

// WalkBlocks visits blocks depth first, in reading order, those inside items,
// quotes, divisions, callouts and definitions too. It goes into a block when visit returns true.
func WalkBlocks(in []Block, visit func(Block) bool) {
	for _, b := range in {
		if !visit(b) {
			continue
		}
		switch b := b.(type) {
		case *List:
			for _, it := range b.Items {
				WalkBlocks(it.Blocks, visit)
			}
		case *Quote:
			WalkBlocks(b.Blocks, visit)
		case *Division:
			WalkBlocks(b.Blocks, visit)
		case *Callout:
			WalkBlocks(b.Blocks, visit)
		case *DefinitionList:
			for _, d := range b.Items {
				WalkBlocks(d.Blocks, visit)
			}
		}
	}
}

// WalkAttributes visits the attributes of the blocks and of their parts that can
// bear some of their own, in reading order.
func WalkAttributes(in []Block, visit func(*Attr)) {
	for _, b := range in {
		visit(b.Attributes())
		switch b := b.(type) {
		case *List:
			for _, it := range b.Items {
				visit(&it.Attr)
				WalkAttributes(it.Blocks, visit)
			}
		case *DefinitionList:
			for _, d := range b.Items {
				visit(&d.Attr)
				WalkAttributes(d.Blocks, visit)
			}
		case *Table:
			for _, rows := range [...][]*Row{b.Head, b.Body} {
				for _, r := range rows {
					visit(&r.Attr)
					for _, c := range r.Cells {
						visit(&c.Attr)
					}
				}
			}
		case *Quote:
			WalkAttributes(b.Blocks, visit)
		case *Division:
			WalkAttributes(b.Blocks, visit)
		case *Callout:
			WalkAttributes(b.Blocks, visit)
		}
	}
}

// Flows visits every sequence of blocks that stands by itself: the text, then
// the notes one by one.
func (d *Document) Flows(visit func([]Block)) {
	visit(d.Blocks)
	for _, n := range d.Footnotes {
		visit(n.Blocks)
	}
}

// Inlines visits every run of inlines of the blocks, in reading order.
func Inlines(blocks []Block, visit func(owner Block, in []Inline)) {
	runs(blocks, func(owner Block, in *[]Inline) { visit(owner, *in) })
}

// Rewrite replaces every run of inlines of the blocks, in reading order: change
// gets a run and gives the one to stand in its place.
func Rewrite(blocks []Block, change func([]Inline) []Inline) {
	runs(blocks, func(_ Block, in *[]Inline) { *in = change(*in) })
}

// runs visits the places of the runs, in reading order.
func runs(blocks []Block, visit func(owner Block, in *[]Inline)) {
	WalkBlocks(blocks, func(b Block) bool {
		switch b := b.(type) {
		case *Heading:
			visit(b, &b.Content)
		case *Paragraph:
			visit(b, &b.Content)
		case *Figure:
			visit(b, &b.Caption)
		case *Chart:
			b.runs(func(in *[]Inline) { visit(b, in) })
		case *Table:
			if b.Caption != nil {
				visit(b, &b.Caption)
			}
			for _, rows := range [][]*Row{b.Head, b.Body} {
				for _, r := range rows {
					for _, c := range r.Cells {
						visit(b, &c.Content)
					}
				}
			}
		case *Quote: // the attribution stands after the words
			runs(b.Blocks, visit)
			visit(b, &b.Attribution)
			return false
		case *Callout:
			visit(b, &b.Title)
		case *DefinitionList: // the terms stand before what they mean
			for _, d := range b.Items {
				for i := range d.Terms {
					visit(b, &d.Terms[i])
				}
				runs(d.Blocks, visit)
			}
			return false
		}
		return true
	})
}

// Images visits the pictures of a document, in reading order: the logo, those in
// lines of text, and those of figures; those of the notes last.
func (d *Document) Images(visit func(*Image)) {
	in := func(line []Inline) {
		WalkInlines(line, func(n Inline) bool {
			if m, ok := n.(*Image); ok {
				visit(m)
			}
			return true
		})
	}
	if d.Front != nil && d.Front.Logo != nil {
		visit(d.Front.Logo)
	}
	in(d.Title)
	in(d.Summary)
	d.Flows(func(blocks []Block) {
		Inlines(blocks, func(owner Block, line []Inline) {
			if f, ok := owner.(*Figure); ok {
				visit(&f.Image)
			}
			in(line)
		})
	})
}
