package resolve

import (
	"communique/render/doc"
	"communique/render/locale"
)

// captions numbers the tables and the pictures that have a caption, charts among
// the pictures: those of the
// text, then those of the notes in the order of their first calls. The labels are
// in the language of the part in which they stand.
func (r *resolver) captions() {
	tables, figures := 0, 0
	tabled := r.tabled()
	r.everywhere(func(b doc.Block, loc *locale.Locale, _ bool) {
		switch b := b.(type) {
		case *doc.Table:
			if b.Caption != nil {
				tables++
				r.tableLabel(b, loc, tables)
			}
		case *doc.Figure:
			if len(b.Caption) > 0 {
				figures++
				b.Label = r.figureLabel(loc, figures)
			}
		case *doc.Chart:
			if len(b.Caption) > 0 {
				figures++
				b.Label = r.figureLabel(loc, figures)
			}
			r.chart(b, loc, tabled[b])
		}
	})
}
