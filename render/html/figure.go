package html

import (
	"encoding/base64"
	"math"
	"strconv"

	"communique/render/doc"
	"communique/render/picture"
)

// Of the sizes of pictures: CSS pixels in a body size, dots of a picture in its
// own size on paper, and pixels across that no screen asks for more of.
const (
	remPixels   = 16
	naturalDots = 150
	mostPixels  = 1600
)

// figure writes a picture with its caption.
func (b *body) figure(n *doc.Figure) {
	tag := "figure"
	if n.Image.Decorative && len(n.Caption) == 0 {
		tag = "div"
	}
	b.open(tag, &n.Attr)
	b.raw(` class="picture`)
	if n.Wide {
		b.raw(" wide")
	}
	b.raw(`">`)
	b.sized(n)
	if len(n.Caption) > 0 {
		b.figcaption(n.Label, n.Caption)
	}
	b.raw("</", tag, ">")
}

// figcaption writes the words below a picture, behind its name.
func (b *body) figcaption(label string, in []doc.Inline) {
	b.raw("\n<figcaption>")
	if label != "" {
		b.raw("<b>")
		b.text(label)
		b.raw("</b>\u2003")
	}
	b.inlines(in)
	b.raw("</figcaption>")
}

// sized writes the picture in the size that it has on paper: the one asked for,
// or its own, at most the column.
func (b *body) sized(n *doc.Figure) {
	w, h := b.o.Pictures.Size(&n.Image)
	if w == 0 {
		return // an error among the problems says why
	}
	t := b.o.Theme
	width := float64(w) * 72 / naturalDots
	switch {
	case n.Wide:
		width = t.Paper.Measure * 1.2
	case n.Width > 0:
		width = t.Paper.Measure * n.Width
	}
	width = min(width, t.Paper.Measure*1.2)
	if !n.Wide {
		width = min(width, t.Paper.Measure)
	}
	css := max(1, int(math.Round(width/t.Sizes.Body*remPixels)))
	b.picture(&n.Image, "", css, max(1, (css*h+w/2)/w), min(2*css, mostPixels))
}

// image writes a picture within a line, as high as its letters.
func (b *body) image(n *doc.Image) {
	const lineHeight = 20
	b.low(n, "inline", lineHeight)
}

// logo writes the issuer's logo.
func (b *body) logo() {
	m := b.d.Front.Logo
	if m == nil {
		m = b.o.Logo
	}
	if m != nil {
		b.low(m, "logo", int(math.Round(b.o.Theme.LogoHeight()/b.o.Theme.Sizes.Body*remPixels)))
		b.raw("\n")
	}
}

// low writes a picture of at most some height.
func (b *body) low(n *doc.Image, class string, height int) {
	w, h := b.o.Pictures.Size(n)
	if w == 0 {
		return // an error among the problems says why
	}
	height = min(height, h)
	width := max(1, (w*height+h/2)/h)
	b.picture(n, class, width, height, min(3*width, mostPixels))
}

// picture writes an img element that carries its file, since a page stands alone.
func (b *body) picture(n *doc.Image, class string, width, height, most int) {
	m := b.o.Pictures.Web(n, most)
	if m.Translucent { // made for paper: it keeps a light ground on a dark page
		if class != "" {
			class += " "
		}
		class += "clear"
	}
	b.raw("<img")
	if class != "" {
		b.raw(` class="`, class, `"`)
	}
	b.raw(` width="`, strconv.Itoa(width), `" height="`, strconv.Itoa(height), `"`)
	b.attribute("alt", n.Alt)
	b.raw(` src="`)
	b.dataURL(m)
	b.raw(`">`)
}

// dataURL writes a data: URL (RFC 2397).
func (b *body) dataURL(m *picture.Web) {
	b.raw("data:", m.MediaType, ";base64,")
	b.buf = base64.StdEncoding.AppendEncode(b.buf, m.Data)
}
