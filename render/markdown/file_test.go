package markdown

import (
	"strings"
	"sync"
	"testing"

	"communique/render/diag"
	"communique/render/doc"
)

func TestEncodingFaultsHaveTheirPlace(t *testing.T) {
	const head = "---\ntitle: T\nlang: en\n---\n"
	for name, c := range map[string]struct {
		src, text, problem string
	}{
		"byte-order mark":      {"\ufeff" + head + "é *a*", "é a", ""},
		"CRLF":                 {strings.ReplaceAll(head+"a\nb\n\nc\n", "\n", "\r\n"), "a b c", ""},
		"CR":                   {strings.ReplaceAll(head+"a\nb\n\nc\n", "\n", "\r"), "a b c", ""},
		"NFD stays":            {head + "e\u0301", "e\u0301", ""},
		"broken UTF-8":         {head + "é \xff a\xc3\n", "é \ufffd a\ufffd", "5:3 error invalid-utf8: bytes that are not UTF-8 (the first of 2 such places)"},
		"broken after CRLF":    {"\ufeff---\r\ntitle: T\r\nlang: en\r\n---\r\né\xff", "é\ufffd", "5:2 error invalid-utf8: bytes that are not UTF-8"},
		"NUL":                  {head + "a\n b\x00c", "a b\ufffdc", "6:3 error nul: a NUL character"},
		"control character":    {head + "a\x1bb", "a\ufffdb", "5:2 error control-character: the control character U+001B"},
		"C1 control character": {head + "aa\u0085b", "aa\ufffdb", "5:3 error control-character: the control character U+0085"},
		"line separator":       {head + "a\u2028b", "a b", "5:2 warning line-separator: the separator U+2028 stands for a space here"},
	} {
		t.Run(name, func(t *testing.T) {
			d, problems := parse("a.md", c.src)
			if got := strings.Join(strings.Fields(docText(d.Blocks)), " "); got != c.text {
				t.Errorf("text %q, want %q", got, c.text)
			}
			got, _, _ := strings.Cut(problemText(problems), "\n")
			if got != c.problem || len(problems) > 1 {
				t.Errorf("problems %q, want %q", problemText(problems), c.problem)
			}
		})
	}
}

func TestPositionsCountTheOriginalFile(t *testing.T) {
	d, _ := parse("a.md", "\ufeff---\r\ntitle: T\r\nlang: en\r\n---\r\n\r\n- éé [x](y)\r\n")
	item := d.Blocks[0].(*doc.List).Items[0]
	link := item.Blocks[0].(*doc.Paragraph).Content[1].(*doc.Link)
	if at(item.Pos) != "6:1" || at(link.Pos) != "6:6" || link.Pos.File != "a.md" {
		t.Errorf("item at %s, link at %v", at(item.Pos), link.Pos)
	}
	if got := at(d.Meta.Pos["lang"]); got != "3:1" {
		t.Errorf("lang at %s", got)
	}
}

func TestOptionOverridesTheLanguage(t *testing.T) {
	o := options()
	o.Lang = "fr"
	var problems diag.List
	d := Parse(Source{Name: "a.en.md", Data: []byte("---\ntitle: T\nlang: en\n---\n\"a\"")}, o, &problems)
	if d.Meta.Lang != "fr" || !strings.HasPrefix(docText(d.Blocks), "«") {
		t.Errorf("%s %q", d.Meta.Lang, docText(d.Blocks))
	}
}

func TestProblemsAreNotAFlood(t *testing.T) {
	_, problems := parse("a.en.md", "---\ntitle: T\n---\n"+strings.Repeat("<b> ", 5000))
	if n := len(problems); n != MaxReported+1 {
		t.Errorf("%d problems", n)
	}
}

func TestGoroutinesShareTheParser(t *testing.T) {
	want := func() string { d, _ := parse("a.en.md", statement); return dump(d) }()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			d, _ := parse("a.en.md", statement)
			if got := dump(d); got != want {
				t.Error("another document from the same source")
			}
		})
	}
	wait.Wait()
}
