package plenary

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var period = regexp.MustCompile(`^([0-9]{4})(-(0[1-9]|1[0-2]|H[12]|Q[1-4]))?$|^([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})$`)

func (c *checker) statistic(s *Statistic, path string) {
	c.period(s.Period, path+".period")
	c.period(s.Previous.Period, path+".previous.period")
	if code, ok := s.currencyCode(); s.Currency != "" && !ok {
		c.error("bad-value", path+".currency", "there is no currency "+quote(code), "an ISO 4217 code such as USD, with a scale before it if need be", "currency: million USD")
	}
	if len(s.Series) == 0 && s.Total.empty() {
		c.error("missing-key", path+".series", place(path)+" has no figures", "series, or a total that stands alone", "add series, or total")
	}
	for _, step := range []struct {
		key string
		Amount
	}{{"volume", s.Rounding.Volume}, {"value", s.Rounding.Value}} {
		if step.Rat != nil && step.Rat.Sign() <= 0 {
			c.error("bad-value", path+".rounding."+step.key, "figures are rounded to "+step.Rat.FloatString(step.Decimals), "a number above 0", step.key+": 10")
		}
	}
	c.rows(s.Series, path+".series", s)
	c.rows(s.Previous.Series, path+".previous.series", s)
	c.total(s, s.Series, &s.Total, path+".total")
	c.total(s, s.Previous.Series, &s.Previous.Total, path+".previous.total")
	for i := range s.Variants {
		c.variant(s, &s.Variants[i], at(path+".variants", i))
	}
}

// period checks that a period is one, and tells its last day.
func (c *checker) period(p, path string) (end time.Time, ok bool) {
	if p == "" {
		return end, false
	}
	if end, ok = lastDay(p); !ok {
		c.error("bad-value", path, place(path)+" is "+quote(p), "2022, 2022-06, 2022-H1, 2022-Q3, or 2022-01-01/2022-06-30", "period: \"2022\"")
	}
	return end, ok
}

// lastDay is the day on which a period ends; ok is false if it is none.
func lastDay(p string) (end time.Time, ok bool) {
	m := period.FindStringSubmatch(p)
	if m == nil {
		return end, false
	}
	if m[4] != "" {
		first, err := time.Parse(time.DateOnly, m[4])
		last, err2 := time.Parse(time.DateOnly, m[5])
		return last, err == nil && err2 == nil && !last.Before(first)
	}
	year, _ := strconv.Atoi(m[1])
	part, _ := strconv.Atoi(strings.TrimLeft(m[3], "HQ"))
	month := 12
	switch {
	case strings.HasPrefix(m[3], "H"):
		month = 6 * part
	case strings.HasPrefix(m[3], "Q"):
		month = 3 * part
	case part > 0:
		month = part
	}
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC), true
}

// empty tells that a row has no figure at all.
func (r *Row) empty() bool { return r.Volume.IsZero() && r.Value.IsZero() && r.UnitValue.IsZero() }

// variant checks that a figure stands beside one of the table and is another.
func (c *checker) variant(s *Statistic, v *Variant, path string) {
	beside := &s.Total
	if v.Party != "" {
		i := slices.IndexFunc(s.Series, func(r Row) bool { return r.Party == v.Party })
		if i < 0 {
			c.error("dangling-reference", path+".party", "the table has no row of "+string(v.Party), "the party of a row", "correct it, or remove party if it is the total")
			return
		}
		beside = &s.Series[i]
	}
	pairs := [][2]Amount{{v.Volume, beside.Volume}, {v.Value, beside.Value}, {v.UnitValue, beside.UnitValue}}
	if !slices.ContainsFunc(pairs, func(p [2]Amount) bool { return !p[0].IsZero() }) {
		c.error("missing-key", path+".volume", "the variant has no figure", "volume, value or unit_value", "add one, or remove the variant")
	}
	for i, p := range pairs {
		if !p[0].IsZero() && !p[1].IsZero() && p[0].Rat.Cmp(p[1].Rat) == 0 {
			key := []string{"volume", "value", "unit_value"}[i]
			c.error("contradiction", path+"."+key, "the variant is the figure that the table has", "another figure", "remove the variant, or correct it")
		}
	}
}

// currencyCode is the ISO 4217 code of "USD" or "million USD".
func (s *Statistic) currencyCode() (code string, ok bool) {
	m := measureOf(s.Currency)
	return m.unit, m.kind == unitCurrency
}

