package layout

import (
	"cmp"
	"slices"
	"strings"

	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
)

// footnote is a set note, for the foot of the page where it is first called.
type footnote struct {
	boxes []box
	// height is that of all boxes, first that of those at the beginning that must
	// not be parted; both without the room above.
	height, first float64
}

// calledPart is a footnote call in a paragraph: the tag of its text.
type calledPart struct {
	tag  int
	call *doc.FootnoteCall
}

// raise makes a style that of a raised mark.
func raise(st *text.Style) { st.Rise += st.Size * 0.33; st.Size *= 0.66 }

// call sets the mark of a note: a Reference around a link (ISO 32000-1,
// 14.8.4.4). It never parts from the word before. In a right-to-left line it is
// isolated, as it would join a number before it.
func (f *flattener) call(n *doc.FootnoteCall) {
	const joiner = "\u2060"
	label := n.Note.Label
	if f.out.rtl {
		label = leftToRightIsolate + label + popIsolate
	}
	old := f.st
	st := *old
	raise(&st)
	f.st = &st
	f.text(joiner + n.Lead)
	color := page.Color(f.b.th.Light.Link)
	f.part(part{typ: page.TypeReference}, nil, func() {
		f.part(part{typ: page.TypeLink, anchor: n.Note.ID, contents: f.b.noteWord("footnote-call", n.Note)},
			func(st *text.Style) { st.Color = color },
			func() {
				f.out.calls = append(f.out.calls, calledPart{f.tag, n})
				f.text(joiner + label)
			})
	})
	f.st = old
	if n.ID == n.Note.Calls[0] {
		f.b.called = append(f.b.called, n.Note)
	}
}

// noteWord is a generated name of a link to or from a note.
func (b *builder) noteWord(key string, n *doc.Footnote) string {
	return strings.ReplaceAll(b.d.Front.Words[key], "{number}", n.Label)
}

// lined is an item with lines of text, on which notes may be called.
type lined interface{ each(func(*line)) }

func (l *line) each(visit func(*line)) {
	for _, s := range l.beside {
		visit(s)
	}
	visit(l)
}

// each visits the lines of a band of table rows, without those that stand in an
// earlier group of columns too.
func (r *band) each(visit func(*line)) {
	for i := range r.cells {
		if c := &r.cells[i]; !c.artifact {
			for _, l := range c.lines {
				visit(l)
			}
		}
	}
}

// callsIn notes at a box which calls begin in it: their anchors, and the notes
// that are called for the first time.
func (b *builder) callsIn(x *box) {
	it, ok := x.item.(lined)
	if !ok {
		return
	}
	it.each(func(l *line) {
		for i := range l.text.Runs {
			tag := l.text.Runs[i].Tag
			k, ok := slices.BinarySearchFunc(l.inl.calls, tag, func(c calledPart, tag int) int { return cmp.Compare(c.tag, tag) })
			if !ok || l.inl.calls[k].call == b.lastCall {
				continue
			}
			call := l.inl.calls[k].call
			b.lastCall = call
			x.anchors = append(x.anchors, call.ID)
			if call.ID == call.Note.Calls[0] {
				x.notes = append(x.notes, call.Note)
			}
		}
	})
}

// setNotes sets the notes that the last block called. Their place in the
// structure is after that block, so that a reader meets the text first.
func (b *builder) setNotes() {
	if len(b.called) == 0 {
		return
	}
	called := b.called
	b.called = nil
	if b.setFootnotes == nil {
		b.setFootnotes = make(map[*doc.Footnote]*footnote, len(b.d.Footnotes))
	}
	for _, n := range called {
		if b.setFootnotes[n] == nil {
			b.setFootnotes[n] = b.setNote(n)
		}
	}
}

// setNote sets one note behind its number, which leads back to the first call.
func (b *builder) setNote(n *doc.Footnote) *footnote {
	outer := b.flow
	defer func() { b.flow, b.noteText = outer, false }()
	b.noteText = true
	e := b.open(page.TypeNote, &n.Attr)
	b.flow = flow{elem: e, rtl: b.d.Meta.Dir == doc.RightToLeft, lang: b.d.Meta.Lang}
	b.enter(&n.Attr)
	b.frame = b.textFrame()
	label := b.noteLabel(n, e)
	b.labels = []*line{label}
	b.within(e, b.inset(b.noteIndent), func() { b.blocks(n.Blocks) })
	if len(b.labels) > 0 { // nothing took it: the note begins with a table
		b.boxes = slices.Insert(b.boxes, 0, box{height: label.height, item: label, keep: true})
	}
	b.boxes[0].space = b.th.Space.TightItem
	b.boxes[0].anchors = append(b.boxes[0].anchors, n.ID)
	out := &footnote{boxes: b.boxes, height: -b.boxes[0].space}
	_, out.first = chain(b.boxes, b.pageRoom(false))
	for i := range b.boxes {
		out.height += b.boxes[i].space + b.boxes[i].height
	}
	return out
}

// noteLabel sets the number of a note.
func (b *builder) noteLabel(n *doc.Footnote, e *page.Element) *line {
	st := b.body()
	if b.noteIndent == 0 { // the last number is the longest
		all := b.d.Footnotes
		_, w := b.o.Shaper.Measure(b.plain(all[len(all)-1].Label, st).spans, false)
		b.noteIndent = w + st.size*0.6
	}
	in := &inlines{parts: make([]part, 1, 2), rtl: b.rtl}
	f := &flattener{b: b, out: in, st: &text.Style{Family: b.family(st), Size: st.size, Lang: b.lang, Color: st.color}}
	color := page.Color(b.th.Light.Link)
	f.part(part{typ: page.TypeLink, anchor: n.Calls[0], contents: b.noteWord("footnote-back", n)},
		func(st *text.Style) { st.Color = color }, func() { f.text(n.Label) })
	set := b.o.Shaper.Lines(text.Paragraph{Spans: in.spans, RTL: b.rtl, Width: b.frame.width()})
	return &line{text: &set[0], x: b.align(set[0].Width, alignStart), height: b.lineHeight(st), shift: st.size * 0.35,
		elem: e.New(page.TypeLbl), inl: in}
}

// scaled is a size of the type scale, no greater than that of the text around.
func (b *builder) scaled(size float64) float64 {
	if b.noteText {
		return min(size, b.th.Sizes.Note)
	}
	return size
}
