package locale

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// numberStyle is how a language writes numbers.
type numberStyle struct {
	numberingSystem
	digits          []rune
	leastGrouped    int
	number, percent numberPattern
}

// numberPattern is a number pattern of UTS #35, part 3, of which the fraction
// is ignored: a decimal keeps the fraction that it is given.
type numberPattern struct {
	prefix, suffix string
	// primary is the size of the group before the decimal sign, secondary
	// that of the others; 0 is no grouping.
	primary, secondary int
}

func compileNumbers(n *numberFormats) (numberStyle, error) {
	system, ok := n.Systems[n.System]
	if !ok {
		return numberStyle{}, fmt.Errorf("there is no numbering system %q", n.System)
	}
	s := numberStyle{
		numberingSystem: system,
		digits:          []rune(system.Digits),
		leastGrouped:    n.LeastGrouped,
		number:          compileNumber(system.Pattern, system.PercentSign),
		percent:         compileNumber(system.Percent, system.PercentSign),
	}
	if len(s.digits) != 10 {
		return s, fmt.Errorf("numbering system %q has %d digits, not 10", n.System, len(s.digits))
	}
	return s, nil
}

func compileNumber(pattern, percentSign string) numberPattern {
	pattern, _, _ = strings.Cut(pattern, ";")
	first := strings.IndexAny(pattern, "#0")
	last := strings.LastIndexAny(pattern, "#0") + 1
	if first < 0 {
		first = 0
	}
	p := numberPattern{
		prefix: strings.ReplaceAll(pattern[:first], "%", percentSign),
		suffix: strings.ReplaceAll(pattern[last:], "%", percentSign),
	}
	whole, _, _ := strings.Cut(pattern[first:last], ".")
	groups := strings.Split(whole, ",")
	if n := len(groups); n > 1 {
		p.primary = len(groups[n-1])
		p.secondary = p.primary
		if n > 2 {
			p.secondary = len(groups[n-2])
		}
	}
	return p
}

// Digits are the language's ten digits, from zero.
func (l *Locale) Digits() []rune { return append([]rune(nil), l.numbers.digits...) }

// Decimal is the language's decimal mark.
func (l *Locale) Decimal() string { return l.numbers.Decimal }

// Number writes a decimal number such as "-1234567.891" as the language does.
// It is exact for any length and keeps the fraction as it is given, trailing
// zeros too. What is not a decimal number comes back unchanged.
func (l *Locale) Number(decimal string) string {
	return l.numbers.format(decimal, &l.numbers.number)
}

// Percent writes a number of percent: "12.5" is "12.5%".
func (l *Locale) Percent(decimal string) string {
	return l.numbers.format(decimal, &l.numbers.percent)
}

// integer writes a whole number without grouping, as for a page.
func (l *Locale) integer(n int64) string {
	return l.numbers.format(strconv.FormatInt(n, 10), &numberPattern{})
}

func (s *numberStyle) format(decimal string, p *numberPattern) string {
	negative, whole, fraction, ok := splitDecimal(decimal)
	if !ok {
		return decimal
	}
	var b strings.Builder
	if negative {
		b.WriteString(s.Minus)
	}
	b.WriteString(p.prefix)
	grouped := p.primary > 0 && len(whole) >= p.primary+s.leastGrouped
	for i := range len(whole) {
		if left := len(whole) - i; grouped && i > 0 && p.groupBefore(left) {
			b.WriteString(s.Group)
		}
		b.WriteRune(s.digits[whole[i]-'0'])
	}
	if fraction != "" {
		b.WriteString(s.Decimal)
		for i := range len(fraction) {
			b.WriteRune(s.digits[fraction[i]-'0'])
		}
	}
	b.WriteString(p.suffix)
	return b.String()
}

// groupBefore reports that a separator stands before the last n digits.
func (p *numberPattern) groupBefore(n int) bool {
	return n == p.primary || n > p.primary && (n-p.primary)%p.secondary == 0
}

// splitDecimal takes a decimal number apart: an optional sign (ASCII or
// U+2212), digits, and digits after a point. Zeros in front are dropped.
func splitDecimal(s string) (negative bool, whole, fraction string, ok bool) {
	if sign, size := utf8.DecodeRuneInString(s); sign == '-' || sign == '−' || sign == '+' {
		negative = sign != '+'
		s = s[size:]
	}
	whole, fraction, _ = strings.Cut(s, ".")
	if whole == "" && fraction == "" || !isDigits(whole) || !isDigits(fraction) {
		return false, "", "", false
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	return negative, whole, fraction, true
}

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }
