package html

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"

	"communique/render/doc"
	"communique/render/kind"
)

// hostile are strings that try to leave their place.
var hostile = []string{
	`"><script>alert(1)</script>`, `' onload='alert(1)`, `</script><img src=x onerror=alert(1)>`, `</title></style><b>`,
	"<!--", "-->", "<![CDATA[", "&lt;&#0;&amp", "a\x00b\x1b\x7f", "\xff\xfe\xc0", "\u2028\u2029\u0085\ufdd0\uffff\U0001ffff",
	"\u202e\u2067", `\u003c\"`, "javascript:alert(1)", "JaVaScript\t:alert(1)", " javascript:alert(1)", "data:text/html,<b>", "//evil.org/\"", "http://a b/<>[]%",
	"{{.Body}}", "\r\n", "x y", "ar-\"-onclick",
}

func TestHostileTextStaysTextInEveryField(t *testing.T) {
	r := loaded(t)
	want := textElements(tree(t, write(t, statementOf("plain"), hostileOptions(r, "plain"))))
	for _, h := range hostile {
		page := write(t, statementOf(h), hostileOptions(r, h))
		wellFormed(t, page)
		root := tree(t, page)
		if got := textElements(root); got != want {
			t.Errorf("%q changes the elements to %s, expected %s", h, got, want)
		}
		for _, once := range []string{"html", "head", "title", "style", "script", "body", "main", "h1"} {
			if n := len(find(root, named(once))); n != 1 {
				t.Errorf("%q makes %d elements %s", h, n, once)
			}
		}
		for _, n := range find(root, func(*nethtml.Node) bool { return true }) {
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" {
					t.Errorf("%q made the attribute %s", h, a.Key)
				}
				if a.Key == "href" && !safe(a.Val) {
					t.Errorf("%q made the link %q", h, a.Val)
				}
			}
		}
		if h1 := content(find(root, named("h1"))[0]); h1 != expected(h) {
			t.Errorf("%q became the headline %q", h, h1)
		}
		data := content(find(root, named("script"))[0])
		var object struct{ Description string }
		if err := json.Unmarshal([]byte(data), &object); err != nil {
			t.Errorf("%q: %v in %s", h, err, data)
		} else if object.Description != inData(h) {
			t.Errorf("%q became %q in the data", h, object.Description)
		}
	}
}

// statementOf puts a string into every field.
func statementOf(s string) *doc.Document {
	a := doc.Attr{ID: s, Lang: s}
	d := statement(
		&doc.Heading{Attr: a, Level: 2, Content: in(text(s))},
		&doc.Paragraph{Attr: a, Content: in(text(s), &doc.Code{Value: s}, &doc.Link{URL: s, Title: s, Content: in(text(s))},
			&doc.Span{Lang: s, Content: in(text(s))}, &doc.Abbreviation{Title: s, Content: in(text(s))})},
		&doc.List{Attr: a, Items: []*doc.Item{{Attr: a, Label: s, Blocks: []doc.Block{line(s)}}}},
		&doc.Quote{Attr: a, Blocks: []doc.Block{line(s)}, Attribution: in(text(s))},
		&doc.Table{Attr: a, Columns: []doc.Column{{}}, Head: []*doc.Row{{Attr: a, Cells: []*doc.Cell{{Attr: a, Header: true, Content: in(text(s))}}}}},
		&doc.CodeBlock{Attr: a, Syntax: s, Lines: []string{s, "a line that makes the block wide enough to scroll"}},
		&doc.Rule{Attr: a},
		&doc.Division{Attr: a, Blocks: []doc.Block{line(s)}},
		&doc.Division{Attr: a, Role: doc.RoleSummary, Label: s, Blocks: []doc.Block{&doc.Paragraph{Attr: a, Number: s, Content: in(text(s))}}},
		&doc.Callout{Attr: a, Kind: doc.CalloutKind(s), Label: s, Title: in(text(s)), Blocks: []doc.Block{line(s)}},
		&doc.DefinitionList{Attr: a, Items: []*doc.Definition{{Attr: a, Terms: [][]doc.Inline{in(text(s)), in(text(s))}, Blocks: []doc.Block{line(s)}}}},
	)
	d.Title, d.Summary = in(text(s)), in(text(s))
	d.Meta.Lang, d.Meta.Symbol, d.Meta.Place, d.Meta.Keywords, d.Meta.Status = s, s, s, []string{s, s}, doc.Status(s)
	d.Meta.Issuer = doc.Issuer{Name: s, Unit: s, URL: s, Logo: s}
	d.Meta.Translation.Of = s
	d.Meta.Date = doc.Date{Time: time.Date(2023, 11, 14, 9, 0, 0, 0, time.UTC), Instant: true}
	d.Front = &doc.Front{Letterhead: s, Unit: s, Label: s, Symbol: s, Dateline: s, DatelineISO: s, Bands: []doc.Band{{Kind: doc.BandKind(s), Text: s},
		{Kind: doc.BandCorrected, Text: s, Content: in(text(s), &doc.Span{Lang: s, Content: in(text(s))})}}}
	d.Release = &doc.Release{Revision: 2, Product: s, Reader: s, Correction: doc.Correction{At: d.Meta.Date.Time, Note: s, Lang: s}}
	return d
}

