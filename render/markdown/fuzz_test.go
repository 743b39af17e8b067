package markdown

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"communique/render/diag"
	"communique/render/doc"
)

// FuzzParse: no input makes the parser panic, every document is well formed,
// and a text about which there is no problem keeps every letter.
func FuzzParse(f *testing.F) {
	f.Add(statement)
	f.Add("![a](b.png){#c width=50%}\n\n: d {lang=fr}\n\n![](e){decorative} ![f *g*](<h i>)\n> ![j][k]\n> : l\n\n[k]: m.png 'n'\n")
	for _, in := range hostile {
		f.Add(in(300))
	}
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		_, src, _ := strings.Cut(string(b), " --\n")
		src, _, _ = strings.Cut(src, "-- problems --")
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		d, problems := parse("fuzz.en.md", src)
		wellFormed(t, d, problems, src)
		const head = "---\ntitle: '1'\nlang: en\n---\n"
		d, problems = parse("fuzz.en.md", head+src)
		wellFormed(t, d, problems, head+src)
		if len(problems) == 0 {
			keepsLetters(t, d, src)
		}
	})
}

// wellFormed checks what other stages rely on.
func wellFormed(t *testing.T, d *doc.Document, problems []diag.Problem, src string) {
	if d.Meta.Lang == "" || d.Meta.Dir == doc.Inherit {
		t.Fatalf("language %q, direction %q", d.Meta.Lang, d.Meta.Dir)
	}
	lines := strings.Count(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(src), "\n") + 1
	placed := func(p diag.Pos) {
		if p.Line < 1 || p.Line > lines || p.Column < 1 {
			t.Fatalf("a block at %v of %d lines", p, lines)
		}
	}
	for _, n := range d.Footnotes {
		placed(n.Pos)
		if len(n.Blocks) == 0 {
			t.Fatal("a note without blocks")
		}
	}
	d.Flows(func(flow []doc.Block) { wellFormedBlocks(t, flow, placed) })
	goodInlines(t, d.Title)
	goodInlines(t, d.Summary)
	for _, p := range problems {
		if p.Code == "" || p.Message == "" || p.File != "fuzz.en.md" || p.Line > lines {
			t.Fatalf("%+v", p)
		}
	}
}

// breaks counts the page breaks, which are words in the source.
func breaks(d *doc.Document) (n int) {
	doc.WalkBlocks(d.Blocks, func(b doc.Block) bool {
		if _, ok := b.(*doc.PageBreak); ok {
			n++
		}
		return true
	})
	return n
}

func wellFormedBlocks(t *testing.T, blocks []doc.Block, placed func(diag.Pos)) {
	doc.WalkBlocks(blocks, func(b doc.Block) bool {
		placed(b.Attributes().Pos)
		switch b := b.(type) {
		case *doc.Heading:
			if b.Content == nil || b.Level < 1 || b.Level > 6 {
				t.Fatalf("heading %d %v", b.Level, b.Content)
			}
		case *doc.Paragraph:
			if b.Content == nil {
				t.Fatal("a paragraph without content")
			}
		case *doc.Table:
			for _, rows := range [][]*doc.Row{b.Head, b.Body} {
				for _, r := range rows {
					placed(r.Pos)
				}
				wholeGrid(t, rows, len(b.Columns))
			}
		}
		return true
	})
	doc.Inlines(blocks, func(_ doc.Block, in []doc.Inline) { goodInlines(t, in) })
}

func goodInlines(t *testing.T, in []doc.Inline) {
	doc.WalkInlines(in, func(n doc.Inline) bool {
		switch n := n.(type) {
		case *doc.Text:
			goodText(t, n.Value)
		case *doc.Code:
			goodText(t, n.Value)
		case *doc.FootnoteCall:
			if n.Note == nil || n.Pos.Line == 0 {
				t.Fatal("a call without note or place")
			}
		case *doc.Link:
			goodText(t, n.URL+n.Title)
			if n.Pos.Line == 0 {
				t.Fatal("a link without place")
			}
			switch s := scheme(n.URL); s {
			case "", "http", "https", "mailto", "tel":
			default:
				t.Fatalf("the scheme %q in %q", s, n.URL)
			}
		}
		return true
	})
}

