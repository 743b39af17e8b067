package html

import "communique/render/doc"

// contents writes the table of contents, nothing where there is none: lists
// within lists, as deep as the headings.
func (b *body) contents() {
	c := b.d.Front.Contents
	if c == nil || !anchor(c.ID) {
		return
	}
	b.raw(`<nav class="contents"`)
	b.attribute("aria-labelledby", c.ID)
	b.raw("><h2")
	b.attribute("id", c.ID)
	b.raw(">")
	b.text(c.Title)
	b.raw("</h2>\n")
	var open []int // the levels of the lists that are open
	for i := range c.Entries {
		e := &c.Entries[i]
		level := e.Heading.Level
		for n := len(open); n > 1 && open[n-1] > level; n-- {
			b.raw("</li></ol>\n")
			open = open[:n-1]
		}
		if n := len(open); n == 0 || open[n-1] < level {
			b.raw("<ol>\n")
			open = append(open, level)
		} else {
			b.raw("</li>\n")
		}
		b.entry(e)
	}
	for range open {
		b.raw("</li></ol>\n")
	}
	b.raw("</nav>\n")
}

// entry writes an item up to what may follow in it.
func (b *body) entry(e *doc.Entry) {
	b.raw("<li><a")
	b.address("href", "#"+e.Heading.ID)
	b.raw(">")
	b.number(e.Heading.Number)
	b.inLink = true
	b.inlines(e.Content)
	b.inLink = false
	b.raw("</a>")
}

// number writes the printed number of a heading or a paragraph before its words.
func (b *body) number(n string) {
	if n != "" {
		b.raw(`<span class="number">`)
		b.text(n)
		b.raw("</span> ")
	}
}
