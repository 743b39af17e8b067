// Package diag owns the one way in which communique speaks of what is wrong
// with an input: a Problem that names the place, what was expected and how to
// mend it. It prints problems and must never decide what is one.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity tells whether a publication can go out in spite of a problem.
type Severity uint8

const (
	// Warning: the output is whole and safe, but an editor should look.
	Warning Severity = iota
	// Error: no output is made.
	Error
)

func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// MarshalText writes the severity as "error" or "warning".
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Severity) UnmarshalText(text []byte) error {
	switch string(text) {
	case Warning.String():
		*s = Warning
	case Error.String():
		*s = Error
	default:
		return fmt.Errorf("%q is no severity: expected warning or error", text)
	}
	return nil
}

// Pos is a place in a source. Line and Column count from 1, columns in Unicode
// code points; zero means unknown.
type Pos struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

func (p Pos) String() string {
	file := p.File
	if file == "" {
		file = "-"
	}
	switch {
	case p.Line == 0:
		return file
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", file, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", file, p.Line, p.Column)
}

// Problem is one thing wrong with an input.
type Problem struct {
	Severity Severity `json:"severity"`
	// Code is a stable kebab-case name for programs, such as "unknown-key".
	Code string `json:"code"`
	Pos
	// Path is the field concerned in structured input, such as "contacts[0].email".
	Path string `json:"path,omitempty"`
	// Message says what is wrong, in one sentence without a full stop.
	Message string `json:"message"`
	// Expected says what would have been right.
	Expected string `json:"expected,omitempty"`
	// Fix says what to write instead.
	Fix string `json:"fix,omitempty"`
}

func (p Problem) Error() string {
	return fmt.Sprintf("%s: %s: %s", p.Pos, p.Severity, p.Message)
}

// List collects the problems of one render. The zero value is ready; it is not
// safe for concurrent use.
type List struct {
	// Strict records every warning as an error.
	Strict   bool
	problems []Problem
}

// Add records a problem.
func (l *List) Add(p Problem) {
	if l.Strict {
		p.Severity = Error
	}
	l.problems = append(l.problems, p)
}

// Join adds the problems of another list, each once: parts of one source that are
// looked at several times have theirs in several lists.
func (l *List) Join(other *List) {
	if l == other {
		return
	}
	seen := make(map[Problem]bool, len(l.problems))
	for _, p := range l.problems {
		seen[p] = true
	}
	for _, p := range other.problems {
		if !seen[p] {
			seen[p] = true
			l.problems = append(l.problems, p)
		}
	}
}

// Sorted returns all problems by file, line and column; at one place errors
// come first, then the order in which they were found.
func (l *List) Sorted() []Problem {
	out := slices.Clone(l.problems)
	slices.SortStableFunc(out, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			-cmp.Compare(a.Severity, b.Severity),
		)
	})
	return out
}

// HasErrors reports whether any problem forbids output.
func (l *List) HasErrors() bool { return HasErrors(l.problems) }

// HasErrors reports whether any of the problems forbids output.
func HasErrors(ps []Problem) bool {
	return slices.ContainsFunc(ps, func(p Problem) bool { return p.Severity == Error })
}
