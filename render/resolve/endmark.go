package resolve

import "communique/render/doc"

// endMark sets the line that ends the text, if the kind has one.
func (r *resolver) endMark() {
	if r.kind.EndMark == "" || len(r.d.Blocks) == 0 {
		return
	}
	r.d.Blocks = append(r.d.Blocks, &doc.EndMark{Text: r.word(r.kind.EndMark, nil)})
}
