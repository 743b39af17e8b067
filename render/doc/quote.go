package doc

// Quote is the words of somebody, or of another text.
type Quote struct {
	Attr
	Blocks []Block
	// Attribution says whose words they are, without the dash; nil when unsaid.
	Attribution []Inline
}