func (c *checker) rows(rows []Row, path string, s *Statistic) {
	seen := map[PartyID]bool{}
	for i := range rows {
		r, p := &rows[i], at(path, i)
		switch {
		case r.Party == "" && r.Label.IsZero():
			c.error("missing-key", p+".party", "this row has neither party nor label", "party: ZW, or label: Others", "add one of them")
		case r.Party != "" && !r.Label.IsZero():
			c.error("contradiction", p+".label", "this row has both party and label", "one of the two", "remove label")
		case r.Party != "" && seen[r.Party]:
			c.error("listed-twice", p+".party", string(r.Party)+" has two rows", "one row a party", "remove one of the two")
		}
		seen[r.Party] = true
		c.unitValue(r, s, p)
	}
}

// unitValue checks a stated unit value where volume and value are both known. What
// is stated may be rounded, and so may volume and value: each to the places written,
// or to the table's step.
func (c *checker) unitValue(r *Row, s *Statistic, path string) {
	if r.Approximate || r.UnitValue.IsZero() || r.Volume.IsZero() || r.Value.IsZero() {
		return
	}
	if r.Volume.Rat.Sign() <= 0 {
		return
	}
	least, most := r.Volume.between(s.Rounding.Volume)
	if least.Sign() <= 0 {
		return
	}
	low, high := r.Value.between(s.Rounding.Value)
	low.Mul(low.Quo(low, most), per(s))
	high.Mul(high.Quo(high, least), per(s))
	if least, most = r.UnitValue.between(Amount{}); most.Cmp(low) < 0 || least.Cmp(high) > 0 {
		c.warn("unit-value-differs", path+".unit_value", "the unit value is stated as "+r.UnitValue.String()+", value by volume gives "+r.perUnit(per(s)).String(),
			"a unit value that is value divided by volume, but for rounding", "correct one of the three, or leave unit_value out")
	}
}

// half is half the step to which an amount is rounded: the one that is told, if the
// amount is a multiple of it, else a unit of the last place that was written.
func (a Amount) half(step Amount) *big.Rat {
	if !step.IsZero() && step.Rat.Sign() > 0 && new(big.Rat).Quo(a.Rat, step.Rat).IsInt() {
		return new(big.Rat).Quo(step.Rat, big.NewRat(2, 1))
	}
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(a.Decimals)), nil)
	return new(big.Rat).SetFrac(big.NewInt(1), unit.Mul(unit, big.NewInt(2)))
}

// between is what a rounded amount can stand for.
func (a Amount) between(step Amount) (least, most *big.Rat) {
	half := a.half(step)
	return new(big.Rat).Sub(a.Rat, half), new(big.Rat).Add(a.Rat, half)
}

// sum adds up a column. The slack is what rounding of the rows can account for;
// complete is false where a row lacks an exact figure.
func sum(rows []Row, step Amount, column func(*Row) Amount) (total, slack *big.Rat, complete bool) {
	total, slack, complete = new(big.Rat), new(big.Rat), len(rows) > 0
	for i := range rows {
		a := column(&rows[i])
		if a.IsZero() || rows[i].Approximate {
			complete = false
		}
		if !a.IsZero() {
			total.Add(total, a.Rat)
			slack.Add(slack, a.half(step))
		}
	}
	return total, slack, complete
}

// total compares the published total with the computed one. A difference is shown
// in print; it is reported here because it may be a slip.
func (c *checker) total(s *Statistic, rows []Row, published *Row, path string) {
	if published.Party != "" {
		c.error("contradiction", path+".party", "a total is of no party", "figures, and label if it has a name of its own", "remove party")
	}
	c.unitValue(published, s, path)
	for _, col := range []struct {
		key  string
		step Amount
		of   func(*Row) Amount
	}{{"volume", s.Rounding.Volume, func(r *Row) Amount { return r.Volume }}, {"value", s.Rounding.Value, func(r *Row) Amount { return r.Value }}} {
		p := col.of(published)
		computed, slack, complete := sum(rows, col.step, col.of)
		if p.IsZero() || !complete || s.Incomplete || published.Approximate {
			continue
		}
		if off := new(big.Rat).Sub(p.Rat, computed); off.Abs(off).Cmp(slack.Add(slack, p.half(col.step))) <= 0 {
			continue
		}
		c.warn("total-differs", path+"."+col.key, "the published total is "+p.Rat.FloatString(p.Decimals)+", the rows add up to "+computed.FloatString(p.Decimals),
			"the same number, unless the source itself differs", "correct a row, or write incomplete: true if rows are missing")
	}
}
