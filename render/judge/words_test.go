package judge_test

import (
	"strings"
	"sync"
	"testing"

	"communique/locales"
	"communique/render/chart"
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/judge"
	"communique/render/kind"
	"communique/render/locale"
	"communique/render/markdown"
	"communique/render/resolve"
	"communique/templates"
)

// words are what a document says, by the document model: what every output
// must say too, no more and no less.
type words struct {
	doc *doc.Document
	// head is what stands side by side above all else, in any order.
	head []string
	// front is what comes before the text: bands, label, headline, summary, dateline.
	front []string
	// text are the paragraphs, without the labels of list items; labelled with them.
	text, labelled []string
	// heads are what is painted again of tables on later pages.
	heads []tableHead
	// tables are where tables begin and end in labelled.
	tables []tableWords
	// notes are the footnotes in their order, each with its number first; they
	// stand at the foot of the pages.
	notes []*words
	// calls are the places of the first calls: how many letters stand before
	// each, in front and labelled.
	calls   []int
	letters int
	// captions are those of figures, with their labels.
	captions []string
}

// tableHead is the words that say that a table goes on, and its header rows.
type tableHead struct{ continued, rows string }

var resources = sync.OnceValues(func() (resolve.Resources, error) {
	catalog, err := locale.Load(locales.FS)
	if err != nil {
		return resolve.Resources{}, err
	}
	kinds, err := kind.Load(templates.FS)
	return resolve.Resources{Locales: catalog, Kinds: kinds}, err
})

// said reads a source as far as the document model.
func said(t testing.TB, name string, data []byte) *words {
	t.Helper()
	d := built(t, name)
	if d == nil {
		d = parsed(t, name, data)
	}
	f := d.Front
	w := &words{doc: d}
	w.head = some(f.Letterhead, f.Symbol, f.Unit)
	for _, b := range f.Bands {
		w.front = append(w.front, b.Text)
	}
	w.front = append(w.front, some(f.Label)...)
	w.letters = len(judge.Letters(strings.Join(w.front, "")))
	for _, in := range [][]doc.Inline{d.Title, d.Summary} {
		w.called(in)
		w.front = append(w.front, some(plain(in))...)
		w.letters += len(judge.Letters(plain(in)))
	}
	w.front = append(w.front, some(f.Dateline)...)
	w.letters += len(judge.Letters(f.Dateline))
	w.contents(t, f.Contents, name)
	w.blocks(d.Blocks)
	for _, n := range d.Footnotes {
		note := &words{labelled: []string{n.Label}}
		note.blocks(n.Blocks)
		arrow := "↩\uFE0E"
		if d.Meta.Dir == doc.RightToLeft {
			arrow = "↪\uFE0E"
		}
		for i := range n.Calls {
			place := ""
			if len(n.Calls) > 1 {
				place = w.digits(i + 1)
			}
			note.text = append(note.text, arrow+place)
		}
		w.notes = append(w.notes, note)
	}
	return w
}

// parsed is a document that was written in Markdown, resolved.
func parsed(t testing.TB, name string, data []byte) *doc.Document {
	t.Helper()
	res, err := resources()
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	d := markdown.Parse(markdown.Source{Name: name, Data: data}, markdown.Options{Locales: res.Locales, Kinds: res.Kinds}, &problems)
	publish(t, d, name, "")
	resolve.Resolve(d, res, &problems)
	return d
}

// contents are read with page numbers in the PDF: those of the editions of a record
// come from their layout, the other texts stand on one page after a cover, on the
// first without one.
func (w *words) contents(t testing.TB, c *doc.Contents, name string) {
	if c == nil {
		return
	}
	var places map[string]int
	if _, _, ok := plenaryEdition(name); ok {
		places = placed(t, name)
	}
	w.say(c.Title)
	for _, e := range c.Entries {
		s := strings.TrimSpace(e.Heading.Number + " " + plain(e.Content))
		w.text = append(w.text, s)
		number := 1
		if places != nil {
			number = places[e.Heading.ID]
		}
		w.labelled = append(w.labelled, s+" "+string(w.doc.Front.Digits[number]))
	}
}

func (w *words) say(s string) {
	if strings.TrimSpace(s) != "" {
		w.text = append(w.text, s)
		w.label(s)
	}
}

// label adds words that the page has and the text has not.
func (w *words) label(s string) {
	w.labelled = append(w.labelled, s)
	w.letters += len(judge.Letters(s))
}

// run adds inlines.
func (w *words) run(in []doc.Inline) {
	w.called(in)
	w.say(plain(in))
}

// called notes the first calls in inlines that are about to be added.
func (w *words) called(in []doc.Inline) {
	before := 0
	doc.WalkInlines(in, func(n doc.Inline) bool {
		if c, ok := n.(*doc.FootnoteCall); ok && c.ID == c.Note.Calls[0] {
			w.calls = append(w.calls, w.letters+before)
		}
		if doc.Children(n) == nil {
			before += len(judge.Letters(plain([]doc.Inline{n})))
		}
		return true
	})
}

