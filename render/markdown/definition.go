package markdown

import (
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"communique/render/diag"
)

// definitionTransformer reads link definitions at the start of paragraphs. It
// keeps goldmark from quadratic work on very many of them.
type definitionTransformer struct{ parser.ParagraphTransformer }

func (t definitionTransformer) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	src := r.Source()
	definitions := 0
	for i := range p.Lines().Len() {
		seg := p.Lines().At(i)
		if line := util.TrimLeftSpace(src[seg.Start:seg.Stop]); len(line) > 0 && line[0] == '[' {
			definitions++
		}
	}
	if definitions == 0 {
		return
	}
	if definitions > MaxDefinitions {
		st := stateOf(pc)
		st.error("too-complex", st.pos(p.Lines().At(0).Start), "this paragraph has too many link definitions", "", "put a blank line between them")
		return
	}
	t.ParagraphTransformer.Transform(p, r, pc)
}

// definitions are the link definitions of a document and their use.
type definitions struct {
	found []*ast.LinkReferenceDefinition
	used  map[string]bool
	// urls and titles are shared between all uses of a definition.
	urls map[*byte]string
	// expanded counts what uses of definitions add to the document.
	expanded int
}

func (d *definitions) define(n *ast.LinkReferenceDefinition) { d.found = append(d.found, n) }

func (d *definitions) use(label []byte) {
	if d.used == nil {
		d.used = map[string]bool{}
	}
	d.used[util.ToLinkReference(label)] = true
}

// unused reports the definitions that no link uses: their words would be lost
// without notice.
func (c *converter) unused() {
	first := map[string]diag.Pos{}
	for _, n := range c.found {
		label := util.ToLinkReference(n.Label)
		pos := c.pos(n.Pos())
		if at, dup := first[label]; dup {
			c.warn("duplicate-definition", pos, fmt.Sprintf("the link [%s] is already defined in line %d; this definition is not used", n.Label, at.Line),
				"one definition", "remove one of them")
			continue
		}
		first[label] = pos
		if !c.used[label] {
			c.warn("unused-definition", pos, fmt.Sprintf("no link uses the definition of [%s], so it is not printed", n.Label),
				fmt.Sprintf("a link such as [text][%s]", n.Label), "use it, remove it, or put a backslash before the first bracket if it is text")
		}
	}
}
