// Package theme owns the design tokens (type scale, spacing, colours, rules,
// fonts, paper) that PDF and HTML both read, so that they cannot drift apart.
// It reads theme folders and must never know how a page is made.
package theme

import (
	"encoding/hex"
	"fmt"

	"communique/render/page"
)

// Theme is one look. Lengths are points unless said otherwise.
type Theme struct {
	// Name is the folder's name.
	Name string `toml:"-"`
	// Description says in one line what the theme is for.
	Description string `toml:"description"`
	// Extends names the theme whose tokens, shell and style sheet hold where
	// this one has none of its own; empty for none.
	Extends string `toml:"extends"`
	Paper   Paper  `toml:"paper"`
	Fonts   Fonts  `toml:"fonts"`
	Sizes   Sizes  `toml:"sizes"`
	Space   Space  `toml:"space"`
	Rules   Rules  `toml:"rules"`
	Lines   Lines  `toml:"lines"`
	Limits  Limits `toml:"limits"`
	Logo    Logo   `toml:"logo"`
	Light   Colors `toml:"light"`
	Dark    Colors `toml:"dark"`
	// Shell is the HTML page template, Sheet the style sheet template.
	Shell, Sheet string `toml:"-"`
}

// Paper is the sheet and its margins.
type Paper struct {
	// Default is "a4" or "letter".
	Default string  `toml:"default"`
	Top     float64 `toml:"top"`
	Bottom  float64 `toml:"bottom"`
	// Side is the margin left and right.
	Side float64 `toml:"side"`
	// Measure is the greatest line length of running text.
	Measure float64 `toml:"measure"`
	// Head and Foot are the distances of running head and foot from the paper's edge.
	Head float64 `toml:"head"`
	Foot float64 `toml:"foot"`
}

// Fonts names families of the fonts folder by role, and the reader's own fonts for HTML.
type Fonts struct {
	Text string `toml:"text"`
	Mono string `toml:"mono"`
	// TextStack and MonoStack are CSS font-family lists.
	TextStack string `toml:"text_stack"`
	MonoStack string `toml:"mono_stack"`
}

// Sizes is the type scale.
type Sizes struct {
	Body    float64 `toml:"body"`
	Title   float64 `toml:"title"`
	Summary float64 `toml:"summary"`
	// CoverTitle is the headline of kinds with a cover.
	CoverTitle float64    `toml:"cover_title"`
	Label      float64    `toml:"label"`
	Head       float64    `toml:"letterhead"`
	Headings   [5]float64 `toml:"headings"` // levels 2 to 6
	Table      float64    `toml:"table"`
	// TableMin is the size down to which a table shrinks that is too wide for the page.
	TableMin float64 `toml:"table_min"`
	Code     float64 `toml:"code"`
	Furn     float64 `toml:"furniture"`
	Note     float64 `toml:"note"` // footnotes
	// Leading is the line height as a multiple of the size for scripts that need no more.
	Leading float64 `toml:"leading"`
	// TightLeading is for headlines and headings.
	TightLeading float64 `toml:"tight_leading"`
}

// Space is the vertical rhythm and the indents.
type Space struct {
	Paragraph     float64 `toml:"paragraph"`
	Heading       float64 `toml:"heading"`       // above a level-2 heading
	HeadingAfter  float64 `toml:"heading_after"` // below any heading
	Item          float64 `toml:"item"`          // between loose list items
	TightItem     float64 `toml:"tight_item"`
	ListIndent    float64 `toml:"list_indent"`
	QuoteIndent   float64 `toml:"quote_indent"`
	CellX         float64 `toml:"cell_x"`
	CellY         float64 `toml:"cell_y"`
	BandPad       float64 `toml:"band_pad"`
	LetterheadGap float64 `toml:"letterhead_gap"`
	NoteAbove     float64 `toml:"note_above"` // between the text and the rule over the footnotes, at least
	NoteBelow     float64 `toml:"note_below"` // between that rule and the first footnote
}

// Rules is the widths of lines.
type Rules struct {
	Thin  float64 `toml:"thin"`
	Thick float64 `toml:"thick"`
	Quote float64 `toml:"quote"`
}

// Lines is how paragraphs are broken into lines.
type Lines struct {
	// Justify makes running text even at both sides.
	Justify bool `toml:"justify"`
	// Hyphenation is "none", "sparing" or "full"; empty is full where text is
	// justified and none where it is not.
	Hyphenation string `toml:"hyphenation"`
	// Optimal weighs all lines of a paragraph against each other.
	Optimal bool `toml:"optimal"`
	// Balance makes the lines of headlines nearly equal in length.
	Balance bool `toml:"balance"`
}

// Hyphenations lists the values of lines.hyphenation.
var Hyphenations = []string{"none", "sparing", "full"}

// Limits are lengths beyond which an editor is warned, in lines.
type Limits struct {
	TitleLines   int `toml:"title_lines"`
	SummaryLines int `toml:"summary_lines"`
}

// Logo is the issuer's mark in the letterhead.
type Logo struct {
	// File is a PNG, JPEG or WebP file in the theme's folder; empty for none.
	File string `toml:"file"`
	// Height is its height in points, that of a document's own logo too.
	Height float64 `toml:"height"`
	// Data is the file.
	Data []byte `toml:"-"`
}

// LogoHeight is the height of logos in the letterhead, in points.
func (t *Theme) LogoHeight() float64 {
	if t.Logo.Height > 0 {
		return t.Logo.Height
	}
	return 42
}

// Colors is a palette; PDF uses the light one.
type Colors struct {
	Paper  Hex `toml:"paper"`
	Ink    Hex `toml:"ink"`
	Muted  Hex `toml:"muted"`
	Accent Hex `toml:"accent"`
	Link   Hex `toml:"link"`
	Rule   Hex `toml:"rule"`
	Fill   Hex `toml:"fill"` // table heads, code
	Band   Hex `toml:"band"`
}

// Hex is a colour written #rrggbb.
type Hex page.Color

// UnmarshalText reads #rrggbb.
func (h *Hex) UnmarshalText(b []byte) error {
	var v [3]byte
	if len(b) != 7 || b[0] != '#' {
		return fmt.Errorf("%q is no colour: expected # and six hexadecimal digits, such as #1d4f91", b)
	}
	if _, err := hex.Decode(v[:], b[1:]); err != nil {
		return fmt.Errorf("%q is no colour: expected # and six hexadecimal digits, such as #1d4f91", b)
	}
	h.R, h.G, h.B = v[0], v[1], v[2]
	return nil
}

// String is the CSS spelling.
func (h Hex) String() string { return fmt.Sprintf("#%02x%02x%02x", h.R, h.G, h.B) }

// Papers lists the paper names.
func Papers() []string { return []string{"a4", "letter"} }

// Dimensions is the width and height of a sheet.
type Dimensions struct{ Width, Height float64 }

// Size is the sheet of a paper name: ISO 216 A4, or US Letter.
func Size(paper string) (Dimensions, bool) {
	switch paper {
	case "a4":
		return Dimensions{595.276, 841.89}, true
	case "letter":
		return Dimensions{612, 792}, true
	}
	return Dimensions{}, false
}
