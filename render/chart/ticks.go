package chart

import (
	"math"
	"strconv"
	"strings"

	"communique/render/doc"
)

// fromZero is the part of the greatest value above which the smallest lets a scale
// begin elsewhere than at zero.
const fromZero = 0.6

// Ticks are the round numbers of a scale for the values of a chart, from the
// lowest to the highest, as decimals with a point; none if no value is known.
func Ticks(c *doc.Chart) []string {
	low, high := math.Inf(1), math.Inf(-1)
	for i := range c.Series {
		for _, s := range c.Series[i].Values {
			if v, ok := Number(s); ok {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	if low > high {
		return nil
	}
	if low > 0 && low < fromZero*high || low == high && low > 0 {
		low = 0
	}
	if high < 0 && high > fromZero*low || low == high && high < 0 {
		high = 0
	}
	if low == high { // nothing but zero
		high = 1
	}
	const wanted = 4
	r := roundStep((high - low) / wanted)
	var out []string
	for i := math.Floor(low/r.step + 1e-9); i <= math.Ceil(high/r.step-1e-9); i++ {
		out = append(out, r.times(int64(i)))
	}
	return out
}

// step is a round number: digits and a power of ten, exactly.
type step struct {
	step     float64
	digits   int64
	exponent int
}

// roundStep is the next step of 1, 2, 2.5 or 5 and zeros.
func roundStep(least float64) step {
	exponent := math.Floor(math.Log10(least))
	unit := math.Pow(10, exponent)
	e := int(exponent)
	for _, s := range [...]step{{1, 1, e}, {2, 2, e}, {2.5, 25, e - 1}, {5, 5, e}} {
		if s.step *= unit; s.step >= least*(1-1e-9) {
			return s
		}
	}
	return step{10 * unit, 1, e + 1}
}

// times writes the nth multiple of a step, all with the same decimals.
func (s step) times(n int64) string {
	digits := strconv.FormatInt(max(n, -n)*s.digits, 10)
	switch {
	case n == 0 && s.exponent > 0:
		return "0"
	case s.exponent >= 0:
		digits += strings.Repeat("0", s.exponent)
	default:
		digits = strings.Repeat("0", max(0, 1-s.exponent-len(digits))) + digits
		digits = digits[:len(digits)+s.exponent] + "." + digits[len(digits)+s.exponent:]
	}
	if n < 0 {
		digits = "-" + digits
	}
	return digits
}
