package layout

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/page"
	"communique/render/text"
)

// inlines is styled text ready for the shaper, with the meaning of its parts.
type inlines struct {
	spans []text.Span
	// parts[tag] is the meaning of text with that tag; parts[0] is the block itself.
	parts []part
	// rtl is the base direction of the paragraph.
	rtl bool
	// calls are the footnote calls among the parts, in reading order.
	calls []calledPart
}

// part is a stretch of text with a meaning of its own.
type part struct {
	// parent is the tag of the part around.
	parent int
	// typ is empty for parts that only look different.
	typ             page.Type
	lang, expansion string
	uri, anchor     string
	contents        string
	underline       bool
	strike          bool
	// picture stands in place of the text, alt says what it shows.
	picture *plate
	alt     string
	// badge is the frame around the text; nil without one.
	badge *badge
	// shown is the size in which a space is written that is set in another one, for
	// its width; 0 for any other text.
	shown float64
	// elem and link are made when the part is painted.
	elem *page.Element
	link *page.Link
}

// element is the structure element of a tag below the block's own.
func (in *inlines) element(tag int, block *page.Element) *page.Element {
	if tag == 0 {
		return block
	}
	p := &in.parts[tag]
	if p.typ == "" {
		return in.element(p.parent, block)
	}
	if p.elem == nil {
		p.elem = in.element(p.parent, block).New(p.typ)
		p.elem.Lang, p.elem.Expansion, p.elem.Alt = p.lang, p.expansion, p.alt
	}
	return p.elem
}

// flattener turns nested inlines into spans.
type flattener struct {
	b   *builder
	out *inlines
	// styles in force; a new one is made for each change
	st  *text.Style
	tag int
}

// flatten prepares inlines for the shaper in a block's style.
func (b *builder) flatten(in []doc.Inline, st style) *inlines {
	f := b.flattener(st, len(in))
	f.walk(in)
	return f.out
}

// flattener begins an empty text in a block's style, with room for some spans.
func (b *builder) flattener(st style, spans int) *flattener {
	out := &inlines{spans: make([]text.Span, 0, spans), parts: b.plainPart[:], rtl: b.rtl}
	return &flattener{b: b, out: out, st: &text.Style{
		Family: b.family(st), Bold: st.bold, Italic: st.italic, Tabular: st.tabular, Size: st.size, Lang: b.lang, Color: st.color,
	}}
}

// plain prepares generated words.
func (b *builder) plain(s string, st style) *inlines {
	return b.flatten([]doc.Inline{&doc.Text{Value: s}}, st)
}

func (f *flattener) text(s string) {
	if s != "" {
		f.out.spans = append(f.out.spans, text.Span{Text: s, Style: f.st})
	}
}

// lineBreak ends a line. Words that only the end of a line parts still need a space
// between them for whoever follows the structure (ISO 32000-1, 14.8.2.5): it
// hangs at the end of the line, where nobody sees it.
func (f *flattener) lineBreak() {
	if !f.endsInSpace() {
		f.text(" ")
	}
	f.text("\n")
}

// endsInSpace tells that no word stands before the next one.
func (f *flattener) endsInSpace() bool {
	for i := range f.out.spans {
		seen := strings.TrimRightFunc(f.out.spans[len(f.out.spans)-1-i].Text, func(r rune) bool { return unicode.Is(unicode.Cf, r) })
		if seen != "" {
			last, _ := utf8.DecodeLastRuneInString(seen)
			return unicode.IsSpace(last)
		}
	}
	return true
}

// Directional controls that isolate or override (UAX #9, 2.2 to 2.6).
const (
	leftToRightIsolate  = "\u2066"
	rightToLeftIsolate  = "\u2067"
	popIsolate          = "\u2069"
	leftToRightOverride = "\u202d"
	rightToLeftOverride = "\u202e"
	popOverride         = "\u202c"
)

