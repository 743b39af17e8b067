package markdown

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"communique/render/doc"
)

// figure converts a paragraph that holds one picture and nothing else, or whose
// further lines are the caption; nil for any other.
func (c *converter) figure(n ast.Node) *doc.Figure {
	switch n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
	default:
		return nil
	}
	image, ok := n.FirstChild().(*ast.Image)
	if !ok || image.NextSibling() != nil && !c.captionOn(image) {
		return nil
	}
	m, a := c.picture(image)
	own := *a
	f := &doc.Figure{Attr: doc.Attr{Pos: c.pos(n.Pos())}, Image: *m}
	if image.NextSibling() != nil {
		f.Caption = c.captionWords(c.children(image.NextSibling(), nil, n.Pos()), n, &own)
		c.balance()
	}
	own.apply(f)
	return f
}

// pictured reports a paragraph that is a figure or the caption of one, which
// read the braces at their ends themselves.
func pictured(n ast.Node, src []byte) bool {
	p, ok := n.(*ast.Paragraph)
	if !ok {
		return false
	}
	if first := p.Lines().At(0); captionLine(first.Value(src)) {
		p, ok = p.PreviousSibling().(*ast.Paragraph)
	}
	return ok && p != nil && p.Lines().Len() > 0 && picture(p, src)
}

// afterPicture reports a line that ends in a picture: what follows directly is the picture's.
func afterPicture(line []byte) bool {
	if len(line) == 0 || line[len(line)-1] != ')' && line[len(line)-1] != ']' {
		return false
	}
	i := bytes.LastIndexByte(line, '!')
	return i >= 0 && bytes.HasPrefix(line[i:], []byte("![")) && bytes.IndexByte(line[i+2:], '[') < 0
}

// apply gives a figure what its attributes say.
func (a *pictureAttributes) apply(f *doc.Figure) {
	f.ID, f.Lang, f.Dir = cmp.Or(a.id, f.ID), cmp.Or(a.lang, f.Lang), cmp.Or(a.dir, f.Dir)
	f.Width, f.Wide = cmp.Or(a.width, f.Width), a.wide || f.Wide
	f.Image.Decorative = a.decorative || f.Image.Decorative
}

// captionOn reports that the line after a picture begins with a colon.
func (c *converter) captionOn(image *ast.Image) bool {
	end, ok := image.NextSibling().(*ast.Text)
	if !ok || !end.SoftLineBreak() || len(bytes.TrimSpace(end.Segment.Value(c.src))) > 0 {
		return false
	}
	next, ok := end.NextSibling().(*ast.Text)
	return ok && captionLine(c.src[next.Segment.Start:])
}

// captionBelow takes the next block for a figure's caption if it is a paragraph
// that begins with a colon.
func (c *converter) captionBelow(f *doc.Figure, n ast.Node) bool {
	p, ok := n.(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 {
		return false
	}
	if first := p.Lines().At(0); !captionLine(first.Value(c.src)) {
		return false
	}
	var own pictureAttributes
	f.Caption = c.captionWords(c.paragraph(p), p, &own)
	own.apply(f)
	return true
}

// captionWords takes the colon off a caption, and the attributes at its end.
func (c *converter) captionWords(in []doc.Inline, n ast.Node, a *pictureAttributes) []doc.Inline {
	in = trim(in)
	if len(in) == 0 {
		return nil
	}
	if t, ok := in[0].(*doc.Text); ok {
		t.Value = strings.TrimPrefix(t.Value, ":")
	}
	last := n.Lines().At(n.Lines().Len() - 1)
	line := bytes.TrimRight(last.Value(c.src), " \t\n")
	if open := trailingBraces(line); open >= 0 {
		list := string(line[open:])
		if t, ok := in[len(in)-1].(*doc.Text); ok && strings.HasSuffix(t.Value, list) && c.pictureAttributes(a, list[1:len(list)-1], last.Start+open) {
			t.Value = strings.TrimSuffix(t.Value, list)
		}
	}
	return trim(in)
}

// captioned reports a caption that is missing, or one too many.
func (c *converter) captioned(f *doc.Figure) {
	switch {
	case f.Image.Decorative && f.Caption != nil:
		c.warn("image-decorative", f.Image.Pos, "a decorative picture shows nothing that a caption could speak of; the caption is printed", "no caption, or a text and no decorative", "decide which it is")
	case !f.Image.Decorative && f.Caption == nil:
		c.warn("image-caption", f.Image.Pos, "the picture has no caption", "after it, a paragraph that begins with “: ”, such as “: Parties to the Process, 2023”",
			"write one, or {decorative} after the picture if it shows nothing")
	}
}
