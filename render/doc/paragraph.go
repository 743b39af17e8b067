package doc

// Paragraph is running text.
type Paragraph struct {
	Attr
	Content []Inline
}
