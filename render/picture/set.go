package picture

import (
	"communique/render/doc"
	"communique/render/page"
)

// Set is the pictures of one document. A nil Set has none.
type Set struct {
	store *Store
	by    map[string]*Picture // by the source as written; nil for one that has a problem
}

// find is the picture of an image, nil if it could not be read: then there is
// an error among the problems, and no artifact is made.
func (s *Set) find(m *doc.Image) *Picture {
	if s == nil {
		return nil
	}
	return s.by[m.Source]
}

// Size is a picture's width and height in pixels; 0 if it could not be read.
func (s *Set) Size(m *doc.Image) (w, h int) {
	if p := s.find(m); p != nil {
		return p.Width, p.Height
	}
	return 0, 0
}

// PrintDots is the resolution of printed pictures in dots an inch. A picture that
// has half as many again is reduced to it: nobody sees more, and the file is smaller.
const PrintDots = 300

// Print is a picture for a PDF, to be printed so many points wide; nil if it
// could not be read.
func (s *Set) Print(m *doc.Image, points float64) *page.Picture {
	p := s.find(m)
	if p == nil {
		return nil
	}
	w, h := p.Width, p.Height
	if p.pixels.width < w { // reduced when it was read
		w, h = p.pixels.width, p.pixels.height
	}
	if most := int(points / 72 * PrintDots); w > most+most/2 {
		w, h = fit(w, h, max(1, most), h)
	}
	return s.made(p, usePrint, w, h).(*page.Picture)
}

// Web is a picture's file for a web page.
type Web struct {
	Width, Height int
	MediaType     string
	// Translucent tells that what is behind shows through.
	Translucent bool
	Data        []byte
}

// webFile is the size up to which a photograph's own file goes into a web page.
const webFile = 400 << 10

// Web is a picture for a web page, at most so many pixels wide; nil if it could
// not be read.
func (s *Set) Web(m *doc.Image, most int) *Web {
	p := s.find(m)
	if p == nil {
		return nil
	}
	w, h := fit(p.Width, p.Height, most, 2*most)
	if w > p.pixels.width {
		w, h = p.pixels.width, p.pixels.height
	}
	if w == p.Width && len(p.file) > webFile { // finer compressed than a screen needs
		smaller := *p
		smaller.file = nil
		p = &smaller
	}
	return s.made(p, useWeb, w, h).(*Web)
}

// made finds a picture in a use and size, or makes it.
func (s *Set) made(p *Picture, use byte, w, h int) any {
	v, _ := s.store.get(key{p.sum, use, w, h}, func() (any, int, *fault) {
		if use == useWeb {
			m := p.web(w, h)
			return m, len(m.Data), nil
		}
		m := p.print(w, h)
		return m, len(m.Data) + len(m.Alpha), nil
	})
	return v
}
