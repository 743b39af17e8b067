package doc

// DefinitionList says what words mean, or gives values to names.
type DefinitionList struct {
	Attr
	Items []*Definition
}

// Definition is one entry: its terms, and one definition of them. A second
// definition of the same terms is an entry without terms.
type Definition struct {
	Attr
	Terms  [][]Inline
	Blocks []Block
}
