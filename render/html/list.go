package html

import (
	"strconv"
	"unicode/utf8"

	"communique/render/doc"
)

// list writes a list. The browser numbers it in the manner of the labels that
// resolve made, so that screen readers and copied text have real numbers.
func (b *body) list(n *doc.List) {
	tag := "ul"
	if n.Ordered {
		tag = "ol"
	}
	b.open(tag, &n.Attr)
	if n.Ordered {
		if n.Start != 1 {
			b.raw(` start="`, strconv.Itoa(n.Start), `"`)
		}
		if c := numbering(n); c != "" {
			b.raw(` class="`, c, `"`)
		}
	}
	b.raw(">\n")
	for _, it := range n.Items {
		b.item(it, n.Tight)
	}
	b.raw("</", tag, ">")
}

func (b *body) item(it *doc.Item, tight bool) {
	b.open("li", &it.Attr)
	switch it.Task {
	case doc.TaskDone:
		b.task("☑", b.words.taskDone)
	case doc.TaskOpen:
		b.task("☐", b.words.taskOpen)
	case doc.NoTask:
		b.raw(">")
	}
	for i, n := range it.Blocks {
		p, ok := n.(*doc.Paragraph)
		if ok && tight && p.Attr == (doc.Attr{Pos: p.Pos}) {
			b.inlines(p.Content)
		} else {
			b.block(n)
		}
		if i < len(it.Blocks)-1 {
			b.raw("\n")
		}
	}
	b.raw("</li>\n")
}

// task writes the state of a task as a picture with a name: a form control
// would need a label, and nobody can change it.
func (b *body) task(box, word string) {
	b.raw(` class="task"><span role="img" aria-label="`, word, `">`, box, "</span> ")
}

// numbering is the style sheet's class for the digits and the delimiter of a
// list's numbers; empty for "1.".
func numbering(n *doc.List) string {
	c := ""
	if len(n.Items) > 0 {
		c = digits(n.Items[0].Label)
	}
	if n.Delimiter == ')' {
		if c == "" {
			return "paren"
		}
		c += " paren"
	}
	return c
}

// digits is the style sheet's class for the digits of a label; empty for 0 to 9.
func digits(label string) string {
	first, _ := utf8.DecodeRuneInString(label)
	for _, d := range digitSets {
		if first >= d.zero && first <= d.zero+9 {
			return d.class
		}
	}
	return ""
}

// digitSets are the digits that have a counter style in CSS Counter Styles 3,
// by CLDR's names of numbering systems.
var digitSets = [...]struct {
	zero  rune
	class string
}{
	{'٠', "arab"}, {'۰', "arabext"}, {'०', "deva"}, {'০', "beng"},
}
