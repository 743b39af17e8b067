package webhook

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Class says in one word why a message did not arrive; it is empty when it did.
type Class string

// Why a message did not arrive.
const (
	RefusedURL     Class = "refused-url"     // the address is not allowed
	RefusedAddress Class = "refused-address" // the host leads to an address that is not allowed
	Unsigned       Class = "unsigned"        // no secret to sign with
	Resolve        Class = "resolve"         // the host has no address
	Connect        Class = "connect"         // nothing listens, or the connection broke
	TLS            Class = "tls"             // no encrypted connection that can be trusted
	Timeout        Class = "timeout"         // no answer in time
	Cancelled      Class = "cancelled"       // the sender was told to stop
	Malformed      Class = "malformed"       // the answer is not HTTP, or its headers are too large
	Redirect       Class = "redirect"        // the receiver is elsewhere
	Status         Class = "status"          // the receiver refused
	Interrupted    Class = "interrupted"     // the process ended meanwhile; the receiver may have the message
)

// Result is what became of one attempt.
type Result struct {
	// Status is the answer's, 0 without an answer.
	Status   int
	Duration time.Duration
	Class    Class
	// Detail says what happened, what was expected and what to do; empty when the message arrived.
	Detail string
	// Excerpt is the beginning of the answer's body as safe text, 1 KiB at most.
	Excerpt string
	// RetryAfter is how long the receiver wants to be left alone; 0 when it does not say.
	RetryAfter time.Duration
}

// Delivered reports whether the receiver has taken the message.
func (r Result) Delivered() bool { return r.Class == "" }

// Gone reports whether the receiver never wants a message again.
func (r Result) Gone() bool { return r.Status == http.StatusGone }

// answer judges an answer. Any 2xx takes the message.
func answer(response *http.Response, body []byte, at time.Time) Result {
	r := Result{Status: response.StatusCode, Excerpt: excerpt(body)}
	switch {
	case r.Status >= 200 && r.Status < 300:
		return r
	case r.Status >= 300 && r.Status < 400:
		r.Class = Redirect
		r.Detail = fmt.Sprintf("the receiver answered %d; expected 2xx. Redirects are not followed: register the receiver's final address", r.Status)
	case r.Gone():
		r.Class = Status
		r.Detail = "the receiver answered 410: it wants no messages any more. Enable the webhook again when it does"
	default:
		r.Class = Status
		r.Detail = fmt.Sprintf("the receiver answered %d; expected 2xx. Its own log tells why", r.Status)
	}
	r.RetryAfter = retryAfter(response.Header.Get("Retry-After"), at)
	return r
}

// maxRetryAfter is the longest wait that a receiver can ask for.
const maxRetryAfter = 24 * time.Hour

// retryAfter reads seconds or a date.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(value, 10, 32); err == nil {
		return min(time.Duration(seconds)*time.Second, maxRetryAfter)
	}
	if date, err := http.ParseTime(value); err == nil {
		return min(max(date.Sub(now), 0), maxRetryAfter)
	}
	return 0
}

// failure sorts the errors of an exchange without an answer. Details are our
// own words: errors of the standard library hold addresses, and queries of
// addresses may hold secrets.
func failure(ctx context.Context, err error) Result {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	var (
		guard   *refusedError
		dns     *net.DNSError
		network net.Error
		record  tls.RecordHeaderError
		alert   tls.AlertError
		trust   *tls.CertificateVerificationError
		op      *net.OpError
	)
	switch {
	case errors.As(err, &guard):
		return Result{Class: RefusedAddress, Detail: guard.Error()}
	case errors.Is(context.Cause(ctx), context.Canceled):
		return Result{Class: Cancelled, Detail: "sending was broken off because the server stops; it is sent again"}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return Result{Class: Timeout, Detail: "no answer in time; expected 2xx within seconds. A receiver should take the message first and work on it later"}
	case errors.As(err, &dns):
		return Result{Class: Resolve, Detail: "the host has no address; check its name and its DNS"}
	case errors.As(err, &trust):
		return Result{Class: TLS, Detail: "the receiver's certificate is not trusted; expected a valid one for the host, with its chain"}
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &record), errors.As(err, &alert), strings.HasPrefix(err.Error(), "tls: "), strings.HasPrefix(err.Error(), "remote error: tls: "):
		return Result{Class: TLS, Detail: "no encrypted connection could be made; expected TLS 1.2 or later"}
	case errors.As(err, &op) || errors.Is(err, net.ErrClosed):
		return Result{Class: Connect, Detail: "the receiver could not be reached; check that it listens and that no firewall is between"}
	}
	return Result{Class: Malformed, Detail: "the connection broke off, the answer is not HTTP, or its headers are larger than 32 KiB"}
}

// excerpt keeps the beginning of a body as text on one line that cannot harm a
// terminal or a page: control and formatting characters become spaces.
func excerpt(body []byte) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(string(body[:min(len(body), maxExcerptBytes)]), "") {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
			r = ' '
		}
		b.WriteRune(r)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
