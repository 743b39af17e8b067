package resolve

import (
	"golang.org/x/text/unicode/bidi"

	"communique/render/doc"
	"communique/render/locale"
)

// directions gives every block and span in another language the direction of
// that language, unless the author set one, so that all formats isolate alike.
func (r *resolver) directions(blocks []doc.Block) {
	doc.WalkAttributes(blocks, func(a *doc.Attr) { a.Dir = r.direction(a.Lang, a.Dir) })
	doc.Inlines(blocks, func(_ doc.Block, in []doc.Inline) { r.spans(in) })
}

// spans does the same within a run of inlines.
func (r *resolver) spans(in []doc.Inline) {
	doc.WalkInlines(in, func(n doc.Inline) bool {
		if s, ok := n.(*doc.Span); ok {
			s.Dir = r.direction(s.Lang, s.Dir)
		}
		return true
	})
}

// isolated is a value for a generated phrase. One that runs against the language is
// isolated (UAX #9, FSI and PDI), or a number behind it would run along with it.
func (r *resolver) isolated(s string) string {
	for _, c := range s {
		p, _ := bidi.LookupRune(c)
		against := p.Class() == bidi.L
		if r.loc.Direction() == doc.LeftToRight {
			against = p.Class() == bidi.R || p.Class() == bidi.AL
		}
		if against {
			return "\u2068" + s + "\u2069"
		}
	}
	return s
}

func (r *resolver) direction(lang string, set doc.Direction) doc.Direction {
	if set != doc.Inherit || lang == "" {
		return set
	}
	return locale.Direction(lang)
}
