package access

import (
	"context"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

func TestPeopleSignInByBothKindsOfKeys(t *testing.T) {
	for _, key := range []signing{rs256(t, "k1"), es256(t, "k2"), es256(t, "")} {
		p := newProvider(t, key)
		people := newPeople(t, p.URL, &clock{})
		who, err := people.Verify(t.Context(), key.sign(t, p.claims(nil)))
		if err != nil {
			t.Fatal(err)
		}
		if who.Kind != Person || who.ID != "u-1" || who.Name != "An Editor" || fmt.Sprint(who.Scopes) != "[draft publish]" {
			t.Errorf("identity %+v", who)
		}
	}
}

func TestTokensThatAreRefused(t *testing.T) {
	key := es256(t, "k1")
	p := newProvider(t, key)
	people := newPeople(t, p.URL, &clock{})
	at := func(d time.Duration) int64 { return noon.Add(d).Unix() }
	for _, c := range []struct {
		name    string
		changes map[string]any
		reason  Reason
		says    string
	}{
		{"issuer", map[string]any{"iss": "https://login.example.org"}, Unknown, p.URL},
		{"audience", map[string]any{"aud": "other"}, Unknown, `audience (aud) "communique"`},
		{"no audience", map[string]any{"aud": nil}, Unknown, "audience"},
		{"party", map[string]any{"azp": "other"}, Unknown, `(azp) to be one of "communique"`},
		{"party that is no text", map[string]any{"azp": 1}, Unknown, "azp"},
		{"several audiences without a party", map[string]any{"aud": []string{"communique", "other"}}, Unknown, "azp"},
		{"several audiences with a party", map[string]any{"aud": []string{"communique", "other"}, "azp": "communique"}, "", ""},
		{"expired", map[string]any{"exp": at(-time.Minute)}, Expired, "sign in again"},
		{"expired within the leeway", map[string]any{"exp": at(-59 * time.Second)}, "", ""},
		{"no expiry", map[string]any{"exp": nil}, Expired, "expired"},
		{"not yet", map[string]any{"nbf": at(2 * time.Minute)}, Malformed, "not valid yet (nbf)"},
		{"not yet within the leeway", map[string]any{"nbf": at(time.Minute)}, "", ""},
		{"issued in the future", map[string]any{"iat": at(2 * time.Minute)}, Malformed, "(iat)"},
		{"no role", map[string]any{"realm_access": nil}, NoRole, `the claim realm_access.roles was looked at, expected one of "editor", "translator"`},
		{"unknown role", map[string]any{"realm_access": map[string]any{"roles": []string{"admin"}}}, NoRole, "realm_access.roles"},
		{"role at another claim", map[string]any{"realm_access": nil, "roles": []string{"editor"}}, NoRole, "realm_access.roles"},
		{"no subject", map[string]any{"sub": nil}, Malformed, "(sub)"},
	} {
		_, err := people.Verify(t.Context(), key.sign(t, p.claims(c.changes)))
		switch {
		case c.reason == "":
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		case err == nil:
			t.Errorf("%s: accepted", c.name)
		case reason(t, err) != c.reason || !strings.Contains(err.Error(), c.says):
			t.Errorf("%s: %s: %v", c.name, reason(t, err), err)
		}
	}
}

func TestSignaturesThatProveNothing(t *testing.T) {
	key := rs256(t, "k1")
	p := newProvider(t, key)
	people := newPeople(t, p.URL, &clock{})
	payload, err := json.Marshal(p.claims(nil))
	if err != nil {
		t.Fatal(err)
	}
	b64 := base64.RawURLEncoding.EncodeToString
	der, err := x509.MarshalPKIXPublicKey(key.public())
	if err != nil {
		t.Fatal(err)
	}
	public := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	genuine := key.sign(t, p.claims(nil))
	parts := strings.Split(genuine, ".")
	forged := strings.Replace(string(payload), "u-1", "u-2", 1)
	for name, token := range map[string]string{
		"alg none":             b64([]byte(`{"alg":"none","kid":"k1"}`)) + "." + b64(payload) + ".",
		"HS256, public key":    signing{"k1", jose.HS256, public}.sign(t, p.claims(nil)),
		"HS256, key as DER":    signing{"k1", jose.HS256, der}.sign(t, p.claims(nil)),
		"another key, same id": rs256(t, "k1").sign(t, p.claims(nil)),
		"another algorithm":    es256(t, "k1").sign(t, p.claims(nil)),
		"changed claims":       parts[0] + "." + b64([]byte(forged)) + "." + parts[2],
		"no signature":         parts[0] + "." + parts[1] + ".",
		"not a token":          "a.b.c",
		"one part":             "abc",
		"too long":             genuine + strings.Repeat("A", maxToken),
	} {
		if who, err := people.Verify(t.Context(), token); err == nil {
			t.Errorf("%s: accepted as %+v", name, who)
		} else if r := reason(t, err); r != Unknown && r != Malformed || strings.Contains(err.Error(), parts[2][:20]) {
			t.Errorf("%s: %s: %v", name, r, err)
		}
	}
	if _, err := people.Verify(t.Context(), genuine); err != nil {
		t.Error(err)
	}
	if n := p.fetches.Load(); n != 1 {
		t.Errorf("%d fetches of keys: a wrong signature of a known key asks nothing", n)
	}
}

func TestUnknownKeysAreAskedForOnceInAnInterval(t *testing.T) {
	first, second := es256(t, "k1"), es256(t, "k2")
	p, c := newProvider(t, first), &clock{}
	people := newPeople(t, p.URL, c)
	verify := func(s signing) error {
		_, err := people.Verify(t.Context(), s.sign(t, p.claims(nil)))
		return err
	}
	if err := verify(first); err != nil {
		t.Fatal(err)
	}
	p.publish(second, first)
	for range 20 {
		if err := verify(second); err == nil || reason(t, err) != Unknown {
			t.Fatalf("within the interval: %v", err)
		}
	}
	if n := p.fetches.Load(); n != 1 {
		t.Errorf("%d fetches within an interval", n)
	}
	c.pass(keysInterval)
	if err := verify(second); err != nil {
		t.Errorf("after the interval: %v", err)
	}
	var wait sync.WaitGroup
	c.pass(keysInterval)
	stranger := es256(t, "k3")
	for range 20 {
		wait.Go(func() {
			if err := verify(stranger); err == nil || reason(t, err) != Unknown {
				t.Errorf("a stranger's key: %v", err)
			}
		})
	}
	wait.Wait()
	if n := p.fetches.Load(); n != 3 {
		t.Errorf("%d fetches in three intervals", n)
	}
}

func TestAWithdrawnKeyIsForgotten(t *testing.T) {
	first, second := es256(t, "k1"), es256(t, "k2")
	p, c := newProvider(t, first), &clock{}
	people := newPeople(t, p.URL, c)
	token := first.sign(t, p.claims(nil))
	if _, err := people.Verify(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	p.publish(second)
	c.pass(keysFresh)
	if _, err := people.Verify(t.Context(), token); err == nil || reason(t, err) != Unknown {
		t.Errorf("the withdrawn key: %v", err)
	}
}

func TestKeysOutliveAShortAbsenceOfTheProvider(t *testing.T) {
	key := es256(t, "k1")
	p, c := newProvider(t, key), &clock{}
	people := newPeople(t, p.URL, c)
	verify := func() error {
		_, err := people.Verify(t.Context(), key.sign(t, p.claims(map[string]any{"exp": c.now().Add(time.Hour).Unix()})))
		return err
	}
	if err := verify(); err != nil {
		t.Fatal(err)
	}
	p.down.Store(true)
	c.pass(keysFresh)
	if err := verify(); err != nil {
		t.Errorf("away for a while: %v", err)
	}
	_, err := people.Verify(t.Context(), es256(t, "k2").sign(t, p.claims(nil)))
	if err == nil || reason(t, err) != Unavailable {
		t.Errorf("a key that cannot be asked for: %v", err)
	}
	c.pass(keysStale)
	if err := verify(); err == nil || reason(t, err) != Unavailable {
		t.Errorf("away for a day: %v", err)
	}
	p.down.Store(false)
	c.pass(keysRetry)
	if err := verify(); err != nil {
		t.Errorf("back again: %v", err)
	}
}

func TestAProviderThatIsAwayIsAskedWithBackoff(t *testing.T) {
	key := es256(t, "k1")
	p, c := newProvider(t, key), &clock{}
	p.down.Store(true)
	people := newPeople(t, p.URL, c)
	token := key.sign(t, p.claims(nil))
	away := func() time.Duration {
		_, err := people.Verify(t.Context(), token)
		var r *Refusal
		if !errors.As(err, &r) || r.Reason != Unavailable || r.Cause == nil {
			t.Fatalf("%v", err)
		}
		return r.RetryAfter
	}
	for i, want := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60} {
		for range 3 {
			if got := away(); got != want*time.Second {
				t.Errorf("back-off %d is %v", i, got)
			}
		}
		if n := p.discoveries.Load(); int(n) != i+1 {
			t.Errorf("asked %d times", n)
		}
		c.pass(want * time.Second)
	}
	p.down.Store(false)
	if _, err := people.Verify(t.Context(), token); err != nil {
		t.Errorf("back again: %v", err)
	}
}

func TestOnlyTheGivenIssuerIsBelieved(t *testing.T) {
	key := es256(t, "k1")
	p := newProvider(t, key)
	people := newPeople(t, p.URL+"/", &clock{}) // discovery names another issuer
	if _, err := people.Verify(t.Context(), key.sign(t, p.claims(nil))); err == nil || reason(t, err) != Unavailable {
		t.Errorf("%v", err)
	}
}

func TestNoRedirectLeadsAwayFromHTTPS(t *testing.T) {
	leading := httptest.NewServer(http.RedirectHandler("http://login.example.org/", http.StatusFound))
	defer leading.Close()
	_, err := newPeople(t, leading.URL, &clock{}).Verify(t.Context(), "a.b.c")
	if cause := errors.Unwrap(err); cause == nil || !strings.Contains(cause.Error(), "expected an https address") {
		t.Errorf("%v because of %v", err, cause)
	}
}

func TestAProviderThatHangsHoldsNoRequestThatEnds(t *testing.T) {
	asked, answer := make(chan struct{}), make(chan struct{})
	hanging := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(asked)
		<-answer
	}))
	defer hanging.Close()
	defer close(answer)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-asked
		cancel()
	}()
	_, err := newPeople(t, hanging.URL, &clock{}).Verify(ctx, "a.b.c")
	if !errors.Is(err, context.Canceled) || reason(t, err) != Unavailable {
		t.Errorf("%v", err)
	}
}

