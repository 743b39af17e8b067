package resolve

import (
	"slices"

	"communique/render/doc"
)

// endMark sets the line that ends the text, if the kind has one: before notes to
// editors and contacts at its end.
func (r *resolver) endMark() {
	if r.kind.EndMark == "" || len(r.d.Blocks) == 0 {
		return
	}
	at := len(r.d.Blocks)
	for at > 0 && afterText(r.d.Blocks[at-1]) {
		at--
	}
	if at == 0 { // nothing but notes: there is no text to end
		return
	}
	r.d.Blocks = slices.Insert(r.d.Blocks, at, doc.Block(&doc.EndMark{Text: r.word(r.kind.EndMark, nil)}))
}

// afterText reports what is for editors, not for readers.
func afterText(b doc.Block) bool {
	d, ok := b.(*doc.Division)
	return ok && (d.Role == doc.RoleNotes || d.Role == doc.RoleContact || d.Role == doc.RoleAddress)
}
