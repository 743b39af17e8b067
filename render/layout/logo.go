package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

const (
	// logoHeight is the greatest height of the issuer's logo, in points, and
	// logoWidth its greatest share of the width between the margins.
	logoHeight = 42
	logoWidth  = 0.5
)

// logo sets the issuer's logo at the start side above the name.
func (b *builder) logo(m *doc.Image) {
	w, h := b.o.Pictures.Size(m)
	if w == 0 {
		return // an error among the problems says why
	}
	height := float64(logoHeight)
	width := height * float64(w) / float64(h)
	if most := b.frame.width() * logoWidth; width > most {
		width, height = most, most*float64(h)/float64(w)
	}
	e := b.root.New(page.TypeFigure)
	e.Alt = m.Alt
	b.add(box{height: height, keep: true, item: &plate{x: b.align(width, alignStart), width: width, height: height,
		picture: b.o.Pictures.Print(m, width), elem: e}})
	b.space(b.th.Space.Item)
}
