package resolve

import (
	"fmt"
	"strconv"
	"strings"

	"communique/render/diag"
	"communique/render/doc"
)

// footnotes numbers the notes by their first calls, in reading order: headline,
// summary, text. It gives notes and calls their anchors.
func (r *resolver) footnotes() {
	d := r.d
	if len(d.Footnotes) == 0 {
		return
	}
	n := &numberer{resolver: r, between: r.word("footnote-between", nil)}
	n.inlines(d.Title)
	n.inlines(d.Summary)
	doc.Inlines(d.Blocks, func(_ doc.Block, in []doc.Inline) { n.inlines(in) })
	for _, note := range d.Footnotes {
		if len(note.Calls) == 0 {
			r.unused(note)
		}
	}
	d.Footnotes = n.notes
	w := d.Front.Words
	w["footnotes"] = r.word("footnotes", nil)
	w["footnote-call"] = r.word("footnote-call", map[string]any{"Number": "{number}"})
	w["footnote-back"] = r.word("footnote-back", map[string]any{"Number": "{number}"})
	w["footnote-back-place"] = r.word("footnote-back-place", map[string]any{"Number": "{number}", "Place": "{place}"})
}

// numberer meets the calls in reading order.
type numberer struct {
	*resolver
	notes   []*doc.Footnote
	between string
}

// inlines meets the calls of inlines that stand side by side, and of what is in them.
func (n *numberer) inlines(in []doc.Inline) {
	for i, x := range in {
		call, ok := x.(*doc.FootnoteCall)
		if !ok {
			n.inlines(doc.Children(x))
			continue
		}
		if i > 0 {
			if _, ok := in[i-1].(*doc.FootnoteCall); ok {
				call.Lead = n.between
			}
		}
		n.call(call)
	}
}

func (n *numberer) call(call *doc.FootnoteCall) {
	note := call.Note
	if len(note.Calls) == 0 {
		n.notes = append(n.notes, note)
		number := strconv.Itoa(len(n.notes))
		note.Label = n.digits(number)
		note.ID = n.free("note-" + number)
	}
	id := "call-" + strings.TrimPrefix(note.ID, "note-")
	if len(note.Calls) > 0 { // counted here: to try all numbers would take quadratic time
		id += "-" + strconv.Itoa(len(note.Calls)+1)
	}
	call.ID = n.free(id)
	note.Calls = append(note.Calls, call.ID)
}

// unused reports a note whose words would be lost.
func (r *resolver) unused(note *doc.Footnote) {
	r.problems.Add(diag.Problem{
		Severity: diag.Error, Code: "unused-footnote", Pos: note.Pos,
		Message:  fmt.Sprintf("nothing calls the footnote [^%s], so it would not be printed", note.Name),
		Expected: fmt.Sprintf("a call [^%s] in the text", note.Name),
		Fix:      "call it, remove it, or put a backslash before the bracket if it is text",
	})
}

// calls are the calls among inlines that are replaced by other words.
func calls(in []doc.Inline) (out []doc.Inline) {
	doc.WalkInlines(in, func(n doc.Inline) bool {
		if c, ok := n.(*doc.FootnoteCall); ok {
			out = append(out, c)
		}
		return true
	})
	return out
}
