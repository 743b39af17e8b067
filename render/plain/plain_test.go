package plain_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"

	"communique/locales"
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/kind"
	"communique/render/locale"
	"communique/render/markdown"
	"communique/render/plain"
	"communique/render/resolve"
	"communique/templates"
)

type resources struct {
	locales *locale.Catalog
	kinds   *kind.Set
}

var load = sync.OnceValues(func() (r resources, err error) {
	if r.locales, err = locale.Load(locales.FS); err != nil {
		return r, err
	}
	r.kinds, err = kind.Load(templates.FS)
	return r, err
})

// resolved parses and resolves a source.
func resolved(t testing.TB, name, source string) *doc.Document {
	t.Helper()
	r, err := load()
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	d := markdown.Parse(markdown.Source{Name: name, Data: []byte(source)}, markdown.Options{Locales: r.locales, Kinds: r.kinds}, &problems)
	resolve.Resolve(d, resolve.Resources{Locales: r.locales, Kinds: r.kinds}, &problems)
	return d
}

func text(t testing.TB, name, source string) string {
	t.Helper()
	b, err := plain.Write(resolved(t, name, source))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// body is the text of a source without what stands above and below it.
func body(t testing.TB, lang, source string) string {
	t.Helper()
	s := text(t, "a."+lang+".md", "---\ntitle: T\n---\n\n"+source)
	_, s, ok := strings.Cut(s, "=\n\n")
	if !ok {
		t.Fatalf("no headline in %q", s)
	}
	return s
}

func sources(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, pattern := range []string{"../testdata/samples/*.md", "../judge/testdata/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			out[filepath.Base(f)] = string(b)
		}
	}
	return out
}

// invisible are direction controls and characters about line ends.
var invisible = regexp.MustCompile("[\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\u00ad]")

// letters is what can be compared: letters and figures in compatible form.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, norm.NFKC.String(invisible.ReplaceAllString(s, "")))
}

// Every word of the document is in its text, in its order, and what is left when
// they are taken out are labels that resolve made, numbers of notes and addresses.
func TestEveryWordIsThereAndNothingElse(t *testing.T) {
	note := regexp.MustCompile(`\[\p{Nd}+\]`)
	for name, source := range sources(t) {
		d := resolved(t, name, source)
		b, err := plain.Write(d)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		main := string(b)
		if i := strings.LastIndex(main, "\n"+strings.Repeat("-", plain.Width)+"\n"); i >= 0 && note.MatchString(main[i:]) {
			main = main[:i]
		}
		if _, after, ok := strings.Cut(main, "\n"+strings.Repeat("-", plain.Width)+"\n"); ok && d.Front.Letterhead != "" {
			for _, s := range []string{d.Front.Letterhead, d.Front.Unit, d.Front.Symbol} {
				if !strings.Contains(string(b), s) {
					t.Errorf("%s: the letterhead lacks %q", name, s)
				}
			}
			main = after
		}
		rest := letters(note.ReplaceAllString(main, ""))
		for _, want := range words(d) {
			at := strings.Index(rest, letters(want))
			if at < 0 {
				t.Errorf("%s: %q is not in the text, or not in its place", name, want)
				continue
			}
			// what stands before it is a label that nobody asked for, or a table's head once more
			if skipped := rest[:at]; !allowed(d, skipped) {
				t.Errorf("%s: before %q stands %q", name, want, skipped)
			}
			rest = rest[at+len(letters(want)):]
		}
		if len(rest) > 0 && !allowed(d, rest) {
			t.Errorf("%s: at the end stands %q", name, rest)
		}
		doc.Inlines(d.Blocks, func(_ doc.Block, in []doc.Inline) {
			doc.WalkInlines(in, func(n doc.Inline) bool {
				if l, ok := n.(*doc.Link); ok && strings.HasPrefix(l.URL, "http") && !strings.Contains(string(b), l.URL) {
					t.Errorf("%s: the address %s is nowhere", name, l.URL)
				}
				return true
			})
		})
	}
}

