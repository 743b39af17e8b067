package plenary

import (
	"strconv"
	"strings"
	"unicode"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/locale"
)

// message is words of the locales.
func message(key string, args ...doc.Argument) *doc.Message {
	return &doc.Message{Key: key, Args: args}
}

// worded is the message of a value of the model, such as verb-no-consensus.
func worded(prefix, value string) *doc.Message {
	return message(prefix + "-" + strings.ReplaceAll(value, "_", "-"))
}

func arg(name string, content ...doc.Inline) doc.Argument {
	return doc.Argument{Name: name, Content: content}
}

func inline(n ...doc.Inline) []doc.Inline { return n }

func text(s string) doc.Inline { return &doc.Text{Value: s} }

func itoa(n int) string { return strconv.Itoa(n) }

// count is a number as the language writes it.
func count(n int) doc.Inline { return &doc.Number{Decimal: itoa(n)} }

// plural is a message with a number in its plural form.
func plural(key string, n int) *doc.Message { return &doc.Message{Key: key, Count: &n} }

// labelled is "Label: value".
func labelled(key string, value ...doc.Inline) *doc.Message {
	return message("labelled", arg("Label", message(key)), arg("Value", value...))
}

func paragraph(content ...doc.Inline) *doc.Paragraph { return &doc.Paragraph{Content: content} }

func (b *builder) pos(path string) diag.Pos { return b.r.pos(path) }

// version is the text of a field in the language of the edition, else in the
// original one; translated tells which.
func (b *builder) version(t Text, path string) (v Version, translated bool) {
	if v, translated = t.in(b.same, b.original); translated {
		return v, true
	}
	if !strings.ContainsFunc(v.Text, unicode.IsLetter) { // a year needs no translation
		return v, true
	}
	if b.untold[path] {
		return v, false
	}
	b.untold[path] = true
	b.problems.Add(diag.Problem{Severity: diag.Warning, Code: "missing-translation", Pos: v.Pos, Path: path,
		Message:  place(path) + " is not given in " + string(b.lang) + "; the text in " + string(v.Lang) + " is printed, with a note",
		Expected: "a text in " + string(b.lang), Fix: string(b.lang) + ": …"})
	return v, false
}

// same tells that a text in a language is one for this edition.
func (e Edition) same(lang Lang) bool {
	if string(lang) == e.Lang {
		return true
	}
	own, other := e.both(lang)
	return own != nil && own == other
}

// both are the locales of the edition and of a language, nil where there is none.
func (e Edition) both(lang Lang) (own, other *locale.Locale) {
	own, _ = e.Locales.Match(e.Lang)
	other, _ = e.Locales.Match(string(lang))
	return own, other
}

// read reads a text, with its links to entries of the record mended.
func (b *builder) read(v Version) []doc.Block {
	blocks, notes := b.Markdown(v.Text, string(v.Lang), b.r.located(v), b.problems)
	b.refer(blocks, v.Lang)
	for _, n := range notes {
		b.refer(n.Blocks, v.Lang)
		if b.same(v.Lang) || n.Lang != "" {
			continue
		}
		if len(n.Blocks) == 1 {
			if p, ok := n.Blocks[0].(*doc.Paragraph); ok { // its number stays on the side of the others
				p.Content = b.marked(v.Lang, p.Content)
				continue
			}
		}
		n.Lang = string(v.Lang)
	}
	b.d.Footnotes = append(b.d.Footnotes, notes...)
	return blocks
}

// refer gives links to entries of the record the words of a reference, where they
// have none, in the language of the text; to what this edition does not print there
// is no link.
func (b *builder) refer(blocks []doc.Block, lang Lang) {
	doc.Inlines(blocks, func(_ doc.Block, in []doc.Inline) {
		doc.WalkInlines(in, func(n doc.Inline) bool {
			l, ok := n.(*doc.Link)
			if !ok || !strings.HasPrefix(l.URL, "#") {
				return true
			}
			a, known := b.anchors[l.URL[1:]]
			if !known {
				return true
			}
			if l.Content == nil {
				l.Content = a.wordsIn(lang, b)
				if l.Content == nil && !a.printed {
					l.Content = a.name()
				}
			}
			if a.printed {
				b.links = append(b.links, l)
			} else {
				l.URL = ""
			}
			return true
		})
	})
}

