package markdown

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"communique/render/diag"
	"communique/render/doc"
)

// Real statements: no error, and every word of the source in the document.
func TestRealStatementsKeepEveryWord(t *testing.T) {
	for _, folder := range []string{"statements", "udhr"} {
		files, err := filepath.Glob(filepath.Join(shared(t, "corpus/"+folder), "*.md"))
		if err != nil || len(files) < 8 {
			t.Fatalf("%d files, %v", len(files), err)
		}
		for _, file := range files {
			if filepath.Base(file) == "README.md" {
				continue
			}
			t.Run(filepath.Base(file), func(t *testing.T) { keepsEveryWord(t, file) })
		}
	}
}

func keepsEveryWord(t *testing.T, file string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, problems := parse(file, string(data))
	for _, p := range problems {
		if p.Severity == diag.Error {
			t.Error(p)
		}
	}
	if d.Meta.Dir == doc.Inherit || d.Meta.Lang == "" || d.Title == nil {
		t.Errorf("language %q, direction %q, title %v", d.Meta.Lang, d.Meta.Dir, d.Title)
	}
	_, body, _ := strings.Cut(strings.TrimPrefix(string(data), "---\n"), "\n---\n")
	want := words(sourceText(body))
	got := words(doc.PlainText(d.Title) + "\n" + docText(d.Blocks) + urls(d.Blocks) + notesText(d))
	for w, n := range want {
		if got[w] < n {
			t.Errorf("the word %q is %d times in the source, %d times in the document", w, n, got[w])
		}
	}
}

var listNumber = regexp.MustCompile(`(?m)^\s*\d+[.)] `)

// sourceText takes off what is markup in the corpus: tags, numbers of lists, emphasis.
func sourceText(s string) string {
	return listNumber.ReplaceAllString(strings.NewReplacer("*", "", "<s>", "", "</s>", "").Replace(s), " ")
}

// urls are the addresses of links, which are words in the source too.
func urls(blocks []doc.Block) string {
	var b strings.Builder
	doc.Inlines(blocks, func(_ doc.Block, in []doc.Inline) {
		doc.WalkInlines(in, func(n doc.Inline) bool {
			if l, ok := n.(*doc.Link); ok {
				b.WriteString(l.URL + " " + l.Title + "\n")
			}
			return true
		})
	})
	return b.String()
}

func words(s string) map[string]int {
	m := map[string]int{}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) }) {
		m[w]++
	}
	return m
}
