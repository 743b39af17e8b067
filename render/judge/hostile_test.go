package judge_test

import (
	"context"
	"strings"
	"testing"

	"communique/render"
	"communique/render/judge"
)

const front = "---\ntitle: Title\nlang: en\nkind: statement\n---\n\n"

// longWord is longer than a line, and than a page's width many times over.
var longWord = strings.Repeat("floccinaucinihilipilification", 60)

func TestBadInputGivesErrorsWithPlacesOrASafeRender(t *testing.T) {
	judge.Need(t, judge.VeraPDF, judge.HTML)
	r := mustRenderer(t)
	var all []edition
	for _, c := range []struct {
		name, source string
		// fails wants an error; keeps are words that no output may lose.
		fails bool
		keeps string
	}{
		{"ill-typed-date", "---\ntitle: T\nlang: en\ndate: tomorrow\n---\nText", true, ""},
		{"ill-typed-contacts", "---\ntitle: T\nlang: en\ncontacts: nobody\n---\nText", true, ""},
		{"ill-typed-title", "---\ntitle: [1, 2]\nlang: en\n---\nText", true, ""},
		{"duplicate-key", "---\ntitle: T\ntitle: U\nlang: en\n---\nText", true, ""},
		{"alias", "---\ntitle: &a T\nissuer: *a\nlang: en\n---\nText", true, ""},
		{"no-such-language", "---\ntitle: T\nlang: 12\n---\nText", true, ""},
		{"no-such-kind", "---\ntitle: T\nlang: en\nkind: poem\n---\nText", true, ""},
		{"unclosed-front-matter", "---\ntitle: T\nlang: en\n", true, ""},
		{"no-title", "---\nlang: en\n---\nText without a title", true, ""},
		{"big-front-matter", "---\ntitle: T\nlang: en\nextra: {a: " + strings.Repeat("x", 70<<10) + "}\n---\nText", true, ""},
		{"unknown-key", "---\ntitle: T\nlang: en\ntitel: U\n---\nKept words", false, "Kept words"},
		{"deep-quotes", front + strings.Repeat(">", 10_000) + " innermost", false, "innermost"},
		{"deep-lists", front + strings.Repeat("- ", 10_000) + "innermost", false, "innermost"},
		{"deep-emphasis", front + strings.Repeat("*a ", 10_000) + "innermost" + strings.Repeat(" b*", 10_000), false, "innermost"},
		{"deep-brackets", front + strings.Repeat("[", 10_000) + "innermost" + strings.Repeat("](x)", 10_000), false, "innermost"},
		{"long-word", front + strings.Repeat("The next word is longer than any line of this publication. ", 20) + longWord, false, longWord},
		{"script", front + "<script>alert(1)</script>\n\nKept <img src=x onerror=alert(1)> words <iframe src=//x></iframe>", false, "Kept"},
		{"script-link", front + "[Kept](javascript:alert(1)) [words](data:text/html,x) [too](vbscript:x)", false, "Kept words too"},
		{"script-in-title", "---\ntitle: \"</title><script>alert(1)</script>\"\nlang: en\n---\nKept words", false, "Kept words"},
		{"attribute", front + "Kept <span lang='\"><script>alert(1)</script>'>words</span>", false, "Kept"},
		{"bidi-controls", front + "Kept \u202e words \u2066 here", false, "Kept"},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := "bad-" + c.name + ".md"
			res, err := r.Render(context.Background(), render.Request{
				Sources: []render.Source{{Name: name, Data: []byte(c.source)}}, Formats: documents(r), DPI: 50, Pages: render.PageRange{First: 1, Last: 1}})
			if err != nil {
				t.Fatalf("our own fault: %v", err)
			}
			failed := len(res.Artifacts) == 0
			if failed && len(res.Problems) == 0 {
				t.Fatal("no output and no problem")
			}
			for _, p := range res.Problems {
				if p.File != name || p.Message == "" {
					t.Errorf("a problem without a place or words: %+v", p)
				}
				if p.Severity.String() == "error" && (p.Line == 0 || p.Fix == "" && p.Expected == "") {
					t.Errorf("an error without a line, or what to do: %+v", p)
				}
			}
			if c.fails {
				if !failed {
					t.Errorf("rendered, problems: %v", res.Problems)
				}
				return
			}
			if failed { // refusing is safe too, as long as it is said why
				return
			}
			e, err := printed(t, "bad", render.Source{Name: name, Data: []byte(c.source)})
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, e)
			text := judge.Letters(shown(t, e.html))
			if !strings.Contains(text, judge.Letters(c.keeps)) {
				t.Errorf("%q was lost", c.keeps)
			}
		})
	}
	for flavour := range map[string]bool{"2a": true, "ua1": true} {
		found, err := judge.Validate(flavour, pdfs(all))
		if err != nil {
			t.Fatal(err)
		}
		judge.Report(t, found)
	}
	found, err := judge.Conform(pages(all))
	if err != nil {
		t.Fatal(err)
	}
	judge.Report(t, found)
}

func TestBrokenEncodingsAreSaid(t *testing.T) {
	r := mustRenderer(t)
	for name, body := range map[string]string{
		"broken UTF-8":   "Text \xff\xfe more",
		"NUL":            "Text \x00 more",
		"lone surrogate": "Text \xed\xa0\x80 more",
		"cut off":        "Text \xe2\x82",
	} {
		res, err := r.Render(context.Background(), render.Request{
			Sources: []render.Source{{Name: "bad.en.md", Data: []byte(front + body)}}, Formats: documents(r), DPI: 50, Pages: render.PageRange{First: 1, Last: 1}})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		said := false
		for _, p := range res.Problems {
			said = said || p.Line == 7
		}
		if !said {
			t.Errorf("%s: no problem at line 7: %v", name, res.Problems)
		}
	}
}
