package markdown

import (
	"strings"

	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"

	"communique/render/diag"
	"communique/render/doc"
)

// title settles the headline. A first level-1 heading with the same words is
// the headline too: its markup is used and it leaves the body.
func (f *front) title(d *doc.Document, body *converter) {
	written := ""
	if f.values.Title.Node != nil {
		written = body.types.smarten(f.text(f.values.Title.Node, "title", "The headline"))
	}
	i, h := firstHeading(d.Blocks)
	if written != "" {
		f.calledInTitle(written, body.footnotes)
		d.Title = body.words(nil, written)
		if h == nil || !sameWords(doc.PlainText(h.Content), written) {
			return
		}
	} else {
		f.untitled(h)
		if h == nil {
			return
		}
		d.Meta.Pos["title"] = h.Pos
	}
	if h.ID != "" || h.Lang != "" || h.Dir != doc.Inherit {
		f.warn("title-attributes", h.Pos, "the headline takes no attributes; they are left out", "# The headline", "remove {...}")
	}
	d.Title = h.Content
	d.Blocks = append(d.Blocks[:i:i], d.Blocks[i+1:]...)
}

// calledInTitle reports the call of a note in the key title, which has no marks.
func (f *front) calledInTitle(title string, notes map[string]*footnote) {
	text := []byte(title)
	for i := range text {
		n := footnoteLabel(text[i:])
		if n == 0 {
			continue
		}
		if note := notes[util.ToLinkReference(text[i+2:i+n-1])]; note != nil {
			f.warn("footnote-in-title", f.values.Title.Pos, "the title calls the footnote "+title[i:i+n]+"; marks in it are printed as typed",
				"a title without marks", "take it out of the title, and write below the front matter: # "+title)
		}
	}
}

// untitled reports that the front matter gives no title.
func (f *front) untitled(h *doc.Heading) {
	pos := diag.Pos{File: f.src.name, Line: 1, Column: 1}
	p := diag.Problem{Severity: diag.Error, Code: "missing-key", Pos: pos, Path: "title",
		Message: "there is no title", Expected: "the key title in the front matter", Fix: "title: The headline"}
	if h != nil {
		p.Fix = `title: "` + doc.PlainText(h.Content) + `"`
		if !f.present {
			p.Severity, p.Code, p.Pos = diag.Warning, "no-front-matter", h.Pos
			p.Message = "there is no front matter; the first heading stands for the title"
			p.Expected = "front matter between two lines ---, with title and lang"
		}
	}
	if f.values.Title.Node == nil && !f.broken {
		f.add(p)
	}
}

// firstHeading finds the first level-1 heading outside of quotes and lists.
func firstHeading(blocks []doc.Block) (int, *doc.Heading) {
	for i, b := range blocks {
		if h, ok := b.(*doc.Heading); ok && h.Level == 1 && h.Content != nil {
			return i, h
		}
	}
	return -1, nil
}

// sameWords compares two texts without regard to white space and to the shape
// of quotes, dashes and dots.
func sameWords(a, b string) bool { return a == b || canonical(a) == canonical(b) }

var shapes = strings.NewReplacer("‘", "'", "’", "'", "‚", "'", "‛", "'", "“", "'", "”", "'", "„", "'", "‟", "'", `"`, "'", "«", "'", "»", "'", "‹", "'", "›", "'",
	"---", "-", "--", "-", "—", "-", "–", "-", "‐", "-", "‑", "-", "…", "...")

func canonical(s string) string {
	s = strings.Join(strings.Fields(shapes.Replace(norm.NFC.String(s))), " ")
	return strings.NewReplacer("' ", "'", " '", "'").Replace(s)
}

// summary reads the standfirst: one paragraph of inline Markdown, in which the
// abbreviations of the body hold, and which may call its notes.
func (f *front) summary(body *converter) []doc.Inline {
	if f.values.Summary.Node == nil {
		return nil
	}
	s := f.text(f.values.Summary.Node, "summary", "The parties agreed on rules.")
	if s == "" {
		return nil
	}
	pos := f.values.Summary.Pos
	src := &file{name: f.src.name, text: []byte(s), bidi: true, lines: []int{0}}
	p := &place{reporter: f.reporter, src: src, fixed: &pos}
	st := &state{place: p, typographer: typographer{locales: body.types.locales, lang: body.types.lang}, notes: body.footnotes}
	c := newConverter(st, src.text)
	c.short = body.short
	blocks := c.blocks(st.parse(src.text, 0))
	body.notes = append(body.notes, c.notes...)
	c.unused()
	if len(blocks) == 1 {
		if para, ok := blocks[0].(*doc.Paragraph); ok {
			return para.Content
		}
	}
	f.illTyped(f.values.Summary.Node, "summary", "not a single paragraph", "one paragraph of text", "put a backslash before a mark at its start that is text")
	return []doc.Inline{&doc.Text{Value: s}}
}
