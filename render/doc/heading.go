package doc

// Heading opens a section. Level is as written (1 to 6) before resolve, and
// afterwards the true outline level (2 to 6): no level is skipped.
type Heading struct {
	Attr
	Level int
	// Generated tells a heading that resolve made: it has no number, and is not in
	// the contents.
	Generated bool
	// Unnumbered tells a heading whose words have a number of their own, such as
	// "Decision 4": it gets no other, and its place is left free by none.
	Unnumbered bool
	// Number is the printed number, such as "2.1"; empty where headings have none.
	Number  string
	Content []Inline
}
