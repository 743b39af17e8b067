package html

import (
	"fmt"

	"communique/render/doc"
)

// body is the state of writing one page. Its buffer is kept from page to page.
type body struct {
	buf    []byte
	d      *doc.Document
	o      *Options
	words  *words
	origin string
	// main and headline are anchors of the page's own that no block has.
	main, headline string
	// section is the anchor of the heading above, which names what can be
	// scrolled; named tells that a landmark bears this name already.
	section string
	named   bool
	// anchored are the document's anchors once a caption needs one of its own;
	// captions counts those.
	anchored map[string]bool
	captions int
	// regions are the names of the landmarks so far.
	regions []string
	inLink  bool
	err     error
}

func (b *body) begin(d *doc.Document, o *Options, w *words) {
	*b = body{buf: b.buf[:0], d: d, o: o, words: w, origin: origin(o.Canonical)}
	b.main, b.headline = b.anchors()
	b.section = b.headline
}

// anchors makes anchors for the main part and the headline that stand nowhere in the document.
func (b *body) anchors() (main, headline string) {
	main, headline = "main", "headline"
	for taken := true; taken; {
		taken = false
		b.d.Flows(func(blocks []doc.Block) {
			doc.WalkAttributes(blocks, func(a *doc.Attr) {
				switch a.ID {
				case main:
					main, taken = main+"-", true
				case headline:
					headline, taken = headline+"-", true
				}
			})
		})
	}
	return main, headline
}

// blocks writes paragraph-level constructs, each on a line of its own.
func (b *body) blocks(in []doc.Block) {
	for _, n := range in {
		b.block(n)
		b.raw("\n")
	}
}

func (b *body) block(n doc.Block) {
	switch n := n.(type) {
	case *doc.Heading:
		b.heading(n)
	case *doc.Paragraph:
		b.paragraph(n)
	case *doc.List:
		b.list(n)
	case *doc.Quote:
		b.quote(n)
	case *doc.Table:
		b.table(n)
	case *doc.CodeBlock:
		b.codeBlock(n)
	case *doc.Figure:
		b.figure(n)
	case *doc.Chart:
		b.chart(n)
	case *doc.Rule:
		b.rule(n)
	case *doc.Division:
		b.division(n)
	case *doc.Callout:
		b.callout(n)
	case *doc.DefinitionList:
		b.definitionList(n)
	case *doc.EndMark:
		b.endMark(n)
	case *doc.PageBreak:
		b.pageBreak(n)
	default:
		b.fail(fmt.Errorf("no way to write the block %T", n))
	}
}

func (b *body) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// raw writes markup of this package's own.
func (b *body) raw(parts ...string) {
	for _, s := range parts {
		b.buf = append(b.buf, s...)
	}
}

func (b *body) text(s string) { b.buf = appendText(b.buf, s) }

func (b *body) attribute(name, value string) {
	b.raw(" ", name, `="`)
	b.buf = append(appendAttribute(b.buf, value), '"')
}

// address writes an attribute with an address, nothing when it is not safe.
func (b *body) address(name, url string) {
	if safe(url) {
		b.raw(" ", name, `="`)
		b.buf = append(appendURL(b.buf, url), '"')
	}
}

// open writes a start tag up to its common attributes; the caller closes it.
func (b *body) open(tag string, a *doc.Attr) {
	b.raw("<", tag)
	if anchor(a.ID) {
		b.attribute("id", a.ID)
	}
	b.language(a.Lang, a.Dir)
}

// language writes lang and dir. Text whose direction nobody set takes it from
// its first strong character.
func (b *body) language(lang string, dir doc.Direction) {
	if tag(lang) {
		b.attribute("lang", lang)
	}
	switch {
	case dir != doc.Inherit:
		b.raw(` dir="`, dir.String(), `"`)
	case lang != "":
		b.raw(` dir="auto"`)
	}
}

// anchor reports whether HTML takes the string as an id: not empty, no white space (HTML 3.2.6).
func anchor(id string) bool {
	for i := range len(id) {
		if id[i] <= ' ' {
			return false
		}
	}
	return id != ""
}

// tag reports whether a string has the shape of a language tag (RFC 5646, 2.1):
// subtags of 1 to 8 letters and digits, the first of letters.
func tag(lang string) bool {
	n, first := 0, true
	for i := range len(lang) {
		c := lang[i]
		switch {
		case c == '-':
			if n == 0 {
				return false
			}
			n, first = 0, false
			continue
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9' && !first:
		default:
			return false
		}
		if n++; n > 8 {
			return false
		}
	}
	return n > 0
}
