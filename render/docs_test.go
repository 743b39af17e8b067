package render_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"communique/render"
	"communique/render/markdown"
	"communique/render/picture"
	"communique/render/picture/testcard"
	"communique/render/source"
)

// guide reads docs/markdown.md, which these tests keep true.
func guide(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../docs/markdown.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// section is the text between a heading and the next one of its level or above.
func section(t *testing.T, text, heading string) string {
	t.Helper()
	_, after, ok := strings.Cut(text, "\n"+heading+"\n")
	if !ok {
		t.Fatalf("docs/markdown.md has no heading %q", heading)
	}
	level := strings.IndexByte(heading, ' ')
	if end := regexp.MustCompile(fmt.Sprintf(`(?m)^#{1,%d} `, level)).FindStringIndex(after); end != nil {
		after = after[:end[0]]
	}
	return after
}

var row = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|(.*)\\|$")

// rows are the table rows whose first cell is one piece of code: that, and the other cells.
func rows(text string) (names, rest []string) {
	for _, m := range row.FindAllStringSubmatch(text, -1) {
		names, rest = append(names, m[1]), append(rest, m[2])
	}
	return names, rest
}

// compareNames reports what only one of two lists has.
func compareNames(t *testing.T, what string, documented, known []string) {
	t.Helper()
	for i, n := range documented {
		if slices.Contains(documented[:i], n) {
			t.Errorf("docs/markdown.md lists the %s %s twice", what, n)
		}
		if !slices.Contains(known, n) {
			t.Errorf("docs/markdown.md lists the %s %s, which the code does not have", what, n)
		}
	}
	for _, n := range known {
		if !slices.Contains(documented, n) {
			t.Errorf("docs/markdown.md does not list the %s %s", what, n)
		}
	}
}

func TestGuideListsEveryProblemCodeInOrder(t *testing.T) {
	documented, rest := rows(section(t, guide(t), "## Problem codes"))
	known := problemCodes(t)
	if len(known) < 20 {
		t.Fatalf("only %d codes were found in the source", len(known))
	}
	records, err := os.ReadFile("../docs/plenary.md")
	if err != nil {
		t.Fatal(err)
	}
	ofRecords, _ := rows(section(t, string(records), "## Problem codes")) // those that only records have
	compareNames(t, "problem code", slices.Concat(documented, ofRecords), known)
	if !slices.IsSorted(documented) {
		t.Error("the problem codes of docs/markdown.md are not sorted")
	}
	for i, cells := range rest {
		parts := strings.Split(strings.ReplaceAll(cells, `\|`, ""), "|")
		if s := strings.TrimSpace(parts[0]); len(parts) != 3 || s != "error" && s != "warning" {
			t.Errorf("%s: want severity, meaning and remedy, got %q", documented[i], cells)
		}
	}
}

// problemCodes collects, from the source of all stages, the codes that problems are made with.
func problemCodes(t *testing.T) []string {
	t.Helper()
	found := map[string]bool{}
	for _, dir := range packages(t) {
		files, set := parsed(t, dir)
		takers := codeTakers(files)
		note := func(e ast.Expr) {
			switch e := e.(type) {
			case *ast.BasicLit:
				if s, err := strconv.Unquote(e.Value); err == nil {
					found[s] = true
				}
			case *ast.Ident:
				if e.Name == "code" { // handed on from a parameter: noted where that is called
					return
				}
				t.Errorf("%s: the code of a problem should be written out, for this test to find it", set.Position(e.Pos()))
			case *ast.SelectorExpr:
				if !strings.EqualFold(e.Sel.Name, "code") {
					t.Errorf("%s: the code of a problem should be written out, for this test to find it", set.Position(e.Pos()))
				}
			default:
				t.Errorf("%s: the code of a problem should be written out, for this test to find it", set.Position(e.Pos()))
			}
		}
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CompositeLit:
					if typ, ok := n.Type.(*ast.SelectorExpr); ok && typ.Sel.Name == "Problem" {
						for _, e := range n.Elts {
							if kv, ok := e.(*ast.KeyValueExpr); ok && named(kv.Key) == "Code" {
								note(kv.Value)
							}
						}
					}
				case *ast.AssignStmt:
					for i, l := range n.Lhs {
						if s, ok := l.(*ast.SelectorExpr); ok && s.Sel.Name == "Code" && len(n.Lhs) == len(n.Rhs) {
							note(n.Rhs[i])
						}
					}
				case *ast.CallExpr:
					if i, ok := takers[named(n.Fun)]; ok && i < len(n.Args) {
						note(n.Args[i])
					}
				}
				return true
			})
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// codeTakers are the functions of a package with a parameter called code, and its place.
func codeTakers(files []*ast.File) map[string]int {
	takers := map[string]int{}
	for _, f := range files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			i := 0
			for _, field := range fn.Type.Params.List {
				for _, name := range field.Names {
					if name.Name == "code" && named(field.Type) == "string" {
						takers[fn.Name.Name] = i
					}
					i++
				}
			}
		}
	}
	return takers
}

