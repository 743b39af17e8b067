package access

import (
	"fmt"
	"math"
	"net/netip"
	"time"

	"golang.org/x/time/rate"
)

// Rate is a token bucket: it fills with so many a second, and holds Burst.
type Rate struct {
	PerSecond float64
	Burst     int
}

// The default rates.
var (
	identityRate  = Rate{PerSecond: 20, Burst: 100}
	anonymousRate = Rate{PerSecond: 10, Burst: 50}
	// ten wrong keys at once, then one in ten seconds.
	failureRate = Rate{PerSecond: 0.1, Burst: 10}
)

// Decision is the answer of a limit, with what a client should know of it.
type Decision struct {
	OK bool
	// Wait is when the next request would be admitted, if this one is not.
	Wait time.Duration
	// Limit is the size of the bucket, Remaining what is left of it, and Reset
	// how long it takes to be full again.
	Limit, Remaining int
	Reset            time.Duration
	// Window is how long a whole bucket takes to fill.
	Window time.Duration
}

// RetryAfter is Wait for a field of that name: whole seconds, one at least.
func (d Decision) RetryAfter() int { return max(1, ceilSeconds(d.Wait)) }

// Fields are the values of RateLimit-Policy and RateLimit as
// draft-ietf-httpapi-ratelimit-headers has them, under the name of a policy
// (a token, such as "default").
func (d Decision) Fields(policy string) (policyField, limitField string) {
	return fmt.Sprintf("%q;q=%d;w=%d", policy, d.Limit, max(1, ceilSeconds(d.Window))),
		fmt.Sprintf("%q;r=%d;t=%d", policy, d.Remaining, ceilSeconds(d.Reset))
}

func ceilSeconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }

// LimitOptions are the rates of Limits; zero ones have defaults.
type LimitOptions struct {
	// Identity is for each key and person; a rate of their own replaces PerSecond.
	Identity Rate
	// Anonymous is for each client address without credentials.
	Anonymous Rate
	// Failures is for each client address whose credentials are refused.
	Failures Rate
	// Clients is how many identities and addresses are remembered at most, of
	// each of the three; 16384 by default. Beyond, the one not seen longest is
	// forgotten: its bucket is full when it comes back.
	Clients int
}

// Limits are the rate limits of the service. They are kept in memory: each
// process counts for itself.
type Limits struct {
	options                         LimitOptions
	identities, anonymous, failures *buckets
}

// NewLimits makes limits.
func NewLimits(o LimitOptions) *Limits {
	o.Identity = orRate(o.Identity, identityRate)
	o.Anonymous = orRate(o.Anonymous, anonymousRate)
	o.Failures = orRate(o.Failures, failureRate)
	if o.Clients <= 0 {
		o.Clients = 16384
	}
	return &Limits{o, newBuckets(o.Clients), newBuckets(o.Clients), newBuckets(o.Clients)}
}

func orRate(r, standard Rate) Rate {
	if r.PerSecond <= 0 {
		r.PerSecond = standard.PerSecond
	}
	if r.Burst <= 0 {
		r.Burst = standard.Burst
	}
	return r
}

// Admit counts a request of an identity; the anonymous one is limited by its address.
func (l *Limits) Admit(who Identity, addr netip.Addr, now time.Time) Decision {
	if who.Kind == Anonymous || who.ID == "" {
		return l.anonymous.take(household(addr), l.options.Anonymous, now, 1)
	}
	r := l.options.Identity
	if who.RatePerSecond > 0 {
		// A bucket below one second's worth would refuse what the rate allows.
		r = Rate{PerSecond: who.RatePerSecond, Burst: max(r.Burst, int(math.Ceil(who.RatePerSecond)))}
	}
	return l.identities.take(string(who.Kind)+" "+who.ID, r, now, 1)
}

// MayTry tells, without counting, whether an address may still present
// credentials: ask it before they are verified.
func (l *Limits) MayTry(addr netip.Addr, now time.Time) Decision {
	return l.failures.take(household(addr), l.options.Failures, now, 0)
}

// Failed counts credentials that were refused, for their address.
func (l *Limits) Failed(addr netip.Addr, now time.Time) {
	l.failures.take(household(addr), l.options.Failures, now, 1)
}

// count takes n tokens from a bucket if one is there at all.
func count(bucket *rate.Limiter, r Rate, now time.Time, n int) Decision {
	if bucket.Limit() != rate.Limit(r.PerSecond) || bucket.Burst() != r.Burst {
		bucket.SetLimitAt(now, rate.Limit(r.PerSecond))
		bucket.SetBurstAt(now, r.Burst)
	}
	have := bucket.TokensAt(now)
	d := Decision{OK: have >= 1, Limit: r.Burst, Window: duration(float64(r.Burst) / r.PerSecond)}
	if n > 0 {
		d.OK = bucket.AllowN(now, n)
		have = bucket.TokensAt(now)
	}
	if !d.OK {
		d.Wait = duration((1 - have) / r.PerSecond)
	}
	d.Remaining = max(0, int(have))
	d.Reset = duration((float64(r.Burst) - have) / r.PerSecond)
	return d
}

func duration(seconds float64) time.Duration {
	const most = float64(24 * time.Hour)
	return time.Duration(min(max(seconds*float64(time.Second), 0), most))
}