func (w *words) blocks(blocks []doc.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *doc.Heading:
			w.called(b.Content)
			w.say(numbered(b.Number, plain(b.Content)))
		case *doc.Paragraph:
			if b.Number != "" {
				w.say(b.Number)
			}
			w.run(b.Content)
		case *doc.Figure:
			if len(b.Caption) > 0 {
				w.captions = append(w.captions, b.Label+" "+plain(b.Caption))
				w.run(append([]doc.Inline{&doc.Text{Value: b.Label + "\u2002"}}, b.Caption...))
			}
		case *doc.Chart: // the page has the words of the drawing, the text has them for those who do not see it
			for _, s := range drawn(b) {
				w.label(s)
			}
			if len(b.Caption) > 0 {
				w.captions = append(w.captions, b.Label+" "+plain(b.Caption))
				w.run(append([]doc.Inline{&doc.Text{Value: b.Label + "\u2002"}}, b.Caption...))
			}
		case *doc.EndMark:
			w.say(b.Text)
		case *doc.CodeBlock:
			w.say(strings.Join(b.Lines, "\n"))
		case *doc.Division:
			if b.Label != "" {
				w.say(b.Label)
			}
			w.blocks(b.Blocks)
		case *doc.Callout:
			w.say(b.Label + plain(b.Title))
			w.blocks(b.Blocks)
		case *doc.DefinitionList:
			for _, d := range b.Items {
				for _, t := range d.Terms {
					w.say(plain(t))
				}
				w.blocks(d.Blocks)
			}
		case *doc.Quote:
			w.blocks(b.Blocks)
			if len(b.Attribution) > 0 {
				w.run(append([]doc.Inline{&doc.Text{Value: "— "}}, b.Attribution...))
			}
		case *doc.List:
			for _, it := range b.Items {
				w.label(it.Label)
				if it.Task != doc.NoTask {
					w.text = append(w.text, it.Label)
				}
				w.blocks(it.Blocks)
			}
		case *doc.Table:
			if b.Caption != nil {
				w.say(b.Label + " " + plain(b.Caption))
			}
			from := len(w.labelled)
			w.rows(b.Head)
			w.rows(b.Body)
			w.tables = append(w.tables, tableWords{b, from, len(w.labelled)})
			var head []string
			for _, r := range b.Head {
				for _, c := range r.Cells {
					head = append(head, plain(c.Content))
				}
			}
			continued := b.Continued
			if continued == "" {
				continued = w.doc.Front.Words["continued"]
			}
			w.heads = append(w.heads, tableHead{continued, strings.Join(head, "\n")})
		}
	}
}

func (w *words) rows(rows []*doc.Row) {
	for _, r := range rows {
		for _, c := range r.Cells {
			w.run(c.Content)
		}
	}
}

// drawn are the words of a chart in the order in which they are drawn. How lines
// break depends on the width; the words do not.
func drawn(c *doc.Chart) (out []string) {
	joined := false
	for _, s := range chart.Draw(c, chart.Options{Width: 450, Size: 8}).Shapes {
		t, ok := s.(*chart.Text)
		switch {
		case !ok:
			continue
		case joined:
			out[len(out)-1] += t.Text
		default:
			out = append(out, t.Text)
		}
		joined = t.Joined
	}
	return out
}

// plain is the text of inlines, a break as a line end.
func plain(in []doc.Inline) string {
	var b strings.Builder
	doc.WalkInlines(in, func(n doc.Inline) bool {
		switch n := n.(type) {
		case *doc.Text:
			b.WriteString(n.Value)
		case *doc.Code:
			b.WriteString(n.Value)
		case *doc.Break, *doc.Image: // a picture leaves room, which is a space to some readers
			b.WriteByte('\n')
		case *doc.Badge: // its frame leaves room at both ends
			b.WriteString("\n" + plain(n.Content) + "\n")
			return false
		case *doc.FootnoteCall:
			b.WriteString(n.Lead + n.Note.Label)
		}
		return true
	})
	return b.String()
}

// some are the strings that are not empty.
func some(s ...string) []string {
	var out []string
	for _, x := range s {
		if x != "" {
			out = append(out, x)
		}
	}
	return out
}

func numbered(number, s string) string { return strings.TrimSpace(number + " " + s) }

// foot is the line "Page 1 of 3" of a page by its index, or its number alone
// before the text: a cover, and one page of contents.
func (w *words) foot(i, pages int) string {
	f, before := w.doc.Front, 0
	if f.Cover {
		before++
		if f.Contents != nil {
			before++
		}
	}
	switch {
	case f.Cover && i == 0:
		return ""
	case i < before:
		return f.FrontPages[i]
	}
	n, of := i+1-before, pages-before
	return strings.NewReplacer("{page}", w.digits(n), "{pages}", w.digits(of)).Replace(w.doc.Front.Foot.End)
}

// digits writes a number as the document does.
func (w *words) digits(n int) string {
	s := ""
	for ; n > 0; n /= 10 {
		s = string(w.doc.Front.Digits[n%10]) + s
	}
	return s
}
