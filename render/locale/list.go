package locale

import (
	"slices"
	"strings"
)

// List joins items as the language enumerates them: "A, B and C".
func (l *Locale) List(items []string) string { return l.formats.Lists.And.joined(items) }

// ListOr joins alternatives: "A, B or C".
func (l *Locale) ListOr(items []string) string { return l.formats.Lists.Or.joined(items) }

// ListBefore joins items that stand for others, of which last is the last one in
// full: its beginning can change the word before it.
func (l *Locale) ListBefore(items []string, last string) string {
	return l.formats.Lists.And.join(items, last)
}

func (p *listPattern) joined(items []string) string {
	if len(items) == 0 {
		return ""
	}
	return p.join(items, items[len(items)-1])
}

// join follows UTS #35, part 2, List Patterns.
func (p *listPattern) join(items []string, last string) string {
	n := len(items)
	switch n {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	two, end := p.Two, p.End
	if b := p.Before; b != nil && b.applies(last) {
		two, end = b.Two, b.End
	}
	if n == 2 {
		return fill(two, items[0], items[1])
	}
	tail := fill(end, items[n-2], items[n-1])
	start, okStart := between(p.Start)
	middle, okMiddle := between(p.Middle)
	if okStart && okMiddle { // as in nearly every language: time in proportion to the length
		return items[0] + start + strings.Join(append(items[1:n-2:n-2], tail), middle)
	}
	for i := n - 3; i >= 0; i-- {
		pattern := p.Middle
		if i == 0 {
			pattern = p.Start
		}
		tail = fill(pattern, items[i], tail)
	}
	return tail
}

// between is what a pattern puts between its two items, if it does no more.
func between(pattern string) (string, bool) {
	s, first := strings.CutPrefix(pattern, "{0}")
	s, second := strings.CutSuffix(s, "{1}")
	return s, first && second
}

func (b *listBefore) applies(item string) bool {
	item = strings.ToLower(item)
	begins := func(prefix string) bool { return strings.HasPrefix(item, prefix) }
	return slices.ContainsFunc(b.Prefixes, begins) && !slices.ContainsFunc(b.Except, begins)
}

// fill replaces {0} and {1} in a pattern; what it puts in is not read again.
func fill(pattern, zero, one string) string {
	return strings.NewReplacer("{0}", zero, "{1}", one).Replace(pattern)
}
