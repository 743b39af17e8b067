package pdf

import (
	"strings"

	"communique/render/page"
)

// Codes of right-to-left text stand in the order that readers of pages turn
// round (direction.go). Whoever follows the structure tree, as screen readers do,
// turns nothing round: for them the tree holds the text in logical order.

// hasRightToLeft tells content of which the codes are not in logical order, or stand
// among direction marks (marks.go), which a screen reader might name.
func hasRightToLeft(c *page.Content) bool {
	for _, m := range c.Marks {
		if t, ok := m.(*page.Text); ok && (t.RightToLeft || t.Run.RightToLeft) {
			return true
		}
	}
	return false
}

// readable puts content into two spans and returns the outer one's object, a kid
// of parent. The outer one has the text (14.9.4); the inner one owns the content,
// because MuPDF repeats the text of an element for every sequence that it owns.
func (s *structure) readable(c *page.Content, at place, parent int) int {
	outer, inner := s.builder.alloc(), s.builder.alloc()
	s.tags.parents[at.page][at.mcid] = inner
	s.builder.object(outer).raw("<</S/Span/P ").ref(parent).raw("/K[").ref(inner).raw("]/ActualText").text(logicalText(c)).raw(">>")
	s.builder.object(inner).raw("<</S/Span/P ").ref(outer).raw("/Pg ").ref(s.pages[at.page]).raw("/K[").int(at.mcid).raw("]>>")
	return outer
}

// logicalText is the source text of content, whose runs are in logical order.
func logicalText(c *page.Content) string {
	n := 0
	for _, m := range c.Marks {
		if t, ok := m.(*page.Text); ok {
			for _, w := range t.Run.Words {
				for _, g := range w.Glyphs {
					n += len(g.Glyph.Text)
				}
			}
		}
	}
	var b strings.Builder
	b.Grow(n)
	for _, m := range c.Marks {
		t, ok := m.(*page.Text)
		if !ok {
			continue
		}
		for _, w := range t.Run.Words {
			for i := range w.Glyphs {
				if t.Run.RightToLeft {
					i = len(w.Glyphs) - 1 - i
				}
				b.WriteString(w.Glyphs[i].Glyph.Text)
			}
		}
	}
	return b.String()
}
