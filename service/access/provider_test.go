package access

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// provider is a small OpenID Connect provider: discovery, keys, tokens.
type provider struct {
	*httptest.Server
	discoveries, fetches atomic.Int32
	// down makes it answer 503.
	down atomic.Bool

	mu   sync.Mutex
	keys jose.JSONWebKeySet
}

func newProvider(t *testing.T, keys ...signing) *provider {
	t.Helper()
	p := &provider{}
	p.publish(keys...)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		p.discoveries.Add(1)
		p.answer(w, map[string]any{"issuer": p.URL, "jwks_uri": p.URL + "/keys"})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		p.fetches.Add(1)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.answer(w, p.keys)
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *provider) answer(w http.ResponseWriter, value any) {
	if p.down.Load() {
		http.Error(w, "down", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		panic(err)
	}
}

func (p *provider) publish(keys ...signing) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys = jose.JSONWebKeySet{}
	for _, k := range keys {
		p.keys.Keys = append(p.keys.Keys, jose.JSONWebKey{Key: k.public(), KeyID: k.id, Algorithm: string(k.alg), Use: "sig"})
	}
}

// signing is a key of the provider.
type signing struct {
	id  string
	alg jose.SignatureAlgorithm
	key any
}

func (s signing) public() any { return s.key.(crypto.Signer).Public() }

func rs256(t testing.TB, id string) signing {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return signing{id, jose.RS256, key}
}

func es256(t testing.TB, id string) signing {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return signing{id, jose.ES256, key}
}

// claims are those of an editor, with changes; nil takes a claim away.
func (p *provider) claims(changes map[string]any) map[string]any {
	c := map[string]any{
		"iss": p.URL, "aud": "communique", "sub": "u-1", "name": "An Editor",
		"iat": noon.Unix(), "exp": noon.Add(time.Hour).Unix(),
		"realm_access": map[string]any{"roles": []string{"offline", "editor"}},
	}
	maps.Copy(c, changes)
	maps.DeleteFunc(c, func(_ string, v any) bool { return v == nil })
	return c
}

func (s signing) sign(t testing.TB, claims map[string]any) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: s.alg, Key: jose.JSONWebKey{Key: s.key, KeyID: s.id}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	object, err := signer.Sign(payload)
	if err != nil {
		t.Fatal(err)
	}
	token, err := object.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// clock is a clock that stands until it is set.
type clock struct{ offset atomic.Int64 }

func (c *clock) now() time.Time { return noon.Add(time.Duration(c.offset.Load())) }

func (c *clock) pass(d time.Duration) { c.offset.Add(int64(d)) }

func newPeople(t testing.TB, issuer string, c *clock) *People {
	t.Helper()
	people, err := NewPeople(PeopleOptions{
		Issuer: issuer, Audience: "communique", RolesClaim: "realm_access.roles", Now: c.now,
		Roles: map[string]Scopes{"editor": {Draft, Publish}, "translator": {Translate}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return people
}
