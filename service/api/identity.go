package api

import (
	"errors"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"communique/service/access"
	"communique/service/office"
	"communique/service/press"
	"communique/service/telemetry"
)

// anyone marks operations that need no credentials where the server says so.
const anyone access.Scope = ""

// admitted makes a handler of one for callers who may do what needs a scope. Who
// has no credentials gets 401 whatever the address is, and whether it exists.
func (s *Server) admitted(needed access.Scope, serve func(*gin.Context, access.Identity) *Problem) func(*gin.Context) *Problem {
	return func(c *gin.Context) *Problem {
		who, problem := s.identify(c)
		if problem != nil {
			return problem
		}
		switch {
		case needed == anyone || who.May(needed):
			return serve(c, who)
		case who.Kind == access.Anonymous:
			return unauthenticated("this needs an API key, or the token of a person: send Authorization: Bearer and the key")
		}
		return forbidden.because("this needs the scope " + string(needed) + ", which the credentials do not have")
	}
}

// identify tells who asks, within the rates that are theirs. Renders of strangers
// are allowed where the server's options say so. Credentials are verified whatever
// others have sent from the same address: who is right is never locked out.
func (s *Server) identify(c *gin.Context) (access.Identity, *Problem) {
	address := s.client(c.Request)
	now := time.Now()
	who, err := s.options.Authenticator.Identify(c.Request.Context(), c.GetHeader("Authorization"))
	if err != nil {
		return who, s.refusal(c, err, address, now)
	}
	note(c, "who", who)
	d := s.limiter.Admit(who, address, now)
	policy, left := d.Fields("default")
	c.Header("RateLimit-Policy", policy)
	c.Header("RateLimit", left)
	if !d.OK {
		limit := telemetry.LimitIdentity
		if who.Kind == access.Anonymous {
			limit = telemetry.LimitAnonymous
		}
		s.options.Metrics.Limited(limit)
		return who, tooOften(d, "too many requests")
	}
	if who.Kind == access.Anonymous && s.options.Anonymous {
		who.Scopes = access.Scopes{access.Render}
	}
	return who, nil
}

// client is the address that a request comes from, behind proxies that are trusted.
func (s *Server) client(r *http.Request) netip.Addr {
	return access.ClientAddress(r.RemoteAddr, r.Header, s.options.Proxies)
}

// refusal says why credentials are not accepted, or, where an address has sent too
// many of that kind, that it has to wait before it hears more.
func (s *Server) refusal(c *gin.Context, err error, address netip.Addr, now time.Time) *Problem {
	refusal, ok := errors.AsType[*access.Refusal](err)
	switch {
	case !ok:
		s.log.Error("credentials could not be checked", "id", requestID(c), "error", err)
		return internalError.because("the credentials could not be checked")
	case refusal.Reason == access.Unavailable:
		s.log.Warn("identity provider", "id", requestID(c), "error", refusal.Cause)
		problem := notReady.because(refusal.Message)
		problem.header.Set("Retry-After", strconv.Itoa(max(1, int(refusal.RetryAfter.Seconds()))))
		return problem
	case refusal.Reason == access.NoRole: // the person is known: nothing was guessed
		return forbidden.because(refusal.Message)
	}
	if d := s.limiter.MayTry(address, now); !d.OK {
		s.options.Metrics.Limited(telemetry.LimitFailures)
		return tooOften(d, "too many credentials were refused from this address")
	}
	s.limiter.Failed(address, now)
	return unauthenticated(refusal.Message)
}

// unauthenticated is a 401 with the challenge that it must have (RFC 9110, 11.6.1).
func unauthenticated(detail string) *Problem {
	problem := unauthorized.because(detail)
	problem.header.Set("WWW-Authenticate", `Bearer realm="communique"`)
	return problem
}

func tooOften(d access.Decision, detail string) *Problem {
	problem := tooManyRequests.because(detail)
	problem.header.Set("Retry-After", strconv.Itoa(d.RetryAfter()))
	return problem
}

// caller is an identity as the office and its audit trail know it.
func caller(c *gin.Context, who access.Identity) office.Caller {
	return office.Caller{Actor: press.Actor{Kind: string(who.Kind), ID: who.ID, Name: who.Name}, Scopes: who.Scopes, RequestID: requestID(c)}
}
