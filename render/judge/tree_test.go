package judge_test

import (
	"strings"
	"testing"

	"communique/render/judge"
)

// TestScreenReadersGetTheText compares what the structure tree holds, which is what
// screen readers say, with the document model: every character in logical order,
// every space between words, in any direction of text.
func TestScreenReadersGetTheText(t *testing.T) {
	judge.Need(t, judge.PDFBox)
	eachGroup(t, func(t *testing.T, all []edition) {
		texts, err := judge.Read(judge.Tree, pdfs(all))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range all {
			w := said(t, e.name, e.source)
			text, notes := texts[e.pdf][0], texts[e.pdf][1]
			for _, s := range w.head {
				text = without(text, s, false)
			}
			diff := judge.SameText(strings.Join(append(w.front, w.labelled...), "\n"), text)
			if diff == "" {
				diff = judge.SameText(w.noted(), notes)
			}
			if diff != "" {
				t.Errorf("%s: %s", e.name, diff)
			}
		}
	})
}
