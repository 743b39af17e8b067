package doc

import "communique/render/diag"

// Attr is what every block can carry.
type Attr struct {
	// ID is the anchor, unique in the document, the same in every format.
	ID string
	// Lang is a BCP 47 tag, empty when inherited.
	Lang string
	Dir  Direction
	Pos  diag.Pos
}

// Block is a paragraph-level construct. The set is closed: every stage
// switches over all of it, and a test names the stage that lacks one.
type Block interface{ Attributes() *Attr }

// Attributes gives the block's common part.
func (a *Attr) Attributes() *Attr { return a }

// Inline is a construct within a line of text. The set is closed.
type Inline interface{ inline() }
