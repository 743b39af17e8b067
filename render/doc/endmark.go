package doc

// EndMark is the line that says that the text is over: what follows is for
// editors. Resolve sets it where the kind has one.
type EndMark struct {
	Attr
	Text string
}
