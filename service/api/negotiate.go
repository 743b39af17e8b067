package api

import (
	"strconv"
	"strings"
)

// mediaRange is one entry of an Accept header.
type mediaRange struct {
	kind, subtype string
	q             float64
}

// specificity ranks how exactly a range names an offer: 0 not at all, 1 by
// */*, 2 by type/*, 3 by both.
func (r mediaRange) specificity(kind, subtype string) int {
	switch {
	case r.kind == "*" && r.subtype == "*":
		return 1
	case r.kind == kind && r.subtype == "*":
		return 2
	case r.kind == kind && r.subtype == subtype:
		return 3
	}
	return 0
}

// negotiate chooses the offer that an Accept header likes best (RFC 9110,
// 12.5.1); of equals the first. Without a header everything is liked. Media type
// parameters are not compared: no two offers differ only in them.
func negotiate(accept []string, offers []string) (string, bool) {
	header := strings.Join(accept, ",")
	if strings.TrimSpace(header) == "" {
		return offers[0], true
	}
	ranges := parseAccept(header)
	best, bestQ := "", 0.0
	for _, offer := range offers {
		kind, subtype, _ := strings.Cut(offer, "/")
		q, specific := 0.0, 0
		for _, r := range ranges {
			if n := r.specificity(kind, subtype); n > specific {
				q, specific = r.q, n
			}
		}
		if q > bestQ {
			best, bestQ = offer, q
		}
	}
	return best, bestQ > 0
}

// parseAccept reads media ranges; what is malformed is left out.
func parseAccept(header string) []mediaRange {
	var out []mediaRange
	for entry := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(entry, ";")
		kind, subtype, ok := strings.Cut(strings.ToLower(strings.TrimSpace(name)), "/")
		if !ok || kind == "" || subtype == "" {
			continue
		}
		r := mediaRange{kind, subtype, 1}
		for param := range strings.SplitSeq(params, ";") {
			key, value, _ := strings.Cut(strings.TrimSpace(param), "=")
			if strings.EqualFold(key, "q") {
				r.q, ok = weight(value)
			}
		}
		if ok {
			out = append(out, r)
		}
	}
	return out
}

// weight reads a qvalue: 0 to 1 with at most three decimals (RFC 9110, 12.4.2).
func weight(s string) (float64, bool) {
	if len(s) > 5 || strings.Trim(s, "0123456789.") != "" {
		return 0, false
	}
	q, err := strconv.ParseFloat(s, 64)
	return q, err == nil && q <= 1
}
