package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"communique/render/doc"
)

// pictureAttributes are what an author writes in braces after a picture:
// {#id lang=fr width=60% decorative}.
type pictureAttributes struct {
	attributes
	width            float64
	wide, decorative bool
}

const pictureExpected = "#id, lang, width and decorative"

// readPictureAttributes takes the list in braces directly after a picture. Braces
// around anything else are text.
func readPictureAttributes(n *ast.Image, block text.Reader, pc parser.Context) {
	line, seg := block.PeekLine()
	if len(line) == 0 || line[0] != '{' {
		return
	}
	end := strings.IndexByte(string(line[:min(len(line), MaxAttributes)]), '}')
	if end < 0 {
		return
	}
	a := &pictureAttributes{}
	if stateOf(pc).pictureAttributes(a, string(line[1:end]), seg.Start) {
		n.SetAttributeString("attributes", a)
		block.Advance(end + 1)
	}
}

// pictureAttributes reads what stands between braces; false for what is no list.
func (p *place) pictureAttributes(a *pictureAttributes, list string, offset int) bool {
	words, decorative := []string{}, false
	for _, w := range strings.Fields(list) {
		if w == "decorative" {
			decorative = true
		} else {
			words = append(words, w)
		}
	}
	fields, ok := attributeFields(strings.Join(words, " "))
	if !ok || len(fields) == 0 && !decorative {
		return false
	}
	a.decorative, a.offset = a.decorative || decorative, offset
	for _, f := range fields {
		p.pictureAttribute(a, f)
	}
	return true
}

func (p *place) pictureAttribute(a *pictureAttributes, field string) {
	name, value, _ := strings.Cut(field, "=")
	switch {
	case field[0] == '#' && validID(field[1:]):
		a.id = field[1:]
	case name == "id" && validID(value):
		a.id = value
	case field[0] == '#', name == "id":
		p.error("bad-id", p.pos(a.offset), "the id "+strings.TrimPrefix(field, "#")+" is not valid", "letters, digits, hyphens and underscores, such as {#map-1}", "")
	case name == "lang":
		a.lang = p.langAttribute(value, a.offset)
	case name == "dir":
		a.dir = p.dirAttribute(value, a.offset)
	case name == "width" && value == "full":
		a.wide = true
	case name == "width":
		share, ok := strings.CutSuffix(value, "%")
		v, err := strconv.ParseFloat(share, 64)
		if !ok || err != nil || !(v >= 5 && v <= 100) {
			p.error("bad-width", p.pos(a.offset), "the width "+quoted(value)+" of a picture is not understood", "a share of the column from 5% to 100%, or full for the whole page", "write for example {width=60%}")
			return
		}
		a.width = v / 100
	default:
		p.warn("unknown-attribute", p.pos(a.offset), "the attribute "+strings.TrimPrefix(name, ".")+" means nothing here and is left out", pictureExpected, "remove it")
	}
}

// image converts a picture within a line of text.
func (c *converter) image(w *writer, n *ast.Image) {
	m, a := c.picture(n)
	if a.id != "" || a.width != 0 || a.wide {
		c.warn("unknown-attribute", c.pos(a.offset), "a picture within a line has the height of the line, and no id", "lang and decorative, or a picture in a paragraph of its own", "set it alone between two blank lines")
	}
	if a.lang != "" || a.dir != doc.Inherit {
		w.add(&doc.Span{Lang: a.lang, Dir: a.dir, Content: []doc.Inline{m}})
	} else {
		w.add(m)
	}
	c.last = 'x'
}

var noAttributes pictureAttributes

// picture reads what is common to all pictures.
func (c *converter) picture(n *ast.Image) (*doc.Image, *pictureAttributes) {
	a := &noAttributes
	if v, ok := n.AttributeString("attributes"); ok {
		a = v.(*pictureAttributes)
	}
	if n.Reference != nil {
		c.use(n.Reference.Value)
	}
	offset := n.Pos()
	alt := strings.TrimSpace(oneLine(doc.PlainText(c.children(n.FirstChild(), nil, offset))))
	m := &doc.Image{Source: c.shared(n.Destination, offset, n.Reference != nil), Alt: alt, Decorative: a.decorative, Pos: c.pos(offset)}
	if len(n.Title) > 0 {
		c.warn("image-title", m.Pos, "the title of a picture is not shown", "a caption: a paragraph after the picture that begins with “: ”", "move the words there")
	}
	switch {
	case m.Source == "":
		c.error("image-address", m.Pos, "the picture has no address", "![What the picture shows](map.png)", "")
	case m.Decorative && alt != "":
		c.warn("image-decorative", m.Pos, "a decorative picture is hidden from screen readers, and its text with it", "![](line.png){decorative}, or a text and no decorative", "decide which it is")
		m.Alt = ""
	case !m.Decorative && alt == "":
		c.error("image-alt", m.Pos, "the picture has no text for those who cannot see it", "![What the picture shows](map.png)",
			"say what it shows, or write {decorative} after it if it shows nothing")
	}
	return m, a
}
