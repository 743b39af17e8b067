package raster

import (
	"fmt"
	"strconv"
	"strings"

	"communique/render/diag"
)

// Range is pages from First to Last, counted from 1. The zero value is all
// pages; a Last of 0 is the end.
type Range struct{ First, Last int }

// ParseRange reads "3", "2-5" or "2-".
func ParseRange(s string) (Range, error) {
	first, last, ranged := strings.Cut(s, "-")
	r := Range{First: pageNumber(first)}
	r.Last = r.First
	if ranged {
		if r.Last = 0; last != "" {
			r.Last = pageNumber(last)
		}
	}
	if r.First < 1 || r.Last < 0 || r.Last > 0 && r.Last < r.First {
		return Range{}, fmt.Errorf("%q is no page or range of pages: expected 3, 2-5 or 2-", s)
	}
	return r, nil
}

// pageNumber is a number from 1, -1 for anything else.
func pageNumber(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || s[0] == '+' {
		return -1
	}
	return n
}

// maxPictures bounds what one document may cost.
const maxPictures = 200

// Within is the range as indexes of a document's pages, last one excluded. What
// is not there, or is too much, is reported.
func (p Range) Within(pages int, problems *diag.List, file string) (first, last int, ok bool) {
	first, last = max(p.First-1, 0), pages
	if p.Last > 0 {
		last = p.Last
	}
	if first >= pages || last > pages {
		problems.Add(diag.Problem{Severity: diag.Error, Code: "no-such-page", Pos: diag.Pos{File: file},
			Message:  fmt.Sprintf("the document has no page %d", max(first+1, p.Last)),
			Expected: fmt.Sprintf("pages from 1 to %d", pages), Fix: "ask for other pages"})
		return 0, 0, false
	}
	if last-first > maxPictures {
		problems.Add(diag.Problem{Severity: diag.Error, Code: "too-many-pictures", Pos: diag.Pos{File: file},
			Message:  fmt.Sprintf("pictures of %d pages are too many", last-first),
			Expected: fmt.Sprintf("%d pages at most", maxPictures), Fix: fmt.Sprintf("ask for a range of pages, such as 1-%d", maxPictures)})
		return 0, 0, false
	}
	return first, last, true
}
