package doc

import "time"

// Generated inlines stand for words that depend on the language of the document:
// front ends that know facts and no labels write them, and resolve replaces them,
// so that no later stage meets one. Document.Generated tells that there are some.
type generated interface{ generated() }

// Message is words of the locales, by their key.
type Message struct {
	Key string
	// Count chooses the plural form of a message that has several; nil for one that has none.
	Count *int
	Args  []Argument
	// Capital sets the first letter as a capital: words of running text at the
	// head of a line.
	Capital bool
	// Lang is the language of the words where they stand in a text in another language
	// than the document's; empty for that.
	Lang string
}

// Argument is a variable of a message.
type Argument struct {
	Name    string
	Content []Inline
}

// Number is an exact decimal with a point, as "-1234.50", written as the language
// writes numbers.
type Number struct {
	Decimal string
	// Percent adds the language's sign for per cent, Signed a plus to what is above
	// zero; Plain is without groups, as for a year.
	Percent, Signed, Plain bool
}

// Days is a day, or the days from one to another; the zero To is a single day.
type Days struct{ From, To time.Time }

// Moment is a day and a time of day, with its offset from UTC.
type Moment struct{ At time.Time }

// Territory is the name of a country or territory, by its ISO 3166-1 alpha-2
// code, or of the European Union by EU.
type Territory struct{ Code string }

// LanguageName is the name of a language by its BCP 47 tag.
type LanguageName struct{ Tag string }

// Enumeration joins items as the language does: "A, B and C". Sorted puts them in
// the order of the language's dictionaries (UCA, CLDR).
type Enumeration struct {
	Items  [][]Inline
	Sorted bool
}

func (*Message) inline()      {}
func (*Number) inline()       {}
func (*Days) inline()         {}
func (*Moment) inline()       {}
func (*Territory) inline()    {}
func (*LanguageName) inline() {}
func (*Enumeration) inline()  {}

func (*Message) generated()      {}
func (*Number) generated()       {}
func (*Days) generated()         {}
func (*Moment) generated()       {}
func (*Territory) generated()    {}
func (*LanguageName) generated() {}
func (*Enumeration) generated()  {}

// IsGenerated reports that resolve must replace the inline.
func IsGenerated(n Inline) bool {
	_, ok := n.(generated)
	return ok
}
