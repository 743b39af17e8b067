package layout

import (
	"strings"

	"communique/render/doc"
	"communique/render/page"
)

// code sets preformatted text on a panel, always from left to right.
func (b *builder) code(n *doc.CodeBlock) {
	st := style{size: b.scaled(b.th.Sizes.Code), leading: b.th.Sizes.TightLeading * 1.08, mono: true, color: page.Color(b.th.Light.Ink)}
	e := b.open(page.TypeP, &n.Attr).New(page.TypeCode)
	pad := b.th.Space.BandPad
	panel := &deco{left: b.frame.left, right: b.frame.right, color: page.Color(b.th.Light.Fill)}
	rtl := b.rtl
	b.rtl = false
	b.space(b.th.Space.Paragraph)
	b.within(e, frame{b.frame.left + pad, b.frame.right - pad}, func() {
		b.decorated(panel, func() {
			b.room(pad)
			from := len(b.boxes)
			for i, l := range n.Lines {
				if l == "" {
					b.add(box{height: b.lineHeight(st)})
					continue
				}
				l = expandTabs(l)
				if i+1 < len(n.Lines) {
					l += " " // parts the lines' words (lineBreak)
				}
				b.set(b.lines(b.plain(l, st), st, e), false)
			}
			keepEnds(b.boxes[from:])
			b.add(box{height: pad})
		})
	})
	b.rtl = rtl
	b.space(b.th.Space.Paragraph)
}

// keepEnds keeps the first two and the last two lines together, and the last
// with the room below.
func keepEnds(lines []box) {
	for _, i := range [...]int{0, len(lines) - 2, len(lines) - 1} {
		if i >= 0 && i < len(lines) {
			lines[i].keep = true
		}
	}
}

// tabStop is the distance of tab stops in columns.
const tabStop = 4

// expandTabs replaces tabs by spaces up to the next stop: a page has no tabs.
func expandTabs(l string) string {
	if !strings.Contains(l, "\t") {
		return l
	}
	var out strings.Builder
	column := 0
	for _, c := range l {
		if c != '\t' {
			out.WriteRune(c)
			column++
			continue
		}
		for ok := true; ok; ok = column%tabStop != 0 {
			out.WriteByte(' ')
			column++
		}
	}
	return out.String()
}