// words are the pieces of a document's text below the letterhead, in reading order.
func words(d *doc.Document) []string {
	f := d.Front
	out := []string{f.Label}
	if f.Letterhead == "" { // the symbol stands beside the label then
		out = append(out, f.Symbol)
	}
	// Tables that are set as records repeat their heads: only cells count.
	var blocks func([]doc.Block)
	inline := func(in []doc.Inline) {
		doc.WalkInlines(in, func(n doc.Inline) bool {
			switch n := n.(type) {
			case *doc.Text:
				out = append(out, n.Value)
			case *doc.Code:
				out = append(out, n.Value)
			case *doc.Image:
				out = append(out, n.Alt)
			case *doc.FootnoteCall:
				out = append(out, n.Note.Label)
			case *doc.Abbreviation:
				out = append(out, doc.PlainText(n.Content))
				return false
			}
			return true
		})
	}
	inline(d.Title)
	inline(d.Summary)
	out = append(out, f.Dateline)
	blocks = func(in []doc.Block) {
		for _, b := range in {
			switch b := b.(type) {
			case *doc.Heading:
				out = append(out, b.Number)
				inline(b.Content)
			case *doc.EndMark:
				out = append(out, b.Text)
			case *doc.Paragraph:
				out = append(out, b.Number)
				inline(b.Content)
			case *doc.List:
				for _, it := range b.Items {
					out = append(out, it.Label)
					blocks(it.Blocks)
				}
			case *doc.Figure:
				out = append(out, b.Image.Alt, b.Label)
				inline(b.Caption)
			case *doc.Quote:
				blocks(b.Blocks)
				inline(b.Attribution)
			case *doc.Division:
				out = append(out, b.Label)
				blocks(b.Blocks)
			case *doc.Callout:
				out = append(out, b.Label)
				inline(b.Title)
				blocks(b.Blocks)
			case *doc.DefinitionList:
				for _, d := range b.Items {
					for _, t := range d.Terms {
						inline(t)
					}
					blocks(d.Blocks)
				}
			case *doc.CodeBlock:
				out = append(out, b.Lines...)
			case *doc.Table:
				out = append(out, b.Label)
				inline(b.Caption)
				for _, r := range b.Body {
					for _, c := range r.Cells {
						inline(c.Content)
					}
				}
			}
		}
	}
	if c := f.Contents; c != nil {
		out = append(out, c.Title)
		for _, e := range c.Entries {
			out = append(out, e.Heading.Number)
			inline(e.Content)
		}
	}
	blocks(d.Blocks)
	for _, n := range d.Footnotes {
		out = append(out, n.Label)
		blocks(n.Blocks)
	}
	return out
}

