package markdown

import (
	"fmt"

	"communique/render/diag"
)

// reporter passes problems on, but not the same thousands of times: hostile
// input must not turn into a flood of problems.
type reporter struct {
	problems *diag.List
	counts   map[string]int
}

func newReporter(problems *diag.List) *reporter {
	return &reporter{problems: problems, counts: map[string]int{}}
}

func (r *reporter) add(p diag.Problem) {
	r.counts[p.Code]++
	switch n := r.counts[p.Code]; {
	case n <= MaxReported:
		r.problems.Add(p)
	case n == MaxReported+1:
		p.Message = fmt.Sprintf("there are more than %d problems of this kind; the others are not listed", MaxReported)
		p.Fix = ""
		r.problems.Add(p)
	}
}

func (r *reporter) error(code string, pos diag.Pos, message, expected, fix string) {
	r.add(diag.Problem{Severity: diag.Error, Code: code, Pos: pos, Message: message, Expected: expected, Fix: fix})
}

func (r *reporter) warn(code string, pos diag.Pos, message, expected, fix string) {
	r.add(diag.Problem{Severity: diag.Warning, Code: code, Pos: pos, Message: message, Expected: expected, Fix: fix})
}
