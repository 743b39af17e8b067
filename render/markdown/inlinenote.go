package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"communique/render/doc"
)

// inlineNote is a note ^[words] that is written where it is called. Until its
// end is met its words are the siblings after it.
type inlineNote struct {
	ast.BaseInline
	at     int
	closed bool
}

var kindInlineNote = ast.NewNodeKind("InlineNote")

func (*inlineNote) Kind() ast.NodeKind           { return kindInlineNote }
func (n *inlineNote) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

// inlineNoteParser finds the end of a note when it meets its beginning, so that
// links and code within it are read as everywhere, and closes it there.
type inlineNoteParser struct{}

func (inlineNoteParser) Trigger() []byte { return []byte{'^', ']'} }

func (p inlineNoteParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	st := stateOf(pc)
	switch {
	case st.isPlain(seg):
		return nil
	case line[0] == ']':
		if st.inline != nil && seg.Start == st.inlineEnd {
			p.close(parent, block, pc)
			return st.inline
		}
		return nil
	case len(line) < 2 || line[1] != '[' || st.noteFailures > MaxFailures:
		return nil
	}
	end := inlineNoteEnd(block)
	if end < 0 {
		st.noteFailures++
		return nil
	}
	if st.inNote(parent, seg.Start) {
		st.noteFailures++
		st.nested(seg.Start)
		return nil
	}
	block.Advance(2)
	st.inline, st.inlineEnd = &inlineNote{at: seg.Start}, end
	return st.inline
}

// close takes the words into the note.
func (inlineNoteParser) close(parent ast.Node, block text.Reader, pc parser.Context) {
	note := stateOf(pc).inline
	if note.Parent() != parent {
		return
	}
	block.Advance(1)
	parser.ProcessDelimiters(note, pc)
	for n := note.NextSibling(); n != nil; n = note.NextSibling() {
		parent.RemoveChild(parent, n)
		note.AppendChild(note, n)
	}
	parent.RemoveChild(parent, note) // it is appended again by whoever called the parser
	note.closed = true
}

// inlineNoteEnd finds the bracket that ends the note which begins here, within
// the paragraph; -1 if there is none, or if it ends a link after a caret.
func inlineNoteEnd(block text.Reader) int {
	line, pos := block.Position()
	defer block.SetPosition(line, pos)
	depth := 0
	for {
		l, seg := block.PeekLine()
		if l == nil {
			return -1
		}
		for i := 0; i < len(l); i++ {
			switch l[i] {
			case '\\':
				i++
			case '`':
				n := run(l[i:])
				if end := bytes.Index(l[i+n:], l[i:i+n]); end >= 0 {
					i += n + end
				}
				i += n - 1
			case '[':
				depth++
			case ']':
				if depth--; depth == 0 {
					if i+1 < len(l) && (l[i+1] == '(' || l[i+1] == '[' && footnoteLabel(l[i+1:]) == 0) {
						return -1
					}
					return seg.Start - seg.Padding + i
				}
			}
		}
		block.AdvanceLine()
	}
}

// inlineNote converts a note and the call that it is.
func (c *converter) inlineNote(w *writer, n *inlineNote) {
	if !n.closed {
		c.put(w, []byte("^["))
		return
	}
	note := &doc.Footnote{Attr: doc.Attr{Pos: c.pos(n.at)}}
	if words := trim(c.children(n.FirstChild(), nil, n.at)); words != nil {
		note.Blocks = []doc.Block{&doc.Paragraph{Attr: note.Attr, Content: words}}
		c.notes = append(c.notes, note)
		w.add(&doc.FootnoteCall{Note: note, Pos: note.Pos})
		return
	}
	c.error("empty-footnote", note.Pos, "this footnote has no words", "the words between the brackets", "write the note, or remove it")
}
