package judge_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"communique/render/doc"
	"communique/render/judge"
)

// TestEveryReaderGivesBackTheText reads each PDF with each reader, takes out
// running heads, feet and repeated table heads, and compares with the source.
func TestEveryReaderGivesBackTheText(t *testing.T) {
	for _, reader := range judge.Readers {
		t.Run(string(reader), func(t *testing.T) {
			judge.Need(t, reader)
			eachGroup(t, func(t *testing.T, all []edition) {
				texts, err := judge.Read(reader, pdfs(all))
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range all {
					w := said(t, e.name, e.source)
					pages := texts[e.pdf]
					for i, p := range pages {
						pages[i] = judge.EndHyphens(strings.Join(append(append(w.front, w.labelled...), w.noted()), "\n"), p)
					}
					if reader == judge.Pdftotext && !w.hasRightToLeft() {
						pages = sideBySide(t, w, e, pages)
					}
					w.spread(pages)
					if diff := given(e.name, w, pages, reader); diff != "" {
						t.Errorf("%s: %s", e.name, diff)
					}
				}
			})
		})
	}
}

// sideBySide is for text that runs from left to right: there pdftotext guesses at
// columns, may read down instead of across, and drops hyphens at the end of
// lines. What it read must hold the same characters; order and hyphens are judged
// without its guesses.
func sideBySide(t *testing.T, w *words, e edition, guessed []string) []string {
	t.Helper()
	texts, err := judge.Read(judge.Content, []string{e.pdf})
	if err != nil {
		t.Fatal(err)
	}
	w.spread(texts[e.pdf])
	if got, want := sorted(strings.Join(w.bare(guessed), "")), sorted(strings.Join(append(append(w.front, w.labelled...), w.noted()), "")); noHyphens(got) != noHyphens(want) {
		t.Errorf("%s: with columns guessed: %s was read, %s written", e.name, got, want)
	}
	return texts[e.pdf]
}

// given compares what a reader gives with what was said: exactly in text of one
// direction, nearly where directions mix on a line. The notes are taken from the
// feet of the pages; each must begin on the page of its first call.
func given(name string, w *words, pages []string, reader judge.Tool) string {
	written := strings.Join(append(append([]string{}, w.front...), w.labelled...), "\n")
	bodies, notes, diff := w.parted(w.bare(pages), false)
	if diff == "" {
		read := strings.Join(bodies, "\n")
		if diff = judge.SameText(written, read); diff != "" {
			if rest, body := w.floated(written, read); rest != written {
				written = rest
				diff = judge.SameText(rest, body)
			}
		}
	}
	if diff == "" {
		diff = judge.SameText(w.noted(), strings.Join(notes, "\n"))
	}
	least := w.least(name, reader)
	if diff == "" || least == 1 {
		return diff
	}
	bodies, notes, _ = w.parted(w.bare(pages), true)
	if whole := strings.Join(append(append([]string{}, w.front...), w.labelled...), "\n"); whole != written {
		_, body := w.floated(whole, strings.Join(bodies, "\n"))
		bodies = []string{body}
	}
	got := judge.Similarity(written+"\n"+w.noted(), strings.Join(append(bodies, notes...), "\n"))
	if got >= least {
		return ""
	}
	return fmt.Sprintf("similarity %.4f, at least %.3f wanted: %s", got, least, diff)
}

// floated takes the captions of figures out of what was written and what was read,
// each of which must be there once, in their order: readers that do not know the
// structure find a figure that floats at the top of the next page.
func (w *words) floated(written, read string) (rest, body string) {
	rest, body = written, read
	last, within, between := 0, "", `[\s\p{Z}]+`
	if w.hasRightToLeft() { // readers add marks of direction, and spaces about them
		within, between = `[\s\p{Z}\p{Cf}]*`, `[\s\p{Z}\p{Cf}]*`
	}
	for _, caption := range w.captions {
		words := strings.Fields(caption)
		for i := range words {
			letters := strings.Split(words[i], "")
			for j := range letters {
				letters[j] = regexp.QuoteMeta(letters[j])
			}
			words[i] = strings.Join(letters, within)
		}
		once := regexp.MustCompile(strings.Join(words, between))
		from, to := once.FindAllStringIndex(rest, -1), once.FindAllStringIndex(body, -1)
		if len(from) != 1 || len(to) != 1 || to[0][0] < last {
			return written, read
		}
		rest = rest[:from[0][0]] + "\n" + rest[from[0][1]:]
		body = body[:to[0][0]] + "\n" + body[to[0][1]:]
		last = to[0][0]
	}
	return rest, body
}

