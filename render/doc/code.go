package doc

// CodeBlock is preformatted text. Lines carry no line end.
type CodeBlock struct {
	Attr
	// Syntax is the language named by the source's info string, if any.
	Syntax string
	Lines  []string
}

// Code is preformatted text within a line.
type Code struct{ Value string }

func (*Code) inline() {}
