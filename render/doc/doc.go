// Package doc owns the document model: what a publication contains, free of
// any look. Front ends build it, resolve completes it, layout and html read it.
// It has types and walking, and must never have behaviour or markup.
package doc

import (
	"time"

	"communique/render/diag"
)

// Document is one publication in one language.
type Document struct {
	// File names the source, for problems.
	File string
	Meta Meta
	// Release is what the publisher says; nil where nobody but the source has spoken.
	Release *Release
	// Title is the headline: the only level-1 heading.
	Title []Inline
	// Summary is the standfirst.
	Summary []Inline
	Blocks  []Block
	// Anchors are the places of the ids that the author chose, by id; resolve
	// collects them. They are the same in every language of a work.
	Anchors map[string]diag.Pos
	// Footnotes are the notes to all of the text, the title and the summary too.
	Footnotes []*Footnote
	// Front holds the words that resolve generates; nil before.
	Front *Front
	// Generated tells resolve to look for generated inlines.
	Generated bool
}

// Direction is a base direction of text (UAX #9).
type Direction uint8

const (
	// Inherit takes the direction of what is around.
	Inherit Direction = iota
	LeftToRight
	RightToLeft
)

// String is the HTML and front matter spelling: "", "ltr" or "rtl".
func (d Direction) String() string { return [...]string{"", "ltr", "rtl"}[d] }

// Meta is the front matter, typed and checked.
type Meta struct {
	ID, Symbol string
	// ShortTitle stands for the title in running heads.
	ShortTitle string
	// Kind names a file in templates/kinds.
	Kind string
	// Lang is a canonical BCP 47 tag; never empty after the front end.
	Lang        string
	Dir         Direction
	Issuer      Issuer
	Place       string
	Date        Date
	Embargo     Embargo
	Status      Status
	Contacts    []Contact
	Keywords    []string
	Canonical   string
	Original    bool
	Translation Translation
	Speakers    []Speaker
	// Extra is handed to themes, never checked.
	Extra map[string]any
	// Pos tells where a key stands, by its path ("date", "contacts[0].email").
	Pos map[string]diag.Pos
}

// Issuer is who publishes.
type Issuer struct{ Name, Unit, Logo, URL string }

// Date is a calendar day or an instant. The zero value is no date.
type Date struct {
	Time time.Time
	// Instant tells that the source gave a time of day with an offset.
	Instant bool
}

// IsZero reports that there is no date.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// Embargo is the instant until which nothing may be published.
type Embargo struct {
	Until time.Time
	// Zone is an IANA time zone name; empty means the offset of Until.
	Zone string
}

// Status is the editorial status that the source claims.
type Status string

const (
	StatusNone        Status = ""
	StatusDraft       Status = "draft"
	StatusProvisional Status = "provisional"
	StatusFinal       Status = "final"
	StatusCorrected   Status = "corrected"
	StatusWithdrawn   Status = "withdrawn"
)

// Contact is a person or desk for enquiries.
type Contact struct{ Name, Role, Phone, Email, Hours string }

// Translation says what the text was translated from, and how.
type Translation struct {
	// Of is the id of the original, empty for an original.
	Of string
	// By is "human", "machine" or empty.
	By       string
	Reviewed bool
	Standing Standing
}

// Standing says whether a translation is as good as the original.
type Standing string

// The standings; unsaid leaves it to the kind of document.
const (
	StandingUnsaid     Standing = ""
	StandingOfficial   Standing = "official"
	StandingUnofficial Standing = "unofficial"
)

// Speaker is somebody whose words are quoted.
type Speaker struct{ ID, Name, Title string }

// Front is everything on the page that the author did not write: the same
// words for every format, in the document's language.
type Front struct {
	// Letterhead is the issuer's name, Unit the part of it that speaks.
	Letterhead, Unit string
	// Logo stands in the letterhead; nil if there is none.
	Logo *Image
	// Label names the kind: "Press release".
	Label  string
	Symbol string
	// Dateline is the place and date in the language's long form; DatelineISO
	// is the date for machines (YYYY-MM-DD), empty without a date.
	Dateline, DatelineISO string
	// Bands are notices above the headline: embargo, draft, machine translation.
	Bands []Band
	// Notice repeats, on every later page, what nobody may overlook there.
	Notice string
	// Preview names, on every page, the reader whom a preview is for.
	Preview string
	// Cover puts the front on a page of its own. FrontPages are the numbers of the
	// pages before the text then: i, ii.
	Cover      bool
	FrontPages []string
	// MostPages is how many pages the document should have at most; 0 for any number.
	MostPages int
	// Contents is the table of contents; nil for none.
	Contents *Contents
	// Head runs above every page but the first, Foot below every page.
	Head, Foot Furniture
	// Digits are the ten digits of the language.
	Digits []rune
	// Headings is the outline, in order.
	Headings []*Heading
	// Words are other generated labels by message key, for writers that need
	// them (skip link, language switcher).
	Words map[string]string
}

// BandKind tells notices apart for themes.
type BandKind string

const (
	BandPreview     BandKind = "preview"
	BandEmbargo     BandKind = "embargo"
	BandDraft       BandKind = "draft"
	BandProvisional BandKind = "provisional"
	BandCorrected   BandKind = "corrected"
	BandWithdrawn   BandKind = "withdrawn"
	BandTranslation BandKind = "translation"
)

// Band is a notice on the first page.
type Band struct {
	Kind BandKind
	Text string
	// Content is the same with the languages of its parts; nil where all of it is in
	// the document's.
	Content []Inline
}
