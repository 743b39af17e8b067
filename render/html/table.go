package html

import "communique/render/doc"

// table writes a table in a frame that scrolls by itself, so that the page
// never does. The first table under a heading is a landmark of that name; more
// of the same name would be noise.
func (b *body) table(n *doc.Table) {
	b.raw(`<div class="scroll"`)
	if b.named {
		b.scrollable("group")
	} else {
		b.scrollable("region")
		b.named = true
	}
	b.raw(">")
	b.open("table", &n.Attr)
	b.raw(">\n")
	b.rows("thead", "col", n.Head, n.Columns)
	b.rows("tbody", "row", n.Body, n.Columns)
	b.raw("</table></div>")
}

func (b *body) rows(tag, scope string, rows []*doc.Row, columns []doc.Column) {
	if len(rows) == 0 {
		return
	}
	b.raw("<", tag, ">\n")
	for _, r := range rows {
		b.open("tr", &r.Attr)
		b.raw(">")
		for i, c := range r.Cells {
			align := doc.AlignNone
			if i < len(columns) {
				align = columns[i].Align
			}
			b.cell(c, scope, align)
		}
		b.raw("</tr>\n")
	}
	b.raw("</", tag, ">\n")
}

// cell writes a field. An empty header says nothing about a row or column: it is no header.
func (b *body) cell(c *doc.Cell, scope string, align doc.Align) {
	tag := "td"
	if c.Header && len(c.Content) > 0 {
		tag = "th"
	}
	b.open(tag, &c.Attr)
	if tag == "th" {
		b.raw(` scope="`, scope, `"`)
	}
	switch align {
	case doc.AlignNone, doc.AlignStart:
	case doc.AlignCenter:
		b.raw(` class="center"`)
	case doc.AlignEnd:
		b.raw(` class="end"`)
	}
	b.raw(">")
	b.inlines(c.Content)
	b.raw("</", tag, ">")
}
