package release

import (
	"strings"

	"communique/render/diag"
	"communique/render/doc"
)

// Particulars are what a publisher has to know of an edition to list it.
type Particulars struct {
	// Source is the name of the source.
	Source string
	Lang   string
	Dir    doc.Direction
	// Product is the kind of a record's product; empty for a statement.
	Product string
	// Kind names a file in templates/kinds.
	Kind string
	// Title and Summary are plain text.
	Title, Summary string
	Symbol         string
	Date           doc.Date
	Issuer         string
	Place          string
	Keywords       []string
	// Original marks the text that the others of the request translate; Translation
	// says how one was made.
	Original    bool
	Translation doc.Translation
	// Embargo and Status are the source's own, whatever the publisher says.
	Embargo doc.Embargo
	Status  doc.Status
	// Text is the words of the document in lines, for search; empty if not asked for.
	Text string
}

// Of gathers the particulars of a resolved document. said is what its source said.
func Of(d *doc.Document, said *doc.Meta) Particulars {
	m := &d.Meta
	return Particulars{Source: d.File, Lang: m.Lang, Dir: m.Dir, Kind: m.Kind,
		Title: plain(doc.Unbadged(d.Title)), Summary: plain(d.Summary), Symbol: m.Symbol, Date: m.Date,
		Issuer: m.Issuer.Name, Place: m.Place, Keywords: m.Keywords, Translation: m.Translation,
		Embargo: said.Embargo, Status: said.Status}
}

func plain(in []doc.Inline) string { return strings.TrimSpace(doc.PlainText(in)) }

// Words are all words of a document for search: title, summary, text, notes; a line
// for each paragraph, cell or line of code.
func Words(d *doc.Document) string {
	var b strings.Builder
	say := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	say(doc.PlainText(d.Title))
	say(doc.PlainText(d.Summary))
	d.Flows(func(blocks []doc.Block) {
		doc.Inlines(blocks, func(owner doc.Block, in []doc.Inline) {
			say(doc.PlainText(in))
			if f, ok := owner.(*doc.Figure); ok {
				say(f.Image.Alt)
			}
		})
		doc.WalkBlocks(blocks, func(n doc.Block) bool {
			if c, ok := n.(*doc.CodeBlock); ok {
				say(strings.Join(c.Lines, "\n"))
			}
			return true
		})
	})
	return b.String()
}

// Twice is the problem that two sources of a publication are in the same language.
func Twice(d *doc.Document, other string) diag.Problem {
	pos, ok := d.Meta.Pos["lang"]
	if !ok {
		pos = diag.Pos{File: d.File, Line: 1, Column: 1}
	}
	return diag.Problem{Severity: diag.Error, Code: "language-twice", Pos: pos, Path: "lang",
		Message: "this text is in " + d.Meta.Lang + ", and so is " + other, Expected: "one text for each language of a publication",
		Fix: "correct the language of one of them, or leave it out"}
}