// line is a text that is one paragraph. One in another language says so.
func (b *builder) line(t Text, path string) []doc.Inline {
	v, ok := b.version(t, path)
	if v.Text == "" {
		return nil
	}
	in := b.oneLine(v, path)
	if ok {
		return in
	}
	return b.marked(v.Lang, in)
}

// oneLine reads the single paragraph of a text.
func (b *builder) oneLine(v Version, path string) (in []doc.Inline) {
	for i, block := range b.read(v) {
		p, ok := block.(*doc.Paragraph)
		if !ok || i > 0 {
			b.problems.Add(diag.Problem{Severity: diag.Error, Code: "not-one-paragraph", Pos: v.Pos, Path: path,
				Message:  place(path) + " is printed within a line, but is more than one paragraph",
				Expected: "one paragraph of text", Fix: "shorten it, or put a backslash before a mark at its start that is text"})
			return inline(text(v.Text))
		}
		in = p.Content
	}
	return in
}

// marked is a text in another language, isolated and with that language's name behind it.
func (b *builder) marked(lang Lang, in []doc.Inline) []doc.Inline {
	return inline(&doc.Span{Lang: string(lang), Content: in}, text("\u00a0"), message("untranslated-mark", arg("Language", &doc.LanguageName{Tag: string(lang)})))
}

// properName is a name, such as a person's or an abbreviation. It needs no
// translation between languages of one script.
func (b *builder) properName(t Text, path string) []doc.Inline {
	if v, own := t.in(b.same, b.original); !own && v.Text != "" && b.sameScript(v.Lang) {
		return b.oneLine(v, path)
	}
	return b.line(t, path)
}

// citation is the name of a publication or of who published it, which is quoted as it
// is: one in another language is marked for screen readers, and no translation missed.
func (b *builder) citation(t Text, path string) []doc.Inline {
	v, own := t.in(b.same, b.original)
	switch {
	case v.Text == "":
		return nil
	case own:
		return b.oneLine(v, path)
	}
	return inline(&doc.Span{Lang: string(v.Lang), Content: b.oneLine(v, path)})
}

func (b *builder) sameScript(lang Lang) bool {
	own, other := b.both(lang)
	return own != nil && other != nil && own.Script() == other.Script()
}

// plain is a text for the metadata, without marks.
func (b *builder) plain(t Text, path string) string {
	v, _ := b.version(t, path)
	if v.Text == "" {
		return ""
	}
	return doc.PlainText(b.oneLine(v, path))
}

// blocks is a text of paragraphs, lists, tables. Its headings stand below level,
// and have the anchors id-1, id-2 in every language.
func (b *builder) blocks(t Text, path string, level int, id string) []doc.Block {
	v, ok := b.version(t, path)
	if v.Text == "" {
		return nil
	}
	blocks := b.read(v)
	b.below(blocks, level, id)
	if ok || len(blocks) == 0 {
		return blocks
	}
	if p, single := blocks[0].(*doc.Paragraph); single && len(blocks) == 1 {
		p.Content = b.marked(v.Lang, p.Content)
		return blocks
	}
	note := message("untranslated-note", arg("Language", &doc.LanguageName{Tag: string(v.Lang)}))
	return []doc.Block{paragraph(&doc.Emphasis{Content: inline(note)}), &doc.Division{Attr: doc.Attr{Lang: string(v.Lang)}, Blocks: blocks}}
}

