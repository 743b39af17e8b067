package resolve

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"communique/render/diag"
	"communique/render/doc"
)

// target is what a reference without words of its own can say.
type target struct {
	// words name what is meant: "paragraph 14".
	words string
	// opening is the beginning of a text that has no name.
	opening string
}

// refer gives a link without words the name of what it leads to. At the start of
// a paragraph it has a capital.
func (r *resolver) refer(l *doc.Link, id string, first bool) {
	if r.targets == nil {
		r.targets = map[string]target{}
		r.d.Flows(r.title)
	}
	t := r.targets[id]
	if t.words == "" {
		t.words = r.unnamed(l, id, t.opening)
	}
	if first {
		c, n := utf8.DecodeRuneInString(t.words)
		t.words = string(unicode.ToUpper(c)) + t.words[n:]
	}
	l.Content = []doc.Inline{&doc.Text{Value: t.words}}
}

// unnamed reports a reference to something that has neither number nor name;
// the beginning of its text stands for it.
func (r *resolver) unnamed(l *doc.Link, id, opening string) string {
	r.problems.Add(diag.Problem{
		Severity: diag.Warning, Code: "unnamed-anchor", Pos: l.Pos,
		Message:  "what #" + id + " leads to has neither a number nor a name; the beginning of its text stands for it",
		Expected: "a heading, a numbered paragraph or item, a term, or a table or picture with a caption",
		Fix:      "write the words of the reference: [the rules](#" + id + ")",
	})
	if opening == "" {
		return "#" + id
	}
	return r.quoted(shortened(opening, openingLength))
}

// How many characters of a text, and of a heading, a reference repeats at most.
const (
	openingLength = 40
	headingLength = 160
)

// shortened is the beginning of a text, cut between words where there are any.
func shortened(s string, limit int) string {
	chars := []rune(s)
	if len(chars) <= limit {
		return s
	}
	cut := limit
	for i := cut; i > limit/2; i-- {
		if unicode.IsSpace(chars[i]) {
			cut = i
			break
		}
	}
	return strings.TrimRightFunc(string(chars[:cut]), func(c rune) bool { return unicode.IsSpace(c) || unicode.IsPunct(c) }) + "…"
}

// quoted puts words in the language's quotation marks.
func (r *resolver) quoted(words string) string {
	q := r.loc.Quotes()
	return q.Open + words + q.Close
}

// called is a title in the language's quotation marks.
func (r *resolver) called(title []doc.Inline) string {
	return r.quoted(shortened(doc.PlainText(doc.Unbadged(title)), headingLength))
}

// title finds names for whatever among the blocks bears an id: text first, then
// notes, as captions are numbered.
func (r *resolver) title(blocks []doc.Block) { r.titleWithin(blocks, "") }

// titleWithin knows the numbers of the items around, "2." for "2.1".
func (r *resolver) titleWithin(blocks []doc.Block, numbers string) {
	doc.WalkBlocks(blocks, func(b doc.Block) bool {
		if t, ok := b.(*doc.Table); ok && t.Caption != nil {
			r.captioned++
		}
		if label, ok := figure(b); ok && label != "" {
			r.figured++
		}
		if id := b.Attributes().ID; id != "" {
			r.targets[id] = r.name(b)
		}
		switch b := b.(type) {
		case *doc.List:
			r.titleItems(b, numbers)
			return false
		case *doc.DefinitionList:
			for _, d := range b.Items {
				if d.ID != "" && len(d.Terms) > 0 {
					r.targets[d.ID] = target{words: r.called(d.Terms[0])}
				}
			}
		}
		return true
	})
}

func (r *resolver) titleItems(l *doc.List, numbers string) {
	for i, it := range l.Items {
		number := numbers
		if l.Ordered {
			number += r.digits(strconv.Itoa(l.Start + i))
		}
		if it.ID != "" {
			t := target{opening: opening(it.Blocks)}
			if l.Ordered {
				t.words = r.word("reference-item", map[string]any{"Number": number})
			}
			r.targets[it.ID] = t
		}
		if l.Ordered {
			number += "."
		}
		r.titleWithin(it.Blocks, number)
	}
}

// name is what a block with an id is called.
func (r *resolver) name(b doc.Block) target {
	switch b := b.(type) {
	case *doc.Heading:
		if b.Number != "" {
			return target{words: r.word("reference-section", map[string]any{"Number": b.Number})}
		}
		return target{words: r.called(b.Content)}
	case *doc.Paragraph:
		t := target{opening: doc.PlainText(b.Content)}
		if b.Number != "" {
			t.words = r.word("reference-paragraph", map[string]any{"Number": strings.TrimSuffix(b.Number, ".")})
		}
		return t
	case *doc.Table:
		if b.Caption != nil {
			return target{words: r.word("reference-table", map[string]any{"Number": r.loc.Number(strconv.Itoa(r.captioned))})}
		}
	case *doc.Figure:
		if b.Label != "" {
			return r.figureTarget()
		}
		return target{opening: b.Image.Alt}
	case *doc.Chart:
		if b.Label != "" {
			return r.figureTarget()
		}
		return target{opening: b.Alt}
	case *doc.Callout:
		if len(b.Title) > 0 {
			return target{words: r.called(b.Title)}
		}
		return target{words: r.quoted(b.Label)}
	case *doc.Division:
		if b.Label != "" {
			return target{words: r.quoted(b.Label)}
		}
		if len(b.Blocks) > 0 {
			if h, ok := b.Blocks[0].(*doc.Heading); ok {
				return r.name(h)
			}
		}
		return target{opening: opening(b.Blocks)}
	case *doc.Quote:
		return target{opening: opening(b.Blocks)}
	}
	return target{}
}

// figureTarget names the figure that was counted last.
func (r *resolver) figureTarget() target {
	return target{words: r.word("reference-figure", map[string]any{"Number": r.loc.Number(strconv.Itoa(r.figured))})}
}

// figure reports a picture or a chart, with its label.
func figure(b doc.Block) (label string, ok bool) {
	switch b := b.(type) {
	case *doc.Figure:
		return b.Label, true
	case *doc.Chart:
		return b.Label, true
	}
	return "", false
}

// opening is the text of the first paragraph, if blocks begin with one.
func opening(blocks []doc.Block) string {
	if len(blocks) > 0 {
		if p, ok := blocks[0].(*doc.Paragraph); ok {
			return doc.PlainText(p.Content)
		}
	}
	return ""
}
