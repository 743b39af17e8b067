package doc

// Heading opens a section. Level is as written (1 to 6) before resolve, and
// afterwards the true outline level (2 to 6): no level is skipped.
type Heading struct {
	Attr
	Level int
	// Number is the printed number, such as "2.1"; empty where headings have none.
	Number  string
	Content []Inline
}
