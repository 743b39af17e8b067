package markdown

import "communique/render/diag"

// place turns offsets into positions and reports problems there. A text that
// came from the front matter has one position for all of it.
type place struct {
	*reporter
	src   *file
	fixed *diag.Pos
	// at places the lines and columns of a text within another file; nil for a file.
	at func(line, column int) diag.Pos
}

func (p *place) pos(offset int) diag.Pos {
	if p.fixed != nil {
		return *p.fixed
	}
	pos := p.src.pos(offset)
	if p.at != nil {
		return p.at(pos.Line, pos.Column)
	}
	return pos
}
