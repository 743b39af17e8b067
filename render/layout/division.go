package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// division groups blocks; its lines align to its own direction. Its role says how
// it looks.
func (b *builder) division(n *doc.Division) {
	switch n.Role {
	case doc.RoleContact:
		b.within(b.open(page.TypeSect, &n.Attr), b.frame, func() { b.blocks(n.Blocks) })
	case doc.RoleNotes:
		b.notes(n)
	case doc.RoleSummary:
		b.summary(n)
	case doc.RoleSignature:
		b.signature(n)
	case doc.RoleNumbered:
		b.numbered(n)
	case doc.RoleNone, doc.RoleAddress:
		b.within(b.open(page.TypeDiv, &n.Attr), b.frame, func() { b.blocks(n.Blocks) })
	}
}

// endsText reports a block before which the text above is at its end.
func endsText(n doc.Block) bool {
	switch n := n.(type) {
	case *doc.Rule, *doc.EndMark:
		return true
	case *doc.Division:
		return n.Role == doc.RoleSignature || n.Role == doc.RoleNotes || n.Role == doc.RoleContact
	}
	return false
}

// notes sets notes to editors in a smaller size.
func (b *builder) notes(n *doc.Division) {
	small := b.small
	b.small = true
	b.space(b.th.Space.Heading)
	b.within(b.open(page.TypeSect, &n.Attr), b.frame, func() { b.blocks(n.Blocks) })
	b.small = small
	b.space(b.th.Space.Paragraph * 1.4)
}

// summary sets a box with the main points.
func (b *builder) summary(n *doc.Division) {
	e := b.open(page.TypeSect, &n.Attr)
	b.space(b.th.Space.Paragraph * 1.4)
	b.panel(e, page.Color(b.th.Light.Fill), false, func() {
		if n.Label != "" {
			st := b.panelStyle()
			b.panelTitle(b.plain(n.Label, st), st, e)
		}
		b.blocks(n.Blocks)
	})
	b.space(b.th.Space.Paragraph * 1.4)
}

// signatureSide is where a signature begins: the share of the line before it.
const signatureSide = 0.45

// signature sets who signs at the end side. It stays in one piece, and with the
// last line of the text that is signed.
func (b *builder) signature(n *doc.Division) {
	from := len(b.boxes)
	if from > 0 {
		b.boxes[from-1].keep = true
	}
	b.space(b.th.Space.Heading)
	b.within(b.open(page.TypeDiv, &n.Attr), b.inset(b.frame.width()*signatureSide), func() { b.blocks(n.Blocks) })
	for i := from; i < len(b.boxes)-1; i++ {
		b.boxes[i].keep = true
	}
	b.space(b.th.Space.Heading)
}

// numbered sets numbered paragraphs. What stands between them, such as a list,
// aligns with their text; headings stand out to the numbers.
func (b *builder) numbered(n *doc.Division) {
	e := b.open(page.TypeDiv, &n.Attr)
	for i, c := range n.Blocks {
		f := b.frame
		switch c.(type) {
		case *doc.Paragraph, *doc.Heading:
		default:
			f = b.inset(b.numberIndent())
		}
		from := len(b.boxes)
		b.within(e, f, func() { b.blocks(n.Blocks[i : i+1]) })
		if introduces(c) && i+1 < len(n.Blocks) && from < len(b.boxes) {
			b.boxes[len(b.boxes)-1].keep = true
		}
	}
}
