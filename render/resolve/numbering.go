package resolve

import (
	"strconv"
	"strings"

	"communique/render/doc"
	"communique/render/kind"
)

// numberHeadings numbers the headings 1, 1.1, 1.1.1 if the kind says so. Those
// that resolve made itself, which have no place in the source, are not counted.
func (r *resolver) numberHeadings() {
	if !r.kind.Numbering.Headings {
		return
	}
	var count [7]int // by level
	for _, h := range r.d.Front.Headings {
		if generated(h) {
			continue
		}
		count[h.Level]++
		clear(count[h.Level+1:])
		parts := make([]string, 0, h.Level-1)
		for _, n := range count[2 : h.Level+1] {
			parts = append(parts, r.digits(strconv.Itoa(n)))
		}
		h.Number = strings.Join(parts, ".")
	}
}

func generated(h *doc.Heading) bool { return h.Pos.Line == 0 }

// numberParagraphs numbers the paragraphs of the text as the kind says, but not
// those in lists, quotes and containers, nor those that have a number.
func (r *resolver) numberParagraphs() {
	count := r.kind.Numbering.Paragraphs
	if count == kind.CountNone {
		return
	}
	top := 7 // the level of sections, in each of which counting begins anew
	for _, b := range r.d.Blocks {
		if h, ok := b.(*doc.Heading); ok {
			top = min(top, h.Level)
		}
	}
	n := 0
	for _, b := range r.d.Blocks {
		switch b := b.(type) {
		case *doc.Heading:
			if count == kind.CountSection && b.Level <= top {
				n = 0
			}
		case *doc.Paragraph:
			if b.Number == "" && len(b.Content) > 0 {
				n++
				b.Number = r.digits(strconv.Itoa(n)) + "."
			}
		}
	}
}
