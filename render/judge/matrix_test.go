package judge_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"communique/render/judge"
)

// matrix asks for figures to be measured anew.
var matrix = flag.String("matrix", "", "a `folder`: print how near each reader's text is to the source, and write the web pages there; "+
	"what other producers made of them, as NAME.md.PRODUCER.pdf, is read too")

// own is the name of the project's rows in testdata/extraction.tsv.
const own = "communique"

// TestMatrix measures, for each document of testdata/extraction.tsv, how near the text of
// each reader is to the source. No figure may be below its own row's, nor below what any
// other producer's file gave.
func TestMatrix(t *testing.T) {
	judge.Need(t, judge.Readers...)
	least := recorded(t)
	for _, g := range []string{"samples", "hard", "corpus"} {
		t.Run(g, func(t *testing.T) {
			var cells []cell
			for _, e := range group(t, g) {
				if _, ok := least[row{g, e.name, own}]; ok {
					cells = append(cells, produced(t, e)...)
				}
			}
			for r := range least {
				if r.group == g && !slices.ContainsFunc(cells, func(c cell) bool { return c.name == r.name }) {
					t.Errorf("no document %s", r.name)
				}
			}
			measure(t, g, cells, least)
		})
	}
}

// measure compares the cells of a group with what was recorded, and prints them if asked.
func measure(t *testing.T, group string, cells []cell, least map[row][]float64) {
	t.Helper()
	files := make([]string, len(cells))
	for i, c := range cells {
		files[i] = c.pdf
	}
	figures := make([][]float64, len(cells))
	for _, reader := range judge.Readers {
		texts, err := judge.Read(reader, files)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range cells {
			figures[i] = append(figures[i], said(t, c.name, c.source).likeness(texts[c.pdf]))
		}
	}
	for i, c := range cells {
		if *matrix != "" {
			fmt.Printf("%s\t%s\t%s", group, strings.TrimSuffix(c.name, ".md"), c.producer)
			for _, f := range figures[i] {
				fmt.Printf("\t%.4f", f)
			}
			fmt.Println()
		}
		if c.producer != own {
			continue
		}
		for r, floor := range least {
			if r.group != group || r.name != c.name {
				continue
			}
			for k, f := range floor {
				if figures[i][k] < f {
					t.Errorf("%s: %s gives %.4f, less than %.3f of %s", c.name, judge.Readers[k], figures[i][k], f, r.producer)
				}
			}
		}
	}
}

// row is what a line of testdata/extraction.tsv is about.
type row struct{ group, name, producer string }

// recorded reads testdata/extraction.tsv: figures in the order of the readers.
func recorded(t *testing.T) map[row][]float64 {
	t.Helper()
	data, err := os.ReadFile("testdata/extraction.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[row][]float64{}
	head := []string{"group", "document", "producer"}
	for _, r := range judge.Readers {
		head = append(head, string(r))
	}
	for line := range strings.Lines(string(data)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		switch {
		case strings.HasPrefix(line, "#"), slices.Equal(fields, head):
			continue
		case len(fields) != len(head) || !slices.Contains([]string{own, "Chromium", "Typst"}, fields[2]):
			t.Fatalf("testdata/extraction.tsv: no row of %v: %q", head, line)
		}
		r := row{fields[0], fields[1] + ".md", fields[2]}
		for _, s := range fields[3:] {
			f, err := strconv.ParseFloat(s, 64)
			if err != nil {
				t.Fatalf("testdata/extraction.tsv: %v", err)
			}
			rows[r] = append(rows[r], f)
		}
	}
	for r := range rows {
		if _, ok := rows[row{r.group, r.name, own}]; !ok {
			t.Fatalf("testdata/extraction.tsv: %s has no row of %s", r.name, own)
		}
	}
	return rows
}

// cell is one producer's file of a document.
type cell struct {
	edition
	producer string
}

// produced gives communique's file and those of others that are in the folder, and
// puts the web page there for them; without a folder, communique's alone.
func produced(t *testing.T, e edition) []cell {
	t.Helper()
	if *matrix == "" {
		return []cell{{e, own}}
	}
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
	cells := []cell{{e, own}}
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