func (f *flattener) walk(in []doc.Inline) {
	for _, n := range in {
		switch n := n.(type) {
		case *doc.Text:
			f.text(n.Value)
		case *doc.Code:
			f.part(part{typ: page.TypeCode}, func(st *text.Style) {
				st.Family, st.Whole = f.b.th.Fonts.Mono, true
				st.Size *= f.b.th.Sizes.Code / f.b.th.Sizes.Body
			}, func() { f.text(n.Value) })
		case *doc.Break:
			f.lineBreak()
		case *doc.Emphasis:
			f.styled(f.b.emphasise, n.Content)
		case *doc.Strong:
			f.styled(func(st *text.Style) { st.Bold = true }, n.Content)
		case *doc.Strikethrough:
			f.part(part{strike: true}, nil, func() { f.walk(n.Content) })
		case *doc.Superscript:
			f.styled(func(st *text.Style) { st.Rise += st.Size * 0.33; st.Size *= 0.66 }, n.Content)
		case *doc.Subscript:
			f.styled(func(st *text.Style) { st.Rise -= st.Size * 0.15; st.Size *= 0.66 }, n.Content)
		case *doc.Abbreviation:
			f.part(part{typ: page.TypeSpan, expansion: n.Title}, nil, func() { f.walk(n.Content) })
		case *doc.Link:
			f.link(n)
		case *doc.Image:
			f.image(n)
		case *doc.FootnoteCall:
			f.call(n)
		case *doc.Badge:
			f.badge(n)
		case *doc.Span:
			f.span(n)
		case *doc.BidiOverride:
			f.wrapped(n.Dir, leftToRightOverride, rightToLeftOverride, popOverride, n.Content)
		}
	}
}

// emphasise slants text, or sets it bold in a script without italics.
func (b *builder) emphasise(st *text.Style) {
	if b.script(st.Family, st.Lang).italic {
		st.Italic = !st.Italic
	} else {
		st.Bold = true
	}
}

// styled walks content in a changed style.
func (f *flattener) styled(change func(*text.Style), content []doc.Inline) {
	old := f.st
	st := *old
	change(&st)
	f.st = &st
	f.walk(content)
	f.st = old
}

// part runs fn for text with a meaning of its own.
func (f *flattener) part(p part, change func(*text.Style), fn func()) {
	old, tag := f.st, f.tag
	p.parent = tag
	p.underline = p.underline || f.out.parts[tag].underline
	p.strike = p.strike || f.out.parts[tag].strike
	f.out.parts = append(f.out.parts, p)
	f.tag = len(f.out.parts) - 1
	st := *old
	st.Tag = f.tag
	if change != nil {
		change(&st)
	}
	f.st = &st
	fn()
	f.st, f.tag = old, tag
}

func (f *flattener) span(n *doc.Span) {
	body := func() { f.wrapped(n.Dir, leftToRightIsolate, rightToLeftIsolate, popIsolate, n.Content) }
	if n.Lang == "" {
		body()
		return
	}
	f.part(part{typ: page.TypeSpan, lang: n.Lang}, func(st *text.Style) { st.Lang = n.Lang }, body)
}

// wrapped puts directional controls around content: the shaper obeys and never draws them.
func (f *flattener) wrapped(d doc.Direction, ltr, rtl, pop string, content []doc.Inline) {
	switch d {
	case doc.LeftToRight:
		f.text(ltr)
	case doc.RightToLeft:
		f.text(rtl)
	case doc.Inherit:
		f.walk(content)
		return
	}
	f.walk(content)
	f.text(pop)
}

// link sets a live link; a relative address means nothing in a file that
// travels alone, so it is completed from the canonical address.
func (f *flattener) link(n *doc.Link) {
	uri, anchor := "", ""
	if n.URL == "" {
		f.walk(n.Content)
		return
	}
	if strings.HasPrefix(n.URL, "#") {
		anchor = n.URL[1:]
	} else {
		uri = f.b.absolute(n)
	}
	if uri == "" && anchor == "" {
		f.walk(n.Content)
		return
	}
	contents := n.Title
	if contents == "" {
		contents = doc.PlainText(n.Content)
	}
	color := page.Color(f.b.th.Light.Link)
	f.part(part{typ: page.TypeLink, uri: uri, anchor: anchor, contents: contents, underline: true},
		func(st *text.Style) { st.Color = color }, func() { f.walk(n.Content) })
}

// absolute is the link's address for use outside the web; empty if it has none.
func (b *builder) absolute(n *doc.Link) string {
	u, err := url.Parse(n.URL)
	if err != nil || u.IsAbs() {
		return n.URL
	}
	if base, err := url.Parse(b.d.Meta.Canonical); err == nil && base.IsAbs() {
		return base.ResolveReference(u).String()
	}
	b.problems.Add(diag.Problem{
		Severity: diag.Warning, Code: "relative-link", Pos: n.Pos,
		Message:  "the relative link " + n.URL + " cannot work in a PDF; its words are kept without the link",
		Expected: "a full address, or the key canonical in the front matter",
		Fix:      "write the address with https://, or add canonical: with the page's address",
	})
	return ""
}
