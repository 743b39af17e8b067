package doc

import "communique/render/diag"

// Image is a picture, within a line of text or in a Figure.
type Image struct {
	// Source is the file's path as the author wrote it, below the folder of the source.
	Source string
	// Alt says in words what the picture shows; empty only for a decorative one.
	Alt string
	// Decorative pictures say nothing: they are hidden from assistive technology.
	Decorative bool
	Pos        diag.Pos
	// Path is the key of the front matter that names the picture, if one does.
	Path string
}

func (*Image) inline() {}
