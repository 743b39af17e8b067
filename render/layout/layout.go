// Package layout owns where everything stands: it sets the blocks of a
// resolved document in lines, spreads them over pages, and builds the structure
// tree as it goes. It must never write bytes of any format, and never make up
// words: those come from resolve.
package layout

import (
	"context"
	"strings"
	"unicode/utf8"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/page"
	"communique/render/picture"
	"communique/render/text"
	"communique/render/theme"
)

// Options are the resources of one layout.
type Options struct {
	Theme *theme.Theme
	Paper theme.Dimensions
	Fonts *text.Library
	// Shaper is the caller's for the length of the call.
	Shaper *text.Shaper
	// Pictures are those of the document; nil if it has none.
	Pictures *picture.Set
	// Logo is the theme's, among Pictures, for a document without one; nil for none.
	Logo *doc.Image
	// Producer names the program in the metadata.
	Producer string
}

// maxPages bounds what one document may cost.
const maxPages = 5000

// Layout sets a resolved document. The error is the context's; what is wrong
// with the document is added to the problems.
func Layout(ctx context.Context, d *doc.Document, o Options, problems *diag.List) (*page.Document, error) {
	b := build(ctx, d, o, problems)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out, err := b.paginate()
	if err != nil {
		return nil, err
	}
	b.reportMissing()
	b.limitPages(len(out.Pages))
	return out, nil
}

// build sets all blocks in boxes.
func build(ctx context.Context, d *doc.Document, o Options, problems *diag.List) *builder {
	o.Shaper.Begin()
	b := &builder{
		ctx: ctx, d: d, o: o, th: o.Theme, problems: problems,
		root:    &page.Element{Type: page.TypeDocument, Lang: d.Meta.Lang},
		scripts: map[[2]string]scriptNeeds{},
	}
	b.flow = flow{rtl: d.Meta.Dir == doc.RightToLeft, lang: d.Meta.Lang, boxes: make([]box, 0, 128)}
	b.elem = b.root
	b.frame = b.textFrame()
	b.opening()
	b.blocks(d.Blocks)
	if b.begins { // a cover and no text
		b.add(box{})
	}
	return b
}

// opening sets what stands before the text: on pages of their own after a cover.
func (b *builder) opening() {
	if !b.d.Front.Cover {
		b.front()
		b.contents()
		return
	}
	b.cover()
	b.contents()
	b.gap, b.turn, b.begins = 0, true, true
}

// builder turns blocks into boxes.
type builder struct {
	ctx      context.Context
	d        *doc.Document
	o        Options
	th       *theme.Theme
	problems *diag.List

	root *page.Element
	flow
	// plainPart begins every list of parts: most texts have no other
	plainPart [1]part
	// scripts remembers what scripts need of families
	scripts map[[2]string]scriptNeeds
	// called are the footnotes that the block being set calls for the first time
	called []*doc.Footnote
	// lastCall is the call met last in the boxes: one may be broken over two lines
	lastCall *doc.FootnoteCall
	// setFootnotes are those that have been set; noteIndent is the room for their numbers
	setFootnotes map[*doc.Footnote]*footnote
	noteIndent   float64
	// noteText tells that a footnote is being set
	noteText bool
	// numbers is the room for paragraph numbers, 0 when not yet measured
	numbers float64
	// painted counts the lines of text on the pages
	painted int
	// bodyPage is the index of the page on which the text begins
	bodyPage int
	// entryLines wait for their page numbers
	entryLines []*entryLine
}

// flow is where the next block goes.
type flow struct {
	elem  *page.Element
	frame frame
	rtl   bool
	lang  string
	decos []*deco
	gap   float64
	// turned tells that boxes go on pages in landscape
	turned bool
	boxes  []box
	// labels wait for the first line of their list item
	labels []*line
	// small sets running text in the size of tables: notes
	small bool
	// turn asks for a new page before the next box, begins tells that the text starts with it
	turn, begins bool
	// hanging is the indent of the text of the numbered paragraph above
	hanging float64
}

// frame is the horizontal room for lines.
type frame struct{ left, right float64 }

func (f frame) width() float64 { return f.right - f.left }

// textFrame is the column of running text: at the start side, no wider than the measure.
func (b *builder) textFrame() frame {
	f := b.fullFrame()
	if m := b.th.Paper.Measure; f.width() > m {
		if b.rtl {
			f.left = f.right - m
		} else {
			f.right = f.left + m
		}
	}
	return f
}

// fullFrame is the room between the margins.
func (b *builder) fullFrame() frame {
	return frame{b.th.Paper.Side, b.paper(b.turned).Width - b.th.Paper.Side}
}

// paper is the sheet, or the sheet in landscape.
func (b *builder) paper(turned bool) theme.Dimensions {
	if p := b.o.Paper; !turned {
		return p
	} else {
		return theme.Dimensions{Width: p.Height, Height: p.Width}
	}
}

