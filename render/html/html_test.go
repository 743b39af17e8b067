package html

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	nethtml "golang.org/x/net/html"

	"communique/locales"
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/kind"
	"communique/render/locale"
	"communique/render/markdown"
	"communique/render/resolve"
	"communique/render/theme"
	"communique/templates"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// resources are read once for all tests.
type resources struct {
	locales *locale.Catalog
	kinds   *kind.Set
	theme   *theme.Theme
	writer  *Writer
}

var load = sync.OnceValues(func() (*resources, error) {
	r := &resources{}
	var err error
	if r.locales, err = locale.Load(locales.FS); err != nil {
		return nil, err
	}
	if r.kinds, err = kind.Load(templates.FS); err != nil {
		return nil, err
	}
	themes, err := theme.Load(templates.FS)
	if err != nil {
		return nil, err
	}
	r.theme, _ = themes.Get("")
	r.writer, err = New(themes)
	return r, err
})

func loaded(t testing.TB) *resources {
	t.Helper()
	r, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// options are those of a page in a language, among three languages with their PDFs.
func (r *resources) options(lang string) Options {
	o := Options{Theme: r.theme, Locale: r.locales.Get(lang), Locales: r.locales,
		Canonical: "https://example.org/a." + lang + ".html", Producer: "communique test"}
	for _, l := range []string{"ar", "en", "zh-Hans"} {
		o.Alternates = append(o.Alternates,
			Alternate{Lang: l, Format: "html", MediaType: "text/html", URL: "a." + l + ".html", Self: l == lang, Original: l == "en"},
			Alternate{Lang: l, Format: "pdf", MediaType: "application/pdf", URL: "a." + l + ".pdf"})
	}
	return o
}

func write(t testing.TB, d *doc.Document, o Options) []byte {
	t.Helper()
	b, err := loaded(t).writer.Write(d, o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sample is the project's own example, read and resolved.
func sample(t testing.TB, lang string) *doc.Document {
	t.Helper()
	r := loaded(t)
	name := "../testdata/samples/kimberley-2023." + lang + ".md"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	d := markdown.Parse(markdown.Source{Name: "kimberley-2023." + lang + ".md", Data: data},
		markdown.Options{Locales: r.locales, Kinds: r.kinds}, &problems)
	resolve.Resolve(d, resolve.Resources{Locales: r.locales, Kinds: r.kinds}, &problems)
	for _, p := range problems.Sorted() {
		t.Log(p)
	}
	return d
}

func text(s string) *doc.Text { return &doc.Text{Value: s} }

func paragraph(in ...doc.Inline) *doc.Paragraph { return &doc.Paragraph{Content: in} }

// statement is a small resolved document with everything in its front.
func statement(blocks ...doc.Block) *doc.Document {
	return &doc.Document{
		File: "a.en.md",
		Meta: doc.Meta{ID: "a", Symbol: "MFA/1", Kind: "statement", Lang: "en", Dir: doc.LeftToRight,
			Issuer: doc.Issuer{Name: "Ministry", Unit: "Press office", URL: "https://example.org/"},
			Place:  "Geneva", Date: doc.Date{Time: time.Date(2023, 11, 14, 0, 0, 0, 0, time.UTC)},
			Keywords: []string{"diamonds", "plenary"}, Original: true},
		Title:   []doc.Inline{text("Headline & more")},
		Summary: []doc.Inline{text("What it says, "), &doc.Emphasis{Content: []doc.Inline{text("in short")}}, text(".")},
		Blocks:  blocks,
		Front: &doc.Front{Letterhead: "Ministry", Unit: "Press office", Label: "Statement", Symbol: "MFA/1",
			Dateline: "Geneva, 14 November 2023", DatelineISO: "2023-11-14"},
	}
}

// tree is the parsed page.
func tree(t testing.TB, page []byte) *nethtml.Node {
	t.Helper()
	n, err := nethtml.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// find gives the elements for which ok holds, in order.
func find(n *nethtml.Node, ok func(*nethtml.Node) bool) (out []*nethtml.Node) {
	for d := range n.Descendants() {
		if d.Type == nethtml.ElementNode && ok(d) {
			out = append(out, d)
		}
	}
	return out
}

func named(name string) func(*nethtml.Node) bool {
	return func(n *nethtml.Node) bool { return n.Data == name }
}

func attr(n *nethtml.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func content(n *nethtml.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == nethtml.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// outline is what a parser sees: start tags with their attributes, and texts.
func outline(n *nethtml.Node) (out []string) {
	for d := range n.Descendants() {
		switch d.Type {
		case nethtml.ElementNode:
			out = append(out, startTag(d.Data, d.Attr))
		case nethtml.TextNode:
			if strings.TrimSpace(d.Data) != "" {
				out = append(out, strings.TrimSpace(d.Data))
			}
		}
	}
	return out
}

// startTag orders the attributes, as the parser does with some elements.
func startTag(name string, attrs []nethtml.Attribute) string {
	attrs = slices.Clone(attrs)
	for i := range attrs { // the parser gives SVG's names their capitals
		attrs[i].Key = strings.ToLower(attrs[i].Key)
	}
	slices.SortFunc(attrs, func(a, b nethtml.Attribute) int { return strings.Compare(a.Key, b.Key) })
	return nethtml.Token{Type: nethtml.StartTagToken, Data: name, Attr: attrs}.String()
}

// wellFormed fails unless every element is closed by its own end tag, and a
// parser finds the elements exactly where they were written.
func wellFormed(t testing.TB, page []byte) {
	t.Helper()
	void := []string{"meta", "link", "br", "hr"}
	var open, written []string
	for z := nethtml.NewTokenizer(bytes.NewReader(page)); ; {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			break
		}
		switch tok := z.Token(); kind {
		case nethtml.StartTagToken:
			written = append(written, startTag(tok.Data, tok.Attr))
			if !slices.Contains(void, tok.Data) {
				open = append(open, tok.Data)
			}
		case nethtml.SelfClosingTagToken: // the shapes of a drawing
			written = append(written, startTag(tok.Data, tok.Attr))
		case nethtml.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Fatalf("</%s> closes %v", tok.Data, open)
			}
			open = open[:len(open)-1]
		case nethtml.TextToken:
			if s := strings.TrimSpace(tok.Data); s != "" {
				written = append(written, s)
			}
		}
	}
	if len(open) > 0 {
		t.Errorf("not closed: %v", open)
	}
	if parsed := outline(tree(t, page)); !slices.Equal(written, parsed) {
		for i := range min(len(written), len(parsed)) {
			if written[i] != parsed[i] {
				t.Fatalf("written %q, parsed as %q", written[i], parsed[i])
			}
		}
		t.Fatalf("%d pieces written, %d parsed", len(written), len(parsed))
	}
}
