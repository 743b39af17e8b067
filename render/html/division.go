package html

import (
	"slices"

	"communique/render/doc"
)

// division writes a group. Contacts and notes are sections named by their
// heading, a summary is a named group, an address is an address where HTML
// allows one (HTML 4.3.10).
func (b *body) division(n *doc.Division) {
	tag, class := "div", ""
	switch n.Role {
	case doc.RoleContact, doc.RoleNotes:
		tag, class = "section", string(n.Role)
	case doc.RoleAddress:
		class = "postal"
		if plainText(n.Blocks) {
			tag = "address"
		}
	case doc.RoleSummary:
		class = "box"
	case doc.RoleSignature, doc.RoleNumbered:
		class = string(n.Role)
	case doc.RoleNone:
	}
	b.open(tag, &n.Attr)
	if class != "" {
		b.raw(` class="`, class, `"`)
	}
	if tag == "section" {
		b.region(n.Blocks)
	}
	if n.Label != "" {
		b.raw(` role="group"`)
		b.attribute("aria-label", n.Label)
		b.raw(`><p class="box-label">`)
		b.text(n.Label)
		b.raw("</p>\n")
	} else {
		b.raw(">\n")
	}
	b.blocks(n.Blocks)
	b.raw("</", tag, ">")
}

// region names a section by its heading, which makes it a landmark. A second one
// of the same name stays without: landmarks of one kind differ in their names.
func (b *body) region(blocks []doc.Block) {
	if len(blocks) == 0 {
		return
	}
	h, ok := blocks[0].(*doc.Heading)
	if !ok || !anchor(h.ID) {
		return
	}
	name := doc.PlainText(doc.Unbadged(h.Content))
	if !slices.Contains(b.regions, name) {
		b.regions = append(b.regions, name)
		b.attribute("aria-labelledby", h.ID)
	}
}

// plainText reports blocks that an address may hold: paragraphs and lists, no
// headings, sections or other addresses.
func plainText(blocks []doc.Block) bool {
	plain := true
	doc.WalkBlocks(blocks, func(n doc.Block) bool {
		switch n.(type) {
		case *doc.Paragraph, *doc.List:
		default:
			plain = false
		}
		return plain
	})
	return plain
}
