package locale

import (
	"slices"
	"strings"
)

// List joins items as the language enumerates them: "A, B and C".
func (l *Locale) List(items []string) string { return l.formats.Lists.And.join(items) }

// ListOr joins alternatives: "A, B or C".
func (l *Locale) ListOr(items []string) string { return l.formats.Lists.Or.join(items) }

// join follows UTS #35, part 2, List Patterns.
func (p *listPattern) join(items []string) string {
	n := len(items)
	switch n {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	two, end := p.Two, p.End
	if b := p.Before; b != nil && b.applies(items[n-1]) {
		two, end = b.Two, b.End
	}
	if n == 2 {
		return fill(two, items[0], items[1])
	}
	out := fill(end, items[n-2], items[n-1])
	for i := n - 3; i >= 0; i-- {
		pattern := p.Middle
		if i == 0 {
			pattern = p.Start
		}
		out = fill(pattern, items[i], out)
	}
	return out
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
