// Package access decides who asks and how often they may: API keys, scopes,
// the tokens of people from an OpenID Connect provider, rate limits, client
// addresses behind proxies, and signed tokens of our own. It owns the rules
// and must never know a database or an HTTP router: the store keeps keys, the
// API carries headers, and both ask here. No secret is kept, logged or put
// into an error.
package access

import (
	"context"
	"log/slog"
	"strings"
	"time"
)

// Kind tells what stands behind an Identity.
type Kind string

// The kinds of identities.
const (
	Anonymous Kind = "anonymous"
	ByKey     Kind = "key"
	Person    Kind = "person"
)

// Identity is who makes a request, as the audit trail names them.
type Identity struct {
	Kind Kind `json:"kind" enum:"anonymous,key,person" doc:"Whether a key or a person acted" example:"key"`
	// ID is the key's public id, or the person's subject at the provider.
	ID   string `json:"id,omitempty" doc:"The key's id, or the person's subject at the identity provider" example:"k3q7x2m5a6vbn4ct"`
	Name string `json:"name,omitempty" doc:"The name of the key or the person" example:"Newsroom"`
	// Scopes are what the identity may do.
	Scopes Scopes `json:"scopes,omitempty" nullable:"false" enum:"render,read,draft,translate,publish,admin" doc:"What they may do"`
	// RatePerSecond is the identity's own rate limit; zero means the default.
	RatePerSecond float64 `json:"-"`
}

// May reports whether the identity may do what needs a scope.
func (i Identity) May(needed Scope) bool { return i.Scopes.Allow(needed) }

// LogValue names the identity by kind and id: the name of a person stays out of logs.
func (i Identity) LogValue() slog.Value {
	return slog.GroupValue(slog.String("kind", string(i.Kind)), slog.String("id", i.ID))
}

// Reason is why a credential was refused.
type Reason string

// The reasons. All but Unavailable are the caller's to mend: a 401 answers
// them, and a 403 NoRole; a 503 answers Unavailable.
const (
	Malformed   Reason = "malformed"
	Unknown     Reason = "unknown"
	Expired     Reason = "expired"
	Revoked     Reason = "revoked"
	NoRole      Reason = "no-role"
	Unavailable Reason = "unavailable"
)

// Refusal is the error of every credential that is not accepted. Its message
// can be shown to the caller: it names what was expected, and no secret.
type Refusal struct {
	Reason  Reason
	Message string
	// RetryAfter is when to come back, if the reason is Unavailable.
	RetryAfter time.Duration
	// Cause is for the log; only Unavailable has one.
	Cause error
}

func (r *Refusal) Error() string { return r.Message }

func (r *Refusal) Unwrap() error { return r.Cause }

func refuse(why Reason, message string) *Refusal { return &Refusal{Reason: why, Message: message} }

// Authenticator tells identities from the Authorization field of a request.
type Authenticator struct {
	// Find returns the key of an id, or nil if there is none. It is best a
	// look-up in memory: how long it takes must not depend on the result.
	Find func(ctx context.Context, id string) (*Key, error)
	// Used hears that a key was used, at most once per UsedGrain by a process
	// that reads its own writes; nil hears nothing.
	Used func(ctx context.Context, id string, at time.Time)
	// People verifies tokens of people; nil means that only keys are accepted.
	People *People
	// Now is the clock; time.Now if nil.
	Now func() time.Time
}

// Identify reads the value of an Authorization field. An empty one is the
// anonymous identity without scopes. The error is a *Refusal, or what Find failed with.
func (a *Authenticator) Identify(ctx context.Context, authorization string) (Identity, error) {
	if authorization == "" {
		return Identity{Kind: Anonymous}, nil
	}
	credential, ok := bearer(authorization)
	switch {
	case !ok:
		return Identity{}, refuse(Malformed, "the Authorization field is not understood: write Authorization: Bearer, a space, and a key or a token")
	case LooksLikeKey(credential):
		return a.byKey(ctx, credential)
	case a.People == nil:
		return Identity{}, refuse(Malformed, notAKey)
	}
	return a.People.Verify(ctx, credential)
}

func (a *Authenticator) byKey(ctx context.Context, credential string) (Identity, error) {
	token, err := Parse(credential)
	if err != nil {
		return Identity{}, err
	}
	key, err := a.Find(ctx, token.ID())
	if err != nil {
		return Identity{}, err
	}
	now := a.now()
	who, err := token.Verify(key, now)
	if err == nil && a.Used != nil && key.UseIsNews(now) {
		a.Used(ctx, key.ID, now.Truncate(UsedGrain))
	}
	return who, err
}

func (a *Authenticator) now() time.Time {
	if a.Now == nil {
		return time.Now()
	}
	return a.Now()
}

// bearer reads a field of the Bearer scheme (RFC 6750), whose name is written in any case.
func bearer(authorization string) (string, bool) {
	const scheme = "bearer "
	if len(authorization) <= len(scheme) || !strings.EqualFold(authorization[:len(scheme)], scheme) {
		return "", false
	}
	return strings.TrimSpace(authorization[len(scheme):]), true
}
