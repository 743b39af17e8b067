package access

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// PeopleOptions configure the OpenID Connect provider that people come from.
type PeopleOptions struct {
	// Issuer is the provider's address, as it stands in its tokens.
	Issuer string
	// Audience is who the tokens must be for: the client id, or the name of
	// this service at the provider.
	Audience string
	// Parties are the clients whose tokens are accepted (azp); only Audience by default.
	Parties []string
	// RolesClaim is the path to the roles in a token, such as realm_access.roles;
	// "roles" by default.
	RolesClaim string
	// Roles tells which scopes a role has.
	Roles map[string]Scopes
	// NameClaim is the path to the person's name; "name" by default.
	NameClaim string
	// Leeway is how far the provider's clock may be off; one minute by default.
	Leeway time.Duration
	// Now is the clock; time.Now if nil.
	Now func() time.Time
}

// Times of the provider.
const (
	askTime      = 5 * time.Second
	firstBackoff = time.Second
	longBackoff  = time.Minute
	maxToken     = 16 << 10
)

// algorithms are those where knowing the public key does not let one sign.
var algorithms = []string{
	oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512,
	oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA,
}

// People verifies the tokens of people. The provider is asked when the first
// token comes: a provider that is away delays nothing but such tokens.
type People struct {
	options PeopleOptions
	client  *http.Client

	mu       sync.Mutex
	verifier *oidc.IDTokenVerifier
	// finding is closed when the discovery under way has ended.
	finding chan struct{}
	failure error
	backoff time.Duration
	retry   time.Time
}

// NewPeople checks the options; it does not ask the provider.
func NewPeople(o PeopleOptions) (*People, error) {
	if err := checkProviderURL(o.Issuer); err != nil {
		return nil, fmt.Errorf("the issuer of OpenID Connect: %w", err)
	}
	if o.Audience == "" {
		return nil, errors.New("OpenID Connect has no audience: name the client id that tokens are made for")
	}
	if len(o.Roles) == 0 {
		return nil, errors.New("OpenID Connect has no roles: name at least one role and its scopes")
	}
	for role, scopes := range o.Roles {
		if _, err := ParseScopes(scopes.names()); err != nil {
			return nil, fmt.Errorf("role %q of OpenID Connect: %w", role, err)
		}
	}
	if o.RolesClaim == "" {
		o.RolesClaim = "roles"
	}
	if o.NameClaim == "" {
		o.NameClaim = "name"
	}
	if len(o.Parties) == 0 {
		o.Parties = []string{o.Audience}
	}
	if o.Leeway <= 0 {
		o.Leeway = time.Minute
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	client := &http.Client{Timeout: askTime, Transport: bounded{http.DefaultTransport}, CheckRedirect: stayProtected}
	return &People{options: o, client: client, backoff: firstBackoff}, nil
}

// stayProtected follows no redirect away from https, and no long chain.
func stayProtected(r *http.Request, via []*http.Request) error {
	if len(via) >= 3 {
		return errors.New("the identity provider redirects too often")
	}
	return checkProviderURL(withoutQuery(r.URL.String()))
}

// checkProviderURL wants https; plain http only on this machine.
func checkProviderURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return errors.New("expected an address such as https://login.example.org/realms/press")
	}
	host := u.Hostname()
	addr, _ := netip.ParseAddr(host)
	if u.Scheme == "https" || u.Scheme == "http" && (host == "localhost" || addr.IsLoopback()) {
		return nil
	}
	return errors.New("expected an https address: keys that arrive unprotected prove nothing")
}

// Verify tells the person behind a token. The error is a *Refusal.
func (p *People) Verify(ctx context.Context, raw string) (Identity, error) {
	if len(raw) > maxToken || strings.Count(raw, ".") != 2 {
		return Identity{}, refuse(Malformed, "this is neither an API key nor a signed token (JWT) of the identity provider: expected cq_… or three parts parted by points")
	}
	verifier, err := p.provider(ctx)
	if err != nil {
		return Identity{}, err
	}
	var trouble error
	token, err := verifier.Verify(context.WithValue(ctx, away{}, &trouble), raw)
	switch {
	case trouble != nil:
		return Identity{}, noAnswer(trouble, keysRetry)
	case err != nil:
		return Identity{}, p.notOurs(err)
	}
	return p.identity(token)
}

// notOurs words what go-oidc says without repeating the token. Its texts name
// the values of claims; only whose they should be is told.
func (p *People) notOurs(err error) *Refusal {
	text := err.Error()
	switch {
	case strings.Contains(text, "different provider"):
		return refuse(Unknown, fmt.Sprintf("this token is of another provider: expected one of %s", p.options.Issuer))
	case strings.Contains(text, "expected audience"):
		return refuse(Unknown, fmt.Sprintf("this token is for another service: expected the audience (aud) %q", p.options.Audience))
	case strings.Contains(text, "verify signature"):
		return refuse(Unknown, "this token is not signed with a key of the identity provider: sign in again")
	}
	return refuse(Malformed, "this token cannot be read: expected a JWT signed with RS, PS, ES or EdDSA; sign in again")
}

func noAnswer(err error, wait time.Duration) *Refusal {
	return &Refusal{
		Reason: Unavailable, RetryAfter: wait, Cause: err,
		Message: "people cannot sign in at this moment, for the identity provider does not answer: try again, or use an API key",
	}
}

// provider is the verifier of the provider, found when it is first needed.
// One request asks and the others wait for it; after a failure nobody asks
// until the back-off has passed.
func (p *People) provider(ctx context.Context) (*oidc.IDTokenVerifier, error) {
	p.mu.Lock()
	if p.verifier != nil {
		defer p.mu.Unlock()
		return p.verifier, nil
	}
	if wait := p.retry.Sub(p.options.Now()); p.finding == nil && wait > 0 {
		defer p.mu.Unlock()
		return nil, noAnswer(p.failure, wait)
	}
	if p.finding == nil {
		p.finding = make(chan struct{})
		go p.discover(p.finding)
	}
	finding := p.finding
	p.mu.Unlock()
	select {
	case <-finding:
	case <-ctx.Done():
		return nil, noAnswer(ctx.Err(), firstBackoff)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.verifier == nil {
		return nil, noAnswer(p.failure, max(p.retry.Sub(p.options.Now()), 0))
	}
	return p.verifier, nil
}

// discover asks the provider for its configuration. It outlives the request
// that began it: the next one profits.
func (p *People) discover(done chan struct{}) {
	verifier, err := p.ask()
	p.mu.Lock()
	defer p.mu.Unlock()
	defer close(done)
	p.finding, p.verifier, p.failure = nil, verifier, err
	if err != nil {
		p.retry = p.options.Now().Add(p.backoff)
		p.backoff = min(2*p.backoff, longBackoff)
	}
}

func (p *People) ask() (*oidc.IDTokenVerifier, error) {
	ctx, cancel := context.WithTimeout(oidc.ClientContext(context.Background(), p.client), askTime)
	defer cancel()
	provider, err := oidc.NewProvider(ctx, p.options.Issuer)
	if err != nil {
		return nil, err
	}
	var found struct {
		Keys string `json:"jwks_uri"`
	}
	if err := provider.Claims(&found); err != nil {
		return nil, err
	}
	if err := checkProviderURL(withoutQuery(found.Keys)); err != nil {
		return nil, fmt.Errorf("the jwks_uri of the provider: %w", err)
	}
	return oidc.NewVerifier(p.options.Issuer, newKeySet(found.Keys, p.client, p.options.Now), &oidc.Config{
		ClientID:             p.options.Audience,
		SupportedSigningAlgs: algorithms,
		SkipExpiryCheck:      true, // checked in claims.go, with the leeway that is configured
	}), nil
}

func withoutQuery(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return address
}