func TestConfigurationsOfPeopleThatCannotBe(t *testing.T) {
	good := PeopleOptions{Issuer: "https://login.example.org", Audience: "a", Roles: map[string]Scopes{"r": {Read}}}
	if _, err := NewPeople(good); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*PeopleOptions){
		"https address":        func(o *PeopleOptions) { o.Issuer = "http://login.example.org" },
		"an address such as":   func(o *PeopleOptions) { o.Issuer = "login" },
		"no audience":          func(o *PeopleOptions) { o.Audience = "" },
		"no roles":             func(o *PeopleOptions) { o.Roles = nil },
		`role "r"`:             func(o *PeopleOptions) { o.Roles = map[string]Scopes{"r": {"raed"}} },
		"at least one of rend": func(o *PeopleOptions) { o.Roles = map[string]Scopes{"r": {}} },
	} {
		o := good
		change(&o)
		if _, err := NewPeople(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestClaimsAreFoundByTheirPath(t *testing.T) {
	var claims map[string]any
	err := json.Unmarshal([]byte(`{"a":{"b":{"c":["x",1,"y"]},"b.c":["z"]},"https://example.org/roles":"one two","a.d":{"e":["f"]}}`), &claims)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"a.b.c": "[z]", "a.d.e": "[f]", "https://example.org/roles": "[one two]", "a.x": "[]", "a": "[]", "": "[]", "...": "[]",
	} {
		if got := fmt.Sprint(texts(claimAt(claims, path))); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}

func FuzzClaimAt(f *testing.F) {
	f.Add(`{"realm_access":{"roles":["editor"]}}`, "realm_access.roles")
	f.Add(`{"":{"":"a b"}}`, ".")
	f.Fuzz(func(t *testing.T, data, path string) {
		var claims map[string]any
		if len(path) > 100 || json.Unmarshal([]byte(data), &claims) != nil {
			return
		}
		for _, role := range texts(claimAt(claims, path)) {
			if inner, err := json.Marshal(role); err != nil || len(inner) < 2 {
				t.Errorf("role %q: %v", role, err)
			}
		}
		if value, ok := claims[path]; ok && fmt.Sprint(claimAt(claims, path)) != fmt.Sprint(value) {
			t.Errorf("the claim of that name does not go first")
		}
	})
}

func FuzzParseKeys(f *testing.F) {
	f.Add([]byte(`{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},{"kty":"oct","k":"AAAA"},{"kty":"OKP","crv":"X448","x":""}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		keys, err := parseKeys(data)
		if (err == nil) == (len(keys) == 0) {
			t.Errorf("%d keys, %v", len(keys), err)
		}
		for _, k := range keys {
			if !k.IsPublic() {
				t.Error("a key that is not public")
			}
		}
	})
}
