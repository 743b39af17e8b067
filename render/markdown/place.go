package markdown

import "communique/render/diag"

// place turns offsets into positions and reports problems there. A text that
// came from the front matter has one position for all of it.
type place struct {
	*reporter
	src   *file
	fixed *diag.Pos
}

func (p *place) pos(offset int) diag.Pos {
	if p.fixed != nil {
		return *p.fixed
	}
	return p.src.pos(offset)
}
