package doc

// Heading opens a section. Level is as written (1 to 6) before resolve, and
// afterwards the true outline level (2 to 6): no level is skipped.
type Heading struct {
	Attr
	Level int
	// Generated tells a heading that resolve made: it has no number, and is not in
	// the contents.
	Generated bool
	// Number is the printed number, such as "2.1"; empty where headings have none.
	Number  string
	Content []Inline
}
