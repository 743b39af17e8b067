package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/language"

	"communique/render/doc"
)

// attributes are what an author writes in braces after a heading, a fence or a
// paragraph: {#id lang=fr dir=ltr}.
type attributes struct {
	id, lang string
	dir      doc.Direction
	// own are the attributes that only one construct has, by name; offset is
	// where the list stands.
	own    map[string]string
	offset int
	// lone tells that nothing else stands in the paragraph.
	lone bool
}

// headingParser takes an attribute list off the end of a heading.
type headingParser struct{ parser.BlockParser }

func (p headingParser) Close(n ast.Node, r text.Reader, pc parser.Context) {
	p.BlockParser.Close(n, r, pc)
	lines := n.Lines()
	if n.Parent() == nil || lines == nil || lines.Len() == 0 {
		return
	}
	st := stateOf(pc)
	if a := st.trailingOf(lines); a != nil { // an underlined heading was a paragraph before
		n.SetAttributeString("attributes", a)
		return
	}
	i := lines.Len() - 1
	last := lines.At(i)
	src := r.Source()
	open := trailingBraces(src[last.Start:last.Stop])
	if open < 0 {
		return
	}
	a, ok := st.attributes(src[last.Start+open:last.Stop], last.Start+open)
	if !ok {
		return
	}
	n.SetAttributeString("attributes", a)
	st.divided = st.divided || a.lang != ""
	last.Stop = last.Start + open
	last = last.TrimRightSpace(src)
	last = trimClosing(last, src, n)
	lines.Set(i, last)
}

// trailingBraces finds where an attribute list at the end of a line begins, -1 if there is none.
func trailingBraces(line []byte) int {
	line = bytes.TrimRight(line, " \t\n")
	if !bytes.HasSuffix(line, []byte{'}'}) {
		return -1
	}
	i := bytes.LastIndexByte(line[max(0, len(line)-MaxAttributes):], '{')
	if i < 0 {
		return -1
	}
	i += max(0, len(line)-MaxAttributes)
	if i > 0 && line[i-1] == '\\' {
		return -1
	}
	return i
}

// trimClosing takes a closing sequence of # off an ATX heading that had attributes behind it.
func trimClosing(seg text.Segment, src []byte, n ast.Node) text.Segment {
	at := n.Pos()
	if at < 0 || at >= len(src) || src[at] != '#' {
		return seg
	}
	line := bytes.TrimRight(src[seg.Start:seg.Stop], "#")
	if len(line) == seg.Len() || len(line) > 0 && line[len(line)-1] != ' ' && line[len(line)-1] != '\t' {
		return seg
	}
	seg.Stop = seg.Start + len(bytes.TrimRight(line, " \t"))
	return seg
}

// attributes reads a list in braces. Braces around anything else are text, not
// a faulty list: ok is false then. own names what the construct has besides id,
// lang and dir.
func (st *state) attributes(list []byte, offset int, own ...string) (a *attributes, ok bool) {
	list = bytes.TrimRight(list, " \t\n")
	if len(list) > MaxAttributes || len(list) < 3 || list[0] != '{' || list[len(list)-1] != '}' {
		return nil, false
	}
	fields, ok := attributeFields(string(list[1 : len(list)-1]))
	if !ok || len(fields) == 0 {
		return nil, false
	}
	a = &attributes{offset: offset}
	pos := st.pos(offset)
	for _, f := range fields {
		name, value, _ := strings.Cut(f, "=")
		switch {
		case f[0] == '#':
			if !validID(f[1:]) {
				st.error("bad-id", pos, "the id "+f[1:]+" is not valid", "letters, digits, hyphens and underscores, such as {#annex-1}", "")
				break
			}
			a.id = f[1:]
		case f[0] == '.':
			st.warn("unknown-attribute", pos, "the class "+f[1:]+" means nothing here and is left out", "#id, lang and dir", "remove it")
		case name == "id" && validID(value):
			a.id = value
		case name == "lang":
			a.lang = st.langAttribute(value, offset)
		case name == "dir":
			a.dir = st.dirAttribute(value, offset)
		case slices.Contains(own, name):
			if a.own == nil {
				a.own = map[string]string{}
			}
			a.own[name] = value
		default:
			st.warn("unknown-attribute", pos, "the attribute "+name+" means nothing here and is left out",
				strings.Join(append([]string{"#id, lang and dir"}, own...), ", "), "remove it")
		}
	}
	return a, true
}

// attributeFields splits "#id .class key=value key="a b"".
func attributeFields(s string) ([]string, bool) {
	var out []string
	for {
		s = strings.TrimLeft(s, " \t")
		if s == "" {
			return out, true
		}
		end := strings.IndexAny(s, " \t=")
		if s[0] == '#' || s[0] == '.' {
			end = strings.IndexAny(s, " \t")
			if end < 0 {
				end = len(s)
			}
			if end < 2 {
				return nil, false
			}
			out, s = append(out, s[:end]), s[end:]
			continue
		}
		if end < 1 || s[end] != '=' || !isName(s[:end]) {
			return nil, false
		}
		name, rest := s[:end], s[end+1:]
		var value string
		if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
			close := strings.IndexByte(rest[1:], rest[0])
			if close < 0 {
				return nil, false
			}
			value, s = rest[1:close+1], rest[close+2:]
		} else {
			n := strings.IndexAny(rest, " \t")
			if n < 0 {
				n = len(rest)
			}
			value, s = rest[:n], rest[n:]
		}
		out = append(out, name+"="+value)
	}
}

func isName(s string) bool {
	for i, c := range s {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || i > 0 && (c == '-' || c >= '0' && c <= '9')) {
			return false
		}
	}
	return s != ""
}

// validID allows what is safe in a fragment, in HTML and in a PDF name.
func validID(s string) bool {
	for _, c := range s {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.Is(unicode.M, c) && !strings.ContainsRune("-_.:", c) {
			return false
		}
	}
	return s != ""
}

// langAttribute checks a language tag; a wrong one is reported and left out.
func (p *place) langAttribute(value string, offset int) string {
	tag, err := language.Parse(value)
	if value == "" || err != nil {
		p.error("bad-lang", p.pos(offset), "the language "+quoted(value)+" is not a BCP 47 tag", "a tag such as fr or zh-Hans", "")
		return ""
	}
	return tag.String()
}

// dirAttribute checks a direction; a wrong one is reported and left out.
func (p *place) dirAttribute(value string, offset int) doc.Direction {
	switch strings.ToLower(value) {
	case "ltr":
		return doc.LeftToRight
	case "rtl":
		return doc.RightToLeft
	}
	p.error("bad-dir", p.pos(offset), "the direction "+quoted(value)+" does not exist", "ltr or rtl", "")
	return doc.Inherit
}
