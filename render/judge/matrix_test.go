package judge_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"communique/render/judge"
)

// matrix asks for the table of docs/extraction.md.
var matrix = flag.String("matrix", "", "a `folder`: print how near each reader's text is to the source, and write the sources' text there; "+
	"what other producers made of them, as NAME.PRODUCER.pdf, is read too")

// TestMatrix prints, for each document with right-to-left text, how near the text of
// each reader is to the source. It judges nothing; TestEveryReaderGivesBackTheText does.
func TestMatrix(t *testing.T) {
	if *matrix == "" {
		t.Skip("no -matrix")
	}
	readers := append([]judge.Tool{judge.PDFBox}, judge.Readers...)
	judge.Need(t, readers...)
	for _, g := range groups {
		for _, e := range group(t, g) {
			w := said(t, e.name, e.source)
			if !w.hasRightToLeft() {
				continue
			}
			written := strings.Join(append(append([]string{}, w.front...), w.labelled...), "\n")
			if err := os.WriteFile(filepath.Join(*matrix, e.name+".txt"), []byte(written), 0o644); err != nil {
				t.Fatal(err)
			}
			row(t, readers, g+" "+e.name+" communique", written, e.pdf, w.bare)
			others, err := filepath.Glob(filepath.Join(*matrix, e.name+".*.pdf"))
			if err != nil {
				t.Fatal(err)
			}
			for _, pdf := range others {
				producer := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(pdf), e.name+"."), ".pdf")
				row(t, readers, g+" "+e.name+" "+producer, written, pdf, func(pages []string) []string { return pages })
			}
		}
	}
}

// row prints one file's figures; bare takes out what its producer repeats on pages.
func row(t *testing.T, readers []judge.Tool, name, written, pdf string, bare func([]string) []string) {
	t.Helper()
	fmt.Printf("| %s", name)
	for _, r := range readers {
		texts, err := judge.Read(r, []string{pdf})
		if err != nil {
			t.Fatal(err)
		}
		figure := 1.0
		if read := strings.Join(bare(texts[pdf]), "\n"); judge.SameText(written, read) != "" {
			figure = judge.Similarity(written, read)
		}
		fmt.Printf(" | %.4f", figure)
	}
	fmt.Println(" |")
}
