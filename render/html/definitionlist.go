package html

import "communique/render/doc"

// definitionList writes terms and what they mean.
func (b *body) definitionList(n *doc.DefinitionList) {
	b.open("dl", &n.Attr)
	b.raw(">\n")
	for _, d := range n.Items {
		b.definition(d)
	}
	b.raw("</dl>")
}

// definition writes one entry. Its anchor is the first term's.
func (b *body) definition(d *doc.Definition) {
	a := d.Attr
	for _, t := range d.Terms {
		b.open("dt", &a)
		b.raw(">")
		b.inlines(t)
		b.raw("</dt>\n")
		a.ID = ""
	}
	b.open("dd", &a)
	b.raw(">")
	if len(d.Blocks) == 1 {
		if p, ok := d.Blocks[0].(*doc.Paragraph); ok && p.Number == "" && p.Attr == (doc.Attr{Pos: p.Pos}) {
			b.inlines(p.Content)
			b.raw("</dd>\n")
			return
		}
	}
	b.raw("\n")
	b.blocks(d.Blocks)
	b.raw("</dd>\n")
}
