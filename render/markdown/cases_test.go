package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"communique/render/diag"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata/*.txtar")

// Each case file is a source, the problems it has and the document it becomes.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			d, problems := parse(a.Files[0].Name, string(a.Files[0].Data))
			got := []txtar.File{a.Files[0], {Name: "problems", Data: []byte(problemText(problems))}, {Name: "document", Data: []byte(dump(d))}}
			if *update {
				a.Files = got
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) != len(got) {
				t.Fatalf("%d parts, want a source, problems and document; run with -update", len(a.Files))
			}
			for i := 1; i < len(got); i++ {
				if g, w := string(got[i].Data), string(a.Files[i].Data); g != w {
					t.Errorf("%s:\n%s\nwant:\n%s", got[i].Name, g, w)
				}
			}
		})
	}
}

func problemText(problems []diag.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%s %s %s: %s\n", at(p.Pos), p.Severity, p.Code, p.Message)
		for _, d := range []struct{ name, text string }{{"path", p.Path}, {"expected", p.Expected}, {"fix", p.Fix}} {
			if d.text != "" {
				fmt.Fprintf(&b, "    %s: %s\n", d.name, strings.ReplaceAll(d.text, "\n", "\n        "))
			}
		}
	}
	return b.String()
}
