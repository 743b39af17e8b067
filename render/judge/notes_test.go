package judge_test

import (
	"fmt"
	"strings"
	"testing"

	"communique/render/doc"
	"communique/render/judge"
)

// noted is what all notes say, in their order.
func (w *words) noted() string {
	var all []string
	for _, n := range w.notes {
		all = append(all, n.labelled...)
	}
	return strings.Join(all, "\n")
}

// parted takes the notes from the feet of the pages. All of every note must be
// there, in order, beginning on the page that first calls it; otherwise the
// difference is told. nearly is for readers that change the order within lines:
// there a foot is known by whole notes that are much like what is written.
func (w *words) parted(pages []string, nearly bool) (bodies, notes []string, diff string) {
	all := judge.Letters(w.noted())
	starts := []int{0} // of each note among all letters
	for _, n := range w.notes {
		starts = append(starts, starts[len(starts)-1]+len(judge.Letters(strings.Join(n.labelled, ""))))
	}
	at, next, before := 0, 0, 0 // letters of notes met, notes begun, letters of text
	for i, p := range pages {
		n := footLetters(p, all[at:])
		for k := len(w.notes); nearly && n == 0 && k > next; k-- {
			want := all[at:starts[k]]
			if got := judge.Letters(p); len(want) <= len(got) && judge.Similarity(got[len(got)-len(want):], want) > 0.8 {
				n = len(want)
			}
		}
		cut := len(p)
		if n > 0 {
			cut = byteOf(p, len(judge.Letters(p))-n)
		}
		bodies, notes = append(bodies, p[:cut]), append(notes, p[cut:])
		at += n
		end := before + len(judge.Letters(p[:cut]))
		for ; next < len(w.notes) && starts[next] < at; next++ {
			if c := w.calls[next]; (c < before || c >= end) && diff == "" {
				diff = fmt.Sprintf("the note %q stands on page %d, but is not called there", w.notes[next].labelled[0], i+1)
			}
		}
		before = end
	}
	if at < len(all) && diff == "" {
		diff = fmt.Sprintf("only %d of %d letters of the notes stand at the feet of the pages", at, len(all))
	}
	return bodies, notes, diff
}

// footLetters is how many letters at the end of a page are the next ones of the
// notes. Notes begin at the beginning of a line.
func footLetters(page, notes string) int {
	letters := judge.Letters(page)
	for n := min(len(letters), len(notes)); n > 0; n-- {
		if !strings.HasSuffix(letters, notes[:n]) {
			continue
		}
		cut := byteOf(page, len(letters)-n)
		if cut == 0 || strings.ContainsAny(page[lastLetter(page[:cut]):cut], "\n\r\f") {
			return n
		}
	}
	return 0
}

// byteOf is where in a page the letter stands that has n bytes of letters before it.
func byteOf(page string, n int) int {
	for i, c := range page {
		size := len(judge.Letters(string(c)))
		if size > 0 && n <= 0 {
			return i
		}
		n -= size
	}
	return len(page)
}

// lastLetter is where the last letter of a text ends.
func lastLetter(s string) int {
	end := 0
	for i, c := range s {
		if judge.Letters(string(c)) != "" {
			end = i + len(string(c))
		}
	}
	return end
}

func TestNotesAreJudgedAtTheFeetOfTheirPages(t *testing.T) {
	w := &words{doc: &doc.Document{}, labelled: []string{"one1", "two2", "three"}, calls: []int{3, 7},
		notes: []*words{{labelled: []string{"1", "first note"}}, {labelled: []string{"2", "second"}}}}
	for name, c := range map[string]struct {
		pages []string
		ok    bool
	}{
		"in their places":     {[]string{"one1\n1\nfirst note", "two2\nthree\n2 second"}, true},
		"one runs on":         {[]string{"one1\n1 first", "two2\nthree\nnote\n2 second"}, true},
		"on the wrong page":   {[]string{"one1", "two2\nthree\n1 first note\n2 second"}, false},
		"on the wrong page 2": {[]string{"one1\n1 first note\n2 second", "two2\nthree"}, false},
		"one is lost":         {[]string{"one1\n1 first note", "two2\nthree"}, false},
		"words are lost":      {[]string{"one1\n1 first", "two2\nthree\n2 second"}, false},
		"in the text":         {[]string{"one1\n1 first note\ntwo2", "three\n2 second"}, false},
	} {
		bodies, notes, diff := w.parted(c.pages, false)
		if diff == "" {
			diff = judge.SameText("one1\ntwo2\nthree", strings.Join(bodies, "\n"))
		}
		if diff == "" {
			diff = judge.SameText(w.noted(), strings.Join(notes, "\n"))
		}
		if (diff == "") != c.ok {
			t.Errorf("%s: %q", name, diff)
		}
	}
}