// allowed tells what may stand between the words: the heads of tables, expansions
// of abbreviations, notices above the letterhead.
func allowed(d *doc.Document, s string) bool {
	var all []string
	for _, band := range d.Front.Bands {
		all = append(all, band.Text)
	}
	all = append(all, d.Meta.Canonical, d.Meta.Issuer.URL)
	doc.WalkBlocks(d.Blocks, func(b doc.Block) bool {
		if n, ok := b.(*doc.Table); ok {
			for _, r := range slices.Concat(n.Head, n.Body) { // a record says again what spans rows
				for _, c := range r.Cells {
					all = append(all, doc.PlainText(c.Content))
				}
			}
		}
		return true
	})
	doc.Inlines(d.Blocks, func(_ doc.Block, in []doc.Inline) {
		doc.WalkInlines(in, func(n doc.Inline) bool {
			switch n := n.(type) {
			case *doc.Abbreviation:
				all = append(all, n.Title)
			case *doc.Link:
				all = append(all, n.Title)
			}
			return true
		})
	})
	for i := range all {
		all[i] = letters(all[i])
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	for _, piece := range all {
		s = strings.ReplaceAll(s, piece, "")
	}
	return s == ""
}

func TestLinesAreNoWiderThanTheWidthAndEndInNoSpace(t *testing.T) {
	for name, source := range sources(t) {
		for line := range strings.SplitSeq(strings.TrimSuffix(text(t, name, source), "\n"), "\n") {
			if strings.TrimRightFunc(line, unicode.IsSpace) != line {
				t.Errorf("%s: space at the end of %q", name, line)
			}
			if w := uniseg.StringWidth(line); w > plain.Width && strings.Contains(strings.TrimSpace(line), " ") && name != "long-word.en.md" {
				t.Errorf("%s: %d columns: %q", name, w, line)
			}
		}
	}
}

// UAX #9 ends isolates with the paragraph, which is the line in a plain text.
func TestDirectionControlsAreClosedOnEveryLine(t *testing.T) {
	long := strings.Repeat("أحد عشر كوكباً ", 12)
	for _, source := range []string{
		"Before <span dir=rtl>" + long + "</span> after, and `code` too.",
		"Before \u2067" + long + "\u2069 after.",
	} {
		got := body(t, "en", source)
		opened := 0
		for line := range strings.SplitSeq(got, "\n") {
			depth := 0
			for _, r := range line {
				switch {
				case r >= '\u2066' && r <= '\u2068':
					depth++
					opened++
				case r == '\u2069':
					depth--
				}
				if depth < 0 {
					t.Errorf("closed before it was opened: %q", line)
				}
			}
			if depth != 0 {
				t.Errorf("left open: %q", line)
			}
		}
		if opened < 3 {
			t.Errorf("only %d lines are isolated in %q", opened, got)
		}
	}
}

func TestCases(t *testing.T) {
	for _, c := range []struct{ name, lang, source, want string }{
		{"numbers stay apart", "en", "10<sup>6</sup> m<sup>2</sup>, CO<sub>2</sub>, x<sup>a+1</sup>, 1<sup>er</sup>, ~~5~~\n",
			"10⁶ m², CO₂, x^(a+1), 1er, ~~5~~\n"},
		{"links are notes", "en", "See [one](https://example.org/1), [two](https://example.org/2 \"Two\") and [one again](https://example.org/1).\n",
			"See one\u00a0[1], two\u00a0[2] and one again\u00a0[1].\n\n" + strings.Repeat("-", 72) + "\n[1] https://example.org/1\n[2] https://example.org/2\n    Two\n"},
		{"an address that is said is no note", "en", "Write to <press@example.org> or <https://example.org/a>.\n",
			"Write to press@example.org or https://example.org/a.\n"},
		{"addresses are not cut", "en", strings.Repeat("word ", 11) + "<https://example.org/a-long/path-to/a-page>\n",
			strings.TrimSpace(strings.Repeat("word ", 11)) + "\nhttps://example.org/a-long/path-to/a-page\n"},
		{"places in the document have no address", "en", "See [below](#end).\n\n## End {#end}\n\nEnd.\n",
			"See below.\n\n\nEnd\n---\n\nEnd.\n"},
		{"ideographs take two columns", "zh-Hans", strings.Repeat("会", 40) + "。\n",
			strings.Repeat("会", 36) + "\n会会会会。\n"},
		{"lists hang", "en", "9. nine\n10. ten\n\n    more\n",
			"9.  nine\n\n10. ten\n\n    more\n"},
		{"tight lists within lists", "en", "- a\n  - b\n- c\n", "• a\n  – b\n• c\n"},
		{"an empty item keeps its label", "en", "- a\n-\n- c\n", "• a\n•\n• c\n"},
		{"quotes say whose words they are", "en", "> Words.\n>\n> — Spokesperson\n", "    Words.\n    — Spokesperson\n"},
		{"tables in columns", "en", "| Name | Votes |\n|:--|--:|\n| For | 120 |\n| Against | 7 |\n",
			"Name     Votes\n-------  -----\nFor        120\nAgainst      7\n"},
		{"wide tables as records", "en", "| Name | Reason |\n|--|--|\n| A | " + strings.Repeat("word ", 16) + "|\n| B | none |\n",
			"Name: A\nReason: " + strings.TrimSpace(strings.Repeat("word ", 12)) + "\n  word word word word\n\nName: B\nReason: none\n"},
		{"decimal marks below each other", "en", "| A | B |\n|--|--:|\n| x | 1.25 |\n| y | 1,200.5 |\n| z | – |\n| T | 9 |\n\n: Cap {totals=1}\n",
			"Table 1  Cap\n\nA         B\n-  --------\nx      1.25\ny  1,200.5\nz      –\n-  --------\nT      9\n"},
		{"cells over several columns and rows", "en", "| | P || Q |\n|--|--|--|--|\n| ^^ | a | b | c |\n| x | 1 || 2 |\n| ^^ | 3 | 4 | 5 |\n\n: Cap {headers=2 spans=true}\n",
			"Table 1  Cap\n\n    P    Q\n   a  b  c\n-  -  -  -\nx  1     2\n   3  4  5\n"},
		{"foreign cells keep their columns", "ar", "| الاسم | الرمز |\n|--|--|\n| ABC | x |\n",
			"الاسم  الرمز\n-----  -----\n\u200f\u2068ABC\u2069    \u2068x\u2069\n"},
		{"a line that begins with a foreign word", "ar", "NATO منظمة.\n", "\u200fNATO منظمة.\n"},
		{"and in the other direction", "en", "سلام is a word.\n", "\u200eسلام is a word.\n"},
		{"definitions", "en", "Term\n: Meaning.\n\nOther\n: One.\n: Two.\n", "Term\n    Meaning.\n\nOther\n    One.\n\n    Two.\n"},
		{"notices", "en", "> [!WARNING] Read this\n> Text.\n>\n> More.\n", "Warning: Read this\n    Text.\n\n    More.\n"},
		{"numbered paragraphs", "en", "::: numbered\nOne.\n\n" + strings.Repeat("word ", 15) + "\n:::\n", "1. One.\n\n2. " + strings.TrimSpace(strings.Repeat("word ", 14)) + "\n   word\n"},
		{"code is as it is", "en", "```\na  b\n\n\tc\n```\n", "    a  b\n\n    \tc\n"},
		{"a rule", "en", "a\n\n---\n\nb\n", "a\n\n* * *\n\nb\n"},
		{"hard breaks", "en", "a\\\nb\n", "a\nb\n"},
		{"abbreviations are told once", "en", "<abbr title=\"Kimberley Process\">KP</abbr> and <abbr title=\"Kimberley Process\">KP</abbr>\n",
			"KP (Kimberley Process) and KP\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := body(t, c.lang, c.source); got != c.want {
				t.Errorf("got\n%s\nwant\n%s\n(%q)", got, c.want, got)
			}
		})
	}
}

