package plenary

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/currency"

	"communique/render/doc"
)

// measure is a unit that may have a scale before it: "million carat".
type measure struct {
	scale string
	// unit is a known unit as the key of its message, a currency code, or free text.
	unit string
	kind unitKind
}

type unitKind uint8

const (
	unitFree unitKind = iota
	unitKnown
	unitCurrency
)

// scales are the words that may stand before a unit, and what they stand for.
var scales = map[string]int64{"thousand": 1e3, "million": 1e6, "billion": 1e9}

// units are the units that have words in the locales, by what authors write.
var units = map[string]string{
	"carat": "carat", "carats": "carat", "ct": "carat", "cts": "carat",
	"tonne": "tonne", "tonnes": "tonne", "t": "tonne",
	"kilogram": "kilogram", "kilograms": "kilogram", "kg": "kilogram",
	"percent": "percent", "per cent": "percent", "%": "percent",
}

// measureOf reads what an author writes: "carat", "million USD", "cubic metre".
func measureOf(s string) (m measure) {
	s = strings.TrimSpace(s)
	if word, rest, ok := strings.Cut(s, " "); ok && scales[word] > 0 {
		m.scale, s = word, strings.TrimSpace(rest)
	}
	m.unit = s
	if known, ok := units[s]; ok {
		m.unit, m.kind = known, unitKnown
	} else if _, err := currency.ParseISO(s); err == nil && s == strings.ToUpper(s) {
		m.kind = unitCurrency
	}
	return m
}

// factor is what the scale stands for.
func (m measure) factor() *big.Rat {
	if f := scales[m.scale]; f > 0 {
		return new(big.Rat).SetInt64(f)
	}
	return big.NewRat(1, 1)
}

// unitWords name the unit as it stands behind a number; nil for none.
func (b *builder) unitWords(m measure) []doc.Inline {
	if m.unit == "" {
		return nil
	}
	one := b.bareUnit(m)
	if m.kind == unitKnown {
		key := "unit-" + m.unit
		if m.unit != "percent" {
			key += "s"
		}
		one = inline(message(key))
	}
	if m.scale == "" {
		return one
	}
	return inline(message("scale-"+m.scale, arg("Unit", one...)))
}

// bareUnit is the unit of one: "carat".
func (b *builder) bareUnit(m measure) []doc.Inline {
	switch m.kind {
	case unitKnown:
		return inline(message("unit-" + m.unit))
	case unitCurrency:
		return inline(text(m.unit))
	case unitFree:
	}
	if b.same(b.original) {
		return inline(text(m.unit))
	}
	return inline(&doc.Span{Lang: string(b.original), Content: inline(text(m.unit))})
}

// unitValueWords name what a value per unit is counted in: "USD per carat".
func (b *builder) unitValueWords(s *Statistic) []doc.Inline {
	unit, money := measureOf(s.Unit), measureOf(s.Currency)
	if unit.unit == "" || money.unit == "" {
		return b.unitWords(money)
	}
	return inline(message("unit-per", arg("Currency", b.bareUnit(money)...), arg("Unit", b.bareUnit(unit)...)))
}

// periodWords is a period as the language writes it; nil for none.
func periodWords(p string) []doc.Inline {
	m := period.FindStringSubmatch(p)
	if m == nil {
		return nil
	}
	if m[4] != "" {
		from, _ := time.Parse(time.DateOnly, m[4])
		to, _ := time.Parse(time.DateOnly, m[5])
		return inline(&doc.Days{From: from, To: to})
	}
	year, part := plainYear(m[1]), m[3]
	switch {
	case part == "":
		return inline(year)
	case part[0] == 'H':
		return inline(message("period-half-"+part[1:], arg("Year", year)))
	case part[0] == 'Q':
		return inline(message("period-quarter", arg("Quarter", &doc.Number{Decimal: part[1:]}), arg("Year", year)))
	}
	first := time.Date(atoi(m[1]), time.Month(atoi(part)), 1, 0, 0, 0, 0, time.UTC)
	return inline(&doc.Days{From: first, To: first.AddDate(0, 1, -1)})
}

// plainYear is a year in the language's digits.
func plainYear(year string) doc.Inline { return &doc.Number{Decimal: year, Plain: true} }

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
