package layout

import (
	"communique/render/doc"
	"communique/render/page"
)

// logoWidth is the logo's greatest share of the width between the margins.
const logoWidth = 0.5

// logoImage is the logo of the document, or else of the theme; nil if there is none.
func (b *builder) logoImage() *doc.Image {
	if m := b.d.Front.Logo; m != nil {
		return m
	}
	return b.o.Logo
}

// logoSize fits a logo in a height and a share of the frame; 0 if there is none.
func (b *builder) logoSize(m *doc.Image, high, share float64) (width, height float64) {
	if m == nil {
		return 0, 0
	}
	w, h := b.o.Pictures.Size(m)
	if w == 0 {
		return 0, 0 // an error among the problems says why
	}
	width, height = high*float64(w)/float64(h), high
	if most := b.frame.width() * share; width > most {
		width, height = most, most*float64(h)/float64(w)
	}
	return width, height
}

// logo sets the logo at the start side above the issuer's name.
func (b *builder) logo() {
	m := b.logoImage()
	width, height := b.logoSize(m, b.th.LogoHeight(), logoWidth)
	if width == 0 {
		return
	}
	e := b.root.New(page.TypeFigure)
	e.Alt = m.Alt
	b.add(box{height: height, keep: true, item: &plate{x: b.align(width, alignStart), width: width, height: height,
		picture: b.o.Pictures.Print(m, width), elem: e}})
	b.space(b.th.Space.Item)
}
