package pdf

import (
	"strconv"

	"communique/render/page"
)

// images are the pictures of a document in the order of their first use, each
// stored once however often it is painted.
type images struct {
	list  []*imageUse
	bySum map[[32]byte]*imageUse
	// translucent are the pages, by index, with pictures that let something through.
	translucent map[int]bool
}

type imageUse struct {
	name    string
	picture *page.Picture
	object  int
}

func (l *images) use(p *page.Picture) *imageUse {
	u := l.bySum[p.Sum]
	if u == nil {
		if l.bySum == nil {
			l.bySum = map[[32]byte]*imageUse{}
		}
		u = &imageUse{name: "I" + strconv.Itoa(len(l.list)), picture: p}
		l.bySum[p.Sum] = u
		l.list = append(l.list, u)
	}
	return u
}

// image paints a picture: the unit square is stretched to its rectangle (ISO 32000-1, 8.9.5).
func (p *painter) image(m *page.Image) {
	p.endText()
	u := p.images.use(m.Picture)
	if m.Picture.Alpha != nil {
		if p.images.translucent == nil {
			p.images.translucent = map[int]bool{}
		}
		p.images.translucent[p.fpdf.PageNo()-1] = true
	}
	p.ops.raw("q ").nums(m.Width, 0, 0, m.Height, m.X, p.height-m.Y-m.Height).raw(" cm /").raw(u.name).raw(" Do Q\n")
}

// write writes the image objects (8.9.5) and their soft masks (11.6.5.3).
func (l *images) write(b *builder) {
	for _, u := range l.list {
		p := u.picture
		components, space := 3, "/DeviceRGB"
		if p.Gray {
			components, space = 1, "/DeviceGray"
		}
		dict := imageDictionary(p, space)
		if p.Alpha != nil {
			mask := b.alloc()
			d := imageDictionary(p, "/DeviceGray")
			filtered(&d, p.Width, 1)
			b.stream(mask, string(d), p.Alpha)
			dict.raw("/SMask ").ref(mask)
		}
		if p.JPEG {
			dict.raw("/Filter/DCTDecode")
		} else {
			filtered(&dict, p.Width, components)
		}
		u.object = b.alloc()
		b.stream(u.object, string(dict), p.Data)
	}
}

func imageDictionary(p *page.Picture, space string) (d syntax) {
	d.raw("/Type/XObject/Subtype/Image/Width ").int(p.Width).raw("/Height ").int(p.Height).
		raw("/ColorSpace").raw(space).raw("/BitsPerComponent 8")
	return d
}

// filtered says that rows carry PNG's filters (7.4.4.4).
func filtered(d *syntax, width, components int) {
	d.raw("/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors ").int(components).raw("/Columns ").int(width).raw(">>")
}

// resources names the images for the pages.
func (l *images) resources(o *syntax) {
	if len(l.list) == 0 {
		return
	}
	o.raw("/XObject<<")
	for _, u := range l.list {
		o.raw("/").raw(u.name).raw(" ").ref(u.object)
	}
	o.raw(">>")
}

// box writes where an element stands: the layout attribute BBox, in the page's
// own coordinates (14.8.5.4.3).
func box(o *syntax, b page.Box, height float64) {
	o.raw("/A<</O/Layout/BBox[").nums(b.X0, height-b.Y1, b.X1, height-b.Y0).raw("]>>")
}
