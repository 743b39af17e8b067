package search

import (
	"slices"
	"strings"
)

// Bounds of a query: what is longer was not typed by a person.
const (
	longestQuery = 256 // characters
	mostTerms    = 32
)

// closing are the marks that end a quotation.
const closing = `"”“»«」』`

// Query returns the terms that a text must have, all of them, to be found. The
// last word may be the beginning of one, unless a quotation mark ends it. What
// goes beyond 256 characters or 32 terms is left out. Without terms there is
// nothing to be found.
func Query(text string) []Term {
	text = strings.TrimSpace(Cut(text))
	quoted := strings.TrimRight(text, closing) != text
	var all []Term
	add := func(t Term) {
		if len(all) < mostTerms && !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	for rest := words(fold(text)); len(rest) > 0; {
		n := symbol(rest)
		for i, w := range rest[:n] {
			begun := i == len(rest)-1 && !quoted
			if i > 0 {
				add(Term{pair(rest[i-1], w), begun})
			}
			want(w, begun, add)
		}
		rest = rest[n:]
	}
	return all
}

// want adds what a text must have for one word of a query.
func want(w word, begun bool, add func(Term)) {
	if !w.dense {
		add(Term{encode(noun(w.text)), begun})
		return
	}
	letters := units(w.text)
	if len(letters) == 1 {
		add(Term{encode(letters[0]), true}) // it begins a pair, or is the last of a run
	}
	for i := range letters[1:] {
		add(Term{encode(letters[i] + letters[i+1]), begun && i == len(letters)-2})
	}
}

// Cut is as much of a query as counts.
func Cut(text string) string {
	characters := longestQuery
	for i := range text {
		if characters == 0 {
			return text[:i]
		}
		characters--
	}
	return text
}
