package html

import (
	"strconv"

	"communique/render/doc"
)

// wideTable is how many columns a table has that is printed on a sheet in
// landscape, vastTable how many are more than such a sheet has room for.
const (
	wideTable = 10
	vastTable = 25
)

// table writes a table in a frame that scrolls by itself, so that the page
// never does. The caption names the frame; without one the heading above does, and
// only the first table under a heading is a landmark of that name: more of the
// same name would be noise.
func (b *body) table(n *doc.Table) {
	b.raw(`<div class="scroll`)
	switch {
	case len(n.Columns) >= vastTable:
		b.raw(" vast")
	case len(n.Columns) >= wideTable:
		b.raw(" wide")
	}
	b.raw(`"`)
	caption := ""
	switch {
	case n.Caption != nil:
		caption = b.captionID()
		b.raw(` tabindex="0" role="region"`)
		b.attribute("aria-labelledby", caption)
	case b.named:
		b.scrollable("group")
	default:
		b.scrollable("region")
		b.named = true
	}
	b.raw(">")
	b.open("table", &n.Attr)
	b.raw(">\n")
	if caption != "" {
		b.caption(n, caption)
	}
	pads := b.pads(n)
	b.rows("thead", n.Head, n, nil)
	totals := len(n.Body)
	for totals > 0 && n.Body[totals-1].Total {
		totals--
	}
	b.rows("tbody", n.Body[:totals], n, pads)
	b.rows("tfoot", n.Body[totals:], n, pads)
	b.raw("</table></div>")
}

// caption writes the table's number and name.
func (b *body) caption(n *doc.Table, id string) {
	b.raw("<caption")
	b.attribute("id", id)
	b.raw(">")
	if n.Label != "" {
		b.raw("<b>")
		b.text(n.Label)
		b.raw("</b>\u2003")
	}
	b.inlines(n.Caption)
	b.raw("</caption>\n")
}

// captionID makes an anchor for a caption that stands nowhere else in the document.
func (b *body) captionID() string {
	if b.anchored == nil {
		b.anchored = map[string]bool{b.main: true, b.headline: true}
		b.d.Flows(func(blocks []doc.Block) {
			doc.WalkAttributes(blocks, func(a *doc.Attr) { b.anchored[a.ID] = true })
		})
	}
	for {
		b.captions++
		id := "caption-" + strconv.Itoa(b.captions)
		if !b.anchored[id] {
			return id
		}
	}
}

// rows writes one part of a table. pads are what numbers need to stand below each
// other, by cell.
func (b *body) rows(part string, rows []*doc.Row, n *doc.Table, pads map[*doc.Cell]string) {
	if len(rows) == 0 {
		return
	}
	b.raw("<", part, ">\n")
	open := 0 // rows begun
	doc.WalkCells(rows, func(row, column int, c *doc.Cell) {
		for ; open <= row; open++ {
			b.beginRow(open, rows[open])
		}
		align := doc.AlignNone
		if column < len(n.Columns) {
			align = n.Columns[column].Align
		}
		scope := "row"
		if part == "thead" {
			scope = "col"
			if c.ColSpan > 1 {
				align = doc.AlignCenter
			}
		}
		b.cell(c, scope, align, pads[c])
	})
	for ; open < len(rows); open++ { // rows that cells from above fill
		b.beginRow(open, rows[open])
	}
	b.raw("</tr>\n</", part, ">\n")
}

func (b *body) beginRow(i int, r *doc.Row) {
	if i > 0 {
		b.raw("</tr>\n")
	}
	b.open("tr", &r.Attr)
	b.raw(">")
}

// cell writes a field. An empty header says nothing about a row or column: it is no header.
func (b *body) cell(c *doc.Cell, scope string, align doc.Align, pad string) {
	tag := "td"
	if c.Header && len(c.Content) > 0 {
		tag = "th"
	}
	b.open(tag, &c.Attr)
	if tag == "th" {
		b.raw(` scope="`, scope, `"`)
	}
	if c.ColSpan > 1 {
		b.raw(` colspan="`, strconv.Itoa(c.ColSpan), `"`)
	}
	if c.RowSpan > 1 {
		b.raw(` rowspan="`, strconv.Itoa(c.RowSpan), `"`)
	}
	b.cellHeaders(c)
	switch align {
	case doc.AlignNone, doc.AlignStart:
	case doc.AlignCenter:
		b.raw(` class="center"`)
	case doc.AlignEnd, doc.AlignDecimal:
		if c.Axis > 0 && align == doc.AlignDecimal {
			b.raw(` class="number"`)
		} else {
			b.raw(` class="end"`)
		}
	}
	if pad != "" {
		b.attribute("data-pad", pad)
	}
	b.raw(">")
	b.inlines(c.Content)
	b.raw("</", tag, ">")
}

// cellHeaders names the headers of a cell where scope does not tell them.
func (b *body) cellHeaders(c *doc.Cell) {
	if len(c.Headers) == 0 {
		return
	}
	b.raw(` headers="`)
	for i, h := range c.Headers {
		if i > 0 {
			b.raw(" ")
		}
		b.buf = appendAttribute(b.buf, h.ID)
	}
	b.raw(`"`)
}
