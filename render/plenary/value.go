package plenary

import (
	"math/big"
	"regexp"
	"slices"
	"time"

	"communique/render/diag"
)

// Lang is a BCP 47 tag.
type Lang string

// PartyID is an ISO 3166-1 alpha-2 code, EU, or the id of a party or working body
// of the record.
type PartyID string

// Text is a text in one or more languages.
type Text struct{ Versions []Version }

// Version is a text in one language, and the place where it begins.
type Version struct {
	Lang Lang
	Text string
	Pos  diag.Pos
}

// IsZero reports that there is no text in any language.
func (t Text) IsZero() bool { return len(t.Versions) == 0 }

// In finds the text in a language, else in the original one; ok is false when it is
// not in the language that was asked for.
func (t Text) In(lang, original Lang) (v Version, ok bool) {
	return t.in(func(l Lang) bool { return l == lang }, original)
}

// in is the text in a language as same tells it, else in the original one, else in the
// first that it is given in; ok is false when it is not in the language.
func (t Text) in(same func(Lang) bool, original Lang) (v Version, ok bool) {
	for _, wanted := range []func(Lang) bool{same, func(l Lang) bool { return l == original }} {
		if i := slices.IndexFunc(t.Versions, func(v Version) bool { return wanted(v.Lang) }); i >= 0 {
			return t.Versions[i], same(t.Versions[i].Lang)
		}
	}
	if t.IsZero() {
		return Version{}, false
	}
	return t.Versions[0], false
}

// Date is a calendar day (ISO 8601, YYYY-MM-DD).
type Date struct{ time.Time }

// Instant is a point in time with its offset from UTC (RFC 3339).
type Instant struct{ time.Time }

// Amount is an exact decimal number.
type Amount struct {
	// Rat is nil where no amount is given; Decimals is how many places were written.
	Rat      *big.Rat
	Decimals int
}

// IsZero reports that no amount is given; an amount of 0 is one.
func (a Amount) IsZero() bool { return a.Rat == nil }

var decimal = regexp.MustCompile(`^-?[0-9]{1,30}(?:\.([0-9]{1,30}))?$`)

// parseAmount reads a decimal number with a point; ok is false for anything else.
func parseAmount(s string) (a Amount, ok bool) {
	m := decimal.FindStringSubmatch(s)
	if m == nil {
		return a, false
	}
	a.Rat, ok = new(big.Rat).SetString(s)
	a.Decimals = len(m[1])
	return a, ok
}

// Votes is a number of votes, or those who cast them.
type Votes struct {
	Given   bool
	Count   int
	Parties []PartyID
}

// IsZero reports that nothing is said of these votes.
func (v Votes) IsZero() bool { return !v.Given }
