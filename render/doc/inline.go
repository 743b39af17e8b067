package doc

// Text is characters as they are printed: smart punctuation and entities are done.
type Text struct{ Value string }

// Emphasis is stressed text.
type Emphasis struct{ Content []Inline }

// Strong is important text.
type Strong struct{ Content []Inline }

// Strikethrough is text that no longer holds.
type Strikethrough struct{ Content []Inline }

// Break ends the line within a paragraph.
type Break struct{}

// Span is text in a language or direction of its own, isolated from the text
// around it (UAX #9 isolates).
type Span struct {
	Lang    string
	Dir     Direction
	Content []Inline
}

// BidiOverride forces the direction of its characters.
type BidiOverride struct {
	Dir     Direction
	Content []Inline
}

// Subscript is lowered text.
type Subscript struct{ Content []Inline }

// Superscript is raised text.
type Superscript struct{ Content []Inline }

// Abbreviation carries its expansion.
type Abbreviation struct {
	Title   string
	Content []Inline
}

func (*Text) inline()          {}
func (*Emphasis) inline()      {}
func (*Strong) inline()        {}
func (*Strikethrough) inline() {}
func (*Break) inline()         {}
func (*Span) inline()          {}
func (*BidiOverride) inline()  {}
func (*Subscript) inline()     {}
func (*Superscript) inline()   {}
func (*Abbreviation) inline()  {}