func TestNoticesComeFirst(t *testing.T) {
	got := text(t, "a.en.md", "---\ntitle: T\nstatus: draft\nissuer: Office\nsymbol: A/1\n---\nx\n")
	stars := strings.Repeat("*", 72)
	if !strings.HasPrefix(got, stars+"\nDraft") || !strings.Contains(got, "Office"+strings.Repeat(" ", 63)+"A/1\n"+strings.Repeat("-", 72)) {
		t.Errorf("got\n%s", got)
	}
}

func FuzzWrite(f *testing.F) {
	for _, s := range sources(f) {
		f.Add(s)
	}
	f.Add("> - 1. | a | b\n\u2067x\u202e\u2069")
	f.Fuzz(func(t *testing.T, s string) {
		got := text(t, "a.en.md", s)
		if strings.Contains(got, " \n") {
			t.Errorf("space at the end of a line: %q", got)
		}
	})
}

func TestAReportListsItsHeadings(t *testing.T) {
	source := "---\ntitle: R\nlang: en\nkind: report\nissuer: I\ndate: 2023-11-10\n---\n\n## One\n\n### Two\n\n## Three\n"
	want := "Contents\n--------\n\n1 One\n  1.1 Two\n2 Three\n\n\n1 One\n-----\n\n1.1 Two\n\n\n2 Three\n-------\n"
	if got := text(t, "r.en.md", source); !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want %q at its end", got, want)
	}
}

func TestAReleaseEndsWithItsMark(t *testing.T) {
	source := "---\ntitle: R\nlang: en\nkind: press-release\n---\n\nText.\n\n::: notes\nNote.\n:::\n"
	if got := text(t, "r.en.md", source); !strings.Contains(got, "Text.\n\n— ENDS —\n\n") || strings.Index(got, "Note.") < strings.Index(got, "ENDS") {
		t.Errorf("got %q", got)
	}
}