// inset moves the start side of the frame inwards.
func (b *builder) inset(by float64) frame {
	f := b.frame
	if by > f.width()-4*b.th.Sizes.Body { // deep nesting keeps some room
		by = 0
	}
	if b.rtl {
		f.right -= by
	} else {
		f.left += by
	}
	return f
}

// space asks for room above the next box; of several wishes the greatest counts.
func (b *builder) space(points float64) { b.gap = max(b.gap, points) }

// blocks sets blocks one after the other.
func (b *builder) blocks(in []doc.Block) {
	for i, n := range in {
		if b.ctx.Err() != nil {
			return
		}
		restore := b.enter(n.Attributes())
		from := len(b.boxes)
		switch n := n.(type) {
		case *doc.Heading:
			b.heading(n)
		case *doc.Paragraph:
			b.paragraph(n)
		case *doc.List:
			b.list(n)
		case *doc.Quote:
			b.quote(n)
		case *doc.Table:
			b.table(n)
		case *doc.CodeBlock:
			b.code(n)
		case *doc.Figure:
			b.figure(n)
		case *doc.Chart:
			b.chart(n)
		case *doc.Rule:
			b.rule()
		case *doc.Division:
			b.division(n)
		case *doc.Callout:
			b.callout(n)
		case *doc.DefinitionList:
			b.definitionList(n)
		case *doc.EndMark:
			b.endMark(n)
		case *doc.PageBreak:
			b.pageBreak()
		default:
			b.problems.Add(diag.Problem{Severity: diag.Error, Code: "not-in-pdf", Pos: n.Attributes().Pos,
				Message: "this construct cannot be set on a page yet", Expected: "a construct that the PDF knows", Fix: "render HTML only"})
		}
		if id := n.Attributes().ID; id != "" && from < len(b.boxes) {
			b.boxes[from].anchors = append(b.boxes[from].anchors, id)
		}
		if from < len(b.boxes) && endsText(n) {
			b.boxes[from].ends = true
		}
		if i+1 < len(in) && (introduces(n) || heads(n)) && len(b.boxes) > from {
			b.boxes[len(b.boxes)-1].keep = true
		}
		restore()
		b.setNotes()
	}
}

// enter takes over a block's own language and direction until the returned function is called.
func (b *builder) enter(a *doc.Attr) func() {
	if a.Lang == "" && a.Dir == doc.Inherit {
		return func() {}
	}
	lang, rtl := b.lang, b.rtl
	if a.Lang != "" {
		b.lang = a.Lang
	}
	if a.Dir != doc.Inherit {
		b.rtl = a.Dir == doc.RightToLeft
	}
	return func() { b.lang, b.rtl = lang, rtl }
}

// open appends a structure element for the block being set.
func (b *builder) open(t page.Type, a *doc.Attr) *page.Element {
	e := b.elem.New(t)
	if a != nil {
		e.ID = a.ID
		if a.Lang != "" && a.Lang != b.d.Meta.Lang {
			e.Lang = a.Lang
		}
	}
	return e
}

// within runs fn with another parent element and frame.
func (b *builder) within(e *page.Element, f frame, fn func()) {
	elem, old := b.elem, b.frame
	b.elem, b.frame = e, f
	fn()
	b.elem, b.frame = elem, old
}

// introduces reports a paragraph that ends in a colon, also as the end of a list: it
// stays with what it announces.
func introduces(n doc.Block) bool {
	switch n := n.(type) {
	case *doc.Paragraph:
		t := strings.TrimRight(doc.PlainText(n.Content), " \u00a0\u202f")
		return strings.HasSuffix(t, ":") || strings.HasSuffix(t, "：")
	case *doc.List:
		if len(n.Items) == 0 {
			return false
		}
		last := n.Items[len(n.Items)-1].Blocks
		return len(last) > 0 && introduces(last[len(last)-1])
	}
	return false
}

// longestHead is the length of a line in bold that may stand for a heading, in characters.
const longestHead = 120

// heads reports a paragraph that is a heading in all but name: a few words in
// bold and no sentence. It stays with what is below.
func heads(n doc.Block) bool {
	p, ok := n.(*doc.Paragraph)
	if !ok || len(p.Content) != 1 {
		return false
	}
	strong, ok := p.Content[0].(*doc.Strong)
	if !ok {
		return false
	}
	t := strings.TrimSpace(doc.PlainText(strong.Content))
	last, _ := utf8.DecodeLastRuneInString(t)
	return utf8.RuneCountInString(t) <= longestHead && !strings.ContainsRune(".,;!?。，；！？؟؛،…", last)
}

// reportMissing tells which characters no font has.
func (b *builder) reportMissing() {
	for _, m := range b.o.Shaper.Missing() {
		b.problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "missing-glyph", Pos: b.find(m.Rune),
			Message:  "no font has the character " + codePoint(m.Rune) + "; it is drawn as a box with its code",
			Expected: "a character of the fonts in use",
			Fix:      "use another character, or add a font that has it",
		})
	}
}
