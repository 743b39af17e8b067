package judge_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"communique/render/doc"
	"communique/render/judge"
)

// matrix asks for the table of docs/extraction.md.
var matrix = flag.String("matrix", "", "a `folder`: print how near each reader's text is to the source, and write the web pages there; "+
	"what other producers made of them, as NAME.PRODUCER.pdf, is read too")

// TestMatrix prints, for each document that runs from right to left or has words that
// do, how near the text of each reader is to the source: communique's, then other
// producers'. It judges nothing; TestEveryReaderGivesBackTheText does.
func TestMatrix(t *testing.T) {
	if *matrix == "" {
		t.Skip("no -matrix")
	}
	readers := append(append([]judge.Tool{}, judge.Readers...), judge.PDFBox)
	judge.Need(t, readers...)
	var cells []cell
	for _, g := range []string{"samples", "hard", "corpus"} {
		for _, e := range group(t, g) {
			if w := said(t, e.name, e.source); w.doc.Meta.Dir == doc.RightToLeft || e.name == "hebrew-letters.en.md" {
				cells = append(cells, produced(t, e)...)
			}
		}
	}
	files := make([]string, len(cells))
	for i, c := range cells {
		files[i] = c.pdf
	}
	texts := map[judge.Tool]map[string][]string{}
	for _, r := range readers {
		var err error
		if texts[r], err = judge.Read(r, files); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range cells {
		fmt.Printf("| %s | %s", strings.TrimSuffix(c.name, ".md"), c.producer)
		for _, r := range readers {
			fmt.Printf(" | %.4f", said(t, c.name, c.source).likeness(texts[r][c.pdf]))
		}
		fmt.Println(" |")
	}
}

// cell is one producer's file of a document.
type cell struct {
	edition
	producer string
}

// produced gives communique's file and those of others that are in the folder, and
// puts the web page there for them.
func produced(t *testing.T, e edition) []cell {
	t.Helper()
	page, err := os.ReadFile(e.html)
	if err == nil {
		err = os.WriteFile(filepath.Join(*matrix, e.name+".html"), page, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	others, err := filepath.Glob(filepath.Join(*matrix, e.name+".*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	cells := []cell{{e, "communique"}}
	for _, pdf := range others {
		producer := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(pdf), e.name+"."), ".pdf")
		e.pdf = pdf
		cells = append(cells, cell{e, producer})
	}
	return cells
}

// likeness compares pages that were read with what was said: 1 if every character is
// there in order and no space too many. Notes may stand with their pages or at the end.
func (w *words) likeness(pages []string) float64 {
	w.spread(pages)
	written := strings.Join(append(append(append([]string{}, w.front...), w.labelled...), w.noted()), "\n")
	pages = w.bare(pages)
	for i, p := range pages {
		pages[i] = judge.EndHyphens(written, p)
	}
	best := closeness(written, strings.Join(pages, "\n"))
	for _, nearly := range []bool{false, true} {
		if len(w.notes) > 0 && best < 1 {
			bodies, notes, _ := w.parted(pages, nearly)
			best = max(best, closeness(written, strings.Join(append(bodies, notes...), "\n")))
		}
	}
	return best
}

// closeness takes the shapes of Arabic letters that some producers write for letters.
func closeness(written, read string) float64 {
	written, read = unshaped(written), unshaped(read)
	if judge.SameText(written, read) == "" {
		return 1
	}
	return judge.Similarity(written, read)
}

// unshaped puts letters for their shapes (Arabic Presentation Forms, A and B).
func unshaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= 0xFB50 && r <= 0xFDFF || r >= 0xFE70 && r < 0xFEFF {
			b.WriteString(norm.NFKC.String(string(r)))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
