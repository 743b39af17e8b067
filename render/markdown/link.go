package markdown

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"communique/render/doc"
)

// linkParser bounds how many brackets are open at once: every closing one makes
// goldmark look at all that stands since its opening one.
type linkParser struct {
	parser.InlineParser
	parser.CloseBlocker
}

func newLinkParser() linkParser {
	p := parser.NewLinkParser()
	return linkParser{p, p.(parser.CloseBlocker)}
}

func (p linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	st := stateOf(pc)
	switch {
	case st.isPlain(seg) || line[0] == '!' && (len(line) < 2 || line[1] != '['):
		return nil
	case line[0] == ']':
		return p.close(parent, block, pc)
	case st.brackets >= MaxInlineDepth:
		st.tooComplex(seg.Start)
		return st.plain(seg, 1)
	case !st.mark(seg.Start):
		return st.plain(seg, 1)
	}
	st.brackets++
	return p.InlineParser.Parse(parent, block, pc)
}

// close reads what follows a closing bracket. Where links on a long line lack
// their end again and again, no more are looked for.
func (p linkParser) close(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	st := stateOf(pc)
	line, seg := block.PeekLine()
	if st.failures > MaxFailures {
		st.tooComplex(seg.Start)
		return st.plain(seg, 1)
	}
	st.brackets = max(st.brackets-1, 0)
	node := p.InlineParser.Parse(parent, block, pc)
	if image, ok := node.(*ast.Image); ok {
		readPictureAttributes(image, block, pc)
	}
	if node == nil && len(line) > longLine && (line[1] == '(' || line[1] == '[') {
		st.failures++
	}
	return node
}

// addressParser finds bare web and mail addresses (GFM autolinks). It looks
// before it lets goldmark match: that would scan a whole word after every
// underscore of it.
type addressParser struct{ parser.InlineParser }

func newAddressParser() addressParser {
	return addressParser{extension.NewLinkifyParser(extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"}))}
}

// maxLocalPart is the length of what may stand before the @ (RFC 5321, 4.5.3.1.1).
const maxLocalPart = 64

func (p addressParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	if stateOf(pc).isPlain(seg) {
		return nil
	}
	switch line[0] {
	case ' ', '*', '_', '~', '(':
		line = line[1:]
	}
	if !bytes.HasPrefix(line, []byte("http")) && !bytes.HasPrefix(line, []byte("www.")) {
		at := bytes.IndexByte(line[:min(len(line), maxLocalPart+1)], '@')
		if at < 1 || bytes.ContainsAny(line[:at], " \t\n") {
			return nil
		}
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// link converts a link; the text of one that leads nowhere safe is kept.
func (c *converter) link(w *writer, n *ast.Link) {
	offset := n.Pos()
	if n.Reference != nil {
		c.use(n.Reference.Value)
	}
	url, ok := c.address(n.Destination, offset, n.Reference != nil)
	if !ok {
		for k := n.FirstChild(); k != nil; k = k.NextSibling() {
			c.inline(w, k)
		}
		return
	}
	calls := detached(n)
	l := &doc.Link{URL: url, Pos: c.pos(offset), Content: c.children(n.FirstChild(), nil, offset)}
	if len(n.Title) > 0 {
		l.Title = c.shared(n.Title, offset, n.Reference != nil)
	}
	if len(trim(l.Content)) == 0 && strings.HasPrefix(url, "#") && len(url) > 1 {
		l.Content = nil // resolve finds words for what is meant
	} else if len(trim(l.Content)) == 0 {
		c.warn("empty-link", l.Pos, "this link has no words; its address stands for them", "[words](address)", "")
		l.Content = []doc.Inline{&doc.Text{Value: url}}
	}
	w.add(l)
	for _, call := range calls {
		c.inline(w, call)
	}
}

// autoLink converts an address that stands for itself.
func (c *converter) autoLink(w *writer, n *ast.AutoLink) {
	label := n.Label(c.src)
	url, ok := c.address(n.URL(c.src), n.Pos(), false)
	if ok && n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(url, "mailto:") {
		url = "mailto:" + url
	}
	if !ok {
		c.put(w, label)
		return
	}
	w.add(&doc.Link{URL: url, Pos: c.pos(n.Pos()), Content: []doc.Inline{&doc.Text{Value: string(label)}}})
	c.last = 'x'
}

// address is the URL of a destination as written, if it is safe to follow.
func (c *converter) address(dest []byte, offset int, referenced bool) (string, bool) {
	if referenced {
		c.expanded += len(dest)
		if c.expanded > max(len(c.src), minExpansion) {
			c.error("too-complex", c.pos(offset), "the links of this document repeat too long addresses", "", "shorten the addresses")
			return "", false
		}
	}
	url := c.shared(dest, offset, referenced)
	switch s := scheme(url); s {
	case "", "http", "https", "mailto", "tel":
	default:
		c.error("unsafe-link", c.pos(offset), "links may not use the scheme "+quoted(s+":"),
			"http, https, mailto, tel, a relative address or #anchor", "")
		return "", false
	}
	if strings.HasPrefix(url, "#") {
		return url, true
	}
	return string(util.URLEscape([]byte(url), false)), true
}

// minExpansion is how many bytes of addresses the uses of definitions may
// always add up to; more must be in proportion to the source.
const minExpansion = 100 << 10

// shared decodes a text; one of a link definition only once for all its uses.
func (c *converter) shared(raw []byte, offset int, referenced bool) string {
	if !referenced || len(raw) == 0 {
		return oneLine(c.decoded(raw, offset))
	}
	if s, ok := c.urls[&raw[0]]; ok {
		return s
	}
	if c.urls == nil {
		c.urls = map[*byte]string{}
	}
	s := oneLine(c.decoded(raw, offset))
	c.urls[&raw[0]] = s
	return s
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// scheme is the scheme that a browser would read from an address: it skips
// white space and control characters, also between the letters (URL Standard, 4.4).
func scheme(url string) string {
	var b strings.Builder
	for _, r := range url {
		switch {
		case r <= ' ' || r == 0x7f || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
		case r == ':':
			return b.String()
		case strings.ContainsRune("/?#", r):
			return ""
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return ""
}
