// Package text owns fonts and everything between Unicode and glyphs: which font
// draws a character, shaping, bidirectional order, line breaking, subsetting. It
// is the only package that knows the shaper (go-text). It must never decide
// where a line stands on a page, nor what a text means.
package text

import (
	"communique/render/page"
)

// Style is how a span looks. Sizes are in points.
type Style struct {
	// Family names a folder of the fonts; other families help out where it has no glyph.
	Family       string
	Bold, Italic bool
	// Tabular asks for figures of one width (OpenType tnum), for columns of numbers.
	Tabular bool
	Size    float64
	// Rise lifts the text above the baseline; it is handed through.
	Rise float64
	// Lang is a BCP 47 tag; it chooses letter forms, punctuation, fonts and hyphens.
	Lang string
	// Whole words are never hyphenated: code, addresses.
	Whole bool
	Color page.Color
	// Tag is the caller's, handed through to the runs.
	Tag int
}

// Span is a stretch of text in one style.
//
// These characters of Text act and are not drawn: line ends (U+000A, CR LF and
// the other ones of UAX #14) break the line; the bidirectional controls of UAX
// #9 (isolates, embeddings, overrides, marks) order it, which is how a caller
// expresses spans with a direction of their own; U+200B allows and U+2060
// forbids a break; U+00AD is a hyphen where the line breaks there. A tab is a
// space. Other control characters are left out.
type Span struct {
	Text  string
	Style *Style
}

// Paragraph is text to be set in lines.
type Paragraph struct {
	Spans []Span
	// RTL is the base direction.
	RTL bool
	// Width is the measure in points, FirstWidth that of the first line; 0 is Width.
	Width, FirstWidth float64
	// Hyphens tells where words may be divided beyond what the text asks for.
	Hyphens Hyphenation
	// Justify spreads the lines over the measure, but for those that end a paragraph.
	Justify bool
	// Optimal breaks the paragraph as a whole, so that its lines are as even as they
	// can be, instead of filling one line after the other.
	Optimal bool
	// Autospace sets a quarter of an em between ideographs and the letters and
	// digits of other scripts, and full-width marks closer to each other. The text
	// does not get a space.
	Autospace bool
	// Balance makes the lines nearly equal in length, without more of them: for headlines.
	Balance bool
}

// Hyphenation is how readily words are divided.
type Hyphenation uint8

const (
	// NoHyphens divides at the text's own soft hyphens only.
	NoHyphens Hyphenation = iota
	// SparingHyphens divides where a line would end far from the edge.
	SparingHyphens
	// FullHyphens divides wherever that makes lines more even.
	FullHyphens
)

// Line is one line of a paragraph.
type Line struct {
	// Runs are in logical order.
	Runs []Run
	// Width does not count white space at the end, which hangs over the edge: to
	// the right of a left-to-right line, to the left of a right-to-left one.
	Width float64
	// Hard tells that the text asked for the break after this line.
	Hard bool
	// Hyphenated tells that the line ends in a divided word.
	Hyphenated bool
}

// Run is a piece of a line in one font, style and direction.
type Run struct {
	page.Run
	// X is the left end, measured from the left end of the line's text.
	X float64
	// Rise and Tag are the style's.
	Rise float64
	Tag  int
	// Span is the index of the span that it comes from, Start and End are the
	// bytes of the span's Text that it shows.
	Span, Start, End int
}

// Missing counts a character for which no font has a glyph.
type Missing struct {
	Rune  rune
	Count int
}
