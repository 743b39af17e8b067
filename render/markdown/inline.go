package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"communique/render/doc"
)

// writer collects the inlines of one element. Text is gathered until something
// else comes, so that neighbouring pieces become one.
type writer struct {
	c   *converter
	out []doc.Inline
	buf []byte
	// tags are the open HTML elements, innermost last.
	tags []openTag
}

func (w *writer) add(n doc.Inline) {
	w.flush()
	w.out = append(w.out, n)
}

func (w *writer) flush() {
	if len(w.buf) == 0 {
		return
	}
	if k := len(w.tags); k > 0 && w.tags[k-1].name == "abbr" { // the author says what it stands for
		w.out = append(w.out, &doc.Text{Value: string(w.buf)})
	} else {
		w.out = w.c.words(w.out, string(w.buf))
	}
	w.buf = w.buf[:0]
}

// paragraph converts the inlines of a block and takes the spaces off its ends.
func (c *converter) paragraph(n ast.Node) []doc.Inline {
	out := trim(c.children(n.FirstChild(), nil, n.Pos()))
	c.balance()
	return out
}

// trim takes spaces and line breaks off the ends.
func trim(in []doc.Inline) []doc.Inline {
	for len(in) > 0 && blank(in[0], strings.TrimLeft) {
		in = in[1:]
	}
	for len(in) > 0 && blank(in[len(in)-1], strings.TrimRight) {
		in = in[:len(in)-1]
	}
	if len(in) == 0 {
		return nil
	}
	return in
}

// blank trims an inline at the end of a paragraph and tells that nothing is left.
func blank(n doc.Inline, cut func(s, cutset string) string) bool {
	switch n := n.(type) {
	case *doc.Text:
		n.Value = cut(n.Value, " \t")
		return n.Value == ""
	case *doc.Break:
		return true
	}
	return false
}

// children converts siblings from first up to, not including, end.
func (c *converter) children(first, end ast.Node, offset int) []doc.Inline {
	w := writer{c: c, buf: c.buffer()}
	c.level++
	if c.level > MaxInlineDepth {
		c.tooDeep(&w, first, end, offset)
	} else {
		for n := first; n != nil && n != end; n = n.NextSibling() {
			c.inline(&w, n)
		}
		c.closeTags(&w)
	}
	c.level--
	w.flush()
	c.release(w.buf)
	return w.out
}

// buffer and release reuse the memory in which text is gathered.
func (c *converter) buffer() []byte {
	if n := len(c.buffers); n > 0 {
		b := c.buffers[n-1]
		c.buffers = c.buffers[:n-1]
		return b
	}
	return make([]byte, 0, 512)
}

func (c *converter) release(b []byte) { c.buffers = append(c.buffers, b[:0]) }

// tooDeep keeps the text of elements nested beyond the limit. It must not
// recurse: the nesting may be millions deep.
func (c *converter) tooDeep(w *writer, first, end ast.Node, offset int) {
	c.error("too-deep", c.pos(offset), "emphasis and links are nested too deep", "", "remove some of them")
	for n := first; n != nil && n != end; {
		switch t := n.(type) {
		case *ast.Text:
			c.text(w, t)
		case *ast.String:
			c.put(w, t.Value)
		}
		if n.FirstChild() != nil {
			n = n.FirstChild()
			continue
		}
		for n.NextSibling() == nil && n.Parent() != first.Parent() {
			n = n.Parent()
		}
		n = n.NextSibling()
	}
}

// inline converts one node.
func (c *converter) inline(w *writer, n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		c.text(w, n)
	case *ast.String:
		c.put(w, n.Value)
	case *ast.CodeSpan:
		c.codeSpan(w, n)
	case *ast.Emphasis:
		if content := c.children(n.FirstChild(), nil, n.Pos()); n.Level == 2 {
			w.add(&doc.Strong{Content: content})
		} else {
			w.add(&doc.Emphasis{Content: content})
		}
	case *extast.Strikethrough:
		w.add(&doc.Strikethrough{Content: c.children(n.FirstChild(), nil, n.Pos())})
	case *ast.Link:
		c.link(w, n)
	case *ast.AutoLink:
		c.autoLink(w, n)
	case *ast.Image:
		c.image(w, n)
	case *ast.RawHTML:
		c.rawHTML(w, n)
	case *footnoteCall:
		w.add(&doc.FootnoteCall{Note: n.note.doc, Pos: c.pos(n.at)})
	case *inlineNote:
		c.inlineNote(w, n)
	case *extast.TaskCheckBox: // read by the list item
	default:
		c.error("unknown-construct", c.pos(n.Pos()), "the construct "+n.Kind().String()+" is not understood", "", "write it differently")
		for k := n.FirstChild(); k != nil; k = k.NextSibling() {
			c.inline(w, k)
		}
	}
}

// text appends a piece of source text and the line break after it.
func (c *converter) text(w *writer, n *ast.Text) {
	raw := c.src[n.Segment.Start:n.Segment.Stop]
	if c.place.src.bidi {
		c.noteBidi(raw, n.Segment.Start)
	}
	if c.skipSpace {
		raw = bytes.TrimLeft(raw, " ")
		c.skipSpace = false
	}
	from := len(w.buf)
	if n.IsRaw() {
		w.buf = append(w.buf, raw...)
	} else {
		w.buf = c.decode(w.buf, raw, n.Segment.Start)
	}
	if len(w.buf) > from {
		c.last, _ = utf8.DecodeLastRune(w.buf)
	}
	switch {
	case n.HardLineBreak():
		w.add(&doc.Break{})
		c.last = '\n'
	case n.SoftLineBreak():
		if c.lined {
			w.add(&doc.Break{})
			c.last = '\n'
		} else if c.last < 0x80 || !joins(c.last, nextRune(n, c.src)) {
			c.put(w, space)
		}
	}
}

var space = []byte{' '}

// gone tells that a tag was left out here: the spaces on its two sides become one.
func (c *converter) gone() { c.skipSpace = c.last == ' ' || c.last == '\n' }

// put appends text that is ready.
func (c *converter) put(w *writer, s []byte) {
	w.buf = append(w.buf, s...)
	if len(s) > 0 {
		c.last, _ = utf8.DecodeLastRune(s)
	}
}
