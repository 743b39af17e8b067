// Package page owns the finished layout: where every mark stands, and the
// structure tree (ISO 32000-1, 14.7) that gives the marks their meaning. Layout
// builds it, writers paint it. It has types only and must never measure.
//
// Lengths are points (1/72 inch) from the top left corner of the page, y down;
// text stands on its baseline.
package page

import "time"

// Document is a laid-out publication.
type Document struct {
	Info  Info
	Pages []*Page
	// Root is the structure element "Document".
	Root *Element
	// Outline is the bookmarks, in reading order.
	Outline []Bookmark
	// Anchors tells where the document's anchors stand, for internal links.
	Anchors map[string]Place
	// Labels says how pages are numbered; none where they count from 1.
	Labels []Label
	// Attachment is the file that the publication was made from, nil for none.
	Attachment *Attachment
}

// Attachment is a file that travels inside the publication.
type Attachment struct {
	// Name is a file name without folders.
	Name string
	// MediaType is "text/markdown" or another type without parameters.
	MediaType string
	Data      []byte
}

// Label numbers the pages from a page on (ISO 32000-1, 12.4.2): the prefix, and
// decimal numbers from Start on, none where Start is 0.
type Label struct {
	// Page is an index, from 0.
	Page   int
	Prefix string
	Start  int
}

// Info is the metadata. Empty fields are left out of the file.
type Info struct {
	Title, Author, Subject string
	Keywords               []string
	// Lang is the document's BCP 47 tag.
	Lang string
	// RightToLeft tells that pages run from right to left.
	RightToLeft bool
	// Date is the publication date; zero when the source gives none.
	Date time.Time
	// Producer names the program and its version.
	Producer string
}

// Page is one sheet.
type Page struct {
	Width, Height float64
	// Contents are painted in order, which is the reading order.
	Contents []*Content
}

// Content is a sequence of marks with one meaning: one marked-content sequence
// (ISO 32000-1, 14.6). Element is nil for an artifact.
type Content struct {
	Element  *Element
	Artifact Artifact
	// Page is the index of the page it stands on.
	Page  int
	Marks []Mark
}

// Artifact says what a mark outside the structure is (ISO 32000-1, 14.8.2.2).
type Artifact uint8

const (
	// Decoration: rules, fills.
	Decoration Artifact = iota
	Header
	Footer
)

// Mark is something painted: *Text, *Image, *Rect, *Line or *Path.
type Mark interface{ mark() }

// Color is sRGB.
type Color struct{ R, G, B uint8 }

// Text paints glyphs of one font in one size from X rightwards, whatever the direction.
type Text struct {
	X, Y float64
	Run  Run
	// Line numbers the line of text that the run is part of, within the document
	// and from 1. A line's runs follow each other in logical order, though they
	// may be in several contents. 0 is a line of its own.
	Line int
	// RightToLeft is the base direction of the line's paragraph.
	RightToLeft bool
}

// Run is shaped text in one font and direction.
type Run struct {
	Font FontID
	// Size is in points.
	Size  float64
	Color Color
	// RightToLeft runs hold each word's glyphs in visual order (left to right),
	// but the words in logical order.
	RightToLeft bool
	Words       []*Word
	// Extra is room at the end of each word, in font units: the advance of its last
	// character, a space or an ideograph, is greater by so much (smaller if it is
	// negative). Lines that are not justified have none. Only words that end in white
	// space have any in right-to-left runs.
	Extra []int32
	// Width is the sum of the words' advances and of Extra, in points.
	Width float64
}

// FontID is the index of a font in the library that shaped the text.
type FontID uint16

// Word is a shaped piece of text, immutable and shared between documents.
type Word struct {
	// Glyphs are in visual order, left to right.
	Glyphs []Placed
	// Advance is the sum of the glyphs' advances in font units.
	Advance int32
	// Trail is the part of Advance that is trailing white space: at the right
	// end of a left-to-right word, at the left end of a right-to-left one.
	Trail int32
}

// Placed is a glyph and how far the pen moves after it, kerning included, in font units.
type Placed struct {
	Glyph   *Glyph
	Advance int32
}

// Glyph is what a PDF character code stands for: an outline (none, one glyph of
// the font, or several drawn together), a width and the exact source text.
type Glyph struct {
	// ID is dense within the font of one shaper, so that a writer can index by it.
	ID uint32
	// Width is the advance in font units.
	Width int32
	Parts []Part
	Text  string
}

// Part is one outline of the font, drawn at an offset in font units.
type Part struct {
	GID    uint16
	DX, DY int16
}

// Rect is a filled rectangle.
type Rect struct {
	X, Y, Width, Height float64
	Color               Color
}

// Line is a stroked straight line. Dash is the length of dashes, 0 for a solid
// line; Gap that of the gaps between them, 0 for the same.
type Line struct {
	X1, Y1, X2, Y2 float64
	Width          float64
	Dash, Gap      float64
	Color          Color
}

// Path is the area that at least three points enclose, filled, or a stroked line
// through them if it has a width: with round joins, butt ends, and dashes as a Line has.
type Path struct {
	Points    []Point
	Width     float64
	Dash, Gap float64
	Color     Color
}

// Point is a place of a path.
type Point struct{ X, Y float64 }

func (*Text) mark() {}
func (*Rect) mark() {}
func (*Line) mark() {}
func (*Path) mark() {}

// Place is a point of the document.
type Place struct {
	// Page is an index, from 0.
	Page int
	Y    float64
}

// Bookmark is an entry of the outline. Level counts from 0.
type Bookmark struct {
	Title string
	Level int
	Place Place
}
