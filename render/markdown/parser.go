package markdown

import (
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// blocks is the one goldmark parser. It is immutable once built and serves all
// goroutines and languages: what differs is in the state of each parse.
var blocks = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(headingParser{parser.NewSetextHeadingParser()}, 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(nested{parser.NewListParser()}, 300),
			util.Prioritized(counted{parser.NewListItemParser()}, 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(headingParser{parser.NewATXHeadingParser()}, 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(pageBreakParser{}, 740),
			util.Prioritized(nested{divisionParser{}}, 750),
			util.Prioritized(nested{definitionListParser{extension.NewDefinitionListParser()}}, 760),
			util.Prioritized(counted{definitionParser{extension.NewDefinitionDescriptionParser()}}, 770),
			util.Prioritized(nested{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(htmlBlockParser{parser.NewHTMLBlockParser()}, 900),
			util.Prioritized(nested{footnoteParser{}}, 950),
			util.Prioritized(paragraphParser{parser.NewParagraphParser()}, 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(codeParser{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(callParser{}, 150),
			util.Prioritized(inlineNoteParser{}, 160),
			util.Prioritized(newLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(htmlParser{parser.NewRawHTMLParser()}, 400),
			util.Prioritized(emphasisParser{parser.NewEmphasisParser()}, 500),
			util.Prioritized(strikethroughParser{}, 500),
			util.Prioritized(newAddressParser(), 999),
			util.Prioritized(typographyParser{}, 9999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(abbreviationTransformer{}, 50),
			util.Prioritized(calloutTransformer{}, 60),
			util.Prioritized(definitionTransformer{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(captionTransformer{}, 150),
			util.Prioritized(tableTransformer{extension.NewTableParagraphTransformer()}, 200),
		),
	)
})

var stateKey = parser.NewContextKey()

// state is what the block and inline parsers of one parse share.
type state struct {
	*place
	// steps counts how often open containers were carried on to a next line.
	steps int
	// cells counts the cells of all tables.
	cells int
	// marks counts the emphasis marks and brackets of the current paragraph,
	// brackets those not yet closed.
	marks, brackets int
	// failures counts the links of the paragraph that turned out to be none.
	failures int
	// plainEnd is up to where the source is text, whatever it looks like.
	plainEnd int
	// full tells that the current paragraph has been reported as too complex.
	full bool
	// unclosed tells, by length of the run, up to where no closing backticks exist.
	unclosed [MaxRun + 1]int
	// notes are the footnotes by name, nil if there are none.
	notes map[string]*footnote
	// inline is the note ^[...] being read, inlineEnd the offset of its last
	// bracket; noteFailures counts those of the paragraph that
	// were none: each search for the end may read all of it.
	inline       *inlineNote
	inlineEnd    int
	noteFailures int
	abbreviations
	typographer
}

func stateOf(pc parser.Context) *state { return pc.Get(stateKey).(*state) }

// endBlock forgets what belongs to one paragraph.
func (st *state) endBlock() {
	st.marks, st.brackets, st.failures, st.noteFailures, st.full = 0, 0, 0, 0, false
	st.typographer.reset()
}

// mark counts one mark that costs time to match, and refuses it when there are
// too many in the paragraph.
func (st *state) mark(offset int) bool {
	st.marks++
	if st.marks <= MaxMarks {
		return true
	}
	st.tooComplex(offset)
	return false
}

// plain makes the next n bytes text. That costs no node in goldmark's tree,
// unlike a node that holds the text.
func (st *state) plain(seg text.Segment, n int) ast.Node {
	st.plainEnd = seg.Start + n
	return nil
}

func (st *state) isPlain(seg text.Segment) bool { return seg.Start < st.plainEnd }

func (st *state) tooComplex(offset int) {
	if !st.full {
		st.full = true
		st.error("too-complex", st.pos(offset), "this paragraph has too many emphasis marks or brackets",
			"", "divide the paragraph, or put a backslash before marks that are meant as they stand")
	}
}

// parse runs goldmark over the text from the given line (from 0) on.
func (st *state) parse(src []byte, skip int) ast.Node {
	pc := parser.NewContext()
	pc.Set(stateKey, st)
	reader := text.NewReader(src)
	for range skip {
		reader.AdvanceLine()
	}
	return blocks().Parse(reader, parser.WithContext(pc))
}

// nested bounds how deep a container may nest, for input made to exhaust memory.
type nested struct{ parser.BlockParser }

func (p nested) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	st := stateOf(pc)
	if st.steps > MaxSteps {
		return nil, parser.NoChildren
	}
	line, pos := r.Position()
	node, next := p.BlockParser.Open(parent, r, pc)
	if node == nil || depth(parent) <= MaxBlockDepth {
		return node, next
	}
	r.SetPosition(line, pos)
	st.error("too-deep", st.pos(pos.Start), "quotes, lists and containers are nested too deep", "", "flatten the text")
	return nil, parser.NoChildren
}

func (p nested) Continue(n ast.Node, r text.Reader, pc parser.Context) parser.State {
	return counted(p).Continue(n, r, pc)
}

func depth(n ast.Node) int {
	d := 0
	for ; n != nil; n = n.Parent() {
		d++
	}
	return d
}

// counted closes containers once the document has used up its steps: goldmark
// keeps a record for every open container and line.
type counted struct{ parser.BlockParser }

func (p counted) Continue(n ast.Node, r text.Reader, pc parser.Context) parser.State {
	st := stateOf(pc)
	st.steps++
	if st.steps > MaxSteps {
		_, pos := r.Position()
		if st.steps == MaxSteps+1 {
			st.error("too-complex", st.pos(pos.Start), "the document has too many nested lines", "", "divide the document")
		}
		return parser.Close
	}
	return p.BlockParser.Continue(n, r, pc)
}
