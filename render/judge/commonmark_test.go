package judge_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"communique/render"
	"communique/render/judge"
)

// example is one case of the CommonMark specification.
type example struct {
	Markdown, HTML, Section string
	Example                 int
}

// ownRules are the sections in which this project differs on purpose: raw HTML
// is never passed through. Their examples must render, their text is not compared.
var ownRules = map[string]bool{"HTML blocks": true, "Raw HTML": true}

// refused are the examples that are errors here: scripts, styles and forms, and
// links with a scheme that no publication needs. Every other example renders.
var refused = map[int]string{
	170: "script", 171: "textarea", 172: "style", 173: "style", 176: "style", 178: "script",
	581: "no text for those who cannot see it",
	500: "foo):", 596: "irc:", 598: "a+b+c:", 599: "made-up-scheme:", 601: "localhost:",
}

// inFolder takes the paths from the examples' pictures: pictures are in the source's folder.
var inFolder = strings.NewReplacer("/url", "url", "/path/to/", "")

// alternative is the alternative text of a picture: words for those who cannot see it.
var alternative = regexp.MustCompile(` alt="([^"]*)"`)

// seals is a folder that has one and the same picture by every name.
type seals struct{}

func (seals) Open(string) (fs.File, error) { return os.Open("testdata/seal.png") }

// emptyLink is an example whose link has no words: its address is shown.
const emptyLink = 484

// rawHTML is in some examples outside those sections too.
var rawHTML = regexp.MustCompile(`(?s)<[/!?a-zA-Z][^>]*>`)

func TestCommonMarkExamplesSayTheSameInBothFormats(t *testing.T) {
	judge.Need(t, judge.Pdftotext, judge.VeraPDF)
	data, err := os.ReadFile(filepath.Join(judge.Shared(t, "corpus/commonmark"), "commonmark-0.31.2.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []example
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) != 652 {
		t.Fatalf("%d examples", len(examples))
	}
	var all []edition
	for _, x := range examples {
		markdown := x.Markdown
		if strings.Contains(markdown, "![") {
			markdown = inFolder.Replace(markdown)
		}
		// the front matter keeps an example's own "---" from being taken for it
		s := render.Source{Name: fmt.Sprintf("example-%03d.en.md", x.Example), Files: seals{},
			Data: []byte("---\ntitle: Example\nlang: en\nkind: statement\n---\n" + markdown)}
		res, err := mustRenderer(t).Render(context.Background(), render.Request{Sources: []render.Source{s}, Formats: []render.Format{render.PDF, render.HTML}})
		if err != nil {
			t.Errorf("example %d: %v", x.Example, err)
			continue
		}
		if why, ok := refused[x.Example]; ok != (len(res.Artifacts) == 0) || ok && !strings.Contains(fmt.Sprint(res.Problems), why) {
			t.Errorf("example %d (%s): %d outputs: %v", x.Example, x.Section, len(res.Artifacts), res.Problems)
		}
		if len(res.Artifacts) == 0 {
			continue
		}
		e, err := printed(t, "commonmark", s)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	texts, err := judge.Read(judge.Pdftotext, pdfs(all))
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]example{}
	for _, x := range examples {
		byName[fmt.Sprintf("example-%03d.en.md", x.Example)] = x
	}
	for _, e := range all {
		x := byName[e.name]
		w := said(t, e.name, e.source)
		if diff := judge.SameText(strings.Join(append(w.front, w.text...), "\n"), shown(t, e.html)); diff != "" {
			t.Errorf("example %d (%s): HTML: %s", x.Example, x.Section, diff)
		}
		// what stands side by side has no order that a reader must guess: letters only
		if got, want := sorted(strings.Join(w.bare(texts[e.pdf]), "")), sorted(strings.Join(append(w.front, w.labelled...), "")); got != want {
			t.Errorf("example %d (%s): PDF has %q, the document %q", x.Example, x.Section, strings.Join(w.bare(texts[e.pdf]), ""), w.labelled)
		}
		page := x.HTML
		if strings.Contains(x.Markdown, "![") {
			page = inFolder.Replace(page)
		}
		if !ownRules[x.Section] && x.Example != emptyLink && !rawHTML.MatchString(x.Markdown) {
			if got, want := loose(strings.Join(w.text, "")), loose(textOf(t, alternative.ReplaceAllString(page, ""))); got != want {
				t.Errorf("example %d (%s): the document says %q, the specification %q", x.Example, x.Section, got, want)
			}
		}
	}
	alternatives(t, all, byName)
	found, err := judge.Validate("ua1", pdfs(all))
	if err != nil {
		t.Fatal(err)
	}
	judge.Report(t, found)
}

// textOf is the text of expected HTML, with the alternative texts of images.
func textOf(t *testing.T, source string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.Data == "img" {
			for _, a := range n.Attr {
				if a.Key == "alt" {
					b.WriteString(a.Val)
				}
			}
		}
	}
	return b.String()
}

// loose is text without the marks that smart punctuation changes, nor spaces.
func loose(s string) string {
	return strings.NewReplacer("“", "", "”", "", "‘", "", "’", "", `"`, "", "'", "", "…", "...", "—", "---", "–", "--").Replace(judge.Letters(s))
}

// sorted is the multiset of a text's characters, but for hyphens: pdftotext
// takes one that ends a line for the printer's.
func sorted(s string) string {
	count := map[rune]int{}
	for _, c := range judge.Letters(s) {
		if c != '-' {
			count[c]++
		}
	}
	return fmt.Sprint(count)
}

// alternatives compares the texts that stand for pictures with the specification's.
func alternatives(t *testing.T, all []edition, byName map[string]example) {
	compared := 0
	for _, e := range all {
		var want, got []string
		for _, m := range alternative.FindAllStringSubmatch(byName[e.name].HTML, -1) {
			want = append(want, loose(m[1]))
		}
		page, err := os.ReadFile(e.html)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range alternative.FindAllStringSubmatch(string(page), -1) {
			got = append(got, loose(m[1]))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: the pictures say %q, the specification %q", e.name, got, want)
		}
		compared += len(want)
	}
	if compared < 15 {
		t.Errorf("only %d pictures were compared", compared)
	}
}
