package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"communique/render/diag"
	"communique/render/doc"
)

// forbidden are the tags that would bring in scripts, styles, foreign content
// or forms.
var forbidden = set("script style iframe frame frameset object embed applet base meta link noscript template " +
	"form input button select option optgroup textarea fieldset legend label output datalist svg math")

// breaking are the tags that part words in HTML: blocks, rows, items.
var breaking = set("address article aside blockquote body caption center dd details dialog dir div dl dt fieldset " +
	"figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol option p pre " +
	"section summary table tbody textarea tfoot thead title tr ul")

// markdownFor says how to write in Markdown what a tag means.
var markdownFor = map[string]string{
	"a": "[words](address)", "b": "**words**", "strong": "**words**", "i": "*words*", "em": "*words*", "cite": "*words*", "dfn": "*words*", "var": "*words*",
	"s": "~~words~~", "del": "~~words~~", "strike": "~~words~~", "code": "`words`", "tt": "`words`", "kbd": "`words`", "samp": "`words`",
	"pre": "a fence of three backticks before and after", "q": `"words"`, "img": "![alternative text](address)",
	"p": "a blank line between paragraphs", "div": "::: {lang=fr} ... :::", "section": "a heading", "article": "a heading",
	"h1": "# words", "h2": "## words", "h3": "### words", "h4": "#### words", "h5": "##### words", "h6": "###### words",
	"ul": "- item", "ol": "1. item", "li": "- item", "blockquote": "> words", "hr": "---",
	"table": "| cell | cell |", "tr": "| cell | cell |", "td": "| cell | cell |", "th": "| cell | cell |",
	"thead": "| cell | cell |", "tbody": "| cell | cell |", "bdi": `<span dir="rtl">words</span>`, "u": "*words*", "ins": "*words*", "mark": "**words**",
}

func set(names string) map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Fields(names) {
		m[n] = true
	}
	return m
}

// foreignTag leaves out a tag that is not understood and keeps its text.
func (c *converter) foreignTag(w *writer, t *tag, pos diag.Pos, offset int) {
	switch {
	case breaking[t.name]:
		w.buf = bytes.TrimRight(w.buf, " ")
		w.flush()
		if len(w.out) > 0 {
			if _, broken := w.out[len(w.out)-1].(*doc.Break); !broken {
				w.add(&doc.Break{})
			}
		}
		c.last = '\n'
	case t.name == "td" || t.name == "th":
		c.put(w, space)
	}
	c.gone()
	c.events(t, pos)
	if alt := t.get("alt"); alt != "" && !t.close {
		w.buf = c.decode(w.buf, []byte(oneLine(alt)), offset)
	}
	if t.close && c.tagNames[t.name] {
		return
	}
	if c.tagNames == nil {
		c.tagNames = map[string]bool{}
	}
	c.tagNames[t.name] = true
	if forbidden[t.name] {
		c.error("html-forbidden", pos, fmt.Sprintf("<%s> has no place in a publication", t.name), "text", "remove it")
		return
	}
	fix := "remove the tag"
	if m := markdownFor[t.name]; m != "" {
		fix = "write " + m
	}
	c.warn("html-tag", pos, fmt.Sprintf("the tag <%s> is left out, its words are kept", t.name), subsetNames, fix)
}
