package locale

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Exemplars are the characters that the language needs, sorted: its letters,
// capitals too, its punctuation and digits, and whatever its words, dates,
// numbers and marks put on the page. A font for the language has them all.
func (l *Locale) Exemplars() string {
	set := map[rune]bool{}
	add := func(texts ...string) {
		for _, text := range texts {
			for _, r := range text {
				set[r] = true
			}
		}
	}
	if n, err := l.names(); err == nil {
		for _, r := range spread(n.Characters) {
			set[r] = true
			set[capital(r)] = true
		}
	}
	for _, m := range l.words.messages {
		for _, form := range pluralForms {
			add(variables.ReplaceAllString(*m.form(form), ""))
		}
	}
	f := &l.formats
	for _, list := range [][]string{f.Dates.Months, f.Dates.MonthsAlone, f.Dates.Days, f.Dates.DaysAlone, f.Dates.Halves} {
		add(list...)
	}
	d := &l.dates
	for _, pattern := range []datePattern{d.long, d.full, d.clock, d.byDay, d.byMonth, d.byYear} {
		for _, field := range pattern {
			add(field.text)
		}
	}
	n := &l.numbers
	add(f.Dates.Era, f.Dates.FirstDay, string(n.digits), n.Decimal, n.Group, n.Minus, n.PercentSign, n.number.prefix, n.number.suffix, n.percent.prefix, n.percent.suffix)
	for _, join := range []string{d.join, d.joinOne, f.Lists.And.Two, f.Lists.And.Start, f.Lists.And.Middle, f.Lists.And.End, f.Lists.Or.Two, f.Lists.Or.Start, f.Lists.Or.Middle, f.Lists.Or.End} {
		add(fill(join, "", ""))
	}
	add(f.Quotes.Open, f.Quotes.Close, f.Quotes.InnerOpen, f.Quotes.InnerClose)
	return string(slices.Sorted(maps.Keys(set)))
}

// capital is the capital letter of one that has a capital in use: those of
// Georgian are for whole words only, and few fonts draw them.
func capital(r rune) rune {
	if unicode.Is(unicode.Georgian, r) {
		return r
	}
	return unicode.ToUpper(r)
}

// spread writes out the ranges of a list of characters such as "-a-z": a
// hyphen in front is a hyphen, between two characters all that lie between.
func spread(list string) []rune {
	var out []rune
	if rest, ok := strings.CutPrefix(list, "-"); ok {
		out, list = append(out, '-'), rest
	}
	in := []rune(list)
	for i := 0; i < len(in); i++ {
		if in[i] != '-' || i+1 == len(in) || len(out) == 0 {
			out = append(out, in[i])
			continue
		}
		i++
		for r := out[len(out)-1] + 1; r <= in[i]; r++ {
			out = append(out, r)
		}
	}
	return out
}
