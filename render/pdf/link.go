package pdf

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"communique/render/page"
)

// link is a link annotation to be written.
type link struct {
	*page.Link
	object  int
	element int // the object of its structure element
}

// link adds a link to its element: a reference to the annotation (ISO 32000-1,
// table 325). Its key in the parent tree is its index after the pages.
func (s *structure) link(l *kidList, k *page.Link, element int) error {
	switch {
	case k.Page < 0 || k.Page >= len(s.pages):
		return fmt.Errorf("a link on page %d of %d", k.Page+1, len(s.pages))
	case len(k.Boxes) == 0:
		return fmt.Errorf("a link to %q without a box", cmp.Or(k.URI, k.Anchor))
	}
	n := s.builder.alloc()
	s.tags.links = append(s.tags.links, link{k, n, element})
	l.source.raw("<</Type/OBJR/Obj ").ref(n).raw("/Pg ").ref(s.pages[k.Page]).raw(">>")
	return nil
}

// annotations writes the link annotations (12.5.6.5) and returns their numbers by page.
func (f *finisher) annotations() ([][]int, error) {
	byPage := make([][]int, len(f.doc.Pages))
	for i, l := range f.tags.links {
		byPage[l.Page] = append(byPage[l.Page], l.object)
		o := f.builder.object(l.object).raw("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[")
		f.boxes(o, l.Link)
		o.raw("/StructParent ").int(len(f.doc.Pages) + i).
			raw("/Contents").text(cmp.Or(l.Contents, l.URI, l.Anchor))
		if err := f.action(o, l.Link); err != nil {
			return nil, err
		}
		o.raw(">>")
	}
	return byPage, nil
}

// boxes writes the rectangle around the link and, if it has several boxes, each
// of them: top left, top right, bottom left, bottom right, as readers expect them.
func (f *finisher) boxes(o *syntax, l *page.Link) {
	h := f.doc.Pages[l.Page].Height
	all := l.Boxes[0]
	for _, b := range l.Boxes[1:] {
		all = page.Box{X0: min(all.X0, b.X0), Y0: min(all.Y0, b.Y0), X1: max(all.X1, b.X1), Y1: max(all.Y1, b.Y1)}
	}
	o.nums(all.X0, h-all.Y1, all.X1, h-all.Y0).raw("]")
	if len(l.Boxes) == 1 {
		return
	}
	o.raw("/QuadPoints[")
	for i, b := range l.Boxes {
		if i > 0 {
			o.raw(" ")
		}
		o.nums(b.X0, h-b.Y0, b.X1, h-b.Y0, b.X0, h-b.Y1, b.X1, h-b.Y1)
	}
	o.raw("]")
}

var errDeadLink = errors.New("a link to an anchor that the document does not have")

// action writes where the link leads.
func (f *finisher) action(o *syntax, l *page.Link) error {
	if l.URI != "" {
		o.raw("/A<</S/URI/URI").bytes(escapeURI(l.URI)).raw(">>")
		return nil
	}
	place, ok := f.doc.Anchors[l.Anchor]
	if !ok {
		return fmt.Errorf("%w: %q", errDeadLink, l.Anchor)
	}
	return f.destination(o, place)
}

// destination writes an explicit destination (12.3.2.2): the place at the top of
// the window, the zoom as it is.
func (f *finisher) destination(o *syntax, p page.Place) error {
	if p.Page < 0 || p.Page >= len(f.pages) {
		return fmt.Errorf("a destination on page %d of %d", p.Page+1, len(f.pages))
	}
	o.raw("/Dest[").ref(f.pages[p.Page]).raw("/XYZ null ").num(f.doc.Pages[p.Page].Height - p.Y).raw(" null]")
	return nil
}

// escapeURI percent-encodes what RFC 3986 does not allow anywhere in a URI; a
// PDF's URI is 7-bit ASCII (12.6.4.7). Escapes already there stay.
func escapeURI(s string) string {
	const forbidden = " \"<>\\^`{|}"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(forbidden, c) >= 0 {
			b.Write([]byte{'%', hexDigits[c>>4], hexDigits[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
