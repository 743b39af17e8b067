package markdown

import (
	"strings"

	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"communique/render/doc"
)

// definitionListParser reads "term", ": definition". After a table or a picture
// such a line is a caption.
type definitionListParser struct{ parser.BlockParser }

func (p definitionListParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if last, ok := parent.LastChild().(*ast.Paragraph); ok {
		src, first := r.Source(), last.Lines().At(0)
		if tabular(last, src) || picture(last, src) || captionLine(first.Value(src)) {
			return nil, parser.NoChildren
		}
	}
	return p.BlockParser.Open(parent, r, pc)
}

// tabular reports a paragraph that is about to become a table: its second line
// is a delimiter row (GFM 4.10).
func tabular(p *ast.Paragraph, src []byte) bool {
	if p.Lines().Len() < 2 {
		return false
	}
	seg := p.Lines().At(1)
	row := bytes.TrimSpace(seg.Value(src))
	return bytes.IndexByte(row, '-') >= 0 && len(bytes.Trim(row, "|:- \t")) == 0
}

// picture reports a paragraph that is one picture, and perhaps its caption.
func picture(p *ast.Paragraph, src []byte) bool {
	seg := p.Lines().At(0)
	line := bytes.TrimSpace(seg.Value(src))
	if !bytes.HasPrefix(line, []byte("![")) || bytes.IndexByte([]byte(")]}"), line[len(line)-1]) < 0 {
		return false
	}
	if p.Lines().Len() == 1 {
		return true
	}
	seg = p.Lines().At(1)
	return captionLine(seg.Value(src))
}

// definitionParser reads one definition, and the braces at the ends of the terms before it.
type definitionParser struct{ parser.BlockParser }

func (p definitionParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	before := parent.LastChild()
	n, state := p.BlockParser.Open(parent, r, pc)
	if n == nil {
		return n, state
	}
	st := stateOf(pc)
	for k := parent.LastChild(); k != nil && k != before; k = k.PreviousSibling() {
		if st.trailingOf(k.Lines()) == nil {
			st.takeTrailing(k, r.Source())
		}
	}
	return n, state
}

func (c *converter) definitionList(n *extast.DefinitionList) doc.Block {
	l := &doc.DefinitionList{Attr: c.attr(n)}
	var d *doc.Definition
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		if d == nil {
			d = &doc.Definition{Attr: doc.Attr{Pos: c.pos(k.Pos())}}
		}
		if term, ok := k.(*extast.DefinitionTerm); ok {
			c.term(d, term)
			continue
		}
		d.Blocks = c.blocks(k)
		if len(d.Blocks) == 0 {
			c.warn("empty-definition", c.pos(k.Pos()), "this definition has no words", ": and the definition", "write the definition, or put a backslash before the colon if it is text")
		}
		l.Items, d = append(l.Items, d), nil
	}
	return l
}

// term adds one term to an entry.
func (c *converter) term(d *doc.Definition, n *extast.DefinitionTerm) {
	if len(d.Terms) == 0 {
		d.Pos = c.pos(n.Lines().At(0).Start)
	}
	if a := c.types.attributesOf(n); a != nil {
		give(&d.Attr, a)
	}
	n.SetPos(n.Lines().At(0).Start)
	if words := c.paragraph(n); words != nil {
		d.Terms = append(d.Terms, words)
		c.sentence(n, words)
	}
}

// sentence warns of a term that is a sentence: a caption was meant, perhaps, which
// stands below a table or a picture.
func (c *converter) sentence(n *extast.DefinitionTerm, words []doc.Inline) {
	text := []rune(strings.TrimSpace(doc.PlainText(words)))
	if len(text) == 0 || !strings.ContainsRune(".!?。！？؟", text[len(text)-1]) {
		return
	}
	c.warn("term-is-sentence", c.pos(n.Pos()), "the line that begins with a colon makes this sentence a term to be explained",
		"a term above a definition, or a table or a picture above a caption", "put a backslash before the colon if it is text, or the caption directly below its table or picture")
}
