package doc

import "communique/render/diag"

// Link leads to an address: absolute, relative, or "#" and an anchor. Front
// ends let only safe schemes through; a link without an address is its words.
type Link struct {
	URL, Title string
	Content    []Inline
	Pos        diag.Pos
}

func (*Link) inline() {}