// packages are the folders below render.
func packages(t *testing.T) []string {
	t.Helper()
	var dirs []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			if d.Name() == "testdata" {
				return fs.SkipDir
			}
			dirs = append(dirs, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dirs
}

// parsed is the source of a package without its tests.
func parsed(t *testing.T, dir string) ([]*ast.File, *token.FileSet) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files, set
}

// named is the last name of an expression such as f.list or list.
func named(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// pictures are the files that examples name.
var pictures = fstest.MapFS{
	"logo.png":       {Data: testcard.PNG(testcard.Seal(300))},
	"seal.png":       {Data: testcard.PNG(testcard.Seal(90))},
	"production.png": {Data: testcard.PNG(testcard.Chart(800, 400))},
	"river.jpg":      {Data: testcard.JPEG(testcard.Landscape(600, 400), 80)},
}

var fence = regexp.MustCompile("^(`{3,})(markdown|yaml)?(?: file=(\\S+))?$")

// examples are the examples of the guide: whole files under their names, parts
// of the text and of the front matter made whole.
func examples(t *testing.T) []render.Source {
	t.Helper()
	var out []render.Source
	var open []string // the fence, the language and the file name of the block we are in
	start, body := 0, ""
	for i, line := range strings.Split(guide(t), "\n") {
		switch {
		case open == nil:
			open, start, body = fence.FindStringSubmatch(line), i+1, ""
		case line != open[1]:
			body += line + "\n"
		default:
			name := open[3]
			if name == "" {
				name = fmt.Sprintf("line-%d.en.md", start)
				if open[2] == "yaml" {
					body = "---\n" + body + "---\n\nText.\n"
				} else {
					body = "---\ntitle: An example\n---\n\n" + body
				}
			}
			if open[2] != "" {
				out = append(out, render.Source{Name: name, Data: []byte(body), Files: pictures})
			}
			open = nil
		}
	}
	if open != nil {
		t.Fatalf("docs/markdown.md:%d: the example has no end", start)
	}
	return out
}

func TestExamplesOfTheGuideRenderWithoutAProblem(t *testing.T) {
	sources := examples(t)
	if len(sources) < 10 {
		t.Fatalf("only %d examples were found", len(sources))
	}
	res := do(t, renderer(t, 0), render.Request{Sources: sources, Formats: both, Strict: true})
	for _, p := range res.Problems {
		t.Errorf("%v (%s)", p, p.Code)
	}
	if got, want := len(res.Artifacts), 2*len(sources); got != want {
		t.Errorf("%d artifacts, want %d", got, want)
	}
}

func TestGuideShowsTheQuotationMarksOfEveryLanguage(t *testing.T) {
	r := renderer(t, 1)
	languages, shown := rows(section(t, guide(t), "## Punctuation"))
	quotes := map[string]string{}
	for i, l := range languages {
		quotes[l] = strings.Trim(shown[i], " ")
	}
	for _, l := range r.Languages() {
		res := do(t, r, render.Request{Formats: []render.Format{render.HTML}, Sources: []render.Source{
			{Name: "q." + l + ".md", Data: []byte("---\ntitle: Q\n---\n\n\"one 'two' three\"\n")}}})
		if len(res.Artifacts) != 1 {
			t.Fatalf("%s: %v", l, res.Problems)
		}
		if q := quotes[l]; q == "" || !strings.Contains(string(res.Artifacts[0].Data), "<p>"+q+"</p>") {
			t.Errorf("docs/markdown.md shows %q for %s, which is not what is made", q, l)
		}
	}
}

func TestGuideNamesTheKindsAndLanguages(t *testing.T) {
	text, r := guide(t), renderer(t, 1)
	names, cells := rows(section(t, text, "## Front matter"))
	kinds := cells[slices.Index(names, "kind")]
	for _, k := range r.Kinds() {
		if !strings.Contains(kinds, "`"+k+"`") {
			t.Errorf("docs/markdown.md does not name the kind %s", k)
		}
	}
	files := section(t, text, "## Files and languages")
	for _, l := range r.Languages() {
		if !strings.Contains(files, "`"+l+"`") {
			t.Errorf("docs/markdown.md does not name the language %s", l)
		}
	}
}

func TestGuideStatesTheLimits(t *testing.T) {
	limits := section(t, guide(t), "## Limits")
	for _, l := range []struct {
		what, most string
	}{
		{"size of a file", strconv.Itoa(markdown.MaxSource>>20) + " MiB"},
		{"lines of a file", grouped(markdown.MaxLines)},
		{"front matter", fmt.Sprintf("%d KiB, %s lines, %d levels, %s opening brackets", markdown.MaxFrontMatter>>10,
			grouped(source.FrontMatter.Lines), source.FrontMatter.Depth, grouped(source.FrontMatter.Brackets))},
		{"quotes, lists and divisions within each other", grouped(markdown.MaxBlockDepth)},
		{"emphasis, links and spans within each other", grouped(markdown.MaxInlineDepth)},
		{"marks of emphasis and brackets in one paragraph", grouped(markdown.MaxMarks)},
		{"columns of a table", grouped(markdown.MaxColumns)},
		{"cells of all tables together", grouped(markdown.MaxCells)},
		{"link definitions in one paragraph", grouped(markdown.MaxDefinitions)},
		{"an attribute list in braces", grouped(markdown.MaxAttributes) + " bytes"},
		{"size of a picture’s file", strconv.Itoa(picture.MaxBytes>>20) + " MiB"},
		{"pixels of a picture", fmt.Sprintf("%d million, half of it with 16 bits a colour; %s on a side", picture.MaxPixels/1_000_000, grouped(picture.MaxSide))},
		{"pixels of all pictures together", fmt.Sprintf("%d million", picture.MaxTotal/1_000_000)},
		{"pictures of a document", grouped(picture.MaxCount)},
		{"problems of one code that are listed", grouped(markdown.MaxReported)},
	} {
		if want := "| " + l.what + " | " + l.most + " |\n"; !strings.Contains(limits, want) {
			t.Errorf("docs/markdown.md lacks the limit %q", want)
		}
	}
}

// grouped writes a number below a million as British readers do: 500,000.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

// The rules that the guide tells in words, each by a text and what it becomes on the web page.
func TestGuideTellsTheRules(t *testing.T) {
	r := renderer(t, 1)
	for _, c := range []struct{ rule, text, html string }{
		{"a first # heading with the words of the title is the headline", "# A *true* ‘title’\n", `<h1 id="headline">A <em>true</em> ‘title’</h1>`},
		{"any other # heading moves all down one level", "## One\n\n# Two\n", `<h2 id="one">One</h2>` + "\n" + `<h2 id="two">Two</h2>`},
		{"an id is made of the words", "## What was agreed\n\n## What was agreed\n", `<h2 id="what-was-agreed-2">`},
		{"# without a space is text", "#No space\n", "<p>#No space</p>"},
		{"a line end between Chinese characters is nothing", "部长\n会议\n", "<p>部长会议</p>"},
		{"one tilde is text", "~30 parties~ and ~~none~~\n", "<p>~30 parties~ and <s>none</s></p>"},
		{"list numbers are counted", "3. a\n7. b\n", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"},
		{"an escaped dot keeps a number", "7\\. b\n", "<p>7. b</p>"},
		{"a table whose second row has too few columns is text", "| a | b |\n|---|\n", "<p>| a | b | |—|</p>"},
		{"an empty header row is no header", "| | |\n|---|---|\n| a | b |\n", "<table>\n<tbody>"},
		{"a single hyphen in a quote is a list", "> a\n>\n> - b\n", "<li>b</li>"},
		{"a lone dashed line in a quote is its words", "> — b\n", "<p>— b</p>"},
		{"inches stay as typed", "5\" wide\n", "<p>5\" wide</p>"},
		{"an arrow stays", "a --> b\n", "<p>a --&gt; b</p>"},
		{"an address with a space stands in angle brackets", "[x](a b.html)\n", "<p>[x](a b.html)</p>"},
		{"a bare address needs a space before it", "见，https://www.example.org/\n", "<p>见，https://www.example.org/</p>"},
		{"a line with a colon below a picture is its caption", "![A seal](seal.png)\n: Of *1866*\n", "<figcaption><b>Figure 1</b>\u2003Of <em>1866</em></figcaption></figure>"},
		{"a caption needs a space", "![A seal](seal.png)\n\n:None\n", "<p>:None</p>"},
		{"notes are numbered by their first calls", "a[^b] c[^a] d[^b]\n\n[^a]: A\n[^b]: B\n", "<ol>\n<li id=\"note-1\">\n<p>B "},
		{"names of notes do not tell capitals apart", "a[^A]\n\n[^a]: b\n", ` href="#note-1" role="doc-noteref"`},
		{"a caret before a link is text", "^[a](/b)\n", `<p>^<a href="/b">a</a></p>`},
		{"a call in a link stands after it", "[a[^1] b](/c)\n\n[^1]: d\n", `<a href="/c">a b</a><sup>`},
		{"an escaped call is text", "a\\[^1]\n", "<p>a[^1]</p>"},
		{"a page break shows on paper only", "a\n\n:::pagebreak\n\nb\n", `<div class="page-break"></div>`},
	} {
		res := do(t, r, render.Request{Formats: []render.Format{render.HTML}, Sources: []render.Source{
			{Name: "a.en.md", Data: []byte("---\ntitle: A true 'title'\n---\n\n" + c.text), Files: pictures}}})
		if len(res.Artifacts) != 1 {
			t.Errorf("%s: no page: %v", c.rule, res.Problems)
		} else if !strings.Contains(string(res.Artifacts[0].Data), c.html) {
			_, body, _ := strings.Cut(string(res.Artifacts[0].Data), "<article>")
			t.Errorf("%s: want %q in\n%s", c.rule, c.html, body)
		}
	}
}
