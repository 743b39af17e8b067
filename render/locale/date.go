package locale

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// datePattern is a date pattern of UTS #35, part 4, taken apart.
type datePattern []dateField

// dateField is text, or a field such as 'M' with its width.
type dateField struct {
	letter byte
	width  int
	text   string
}

// datePatterns is the compiled patterns of a language.
type datePatterns struct {
	long, full, clock      datePattern
	byDay, byMonth, byYear datePattern
	join, joinOne          string
}

// dateLetters are the fields that can be written, with their widths.
var dateLetters = map[string]bool{
	"d": true, "dd": true, "M": true, "MM": true, "MMMM": true, "LLLL": true, "y": true, "G": true,
	"EEEE": true, "cccc": true, "H": true, "HH": true, "h": true, "hh": true, "mm": true, "a": true, "B": true,
}

func compileDates(f *dateFormats) (p datePatterns, err error) {
	for _, x := range []struct {
		to      *datePattern
		pattern string
	}{
		{&p.long, f.Long}, {&p.full, f.Full}, {&p.clock, f.Time},
		{&p.byDay, f.Range.Day}, {&p.byMonth, f.Range.Month}, {&p.byYear, f.Range.Year},
	} {
		if *x.to, err = compileDate(x.pattern, f); err != nil {
			return p, err
		}
	}
	p.join = strings.ReplaceAll(f.Join, "'", "")
	p.joinOne = p.join
	if f.JoinHourOne != "" {
		p.joinOne = strings.ReplaceAll(f.JoinHourOne, "'", "")
	}
	return p, nil
}

func compileDate(pattern string, f *dateFormats) (datePattern, error) {
	var out datePattern
	text := func(s string) {
		if n := len(out); n > 0 && out[n-1].letter == 0 {
			out[n-1].text += s
			return
		}
		out = append(out, dateField{text: s})
	}
	for i := 0; i < len(pattern); {
		c := pattern[i]
		switch {
		case c == '\'':
			quoted, rest, _ := strings.Cut(pattern[i+1:], "'")
			if quoted == "" {
				quoted = "'"
			}
			text(quoted)
			i = len(pattern) - len(rest)
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			width := len(pattern[i:]) - len(strings.TrimLeft(pattern[i:], string(c)))
			field := pattern[i : i+width]
			if !dateLetters[field] || !f.has(c, width) {
				return nil, fmt.Errorf("date pattern %q: no data for the field %q", pattern, field)
			}
			out = append(out, dateField{letter: c, width: width})
			i += width
		default:
			text(pattern[i : i+1])
			i++
		}
	}
	return out, nil
}

// has reports that the names which a field needs are there.
func (f *dateFormats) has(letter byte, width int) bool {
	switch letter {
	case 'M':
		return width < 4 || len(f.Months) == 12
	case 'L':
		return len(f.MonthsAlone) == 12
	case 'E':
		return len(f.Days) == 7
	case 'c':
		return len(f.DaysAlone) == 7
	case 'a', 'B':
		return len(f.Halves) == 2
	case 'G':
		return f.Era != ""
	}
	return true
}

// Date writes a day in the language's long form: "14 November 2023". The day
// is that of t in its own location, in the proleptic Gregorian calendar.
func (l *Locale) Date(t time.Time) string { return l.dates.long.format(l, t, t) }

// FullDate writes a day with its weekday: "Tuesday, 14 November 2023".
func (l *Locale) FullDate(t time.Time) string { return l.dates.full.format(l, t, t) }

// DateRange writes the days from one to another without saying twice what they
// share: "6–10 November 2023". One day twice is a date. An end before its
// start is written as the two dates are given.
func (l *Locale) DateRange(from, to time.Time) string {
	y1, m1, d1 := from.Date()
	y2, m2, d2 := to.Date()
	switch {
	case y1 != y2:
		return l.dates.byYear.format(l, from, to)
	case m1 != m2:
		return l.dates.byMonth.format(l, from, to)
	case d1 != d2:
		return l.dates.byDay.format(l, from, to)
	}
	return l.Date(from)
}

// DateTime writes a day and the time of day, as in "14 November 2023 at
// 10:00", in the location of t. The caller names the zone.
func (l *Locale) DateTime(t time.Time) string {
	join := l.dates.join
	if t.Hour() == 1 || t.Hour() == 13 && l.dates.clock.has('h') {
		join = l.dates.joinOne
	}
	return fill(join, l.dates.clock.format(l, t, t), l.Date(t))
}

func (p datePattern) has(letter byte) bool {
	return slices.ContainsFunc(p, func(f dateField) bool { return f.letter == letter })
}

// format writes the pattern's fields from one date until a field comes the
// second time, and from the other after that (UTS #35, Interval Formats).
func (p datePattern) format(l *Locale, t, second time.Time) string {
	var b strings.Builder
	var seen [128]bool
	for _, f := range p {
		if f.letter == 0 {
			b.WriteString(f.text)
			continue
		}
		if seen[f.letter] {
			t = second
			seen = [128]bool{}
		}
		seen[f.letter] = true
		b.WriteString(l.dateField(f, t))
	}
	return b.String()
}

func (l *Locale) dateField(f dateField, t time.Time) string {
	names := &l.formats.Dates
	switch f.letter {
	case 'd':
		if t.Day() == 1 && names.FirstDay != "" {
			return names.FirstDay
		}
		return l.padded(t.Day(), f.width)
	case 'M', 'L':
		return l.month(f, t)
	case 'y':
		return l.padded(t.Year(), 1)
	case 'G':
		return names.Era
	case 'E':
		return names.Days[t.Weekday()]
	case 'c':
		return names.DaysAlone[t.Weekday()]
	case 'H':
		return l.padded(t.Hour(), f.width)
	case 'h':
		return l.padded((t.Hour()+11)%12+1, f.width)
	case 'm':
		return l.padded(t.Minute(), f.width)
	}
	return names.Halves[t.Hour()/12]
}

func (l *Locale) month(f dateField, t time.Time) string {
	switch {
	case f.width < 4:
		return l.padded(int(t.Month()), f.width)
	case f.letter == 'L':
		return l.formats.Dates.MonthsAlone[t.Month()-1]
	}
	return l.formats.Dates.Months[t.Month()-1]
}

// padded writes a number in the language's digits with at least width of them.
func (l *Locale) padded(n, width int) string {
	s := strconv.Itoa(n)
	if missing := width - len(s); missing > 0 {
		s = strings.Repeat("0", missing) + s
	}
	var b strings.Builder
	for _, r := range s {
		if r >= '0' && r <= '9' {
			r = l.numbers.digits[r-'0']
		}
		b.WriteRune(r)
	}
	return b.String()
}
