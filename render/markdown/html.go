package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"communique/render/diag"
	"communique/render/doc"
)

// tag is one HTML tag as written.
type tag struct {
	name  string
	close bool
	attrs []tagAttr
}

type tagAttr struct{ name, value string }

// openTag is an element of the subset that waits for its end.
type openTag struct {
	name string
	pos  diag.Pos
	// before is what the element's parent had collected.
	before []doc.Inline
	wrap   func([]doc.Inline) doc.Inline
}

// htmlParser keeps account of the languages of spans for the typographer.
type htmlParser struct{ parser.InlineParser }

func (p htmlParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	node := p.InlineParser.Parse(parent, block, pc)
	html, ok := node.(*ast.RawHTML)
	if !ok {
		return node
	}
	raw := html.Segments.Value(block.Source())
	if !bytes.HasPrefix(bytes.ToLower(raw[:min(len(raw), 6)]), []byte("<span")) && !bytes.HasPrefix(bytes.ToLower(raw[:min(len(raw), 6)]), []byte("</span")) {
		return node
	}
	st := stateOf(pc)
	switch t := parseTag(string(raw)); {
	case t.name != "span":
	case !t.close:
		st.languages = append(st.languages, t.get("lang"))
	case len(st.languages) > 0:
		st.languages = st.languages[:len(st.languages)-1]
	}
	return node
}

func (t *tag) get(name string) string {
	for _, a := range t.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// parseTag takes a tag apart that goldmark has recognised.
func parseTag(raw string) tag {
	t := tag{}
	s := strings.TrimPrefix(raw, "<")
	if strings.HasPrefix(s, "/") {
		t.close, s = true, s[1:]
	}
	s = strings.TrimSuffix(strings.TrimSuffix(s, ">"), "/")
	end := strings.IndexAny(s, " \t\n/")
	if end < 0 {
		end = len(s)
	}
	t.name, s = strings.ToLower(s[:end]), s[end:]
	for {
		s = strings.TrimLeft(s, " \t\n/")
		if s == "" {
			return t
		}
		end := strings.IndexAny(s, " \t\n=")
		if end < 0 {
			end = len(s)
		}
		a := tagAttr{name: strings.ToLower(s[:end])}
		s = strings.TrimLeft(s[end:], " \t\n")
		if strings.HasPrefix(s, "=") {
			a.value, s = attrValue(strings.TrimLeft(s[1:], " \t\n"))
		}
		t.attrs = append(t.attrs, a)
	}
}

func attrValue(s string) (value, rest string) {
	if s == "" {
		return "", ""
	}
	if s[0] == '"' || s[0] == '\'' {
		if i := strings.IndexByte(s[1:], s[0]); i >= 0 {
			return s[1 : i+1], s[i+2:]
		}
		return s[1:], ""
	}
	end := strings.IndexAny(s, " \t\n")
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:]
}

// rawHTML reads an inline tag: of the subset, or to be left out.
func (c *converter) rawHTML(w *writer, n *ast.RawHTML) {
	raw := string(n.Segments.Value(c.src))
	c.tag(w, raw, n.Segments.At(0).Start)
}

func (c *converter) tag(w *writer, raw string, offset int) {
	pos := c.pos(offset)
	if strings.HasPrefix(raw, "<!") || strings.HasPrefix(raw, "<?") {
		c.warn("html-comment", pos, "comments and declarations of HTML are left out", "", "remove it")
		c.gone()
		return
	}
	t := parseTag(raw)
	if !subset[t.name] {
		c.foreignTag(w, &t, pos, offset)
		return
	}
	c.events(&t, pos)
	switch {
	case t.name == "br":
		c.attributesOf(&t, pos)
		w.add(&doc.Break{})
		c.last = '\n'
	case t.close:
		c.closeTag(w, t.name, pos)
	case c.level >= MaxInlineDepth:
		c.error("too-deep", pos, "tags are nested too deep", "", "remove some of them")
	default:
		wrap := c.wrapper(&t, pos, offset)
		w.flush()
		w.tags = append(w.tags, openTag{t.name, pos, w.out, wrap})
		w.out = nil
		c.level++
	}
}

// subset is the tags that are understood.
var subset = map[string]bool{"br": true, "sub": true, "sup": true, "abbr": true, "bdo": true, "span": true}

const subsetNames = "<br>, <sub>, <sup>, <abbr title>, <bdo dir>, <span lang dir>"

// wrapper is what an opening tag makes of its contents.
func (c *converter) wrapper(t *tag, pos diag.Pos, offset int) func([]doc.Inline) doc.Inline {
	switch t.name {
	case "sub":
		c.attributesOf(t, pos)
		return func(in []doc.Inline) doc.Inline { return &doc.Subscript{Content: in} }
	case "sup":
		c.attributesOf(t, pos)
		return func(in []doc.Inline) doc.Inline { return &doc.Superscript{Content: in} }
	case "abbr":
		c.attributesOf(t, pos, "title")
		title := c.decoded([]byte(t.get("title")), offset)
		if title == "" {
			c.warn("html-attribute", pos, "<abbr> says nothing without a title", `<abbr title="United Nations">UN</abbr>`, "")
		}
		return func(in []doc.Inline) doc.Inline { return &doc.Abbreviation{Title: oneLine(title), Content: in} }
	case "bdo":
		c.attributesOf(t, pos, "dir")
		if t.get("dir") == "" {
			c.warn("html-attribute", pos, "<bdo> says nothing without a direction", `<bdo dir="rtl">...</bdo>`, "")
			return func(in []doc.Inline) doc.Inline { return &doc.Span{Content: in} }
		}
		dir := c.dirAttribute(t.get("dir"), offset)
		return func(in []doc.Inline) doc.Inline { return &doc.BidiOverride{Dir: dir, Content: in} }
	}
	c.attributesOf(t, pos, "lang", "dir")
	s := doc.Span{}
	if v := t.get("lang"); v != "" {
		s.Lang = c.langAttribute(v, offset)
	}
	if v := t.get("dir"); v != "" {
		s.Dir = c.dirAttribute(v, offset)
	}
	return func(in []doc.Inline) doc.Inline { s.Content = in; return &s }
}

// attributesOf reports the attributes of a tag that are not understood.
func (c *converter) attributesOf(t *tag, pos diag.Pos, known ...string) {
	for _, a := range t.attrs {
		if !slices.Contains(known, a.name) && !strings.HasPrefix(a.name, "on") {
			c.warn("html-attribute", pos, fmt.Sprintf("the attribute %s of <%s> is left out", a.name, t.name), "<"+t.name+attributeList(known)+">", "")
		}
	}
}

func attributeList(names []string) string {
	s := ""
	for _, n := range names {
		s += " " + n + "=..."
	}
	return s
}

// events refuses event handlers: they are scripts.
func (c *converter) events(t *tag, pos diag.Pos) {
	for _, a := range t.attrs {
		if strings.HasPrefix(a.name, "on") {
			c.error("html-script", pos, fmt.Sprintf("the event handler %s is a script", a.name), "no scripts", "remove it")
		}
	}
}

// closeTag ends the innermost element if it has that name. One that is not open
// here, or not innermost, is crossed or stray.
func (c *converter) closeTag(w *writer, name string, pos diag.Pos) {
	k := len(w.tags) - 1
	if k < 0 || w.tags[k].name != name {
		c.warn("html-nesting", pos, fmt.Sprintf("</%s> closes nothing here; it is left out", name), fmt.Sprintf("<%s>...</%s> within the same emphasis, link or paragraph", name, name), "")
		return
	}
	open := w.tags[k]
	w.flush()
	inner := w.out
	w.tags, w.out = w.tags[:k], open.before
	c.level--
	if len(inner) > 0 {
		w.out = append(w.out, open.wrap(inner))
	}
}

// closeTags ends an element of the tree: tags still open there are left out.
func (c *converter) closeTags(w *writer) {
	for k := len(w.tags) - 1; k >= 0; k-- {
		open := w.tags[k]
		c.warn("html-nesting", open.pos, fmt.Sprintf("<%s> is not closed; it is left out", open.name), fmt.Sprintf("</%s> in the same emphasis, link or paragraph", open.name), "")
		w.flush()
		w.out = append(open.before, w.out...)
		c.level--
	}
	w.tags = nil
}
