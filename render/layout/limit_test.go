package layout

import (
	"context"
	"testing"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/text"
	"communique/render/text/squarefont"
)

func TestTooManyPagesAreTold(t *testing.T) {
	lib, err := text.Load(squarefont.FS())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		pages, most int
		told        bool
	}{{1, 0, false}, {3, 0, false}, {1, 1, false}, {2, 1, true}, {2, 2, false}, {3, 2, true}} {
		var blocks []doc.Block
		for i := range c.pages {
			if i > 0 {
				blocks = append(blocks, &doc.PageBreak{})
			}
			blocks = append(blocks, para("x"))
		}
		title := diag.Pos{File: "a.yaml", Line: 3, Column: 8}
		d := &doc.Document{File: "a.yaml", Blocks: blocks, Front: &doc.Front{MostPages: c.most, Digits: []rune("0123456789")},
			Meta: doc.Meta{Lang: "en", Kind: "notice", Pos: map[string]diag.Pos{"title": title}}}
		var l diag.List
		out, err := Layout(context.Background(), d, Options{Theme: testTheme(t), Paper: testPaper, Fonts: lib, Shaper: lib.NewShaper(), Pictures: pictures(d, &l)}, &l)
		if err != nil || len(out.Pages) != c.pages {
			t.Fatalf("%d pages, %v, want %d", len(out.Pages), err, c.pages)
		}
		problems := l.Sorted()
		if told := len(problems) == 1 && problems[0].Code == "over-length"; told != c.told || len(problems) > 1 {
			t.Errorf("%d pages of at most %d: %v", c.pages, c.most, problems)
			continue
		}
		for _, p := range problems {
			want := diag.Problem{Severity: diag.Warning, Code: "over-length", Pos: title, Message: p.Message, Expected: p.Expected, Fix: "shorten it, or choose another kind"}
			if p != want {
				t.Errorf("%+v", p)
			}
			if p.Message != "the notice in en has "+string(rune('0'+c.pages))+" pages" || p.Expected != "at most "+string(rune('0'+c.most)) {
				t.Errorf("%s: %s", p.Message, p.Expected)
			}
		}
	}
}
