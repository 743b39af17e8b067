package doc

// Division groups blocks that share a language, a direction or an anchor.
type Division struct {
	Attr
	Blocks []Block
}
