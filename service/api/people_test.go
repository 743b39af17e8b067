package api

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"communique/service/access"
)

// identityProvider is a small OpenID Connect provider: discovery, one key, tokens.
type identityProvider struct {
	*httptest.Server
	t   *testing.T
	key *rsa.PrivateKey
}

func newIdentityProvider(t *testing.T) *identityProvider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &identityProvider{t: t, key: key}
	routes := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(v); err != nil {
			t.Error(err)
		}
	}
	routes.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"issuer": p.URL, "jwks_uri": p.URL + "/keys"})
	})
	routes.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		e := big.NewInt(int64(key.E)).Bytes()
		answer(w, map[string]any{"keys": []map[string]string{{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "one", "n": encoded(key.N.Bytes()), "e": encoded(e)}}})
	})
	p.Server = httptest.NewServer(routes)
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections() // access asks by the default transport
		p.Close()
	})
	return p
}

func encoded(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// token is one of a person with roles, with other claims laid over.
func (p *identityProvider) token(roles []string, over map[string]any) string {
	p.t.Helper()
	claims := map[string]any{"iss": p.URL, "aud": "communique", "sub": "u-17", "name": "An Editor", "iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix(), "groups": roles}
	for name, value := range over {
		claims[name] = value
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		p.t.Fatal(err)
	}
	signed := encoded([]byte(`{"alg":"RS256","kid":"one"}`)) + "." + encoded(payload)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, p.key, crypto.SHA256, sum[:])
	if err != nil {
		p.t.Fatal(err)
	}
	return signed + "." + encoded(signature)
}

func TestPeopleSignIn(t *testing.T) {
	p := newIdentityProvider(t)
	people, err := access.NewPeople(access.PeopleOptions{Issuer: p.URL, Audience: "communique", RolesClaim: "groups", Roles: map[string]access.Scopes{"editors": {access.Draft}, "chiefs": {access.Admin}}})
	if err != nil {
		t.Fatal(err)
	}
	d := openDesk(t, deskOptions{change: func(o *Options) { o.Authenticator.People = people }})
	editor := p.token([]string{"staff", "editors"}, nil)
	path := publicationsPath + "/kimberley-2023"
	if a := d.as(editor, "PUT", path, english); a.StatusCode != 201 {
		t.Fatalf("status %d: %s", a.StatusCode, a.body)
	}
	d.problem(d.as(editor, "POST", path+"/publish", ""), forbidden)
	d.problem(d.as(editor, "GET", keysPath, ""), forbidden)
	if a := d.as(p.token([]string{"chiefs"}, nil), "GET", keysPath, ""); a.StatusCode != 200 {
		t.Errorf("an administrator: %d %s", a.StatusCode, a.body)
	}
	a := d.as(editor, "GET", path+"/audit", "")
	if !strings.Contains(string(a.body), `"kind":"person","id":"u-17","name":"An Editor"`) {
		t.Errorf("the trail does not name the person: %s", a.body)
	}
	d.problem(d.as(p.token([]string{"staff"}, nil), "GET", path, ""), forbidden)
	for name, over := range map[string]map[string]any{
		"expired":          {"exp": time.Now().Add(-time.Hour).Unix()},
		"another audience": {"aud": "mail"},
		"another issuer":   {"iss": "https://login.example.org"},
	} {
		if p := d.problem(d.as(p.token([]string{"editors"}, over), "GET", path, ""), unauthorized); strings.Contains(p.Detail, "eyJ") {
			t.Errorf("%s: the token is repeated: %s", name, p.Detail)
		}
	}
	d.Close() // lines are written after answers
	if strings.Contains(d.log.String(), "An Editor") {
		t.Error("the log names a person")
	}
}
