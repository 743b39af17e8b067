package judge_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"communique/render/judge"
)

// matrix asks for the table of docs/extraction.md.
var matrix = flag.Bool("matrix", false, "print how near each reader's text is to the source")

// TestMatrix prints, for documents with right-to-left text, how near the text of
// each reader is to the source.
func TestMatrix(t *testing.T) {
	if !*matrix {
		t.Skip("no -matrix")
	}
	judge.Need(t, judge.Readers...)
	for _, g := range groups {
		var all []edition
		for _, e := range group(t, g) {
			if said(t, e.name, e.source).hasRightToLeft() {
				all = append(all, e)
			}
		}
		texts := map[judge.Tool]map[string][]string{}
		for _, r := range judge.Readers {
			var err error
			if texts[r], err = judge.Read(r, pdfs(all)); err != nil {
				t.Fatal(err)
			}
		}
		for _, e := range all {
			w := said(t, e.name, e.source)
			fmt.Printf("| %-34s |", e.name)
			for _, r := range judge.Readers {
				read := strings.Join(w.bare(texts[r][e.pdf]), "\n")
				written := strings.Join(append(append([]string{}, w.front...), w.labelled...), "\n")
				fmt.Printf(" %.4f |", judge.Similarity(written, read))
				os.WriteFile("/tmp/extraction/dump/"+e.name+"."+strings.ReplaceAll(string(r), ".", "")+".txt", []byte(read), 0o644)
				os.WriteFile("/tmp/extraction/dump/"+e.name+".src.txt", []byte(written), 0o644)
				os.WriteFile("/tmp/extraction/dump/"+e.name+"."+strings.ReplaceAll(string(r), ".", "")+".raw", []byte(strings.Join(texts[r][e.pdf], "\n\f")), 0o644)
				pdf, _ := os.ReadFile(e.pdf)
				os.WriteFile("/tmp/extraction/dump/"+e.name+".pdf", pdf, 0o644)
			}
			fmt.Println()
		}
	}
}
