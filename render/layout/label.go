package layout

import (
	"strconv"
	"strings"

	"communique/render/page"
	"communique/render/text"
)

// besideLine sets generated words that stand before a line, on its baseline.
func (b *builder) besideLine(s string, st style, e *page.Element) *line {
	in := b.plain(s, st)
	set := b.o.Shaper.Lines(textParagraph(in, b.rtl, b.frame.width()))
	if len(set) == 0 {
		return &line{text: &text.Line{}, inl: in, elem: e}
	}
	return &line{text: &set[0], x: b.align(set[0].Width, alignStart), height: b.lineHeight(st), shift: st.size * 0.35, elem: e, inl: in}
}

func textParagraph(in *inlines, rtl bool, width float64) text.Paragraph {
	return text.Paragraph{Spans: in.spans, RTL: rtl, Width: width}
}

// pageLabel is the number printed on a page: before the text of a document with
// a cover it is one of its own.
func (b *builder) pageLabel(index int) string {
	if index >= b.bodyPage {
		return b.digits(index - b.bodyPage + 1)
	}
	if f := b.d.Front.FrontPages; index < len(f) {
		return f[index]
	}
	return b.digits(index + 1)
}

// digits writes a number in the digits of the language.
func (b *builder) digits(n int) string {
	return strings.Map(func(c rune) rune { return b.d.Front.Digits[c-'0'] }, strconv.Itoa(n))
}

// labels tells the viewer how pages are numbered, where it could not count them itself.
func (b *builder) pageLabels(pages int) []page.Label {
	if b.bodyPage == 0 {
		return nil
	}
	var out []page.Label
	for i := range min(b.bodyPage, pages) {
		out = append(out, page.Label{Page: i, Prefix: b.pageLabel(i)})
	}
	if b.bodyPage < pages {
		out = append(out, page.Label{Page: b.bodyPage, Start: 1})
	}
	return out
}
