package page

// Element is a node of the structure tree (ISO 32000-1, 14.7.2).
type Element struct {
	Type   Type
	Parent *Element
	Kids   []Kid
	// Lang is a BCP 47 tag, empty when inherited.
	Lang string
	// Alt is the alternative text, Expansion the full form of an abbreviation.
	Alt, Expansion string
	// ID is the anchor that the element carries, if any.
	ID         string
	Attributes Attributes
	// Headers are the IDs of a table cell's headers (table 349), where scope does not tell.
	Headers []string
	// Box is where a Figure stands on its page (ISO 32000-1, 14.8.5.4.3).
	Box Box
}

// Kid is a child of an element, in reading order: exactly one field is set.
type Kid struct {
	Element *Element
	Content *Content
	Link    *Link
}

// Attributes are the standard attributes that are used (ISO 32000-1, 14.8.5).
type Attributes struct {
	// List is the numbering of an L.
	List ListNumbering
	// Scope is what a TH heads.
	Scope Scope
	// RowSpan and ColSpan of cells; 0 and 1 are the same.
	RowSpan, ColSpan int
}

// Type is a standard structure type (ISO 32000-1, 14.8.4).
type Type string

const (
	TypeDocument  Type = "Document"
	TypePart      Type = "Part"
	TypeSect      Type = "Sect"
	TypeDiv       Type = "Div"
	TypeH1        Type = "H1"
	TypeH2        Type = "H2"
	TypeH3        Type = "H3"
	TypeH4        Type = "H4"
	TypeH5        Type = "H5"
	TypeH6        Type = "H6"
	TypeP         Type = "P"
	TypeL         Type = "L"
	TypeLI        Type = "LI"
	TypeLbl       Type = "Lbl"
	TypeLBody     Type = "LBody"
	TypeTOC       Type = "TOC"
	TypeTOCI      Type = "TOCI"
	TypeReference Type = "Reference"
	TypeQuote     Type = "BlockQuote"
	TypeTable     Type = "Table"
	TypeTHead     Type = "THead"
	TypeTBody     Type = "TBody"
	TypeTFoot     Type = "TFoot"
	TypeCaption   Type = "Caption"
	TypeTR        Type = "TR"
	TypeTH        Type = "TH"
	TypeTD        Type = "TD"
	TypeCode      Type = "Code"
	TypeLink      Type = "Link"
	TypeSpan      Type = "Span"
	TypeFigure    Type = "Figure"
	// TypeNote must have an ID (ISO 14289-1, 7.9).
	TypeNote Type = "Note"
)

// ListNumbering is the ListNumbering attribute (ISO 32000-1, table 347).
type ListNumbering uint8

const (
	ListNone ListNumbering = iota
	ListDisc
	ListDecimal
)

// Scope is the Scope attribute of a TH (ISO 32000-1, table 349).
type Scope uint8

const (
	ScopeNone Scope = iota
	ScopeRow
	ScopeColumn
)

// New appends a child element.
func (e *Element) New(t Type) *Element {
	c := &Element{Type: t, Parent: e}
	e.Kids = append(e.Kids, Kid{Element: c})
	return c
}

// Link is a link annotation on one page; a link broken over lines has several
// boxes, over pages several Links in one element.
type Link struct {
	Element *Element
	Page    int
	Boxes   []Box
	// URI is the address outside, or Anchor a place in the document.
	URI, Anchor string
	// Contents describes the link to assistive technology.
	Contents string
}

// Box is a rectangle: left, top, right, bottom.
type Box struct{ X0, Y0, X1, Y1 float64 }
