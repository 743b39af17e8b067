package plenary

import (
	"math/big"
	"regexp"

	"golang.org/x/text/currency"
)

var period = regexp.MustCompile(`^[0-9]{4}(-(0[1-9]|1[0-2]|H[12]|Q[1-4]))?$|^[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}$`)

func (c *checker) statistic(s *Statistic, path string) {
	if s.Period != "" && !period.MatchString(s.Period) {
		c.error("bad-value", path+".period", place(path)+".period is "+quote(s.Period), "2022, 2022-06, 2022-H1, 2022-Q3, or 2022-01-01/2022-06-30", "period: \"2022\"")
	}
	if code, ok := s.currencyCode(); s.Currency != "" && !ok {
		c.error("bad-value", path+".currency", "there is no currency "+quote(code), "an ISO 4217 code such as USD, with a scale before it if need be", "currency: million USD")
	}
	c.rows(s.Series, path+".series", s)
	c.rows(s.Previous.Series, path+".previous.series", s)
	c.total(s, s.Series, &s.Total, path+".total")
	c.total(s, s.Previous.Series, &s.Previous.Total, path+".previous.total")
}

// currencyCode is the ISO 4217 code of "USD" or "million USD".
func (s *Statistic) currencyCode() (code string, ok bool) {
	code = s.Currency
	if len(code) > 3 {
		code = code[len(code)-3:]
	}
	_, err := currency.ParseISO(code)
	return code, err == nil
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
		c.unitValue(r, p)
	}
}

// unitValue checks a stated unit value where volume and value are both known. What
// is stated may be rounded, and so may volume and value: each to the places written.
func (c *checker) unitValue(r *Row, path string) {
	if r.UnitValue.IsZero() || r.Volume.IsZero() || r.Value.IsZero() {
		return
	}
	if r.Volume.Rat.Sign() <= 0 {
		return
	}
	low := new(big.Rat).Quo(r.Value.least(), r.Volume.most())
	high := r.Value.most()
	if least := r.Volume.least(); least.Sign() > 0 {
		high = new(big.Rat).Quo(high, least)
	} else {
		return
	}
	if r.UnitValue.most().Cmp(low) < 0 || r.UnitValue.least().Cmp(high) > 0 {
		computed := new(big.Rat).Quo(r.Value.Rat, r.Volume.Rat)
		c.warn("unit-value-differs", path+".unit_value", "the unit value is stated as "+r.UnitValue.Rat.FloatString(r.UnitValue.Decimals)+", value by volume gives "+computed.FloatString(2),
			"a unit value that is value divided by volume, but for rounding", "correct one of the three, or leave unit_value out")
	}
}

// half is half a unit of the last place that was written.
func (a Amount) half() *big.Rat {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(a.Decimals)), nil)
	return new(big.Rat).SetFrac(big.NewInt(1), unit.Mul(unit, big.NewInt(2)))
}

func (a Amount) least() *big.Rat { return new(big.Rat).Sub(a.Rat, a.half()) }
func (a Amount) most() *big.Rat  { return new(big.Rat).Add(a.Rat, a.half()) }

// sum adds up a column. The slack is what rounding of the rows can account for;
// complete is false where a row lacks a figure.
func sum(rows []Row, column func(*Row) Amount) (total, slack *big.Rat, complete bool) {
	total, slack, complete = new(big.Rat), new(big.Rat), len(rows) > 0
	for i := range rows {
		if a := column(&rows[i]); a.IsZero() {
			complete = false
		} else {
			total.Add(total, a.Rat)
			slack.Add(slack, a.half())
		}
	}
	return total, slack, complete
}

// total compares the published total with the computed one. A difference is shown
// in print; it is reported here because it may be a slip.
func (c *checker) total(s *Statistic, rows []Row, published *Row, path string) {
	for _, col := range []struct {
		key string
		of  func(*Row) Amount
	}{{"volume", func(r *Row) Amount { return r.Volume }}, {"value", func(r *Row) Amount { return r.Value }}} {
		p := col.of(published)
		computed, slack, complete := sum(rows, col.of)
		if p.IsZero() || !complete || s.Incomplete {
			continue
		}
		if off := new(big.Rat).Sub(p.Rat, computed); off.Abs(off).Cmp(slack.Add(slack, p.half())) <= 0 {
			continue
		}
		c.warn("total-differs", path+"."+col.key, "the published total is "+p.Rat.FloatString(p.Decimals)+", the rows add up to "+computed.FloatString(p.Decimals),
			"the same number, unless the source itself differs", "correct a row, or write incomplete: true if rows are missing")
	}
}
