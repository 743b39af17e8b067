package markdown

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"communique/render/doc"
)

// example is a case of the shared Markdown examples.
type example struct {
	Example  int
	Case     int
	Section  string
	Group    string
	Markdown string
	HTML     string
}

func (e example) name() string {
	if e.Group != "" {
		return fmt.Sprintf("%s %d", e.Group, e.Case)
	}
	return fmt.Sprint(e.Example)
}

// The words of an example must be those that its HTML shows, but where we
// understand more, or keep what would be lost. Why each one differs:
const (
	rawHTML   = "raw HTML is read as Markdown with tags: its Markdown counts"
	hidden    = "the comparison does not take this HTML apart as a browser would"
	footnotes = "footnotes are no part of the text; a call of none stays text, with an error"
	tilde     = "a single tilde is text"
	excess    = "cells beyond the last column are kept, with an error"
	angles    = "<< and >> stay"
	quotation = "a quotation within a quotation takes the inner marks"
	address   = "a link without words shows its address"
	control   = "a control character is replaced, with an error"
	definable = "goldmark takes a < within an address in angle brackets"
	marked    = "the rows of an empty table are no words"
	ignored   = "the case has no expected HTML"
)

func TestExamplesKeepTheirWords(t *testing.T) {
	for file, different := range intended {
		t.Run(file, func(t *testing.T) {
			path := shared(t, filepath.Join("corpus", "commonmark", file))
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var examples []example
			if err := json.Unmarshal(data, &examples); err != nil {
				t.Fatal(err)
			}
			for _, e := range examples {
				d, _ := parse("example.md", "---\ntitle: Example\nlang: en\n---\n"+e.Markdown)
				got, want := normal(docText(d.Blocks)), normal(htmlText(e.HTML))
				switch reason, listed := different[e.name()]; {
				case got == want && listed:
					t.Errorf("%s (%s): listed as different (%s), but equal", e.name(), e.Section, reason)
				case got != want && !listed:
					t.Errorf("%s (%s): %q\n got %q\nwant %q", e.name(), e.Section, e.Markdown, got, want)
				}
			}
		})
	}
}

var (
	tagPattern   = regexp.MustCompile(`(?s)<!--.*?-->|<[^>]*>`)
	altPattern   = regexp.MustCompile(`<img [^>]*?alt="([^"]*)"[^>]*>`)
	blockPattern = regexp.MustCompile(`</?(p|li|ul|ol|h\d|br|hr|blockquote|pre|table|thead|tbody|tr|td|th|div)\b[^>]*>`)
)

// htmlText is what a reader sees of HTML.
func htmlText(s string) string {
	s = altPattern.ReplaceAllString(s, "$1")
	s = blockPattern.ReplaceAllString(s, " ")
	s = tagPattern.ReplaceAllString(s, "")
	return html.UnescapeString(s)
}

// docText is what a reader sees of blocks.
func docText(blocks []doc.Block) string {
	var b strings.Builder
	doc.WalkBlocks(blocks, func(n doc.Block) bool {
		switch n := n.(type) {
		case *doc.Paragraph:
			b.WriteString(doc.PlainText(n.Content))
		case *doc.Figure:
			b.WriteString(n.Image.Alt + "\n" + doc.PlainText(n.Caption))
		case *doc.Heading:
			b.WriteString(doc.PlainText(n.Content))
		case *doc.CodeBlock:
			b.WriteString(strings.Join(n.Lines, "\n"))
		case *doc.Table:
			b.WriteString(doc.PlainText(n.Caption) + "\n")
			for _, rows := range [][]*doc.Row{n.Head, n.Body} {
				for _, r := range rows {
					for _, c := range r.Cells {
						b.WriteString(doc.PlainText(c.Content) + "\n")
					}
				}
			}
		case *doc.Quote:
			b.WriteString(docText(n.Blocks) + "\n" + doc.PlainText(n.Attribution) + "\n")
			return false
		case *doc.Callout:
			b.WriteString(doc.PlainText(n.Title))
		case *doc.DefinitionList:
			for _, d := range n.Items {
				for _, t := range d.Terms {
					b.WriteString(doc.PlainText(t) + "\n")
				}
				b.WriteString(docText(d.Blocks))
			}
			return false
		}
		b.WriteByte('\n')
		return true
	})
	return b.String()
}

// normal makes texts comparable: white space, and marks the typographer makes.
var marksMade = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "–", "--", "—", "---", "…", "...")

func normal(s string) string { return strings.Join(strings.Fields(marksMade.Replace(s)), " ") }

var intended = map[string]map[string]string{
	"commonmark-0.31.2.json": {
		"148": rawHTML, "150": rawHTML, "151": rawHTML, "155": rawHTML, "156": rawHTML, "158": rawHTML, "159": rawHTML,
		"161": rawHTML, "162": rawHTML, "163": rawHTML, "164": rawHTML, "165": rawHTML, "166": rawHTML, "177": rawHTML,
		"186": rawHTML, "189": rawHTML, "180": hidden, "616": hidden, "626": hidden, "629": hidden,
		"484": address, "508": quotation,
	},
	"gfm-0.29-extensions.json": {"204": excess, "653": rawHTML},
	"cmark-gfm-extensions.json": {
		"8": excess, "17": tilde, "18": tilde, "20": ignored, "22": rawHTML, "23": footnotes,
	},
	"cmark-gfm-regression.json":        {"6": definable, "10": tilde, "11": tilde, "13": footnotes, "19": marked},
	"cmark-gfm-smart-punctuation.json": {},
	"goldmark-1.8.7-cases.json": {
		"table 7": excess, "strikethrough 3": tilde,
		"footnote 1": footnotes, "footnote 4": footnotes, "footnote 5": footnotes, "footnote 6": footnotes,
		"typographer 3": angles, "extra 7": address, "extra 34": control, "extra 40": control, "extra 46": control, "extra 52": hidden,
	},
}