func hostileOptions(r *resources, s string) Options {
	o := r.options("en")
	o.Canonical, o.Home, o.Producer, o.Kind = s, s, s, &kind.Kind{Schema: s}
	o.Alternates = []Alternate{{Lang: s, Format: "html", MediaType: s, URL: s}, {Lang: "en", Format: "html", URL: "x", Address: s, Self: true}, {Lang: s, Format: s, MediaType: s, URL: s, Address: s}}
	return o
}

// elements names the elements of a page in order.
func elements(n *nethtml.Node) string {
	var names []string
	for _, e := range find(n, func(*nethtml.Node) bool { return true }) {
		names = append(names, e.Data)
	}
	return strings.Join(names, " ")
}

// textElements names the elements of the text, but those that come and go with
// an address that is not safe.
func textElements(root *nethtml.Node) string {
	main := find(root, named("main"))[0]
	return strings.Join(slices.DeleteFunc(strings.Fields(elements(main)), func(s string) bool { return s == "a" }), " ")
}

// expected is what a page can carry of a text (HTML 13.2.3.5).
func expected(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsControl(r) && r != '\t' && r != '\n' || r >= 0xfdd0 && r <= 0xfdef || r&0xffff >= 0xfffe {
			r = utf8.RuneError
		}
		b.WriteRune(r)
	}
	return b.String()
}

// inData is what the data can carry of a text: controls too, as JSON escapes them.
func inData(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xffff && r&0xffff >= 0xfffe {
			return utf8.RuneError
		}
		return r
	}, s)
}

func FuzzText(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	r := loaded(f)
	o := r.options("en")
	f.Fuzz(func(t *testing.T, s string) {
		d := statement(paragraph(text(s), &doc.Emphasis{Content: in(text(s))}, &doc.Code{Value: s},
			&doc.Link{URL: "#x", Title: s, Content: in(text(s))}, &doc.Span{Lang: "en", Content: in(text(s))}, &doc.Abbreviation{Title: s, Content: in(text(s))}))
		b := &body{}
		b.begin(d, &o, r.writer.wordsOf(o.Locale))
		b.blocks(d.Blocks)
		root := tree(t, b.buf)
		if got := elements(root); got != "html head body p em code a span abbr" {
			t.Fatalf("%q made the elements %s", s, got)
		}
		want := expected(s)
		if got := content(find(root, named("p"))[0]); got != strings.Repeat(want, 6) {
			t.Fatalf("%q came back as %q, expected six times %q", s, got, want)
		}
		if s != "" {
			if got := attr(find(root, named("abbr"))[0], "title"); got != want {
				t.Fatalf("%q came back from an attribute as %q", s, got)
			}
		}
		var back string
		b.buf = b.buf[:0]
		b.quoted(s)
		if strings.ContainsAny(string(b.buf), "<>&\u2028\u2029") {
			t.Fatalf("%q may leave the script element as %s", s, b.buf)
		}
		if err := json.Unmarshal(b.buf, &back); err != nil || back != inData(s) {
			t.Fatalf("%q came back from the data as %q, %v", s, back, err)
		}
	})
}

func TestAddresses(t *testing.T) {
	for _, c := range []struct {
		url, want string
		safe      bool
	}{
		{"https://example.org/a b", "https://example.org/a%20b", true},
		{"https://[2001:db8::1]/[x]", "https://[2001:db8::1]/%5Bx%5D", true},
		{"/100%/%41%4", "/100%25/%41%254", true},
		{"?a=b&c=d#e#f", "?a=b&amp;c=d#e%23f", true},
		{"#é", "#é", true},
		{"MAILTO:a@example.org", "MAILTO:a@example.org", true},
		{`\\evil"<>`, `%5C%5Cevil%22%3C%3E`, true},
		{"javascript:x", "", false},
		{"java\nscript:x", "", false},
		{"\x01javascript:x", "", false},
		{"vbscript:x", "", false},
		{"data:text/html,x", "", false},
		{"file:///etc/passwd", "", false},
		{"", "", false},
	} {
		if got := safe(c.url); got != c.safe {
			t.Errorf("safe(%q) is %v", c.url, got)
		}
		if !c.safe {
			continue
		}
		if got := string(appendURL(nil, c.url)); got != c.want {
			t.Errorf("%q is written %q, expected %q", c.url, got, c.want)
		}
	}
}

func TestShapeOfLanguageTags(t *testing.T) {
	for s, want := range map[string]bool{"en": true, "zh-Hans": true, "sl-rozaj-1994": true, "x-y": true, "": false, "-": false, "en-": false, "en--x": false, "toolongtag": false, "e n": false, "1a": false, "ar\"": false} {
		if tag(s) != want {
			t.Errorf("tag(%q) is %v", s, !want)
		}
	}
}
