package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"communique/render/diag"
	"communique/render/doc"
)

// htmlBlockParser takes only those HTML blocks that blank lines do not end:
// scripts, styles, preformatted text, comments. All other HTML is read as
// paragraphs with inline tags, so that the Markdown and the words in it count.
type htmlBlockParser struct{ parser.BlockParser }

func (p htmlBlockParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := r.PeekLine()
	rest := bytes.TrimLeft(line, " ")
	if !startsRaw(rest) {
		return nil, parser.NoChildren
	}
	if bytes.HasPrefix(rest, []byte("<!")) || bytes.HasPrefix(rest, []byte("<?")) {
		if bytes.Contains(rest, []byte{'>'}) && rawEnds(rest) {
			return nil, parser.NoChildren // inline: words may follow on the line
		}
	}
	number, _ := r.Position()
	node, state := p.BlockParser.Open(parent, r, pc)
	if block, ok := node.(*ast.HTMLBlock); ok && block.HTMLBlockType > ast.HTMLBlockType5 {
		r.SetPosition(number, seg)
		return nil, parser.NoChildren
	}
	return node, state
}

// startsRaw tells the starts of HTML block types 1 to 5 (CommonMark 0.31.2, 4.6).
func startsRaw(line []byte) bool {
	if bytes.HasPrefix(line, []byte("<!")) || bytes.HasPrefix(line, []byte("<?")) {
		return true
	}
	head := bytes.ToLower(line[:min(len(line), len("<textarea"))])
	for _, name := range []string{"<script", "<pre", "<style", "<textarea"} {
		if bytes.HasPrefix(head, []byte(name)) {
			return true
		}
	}
	return false
}

// rawEnds tells that a comment, instruction or declaration ends on its first line.
func rawEnds(line []byte) bool {
	switch {
	case bytes.HasPrefix(line, []byte("<!--")):
		return bytes.Contains(line, []byte("-->"))
	case bytes.HasPrefix(line, []byte("<?")):
		return bytes.Contains(line, []byte("?>"))
	case bytes.HasPrefix(line, []byte("<![CDATA[")):
		return bytes.Contains(line, []byte("]]>"))
	}
	return true
}

// htmlBlock keeps the words of a raw block. Preformatted text stays so.
func (c *converter) htmlBlock(n *ast.HTMLBlock) []doc.Block {
	lines := n.Lines()
	var raw []byte
	for i := range lines.Len() {
		seg := lines.At(i)
		raw = append(raw, seg.Value(c.src)...)
	}
	if n.HasClosure() {
		raw = append(raw, n.ClosureLine.Value(c.src)...)
	}
	attr := c.attr(n)
	if n.HTMLBlockType == ast.HTMLBlockType1 && bytes.HasPrefix(bytes.ToLower(bytes.TrimLeft(raw, " ")), []byte("<pre")) {
		return c.preformatted(attr, raw, n.Pos())
	}
	w := writer{c: c}
	c.strip(&w, string(raw), n.Pos(), attr.Pos)
	c.closeTags(&w)
	w.flush()
	content := trim(w.out)
	c.balance()
	if content == nil {
		return nil
	}
	return []doc.Block{&doc.Paragraph{Attr: attr, Content: content}}
}

func (c *converter) preformatted(attr doc.Attr, raw []byte, offset int) []doc.Block {
	c.warn("html-tag", attr.Pos, "the tag <pre> is left out, its words are kept", subsetNames, "write "+markdownFor["pre"])
	var b strings.Builder
	for s := string(raw); s != ""; {
		piece, _, rest := nextTag(s)
		b.WriteString(c.decoded([]byte(piece), offset))
		s = rest
	}
	c.balance()
	return []doc.Block{&doc.CodeBlock{Attr: attr, Lines: strings.Split(strings.Trim(b.String(), "\n"), "\n")}}
}

// strip writes the words of raw HTML and reads its tags.
func (c *converter) strip(w *writer, s string, offset int, pos diag.Pos) {
	for s != "" {
		piece, markup, rest := nextTag(s)
		w.buf = append(w.buf, strings.Join(strings.Fields(c.decoded([]byte(piece), offset)), " ")...)
		if strings.TrimSpace(piece) != "" && piece[len(piece)-1] == '\n' {
			w.buf = append(w.buf, ' ')
		}
		if markup != "" && rest == "" && !strings.HasSuffix(markup, ">") {
			c.error("html-unclosed", pos, "this comment or tag is not closed and would swallow the rest", "-->", "close it, or remove it")
			w.buf = append(w.buf, strings.Join(strings.Fields(markup), " ")...)
			return
		}
		if markup != "" {
			c.tag(w, markup, offset)
		}
		s = rest
	}
}

// nextTag splits HTML at its next tag or comment. Markup without an end is all the rest.
func nextTag(s string) (piece, markup, rest string) {
	i := 0
	for {
		j := strings.IndexByte(s[i:], '<')
		if j < 0 {
			return s, "", ""
		}
		i += j
		if i+1 < len(s) && (isLetter(s[i+1]) || strings.IndexByte("/!?", s[i+1]) >= 0) {
			break
		}
		i++
	}
	end := ">"
	switch {
	case strings.HasPrefix(s[i:], "<!--"):
		end = "-->"
	case strings.HasPrefix(s[i:], "<![CDATA["):
		end = "]]>"
	case strings.HasPrefix(s[i:], "<?"):
		end = "?>"
	}
	j := strings.Index(s[i:], end)
	if j < 0 {
		return s[:i], s[i:], ""
	}
	j += i + len(end)
	return s[:i], s[i:j], s[j:]
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }
