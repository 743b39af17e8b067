package markdown

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"communique/render/doc"
)

// footnote is a note [^name]: ... in goldmark's tree. What stands in it goes on
// in lines that are indented by four columns, and in lazy lines of a paragraph.
type footnote struct {
	ast.BaseBlock
	// doc is what the calls lead to, also from places that are converted earlier.
	doc *doc.Footnote
	// again marks a second note of the same name.
	again bool
}

var kindFootnote = ast.NewNodeKind("Footnote")

func (*footnote) Kind() ast.NodeKind           { return kindFootnote }
func (n *footnote) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// maxFootnoteName is the length of a name in bytes, that of a link label (CommonMark 0.31.2, 4.7).
const maxFootnoteName = 999

// footnoteLabel is the length of a label such as [^1], 0 if there is none.
func footnoteLabel(line []byte) int {
	if !bytes.HasPrefix(line, []byte("[^")) {
		return 0
	}
	for i := 2; i < len(line) && i <= maxFootnoteName+2; i++ {
		switch line[i] {
		case ']':
			if i == 2 {
				return 0
			}
			return i + 1
		case '[', ' ', '\t', '\n':
			return 0
		}
	}
	return 0
}

// footnoteParser reads notes.
type footnoteParser struct{}

func (footnoteParser) Trigger() []byte { return []byte{'['} }

func (footnoteParser) Open(_ ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := r.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return nil, parser.NoChildren
	}
	n := footnoteLabel(line[at:])
	if n == 0 || at+n >= len(line) || line[at+n] != ':' {
		return nil, parser.NoChildren
	}
	st := stateOf(pc)
	offset := seg.Start - seg.Padding + at
	name := string(line[at+2 : at+n-1])
	note := &footnote{doc: &doc.Footnote{Name: name}}
	note.doc.Pos = st.pos(offset)
	st.note(note)
	rest := line[at+n+1:]
	if util.IsBlank(rest) {
		r.AdvanceToEOL()
		return note, parser.NoChildren
	}
	r.Advance(at + n + 1 + len(rest) - len(util.TrimLeftSpace(rest)))
	return note, parser.HasChildren
}

// note makes a note known by its name; the first of a name counts.
func (st *state) note(n *footnote) {
	key := util.ToLinkReference([]byte(n.doc.Name))
	if st.notes == nil {
		st.notes = map[string]*footnote{}
	}
	if first, ok := st.notes[key]; ok {
		n.again = true
		st.error("duplicate-footnote", n.doc.Pos, fmt.Sprintf("the footnote [^%s] is already written in line %d", n.doc.Name, first.doc.Pos.Line),
			"one footnote of a name", "give this one another name, and its calls too")
		return
	}
	st.notes[key] = n
}

func (footnoteParser) Continue(_ ast.Node, r text.Reader, _ parser.Context) parser.State {
	line, _ := r.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	at, padding := util.IndentPosition(line, r.LineOffset(), 4)
	if at < 0 {
		return parser.Close
	}
	r.AdvanceAndSetPadding(at, padding)
	return parser.Continue | parser.HasChildren
}

func (footnoteParser) Close(ast.Node, text.Reader, parser.Context) {}
func (footnoteParser) CanInterruptParagraph() bool                 { return true }
func (footnoteParser) CanAcceptIndentedLine() bool                 { return false }

// footnoteCall is a call [^name] in goldmark's tree.
type footnoteCall struct {
	ast.BaseInline
	note *footnote
	at   int
}

var kindFootnoteCall = ast.NewNodeKind("FootnoteCall")

func (*footnoteCall) Kind() ast.NodeKind           { return kindFootnoteCall }
func (n *footnoteCall) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// callParser reads calls. An exclamation mark before one is text, not the
// beginning of an image.
type callParser struct{}

func (callParser) Trigger() []byte { return []byte{'[', '!'} }

func (callParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	st := stateOf(pc)
	before := 0
	if line[0] == '!' {
		before = 1
	}
	n := footnoteLabel(line[before:])
	if n == 0 || st.isPlain(seg) {
		return nil
	}
	offset := seg.Start + before
	name := line[before+2 : before+n-1]
	note := st.notes[util.ToLinkReference(name)]
	switch {
	case note == nil:
		st.error("unknown-footnote", st.pos(offset), fmt.Sprintf("there is no footnote [^%s]", name),
			fmt.Sprintf("a line that begins with [^%s]: and has the note", name), "write the note, correct the name, or put a backslash before the bracket if it is text")
		return st.plain(seg, before+n)
	case st.inNote(parent, offset):
		st.nested(offset)
		return st.plain(seg, before+n)
	}
	if before > 0 {
		ast.MergeOrAppendTextSegment(parent, text.NewSegment(seg.Start, offset))
	}
	block.Advance(before + n)
	return &footnoteCall{note: note, at: offset}
}

// inNote tells that a place is within a note.
func (st *state) inNote(parent ast.Node, offset int) bool {
	if offset < st.inlineEnd {
		return true
	}
	for n := parent; n != nil; n = n.Parent() {
		if n.Kind() == kindFootnote {
			return true
		}
	}
	return false
}

func (st *state) nested(offset int) {
	st.error("nested-footnote", st.pos(offset), "a footnote cannot call a footnote, neither itself nor another", "a call in the text",
		"put both into one note, or say in words: see note 3")
}

// footnote converts a note, which has the language of the place where it is written.
func (c *converter) footnote(n *footnote) {
	if n.again {
		return
	}
	note := n.doc
	for p := ast.Node(n); p != nil; p = p.Parent() {
		if v, ok := p.AttributeString("attributes"); ok {
			if a := v.(*attributes); note.Lang == "" {
				note.Lang = a.lang
			}
			if a := v.(*attributes); note.Dir == doc.Inherit {
				note.Dir = a.dir
			}
		}
	}
	outer := c.inNote
	c.inNote = true
	note.Blocks = c.blocks(n)
	c.inNote = outer
	if len(note.Blocks) == 0 {
		c.error("empty-footnote", note.Pos, fmt.Sprintf("the footnote [^%s] has no words", note.Name), "the words after the colon", "write the note, or remove it and its calls")
		return
	}
	c.notes = append(c.notes, note)
}

// titled keeps headings out of notes: they would stand in the outline, away from
// their place. The words stay.
func (c *converter) titled(h *doc.Heading) doc.Block {
	c.warn("heading-in-footnote", h.Pos, "a footnote has no headings; this one is set in bold", "", "write **the words** instead")
	return &doc.Paragraph{Attr: h.Attr, Content: []doc.Inline{&doc.Strong{Content: h.Content}}}
}

// detached takes the calls out of a link, to stand after it: a call is a link
// itself, and links do not nest. It does not recurse: nesting may be very deep.
func detached(link ast.Node) (calls []ast.Node) {
	for n := link.FirstChild(); n != nil; {
		next := n.NextSibling()
		if n.Kind() == kindFootnoteCall || n.Kind() == kindInlineNote {
			calls = append(calls, n)
		} else if n.FirstChild() != nil {
			next = n.FirstChild()
		}
		for up := n.Parent(); next == nil && up != link; up = up.Parent() {
			next = up.NextSibling()
		}
		n = next
	}
	for _, n := range calls {
		n.Parent().RemoveChild(n.Parent(), n)
	}
	return calls
}