// below moves the headings of a text under one of a level.
func (b *builder) below(blocks []doc.Block, level int, id string) {
	highest, n := 7, 0
	doc.WalkBlocks(blocks, func(x doc.Block) bool {
		if h, ok := x.(*doc.Heading); ok {
			highest = min(highest, h.Level)
		}
		return true
	})
	free := func() string { // "outcome-a-1" may be that of the outcome a-1
		for {
			n++
			anchor := id + "-" + itoa(n)
			if _, taken := b.anchors[anchor]; !taken {
				return anchor
			}
		}
	}
	doc.WalkBlocks(blocks, func(x doc.Block) bool {
		if h, ok := x.(*doc.Heading); ok {
			h.Level = min(h.Level-highest+level+1, 6)
			h.Unnumbered = true
			if h.ID == "" {
				h.ID = free()
			}
		}
		return true
	})
}

// add appends blocks to the document.
func (b *builder) add(blocks ...doc.Block) { b.d.Blocks = append(b.d.Blocks, blocks...) }

// heading opens a part of the record, by its words in the locales.
func (b *builder) heading() {
	part := string(b.section.Part)
	b.add(&doc.Heading{Attr: doc.Attr{ID: part, Pos: b.pos(strings.ReplaceAll(part, "-", "_"))}, Level: 2, Content: inline(message("part-" + part))})
}

// entry opens an entry of a part.
func (b *builder) entry(level int, id, path string, content ...doc.Inline) {
	b.add(&doc.Heading{Attr: doc.Attr{ID: id, Pos: b.pos(path)}, Level: level, Unnumbered: true, Content: content})
}

// link leads to an entry if the edition prints it, and is its words else.
func (b *builder) link(id string) []doc.Inline {
	a := b.anchors[id]
	if !a.printed {
		return a.words
	}
	l := &doc.Link{URL: "#" + id, Content: a.words}
	b.links = append(b.links, l)
	return inline(l)
}

// unlink takes the address from links to parts of which the record has nothing, so
// that they are not printed.
func (b *builder) unlink() {
	printed := map[string]bool{}
	doc.WalkAttributes(b.d.Blocks, func(a *doc.Attr) { printed[a.ID] = true })
	for _, l := range b.links {
		if !printed[l.URL[1:]] {
			l.URL = ""
		}
	}
}

// address is a web address, shown as the host that publishes there; nil for none.
func address(url string) []doc.Inline {
	if url == "" {
		return nil
	}
	shown := strings.TrimPrefix(strings.TrimPrefix(url, "https://"), "http://")
	host, _, _ := strings.Cut(shown, "/")
	return inline(&doc.Span{Dir: doc.LeftToRight, Content: inline(&doc.Link{URL: url, Content: inline(text(strings.TrimPrefix(host, "www.")))})})
}

// facts is a table of labels and what they are; nil without a fact.
func facts(all []fact) []doc.Block {
	t := &doc.Table{Columns: []doc.Column{{Align: doc.AlignStart}, {Align: doc.AlignStart}}, RowHeaders: 1}
	for _, f := range all {
		if f.value != nil {
			t.Body = append(t.Body, &doc.Row{Cells: []*doc.Cell{{Header: true, Content: inline(message(f.label))}, {Content: f.value}}})
		}
	}
	if t.Body == nil {
		return nil
	}
	return []doc.Block{t}
}

// fact is a label and what it says; nil says nothing.
type fact struct {
	label string
	value []doc.Inline
}

// cells are the cells of a row, the first of them its header.
func cells(contents ...[]doc.Inline) []*doc.Cell {
	out := make([]*doc.Cell, len(contents))
	for i, c := range contents {
		out[i] = &doc.Cell{Content: c, Header: i == 0}
	}
	return out
}

// heads is the row of the heads of columns.
func heads(contents ...[]doc.Inline) []*doc.Row {
	r := &doc.Row{}
	for _, c := range contents {
		r.Cells = append(r.Cells, &doc.Cell{Content: c, Header: true})
	}
	return []*doc.Row{r}
}

// lines joins what is there by line breaks.
func lines(parts ...[]doc.Inline) (out []doc.Inline) {
	for _, p := range parts {
		if p == nil {
			continue
		}
		if out != nil {
			out = append(out, &doc.Break{})
		}
		out = append(out, p...)
	}
	return out
}
