package html

import (
	"strings"
	"testing"

	"communique/render/diag"
	"communique/render/markdown"
	"communique/render/resolve"
)

const partsHead = "---\ntitle: T\nlang: en\n---\n\n"

// partsPage parses a statement, resolves it and gives its page.
func partsPage(t *testing.T, src string) string {
	t.Helper()
	r := loaded(t)
	var problems diag.List
	d := markdown.Parse(markdown.Source{Name: "parts.en.md", Data: []byte(src)}, markdown.Options{Locales: r.locales, Kinds: r.kinds}, &problems)
	resolve.Resolve(d, resolve.Resources{Locales: r.locales, Kinds: r.kinds}, &problems)
	return string(write(t, d, r.options("en")))
}

func TestPartsOfAnOfficialTextAreWhatHTMLHasForThem(t *testing.T) {
	for src, want := range map[string]string{
		"::: address\nPalais\nGeneva\n:::":                 `<address class="postal">` + "\n<p>Palais<br>Geneva</p>\n</address>",
		":::: address\n## Head\n\na\n::::":                 `<div class="postal">`,
		":::: address\n::: address\na\n:::\n::::":          `<div class="postal">` + "\n" + `<address class="postal">`,
		"::: notes\na\n:::\n\n::: notes\nb\n:::":           `<section class="notes">`,
		"::: notes\na\n:::":                                `<section class="notes" aria-labelledby="notes-to-editors">`,
		"Term {#t}\nOther\n: a":                            "<dt id=\"t\">Term</dt>\n<dt>Other</dt>\n<dd>a</dd>",
		"> [!NOTE] Read *this*\n> a":                       `<div role="note" class="callout note" aria-label="Note: Read this"><p class="box-label">Note: Read <em>this</em></p>`,
		"::: numbered\na {#p}\n:::\n\n[](#p) holds.":       `<p><a href="#p">Paragraph 1</a> holds.</p>`,
		"> [!TIP] \"><script>\n> a":                        `aria-label="Tip: “&gt;`,
		"The KP.\n\n*[KP]: Kimberley \"Process\" <b>&amp;": `<abbr title="Kimberley &#34;Process&#34; &lt;b&gt;&amp;">KP</abbr>`,
	} {
		if got := partsPage(t, partsHead+src); !strings.Contains(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", src, got[strings.Index(got, `<div class="text">`):], want)
		}
	}
}
