package resolve

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"communique/render/doc"
)

// generate replaces the inlines that stand for words of the language by these
// words, everywhere in the document. It comes first: what follows sees text.
func (r *resolver) generate() {
	if !r.d.Generated {
		return
	}
	r.d.Title = r.generated(r.d.Title)
	r.d.Summary = r.generated(r.d.Summary)
	r.d.Flows(func(blocks []doc.Block) { doc.Rewrite(blocks, r.generated) })
	r.d.Generated = false
}

// generated gives a run of inlines with words for what stands for them. What has
// no such inline stays the slice that it is.
func (r *resolver) generated(in []doc.Inline) []doc.Inline {
	if !generates(in) {
		return in
	}
	out := make([]doc.Inline, 0, len(in)+4)
	for _, n := range in {
		if inside := doc.Content(n); inside != nil {
			*inside = r.generated(*inside)
		}
		if doc.IsGenerated(n) {
			out = r.words(out, n)
		} else {
			out = append(out, n)
		}
	}
	return out
}

func generates(in []doc.Inline) (found bool) {
	doc.WalkInlines(in, func(n doc.Inline) bool {
		found = found || doc.IsGenerated(n)
		return !found
	})
	return found
}

// words appends what one generated inline stands for.
func (r *resolver) words(out []doc.Inline, n doc.Inline) []doc.Inline {
	switch n := n.(type) {
	case *doc.Message:
		return r.message(out, n)
	case *doc.Enumeration:
		return r.enumeration(out, n)
	case *doc.Number:
		return join(out, r.decimal(n))
	case *doc.Days:
		if n.To.IsZero() {
			return join(out, r.loc.Date(n.From))
		}
		return join(out, r.loc.DateRange(n.From, n.To))
	case *doc.Moment:
		return join(out, r.loc.DateTime(n.At)+" ("+r.zone(n.At, "")+")")
	case *doc.Territory:
		return join(out, r.territory(n.Code))
	case *doc.LanguageName:
		name, _ := r.loc.LanguageInText(n.Tag)
		return join(out, name)
	}
	return out
}

// join appends text; neighbouring texts become one.
func join(out []doc.Inline, s string) []doc.Inline {
	if k := len(out); k > 0 {
		if t, ok := out[k-1].(*doc.Text); ok {
			out[k-1] = &doc.Text{Value: t.Value + s}
			return out
		}
	}
	if s == "" {
		return out
	}
	return append(out, &doc.Text{Value: s})
}

// territory is the name of a country; the front end has reported codes of none.
func (r *resolver) territory(code string) string {
	name, _ := r.loc.Territory(code)
	return name
}

func (r *resolver) decimal(n *doc.Number) string {
	s := n.Decimal
	switch {
	case n.Plain:
		s = r.digits(s)
	case n.Percent:
		s = r.loc.Percent(s)
	default:
		s = r.loc.Number(s)
	}
	if n.Signed && !strings.HasPrefix(n.Decimal, "-") && strings.Trim(n.Decimal, "0.") != "" {
		s = "+" + s
		if r.loc.Direction() == doc.RightToLeft { // the sign stands before the number all the same (UAX #9, LRM)
			s = "\u200e" + s
		}
	}
	return s
}

// A hole stands for an inline within generated words until these are cut there.
// No locale has a NUL in its words.
const holeMark = "\x00"

func hole(i int) string { return holeMark + strconv.Itoa(i) + holeMark }

// message writes the words of a message, and what its variables hold in their places.
func (r *resolver) message(out []doc.Inline, m *doc.Message) []doc.Inline {
	args := make(map[string]any, len(m.Args))
	fills := make([][]doc.Inline, len(m.Args))
	for i, a := range m.Args {
		args[a.Name] = hole(i)
		fills[i] = r.filled(a.Content)
	}
	loc := r.localeOf(m.Lang, r.loc)
	var s string
	if m.Count != nil {
		s = r.countIn(loc, m.Key, *m.Count, args)
	} else {
		s = r.wordIn(loc, m.Key, args)
	}
	if m.Capital {
		s = capital(s)
	}
	return fill(out, s, fills)
}

// filled is the words of a variable. Plain text that runs against the language is isolated.
func (r *resolver) filled(in []doc.Inline) []doc.Inline {
	if len(in) == 1 {
		if t, ok := in[0].(*doc.Text); ok {
			return []doc.Inline{&doc.Text{Value: r.isolated(t.Value)}}
		}
	}
	return r.generated(in)
}

// fill cuts words at their holes and puts the inlines there.
func fill(out []doc.Inline, s string, fills [][]doc.Inline) []doc.Inline {
	parts := strings.Split(s, holeMark)
	for k, part := range parts {
		if k%2 == 0 {
			if part != "" {
				out = join(out, part)
			}
			continue
		}
		i, _ := strconv.Atoi(part)
		for _, n := range fills[i] {
			if t, ok := n.(*doc.Text); ok {
				out = join(out, t.Value)
			} else {
				out = append(out, n)
			}
		}
	}
	return out
}

// capital gives the first letter of words a capital, a hole at their start aside.
func capital(s string) string {
	c, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(c)) + s[n:]
}

// enumeration joins items as the language does, in its order if that is wanted.
func (r *resolver) enumeration(out []doc.Inline, e *doc.Enumeration) []doc.Inline {
	fills := make([][]doc.Inline, len(e.Items))
	for i, item := range e.Items {
		fills[i] = r.filled(item)
	}
	order := make([]int, len(fills))
	for i := range order {
		order[i] = i
	}
	if e.Sorted {
		r.dictionary(order, fills)
	}
	holes := make([]string, len(fills))
	for i, k := range order {
		holes[i] = hole(k)
	}
	last := ""
	if k := len(order); k > 0 {
		last = doc.PlainText(fills[order[k-1]])
	}
	return fill(out, r.loc.ListBefore(holes, last), fills)
}

// dictionary puts the numbers of items in the order in which a dictionary of the
// language has them.
func (r *resolver) dictionary(order []int, items [][]doc.Inline) {
	keys := make([][]byte, len(items))
	for i, item := range items {
		s := doc.PlainText(item)
		if r.sortKeys == nil {
			r.sortKeys = map[string][]byte{}
		}
		key, ok := r.sortKeys[s]
		if !ok {
			key = r.loc.SortKey(s)
			r.sortKeys[s] = key
		}
		keys[i] = key
	}
	slices.SortStableFunc(order, func(a, b int) int { return bytes.Compare(keys[a], keys[b]) })
}
