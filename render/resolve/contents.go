package resolve

import (
	"strings"

	"communique/render/doc"
)

// contents makes the table of contents if the document has headings enough.
func (r *resolver) contents() {
	k := &r.kind.Contents
	if k.From == 0 {
		return
	}
	c := &doc.Contents{Title: r.word("contents", nil)}
	for _, h := range r.d.Front.Headings {
		if h.Level <= k.Level && !h.Generated {
			c.Entries = append(c.Entries, doc.Entry{Heading: h, Content: unlinked(doc.Unbadged(h.Content))})
		}
	}
	if len(c.Entries) < k.From {
		return
	}
	c.ID = r.free("contents") // the same in every language
	r.d.Front.Contents = c
}

// unlinked is inlines without links: an entry of the contents is a link itself.
func unlinked(in []doc.Inline) []doc.Inline {
	if !linked(in) {
		return in
	}
	var out []doc.Inline
	for _, n := range in {
		switch n := n.(type) {
		case *doc.FootnoteCall: // it would stand there a second time
		case *doc.Link:
			out = append(out, unlinked(n.Content)...)
		case *doc.Emphasis:
			out = append(out, &doc.Emphasis{Content: unlinked(n.Content)})
		case *doc.Strong:
			out = append(out, &doc.Strong{Content: unlinked(n.Content)})
		case *doc.Span:
			out = append(out, &doc.Span{Lang: n.Lang, Dir: n.Dir, Content: unlinked(n.Content)})
		default:
			if linked(doc.Children(n)) { // rare: its words are enough here
				n = &doc.Text{Value: doc.PlainText([]doc.Inline{n})}
			}
			out = append(out, n)
		}
	}
	return out
}

// linked reports whether there is a link, or the call of a note, at any depth.
func linked(in []doc.Inline) (found bool) {
	doc.WalkInlines(in, func(n doc.Inline) bool {
		switch n.(type) {
		case *doc.Link, *doc.FootnoteCall:
			found = true
		}
		return !found
	})
	return found
}

// frontPages numbers the pages before the text of a document with a cover:
// enough of them for its contents, whatever the paper.
func (r *resolver) frontPages() []string {
	const fewest, entriesPerPage = 4, 8
	n := fewest
	if c := r.d.Front.Contents; c != nil {
		n += len(c.Entries) / entriesPerPage
	}
	number := roman
	if r.loc.Script() == "Arab" {
		number = abjad
	}
	out := make([]string, 0, n)
	for i := 1; i <= n; i++ {
		out = append(out, number(i))
	}
	return out
}

// roman writes a number below 4000 in small Roman numerals.
func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		text  string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.text)
		}
	}
	return b.String()
}

// abjad counts with the letters of the Arabic alphabet in their old order, and
// doubles them after the last.
func abjad(n int) string {
	letters := []rune("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ")
	return strings.Repeat(string(letters[(n-1)%len(letters)]), 1+(n-1)/len(letters))
}
