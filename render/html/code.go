package html

import (
	"unicode/utf8"

	"communique/render/doc"
)

// codeBlock writes preformatted text, which runs from left to right in every
// language. A block that may have to be scrolled can be reached by keyboard.
func (b *body) codeBlock(n *doc.CodeBlock) {
	a := n.Attr
	if a.Dir == doc.Inherit {
		a.Dir = doc.LeftToRight
	}
	b.open("pre", &a)
	if wide(n.Lines) {
		b.scrollable("group")
	}
	b.raw("><code>")
	for _, line := range n.Lines {
		b.text(line)
		b.raw("\n")
	}
	b.raw("</code></pre>")
}

// wide reports whether a line may not fit a screen of 320 pixels.
func wide(lines []string) bool {
	const fits = 28
	for _, l := range lines {
		if len(l) > fits && utf8.RuneCountInString(l) > fits {
			return true
		}
	}
	return false
}

func (b *body) code(n *doc.Code) {
	b.raw(`<code dir="ltr">`)
	b.text(n.Value)
	b.raw("</code>")
}

// scrollable writes the attributes of what may be scrolled: the keyboard can
// reach it, and the heading above names it.
func (b *body) scrollable(role string) {
	b.raw(` tabindex="0" role="`, role, `"`)
	b.attribute("aria-labelledby", b.section)
}
