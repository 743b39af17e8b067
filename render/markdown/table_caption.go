package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"communique/render/doc"
)

// captionTransformer reads the caption of a table: a paragraph directly after it
// that begins with a colon and a space. Attributes of the table stand at its end.
type captionTransformer struct{}

func (captionTransformer) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	t, ok := p.PreviousSibling().(*extast.Table)
	if !ok || p.Lines().Len() == 0 {
		return
	}
	first := p.Lines().At(0)
	if captionLine(first.Value(r.Source())) {
		stateOf(pc).caption(t, p, r.Source())
	}
}

// captionLine tells a line that begins a caption.
func captionLine(line []byte) bool {
	line = bytes.TrimLeft(line, " ")
	return len(line) > 1 && line[0] == ':' && (line[1] == ' ' || line[1] == '\t')
}

// caption makes a paragraph the caption of the table before it: it takes off the
// colon, and the attributes, which become the table's.
func (st *state) caption(t *extast.Table, p *ast.Paragraph, src []byte) {
	lines := p.Lines()
	first := lines.At(0)
	first = first.TrimLeftSpace(src)
	first.Start++
	lines.Set(0, first.TrimLeftSpace(src))
	end := lines.Len() - 1
	last := lines.At(end)
	if open := trailingBraces(last.Value(src)); open >= 0 {
		open -= last.Padding
		if a, ok := st.attributes(src[last.Start+open:last.Stop], last.Start+open, tableAttributes...); ok {
			t.SetAttributeString("attributes", a)
			st.divided = st.divided || a.lang != ""
			last.Stop = last.Start + open
		}
	}
	last = last.TrimRightSpace(src)
	lines.Set(end, last)
	if last.Len() == 0 {
		lines.SetSliced(0, end)
	}
	p.SetAttributeString("caption", true)
}

// captioned makes a table of a paragraph. A caption may stand below the last row
// without a blank line: goldmark would take it for a row of one cell.
func (t tableTransformer) captioned(p *ast.Paragraph, body int, r text.Reader, pc parser.Context) {
	lines, src := p.Lines(), r.Source()
	cut := lines.Len()
	for i := lines.Len() - 1; i >= body; i-- {
		seg := lines.At(i)
		line := seg.Value(src)
		if bytes.IndexByte(line, '|') >= 0 {
			break
		}
		if captionLine(line) {
			cut = i
		}
	}
	note := ast.NewParagraph()
	for i := cut; i < lines.Len(); i++ {
		note.Lines().Append(lines.At(i))
	}
	lines.SetSliced(0, cut)
	parent := p.Parent()
	t.ParagraphTransformer.Transform(p, r, pc)
	table, ok := parent.LastChild().(*extast.Table)
	switch {
	case note.Lines().Len() == 0:
	case !ok || table == p.PreviousSibling():
		lines.AppendAll(note.Lines().Sliced(0, note.Lines().Len()))
	default:
		note.SetPos(note.Lines().At(0).Start)
		stateOf(pc).caption(table, note, src)
		parent.InsertAfter(parent, table, note)
	}
}

// caption converts the caption after a table and takes it out of the tree.
func (c *converter) caption(n *extast.Table, t *doc.Table) {
	next := n.NextSibling()
	if next == nil {
		return
	}
	if _, ok := next.AttributeString("caption"); ok {
		t.Caption = c.paragraph(next)
		n.Parent().RemoveChild(n.Parent(), next)
	}
}
