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
// understand more, or keep what HTML hides. Why each one differs:
const (
	rawHTML   = "the words of raw HTML are read as Markdown, hidden ones (scripts, attributes) are kept"
	footnotes = "footnotes stay visible as text"
	container = "a colon fence opens a container"
	braces    = "braces after a heading are its attributes"
	tilde     = "a single tilde is text"
	excess    = "cells beyond the last column are kept, with an error"
	quotes    = "quotation marks are made by our own rules"
	lists     = "definition lists are not part of the language"
	options_  = "the case switches on an option that we do not have"
	empty     = "an empty link shows its address"
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
				case got != want && !listed && e.HTML != "<IGNORE>":
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
		case *doc.Heading:
			b.WriteString(doc.PlainText(n.Content))
		case *doc.CodeBlock:
			b.WriteString(strings.Join(n.Lines, "\n"))
		case *doc.Table:
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
	"commonmark-0.31.2.json":           {},
	"gfm-0.29-extensions.json":         {},
	"cmark-gfm-extensions.json":        {},
	"cmark-gfm-regression.json":        {},
	"cmark-gfm-smart-punctuation.json": {},
	"goldmark-1.8.7-cases.json":        {},
}
