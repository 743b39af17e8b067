package page

// Picture is pixels ready to be stored in a file: 8 bits a component, in sRGB
// or grey, the right way up. It is immutable and shared between documents.
type Picture struct {
	// Width and Height are in pixels.
	Width, Height int
	// Sum is the digest of what is stored: equal pictures have equal sums.
	Sum [32]byte
	// Gray tells one component a pixel; otherwise three.
	Gray bool
	// JPEG tells that Data is a JPEG file (ISO/IEC 10918-1). Otherwise it is the
	// rows with PNG's filters, compressed with zlib (ISO 32000-1, 7.4.4.4).
	JPEG bool
	Data []byte
	// Alpha is the opacity, one component a pixel, stored as rows; nil if all is opaque.
	Alpha []byte
}

// Image paints a picture into a rectangle.
type Image struct {
	X, Y, Width, Height float64
	Picture             *Picture
}

func (*Image) mark() {}