func noHyphens(s string) string { return strings.ReplaceAll(s, "-", "") }

// directions tells which directions the text has letters of.
func (w *words) directions() (rtl, ltr bool) {
	ltr = w.doc.Meta.Dir == doc.LeftToRight
	for _, s := range append(append([]string{}, w.front...), w.labelled...) {
		for _, c := range s {
			switch {
			case unicode.In(c, unicode.Arabic, unicode.Hebrew):
				rtl = true
			case unicode.IsLetter(c) || unicode.IsDigit(c):
				ltr = true
			}
		}
	}
	return rtl, ltr
}

func (w *words) hasRightToLeft() bool {
	rtl, _ := w.directions()
	return rtl
}

// bare is the text of the pages without what is repeated on them: letterhead,
// running head, foot, header rows of tables.
func (w *words) bare(pages []string) []string {
	var out []string
	for i, p := range pages {
		f := w.doc.Front
		cut := []string{f.Preview, w.foot(i, len(pages)), f.Foot.Start}
		for _, s := range cut {
			p = without(p, s, true)
		}
		if i == 0 {
			for _, s := range w.head {
				p = without(p, s, false)
			}
		} else {
			p = without(p, f.Notice, false)
			p = without(p, w.running(p), false) // before its end, whose words may be in the title
			p = withoutLine(p, f.Head.End)
			p = w.withoutHead(p)
		}
		out = append(out, p)
	}
	return out
}

// running is the running head as it stands on a page: cut with an ellipsis if long.
func (w *words) running(page string) string {
	head := w.doc.Front.Head.Start
	for n := len([]rune(head)); n > 20; n-- {
		s := string([]rune(head)[:n])
		if n < len([]rune(head)) {
			s = strings.TrimSpace(s) + "…"
		}
		if from, _ := find(page, s, false); from >= 0 {
			return s
		}
	}
	return head
}

// withoutHead takes a repeated header row, with its word "continued", from the top of
// a page: the longest that stands there, as some tables have the word alone.
func (w *words) withoutHead(page string) string {
	longest := 0
	rest := page
	for _, head := range w.heads {
		for _, s := range []string{head.continued + "\n" + head.rows, head.rows + "\n" + head.continued} {
			if from, to := find(page, s, false); from >= 0 && judge.Letters(page[:from]) == "" && to > longest {
				longest, rest = to, page[to:]
			}
		}
	}
	if longest > 80 { // more than the word alone
		return rest
	}
	for _, head := range w.heads { // a reader that sees columns has the cells in another order
		if cut, ok := headless(page, head); ok && len(cut) < len(rest) {
			rest = cut
		}
	}
	return rest
}

// headless takes the word "continued" from the top of a page, and the cells of a header
// row one by one from below it.
func headless(page string, head tableHead) (string, bool) {
	if from, _ := find(page, head.continued, false); from < 0 || judge.Letters(page[:from]) != "" {
		return page, false
	}
	for _, s := range append([]string{head.continued}, strings.Split(head.rows, "\n")...) {
		from, to := find(page, s, false)
		if from < 0 {
			return page, false
		}
		page = page[:from] + "\n" + page[to:]
	}
	return page, true
}

// without takes one piece out of a page, the last or the first of its kind.
func without(page, s string, last bool) string {
	if judge.Letters(s) == "" {
		return page
	}
	from, to := find(page, s, last)
	if from < 0 {
		return page
	}
	return page[:from] + "\n" + page[to:]
}

// withoutLine takes out the first line that is one piece and nothing else, or, if there
// is none, the piece where it stands first: its words may be in the text, too.
func withoutLine(page, s string) string {
	want := judge.Letters(s)
	lines := strings.SplitAfter(page, "\n")
	for i, l := range lines {
		if want != "" && judge.Letters(l) == want {
			return strings.Join(lines[:i], "") + "\n" + strings.Join(lines[i+1:], "")
		}
	}
	return without(page, s, false)
}

// find gives the bytes of a page where a string stands, white space and
// controls aside; -1 if it is nowhere.
func find(page, s string, last bool) (from, to int) {
	want := judge.Letters(s)
	var letters strings.Builder
	var at []int
	for i, c := range page {
		for _, b := range []byte(judge.Letters(string(c))) {
			letters.WriteByte(b)
			at = append(at, i)
		}
	}
	at = append(at, len(page))
	i := strings.Index(letters.String(), want)
	if last {
		i = strings.LastIndex(letters.String(), want)
	}
	if i < 0 || want == "" {
		return -1, -1
	}
	return at[i], at[i+len(want)]
}

// TestEveryPageSaysTheText compares the words of each web page with the document model.
func TestEveryPageSaysTheText(t *testing.T) {
	eachGroup(t, func(t *testing.T, all []edition) {
		for _, e := range all {
			w := said(t, e.name, e.source)
			written := strings.Join(append(append([]string{}, w.front...), w.text...), "\n")
			for _, n := range w.notes {
				written += "\n" + strings.Join(n.text, "\n")
			}
			if diff := judge.SameText(written, shown(t, e.html)); diff != "" {
				t.Errorf("%s: %s", e.name, diff)
			}
		}
	})
}

// shown is the text of a page's article, block by block.
func shown(t testing.TB, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(n *html.Node, in bool)
	walk = func(n *html.Node, in bool) {
		if n.Data == "svg" { // a chart, drawn twice; its words are in a label
			return
		}
		in = in || n.Data == "article"
		block := n.Type == html.ElementNode && (blocks[n.Data] || badge(n))
		if block && in {
			b.WriteByte('\n')
		}
		if n.Type == html.TextNode && in {
			b.WriteString(n.Data)
		}
		for c := range n.ChildNodes() {
			walk(c, in)
		}
		if block && in {
			b.WriteByte('\n')
		}
	}
	walk(root, false)
	return b.String()
}

// badge reports the frame of a status, which stands apart from the text around it.
func badge(n *html.Node) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "class" && strings.HasPrefix(a.Val, "badge ") })
}

// blocks are the elements that end a line.
var blocks = func() map[string]bool {
	m := map[string]bool{}
	for e := range strings.FieldsSeq("p h1 h2 h3 h4 h5 h6 ol ul li table caption tr th td pre blockquote figure figcaption div header br hr section aside") {
		m[e] = true
	}
	return m
}()

// least is the similarity that is asked of a reader: 1, or 0.99 where right-to-left
// text has to do with it. What no reader's rules allow is in hardest.
func (w *words) least(name string, reader judge.Tool) float64 {
	if f, ok := hardest[name][reader]; ok {
		return f
	}
	switch rtl := w.hasRightToLeft(); {
	case rtl && (reader != judge.Pdftotext || w.isMixed()):
		return 0.99
	case !rtl && reader == judge.PDFJS: // a space where an emoji sequence changes the font
		return 0.997
	}
	return 1
}

func (w *words) isMixed() bool {
	_, ltr := w.directions()
	return ltr
}

// hardest are texts that a reader is known not to give back, a little below what
// it gives, so that none of them gets worse unseen (docs/extraction.md).
var hardest = map[string]map[judge.Tool]float64{
	// the raised marks of notes, which PDFium takes for what stands before the line
	"notes.ar.md": {judge.Pdftotext: 0.98, judge.PDFium: 0.97},
}