func goodText(t *testing.T, s string) {
	if !utf8.ValidString(s) {
		t.Fatalf("not UTF-8: %q", s)
	}
	for _, r := range s {
		if r < ' ' && r != '\t' || r >= 0x7f && r < 0xa0 {
			t.Fatalf("the control character %U in %q", r, s)
		}
	}
}

// notPrinted is what stands for something else: character references, code
// languages, attribute lists, labels of links and definitions, names of callouts and containers, links in the words of pictures.
var notPrinted = regexp.MustCompile("spans=|&#?[0-9A-Za-z]+;|\\]:|\\]\\[|\\{|\\[!|:::|```|~~~|!\\[[^\\]]*\\[")

// keepsLetters: every letter of the source is in the text or in an address.
func keepsLetters(t *testing.T, d *doc.Document, src string) {
	if notPrinted.MatchString(src) {
		return
	}
	var b strings.Builder
	b.WriteString(docText(d.Blocks) + urls(d.Blocks) + notesText(d) + strings.Repeat("pagebreak", breaks(d)))
	d.Images(func(m *doc.Image) { b.WriteString(m.Source) })
	doc.Inlines(d.Blocks, func(_ doc.Block, in []doc.Inline) {
		doc.WalkInlines(in, func(n doc.Inline) bool {
			switch n := n.(type) {
			case *doc.Abbreviation:
				b.WriteString(n.Title + "abbrabbrtitle")
			case *doc.Span:
				b.WriteString(n.Lang + n.Dir.String() + "spanspanlangdir")
			case *doc.BidiOverride:
				b.WriteString(n.Dir.String() + "bdobdodir")
			case *doc.Subscript:
				b.WriteString("subsub")
			case *doc.Superscript:
				b.WriteString("supsup")
			case *doc.Break:
				b.WriteString("br")
			}
			return true
		})
	})
	doc.WalkBlocks(d.Blocks, func(n doc.Block) bool {
		if l, ok := n.(*doc.List); ok {
			for _, item := range l.Items {
				if item.Task == doc.TaskDone {
					b.WriteByte('x')
				}
			}
		}
		return true
	})
	got := letters(b.String())
	if strings.Contains(src, "<") { // tags without contents leave nothing
		return
	}
	for c, n := range letters(src) {
		if got[c] < n {
			t.Fatalf("%d of %d letters %q in %q", got[c], n, c, b.String())
		}
	}
}

// letters counts the ASCII letters, without regard to case: schemes and tags change it.
func letters(s string) map[rune]int {
	m := map[rune]int{}
	for _, r := range strings.ToLower(s) {
		if r >= 'a' && r <= 'z' {
			m[r]++
		}
	}
	return m
}

// wholeGrid checks that every field of the grid belongs to exactly one cell.
func wholeGrid(t *testing.T, rows []*doc.Row, columns int) {
	taken := make([]bool, len(rows)*columns)
	doc.WalkCells(rows, func(row, column int, c *doc.Cell) {
		if row+c.Rows() > len(rows) || column+c.Columns() > columns {
			t.Fatalf("a cell of %dx%d at %d, %d in %dx%d", c.Rows(), c.Columns(), row, column, len(rows), columns)
		}
		for i := row; i < row+c.Rows(); i++ {
			for j := column; j < column+c.Columns(); j++ {
				if taken[i*columns+j] {
					t.Fatalf("two cells at %d, %d", i, j)
				}
				taken[i*columns+j] = true
			}
		}
	})
	for i, is := range taken {
		if !is {
			t.Fatalf("no cell at %d, %d", i/columns, i%columns)
		}
	}
}
