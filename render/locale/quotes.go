package locale

// Quotes is a language's quotation marks, with the space that belongs inside
// them (French: U+202F).
type Quotes struct {
	Open  string `toml:"open"`
	Close string `toml:"close"`
	// InnerOpen and InnerClose are for a quotation within a quotation.
	InnerOpen  string `toml:"inner-open"`
	InnerClose string `toml:"inner-close"`
}

// Quotes are the language's quotation marks.
func (l *Locale) Quotes() Quotes { return l.formats.Quotes }
