package diag

import (
	"slices"
	"testing"
)

func messages(l *List) (out []string) {
	for _, p := range l.problems {
		out = append(out, p.Severity.String()+" "+p.Message)
	}
	return out
}

func TestJoinHasEachProblemOnce(t *testing.T) {
	at := func(line int, message string) Problem {
		return Problem{Code: "c", Pos: Pos{"a", line, 1}, Message: message}
	}
	a, b, c := at(2, "a"), at(1, "b"), at(2, "c")
	worse := a
	worse.Severity = Error
	for _, x := range []struct {
		name      string
		own, more []Problem
		want      []string
	}{
		{"nothing", nil, nil, nil},
		{"nothing more", []Problem{a}, nil, []string{"warning a"}},
		{"all of them", nil, []Problem{a, b}, []string{"warning a", "warning b"}},
		{"one that is known", []Problem{a}, []Problem{a, b}, []string{"warning a", "warning b"}},
		{"twice in what is added", nil, []Problem{a, b, a}, []string{"warning a", "warning b"}},
		{"its own stay as they are", []Problem{a, a}, []Problem{a}, []string{"warning a", "warning a"}},
		{"at another place", []Problem{a}, []Problem{c}, []string{"warning a", "warning c"}},
		{"of another severity", []Problem{a}, []Problem{worse}, []string{"warning a", "error a"}},
	} {
		l, other := &List{}, &List{problems: slices.Clone(x.more)}
		for _, p := range x.own {
			l.Add(p)
		}
		l.Join(other)
		if got := messages(l); !slices.Equal(got, x.want) {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
		if !slices.Equal(other.problems, x.more) {
			t.Errorf("%s: the other list was changed", x.name)
		}
	}
}

func TestJoinWithItselfChangesNothing(t *testing.T) {
	l := &List{}
	l.Add(Problem{Message: "a"})
	l.Add(Problem{Message: "a"})
	l.Join(l)
	if len(l.problems) != 2 {
		t.Errorf("%d problems, want 2", len(l.problems))
	}
}

// The severity of a problem is decided where it is found: joining does not change it.
func TestJoinKeepsSeverities(t *testing.T) {
	strict, l := &List{Strict: true}, &List{}
	strict.Add(Problem{Message: "a"})
	l.Join(strict)
	if !l.HasErrors() {
		t.Error("an error became a warning")
	}
	strict.Join(&List{problems: []Problem{{Message: "b"}}})
	if got := messages(strict); !slices.Equal(got, []string{"error a", "warning b"}) {
		t.Errorf("%q", got)
	}
}

func TestSortedIsByPlaceThenSeverity(t *testing.T) {
	l := &List{}
	for _, p := range []Problem{
		{Message: "1", Pos: Pos{"b", 1, 1}}, {Message: "2", Pos: Pos{"a", 2, 1}}, {Message: "3", Pos: Pos{"a", 1, 9}},
		{Message: "4", Pos: Pos{"a", 1, 2}}, {Message: "5", Pos: Pos{"a", 1, 2}, Severity: Error}, {Message: "6", Pos: Pos{File: "a"}},
	} {
		l.Add(p)
	}
	var got string
	for _, p := range l.Sorted() {
		got += p.Message
	}
	if got != "654321" || l.problems[0].Message != "1" {
		t.Errorf("sorted %s", got)
	}
}
