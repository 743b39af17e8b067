package site

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// attacks would break out of some place if it were written as it is.
var attacks = []string{
	`"><script>alert(1)</script>`, `'><img src=x onerror=alert(1)>`, "</title><script>x()</script>", "</script><script>x()</script>", "<!--", "-->", "]]>", "{{.Title}}",
	"javascript:alert(1)", "\u202Eevil\u2066", "a\x00b\x01\x0b\ufffe\uffff", "\xff\xfe", "../../etc/passwd", "//evil.example.org/x", "&lt;b&gt;&#60;", "\r\nSet-Cookie: a=b", "`${x}`", "a b?c#d&e=f",
}

// poison puts a text into every text field that a value has.
func poison(v reflect.Value, text func() string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem(), text)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() || v.Type() == reflect.TypeFor[time.Location]() {
			return
		}
		for i := range v.NumField() {
			poison(v.Field(i), text)
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), text)
		}
	case reflect.String:
		v.SetString(text())
	}
}

// poisoned is every page with hostile texts in all fields.
func poisoned(f *Face, lang string, text func() string) map[string]Page {
	p, w, pre := corrected(), withdrawn(), preview()
	for _, x := range []any{p, w, &pre} {
		poison(reflect.ValueOf(x), text)
	}
	e := p.Revisions[0].Editions[0]
	all := []Publication{*p, *w}
	items := []Item{p.Item, w.Item}
	c := NewCatalogue(items)
	pages := map[string]Page{
		"publication": f.Publication(p, lang), "withdrawn": f.Publication(w, lang), "preview": f.Preview(pre, lang), "not-found": f.NotFound(text()),
		"index":  f.Index(c, Query{Lang: lang, Filter: Filter{Language: text(), Kind: text()}}),
		"lists":  f.Index(c, Query{Lang: lang}),
		"search": f.Search(Results{Lang: lang, Query: text(), Items: items, Total: 200}),
		"verify": f.Verify(lang, text()), "unknown": f.Verdict(Verdict{Lang: lang, SHA256: text()}),
		"genuine":  f.Verdict(Verdict{Lang: lang, SHA256: text(), Match: &Match{Publication: p, Edition: e, Revision: 1, Current: 2}}),
		"recalled": f.Verdict(Verdict{Lang: lang, Match: &Match{Publication: w, Edition: e}}),
	}
	feed, err := f.Feed(lang, all, time.Time{})
	sitemap, _, wrong := f.Sitemap(c, 0)
	if err = errors.Join(err, wrong); err != nil {
		panic(err)
	}
	pages["feed.xml"], pages["sitemap.xml"] = feed, sitemap
	return pages
}

// shape is the elements of a page and the names of their attributes: what texts must not change.
func shape(t interface{ Errorf(string, ...any) }, name string, body []byte) {
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	known := strings.Fields("html head meta title link style script body a p header nav ul li span main footer h1 h2 h3 bdi time strong div section article ol details summary dl dt dd code small blockquote search form input label button select option")
	attributes := strings.Fields("lang dir charset name content property rel hreflang href type class id aria-label aria-labelledby aria-current aria-hidden aria-describedby aria-invalid tabindex title datetime action method enctype for value accept required maxlength autocomplete spellcheck selected role reversed")
	for n := range root.Descendants() {
		switch n.Type {
		case html.CommentNode:
			t.Errorf("%s: a comment %q", name, n.Data)
		case html.TextNode:
			if !utf8.ValidString(n.Data) || strings.ContainsAny(n.Data, "\x00\x01\x0b\ufffe\uffff") {
				t.Errorf("%s: bad characters in %q", name, n.Data)
			}
		case html.ElementNode:
			element(t, name, n, known, attributes)
		}
	}
}

func element(t interface{ Errorf(string, ...any) }, name string, n *html.Node, known, attributes []string) {
	if !slices.Contains(known, n.Data) {
		t.Errorf("%s: an element %s", name, n.Data)
	}
	for _, a := range n.Attr {
		if !slices.Contains(attributes, a.Key) {
			t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
		}
		if (a.Key == "href" || a.Key == "action") && !ours(a.Val) {
			t.Errorf("%s: an address %q", name, a.Val)
		}
	}
	if n.Data != "script" {
		return
	}
	if len(n.Attr) != 1 || n.Attr[0].Val != "application/ld+json" || !json.Valid([]byte(n.FirstChild.Data)) {
		t.Errorf("%s: a script %v %q", name, n.Attr, n.FirstChild.Data)
	}
}

// ours tells an address on the site.
func ours(address string) bool {
	rest, full := strings.CutPrefix(address, "https://press.example.org/")
	return full || rest == "#content" || strings.HasPrefix(rest, "/") && !strings.HasPrefix(rest, "//")
}

func readXML(t interface{ Errorf(string, ...any) }, name string, body []byte) {
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if text, ok := token.(xml.CharData); ok && strings.ContainsAny(string(text), "\u202a\u202b\u202d\u202e") {
			t.Errorf("%s: text changes its surroundings' direction: %q", name, text)
		}
	}
}

func check(t interface{ Errorf(string, ...any) }, pages map[string]Page) {
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		if strings.HasSuffix(name, ".xml") {
			readXML(t, name, pages[name].Body)
		} else {
			shape(t, name, pages[name].Body)
		}
	}
}

func TestHostileTextsStayTexts(t *testing.T) {
	f := newFace(t)
	for _, attack := range attacks {
		for _, lang := range []string{"en", "ar"} {
			pages := poisoned(f, lang, func() string { return attack })
			check(t, pages)
			if t.Failed() {
				t.Fatalf("with %q", attack)
			}
		}
	}
}

func TestAnyTextStaysText(t *testing.T) {
	f := newFace(t)
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(attacks), rapid.String()), 1, 5).Draw(t, "texts")
		n := 0
		next := func() string { n++; return texts[n%len(texts)] }
		check(t, poisoned(f, rapid.SampledFrom(tongues).Draw(t, "language"), next))
	})
}

// The title of a window has no element that would isolate a text.
func TestTitlesCannotTurnTheirSurroundings(t *testing.T) {
	p := corrected()
	p.Texts[0].Title = "\u202Eabc\u2069\u2066"
	body := string(newFace(t).Publication(p, "en").Body)
	if want := "<title>\u2068abc\u2069 | \u2068Ministry of Mines\u2069</title>"; !strings.Contains(body, want) {
		t.Errorf("no %q", want)
	}
}
