package layout

import (
	"fmt"

	"communique/render/diag"
)

// limitTitle warns of a headline that needs too many lines.
func (b *builder) limitTitle(lines int) {
	if most := b.th.Limits.TitleLines; most > 0 && lines > most {
		b.problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "title-long", Pos: b.position("title"), Path: "title",
			Message:  fmt.Sprintf("the headline needs %d lines; readers take in %d", lines, most),
			Expected: fmt.Sprintf("at most %d lines", most), Fix: "shorten it, and say the rest in the summary",
		})
	}
}

// limitSummary warns of a summary that is a text of its own.
func (b *builder) limitSummary(lines int) {
	if most := b.th.Limits.SummaryLines; most > 0 && lines > most {
		b.problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "summary-long", Pos: b.position("summary"), Path: "summary",
			Message:  fmt.Sprintf("the summary needs %d lines", lines),
			Expected: fmt.Sprintf("at most %d lines", most), Fix: "shorten it, and say the rest in the text",
		})
	}
}

// limitPages warns of more pages than the kind of document should have.
func (b *builder) limitPages(pages int) {
	if most := b.d.Front.MostPages; most > 0 && pages > most {
		b.problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "over-length", Pos: b.position("title"),
			Message:  fmt.Sprintf("the %s in %s has %d pages", b.d.Meta.Kind, b.d.Meta.Lang, pages),
			Expected: fmt.Sprintf("at most %d", most), Fix: "shorten it, or choose another kind",
		})
	}
}

// headCut warns of a running head that does not fit its line.
func (b *builder) headCut(words string) {
	key := "title"
	if words == b.d.Meta.ShortTitle {
		key = "short_title"
	}
	b.problems.Add(diag.Problem{
		Severity: diag.Warning, Code: "running-head-cut", Pos: b.position(key), Path: key,
		Message:  "the running head is too long for its line; it ends in an ellipsis",
		Expected: "words that fit one line of small print",
		Fix:      "add short_title: with a shorter headline for the heads of later pages",
	})
}

// position is the place of a front matter key, or the head of the file.
func (b *builder) position(key string) diag.Pos {
	if p, ok := b.d.Meta.Pos[key]; ok {
		return p
	}
	return diag.Pos{File: b.d.File, Line: 1, Column: 1}
}
