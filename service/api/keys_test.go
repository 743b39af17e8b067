package api

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"communique/service/access"
)

func TestAKeyFromItsFirstToItsLastDay(t *testing.T) {
	d := openDesk(t, deskOptions{})
	other := openDesk(t, deskOptions{folder: d.folder})
	var made NewKey
	d.want(201, &made, "POST", keysPath, `{"name": "Newsroom", "scopes": ["publish", "draft"], "rate_per_second": 50}`)
	if !strings.HasPrefix(made.Secret, "cq_"+made.ID+"_") || made.RatePerSecond != 50 || made.CreatedBy == "" || len(made.Scopes) != 2 {
		t.Errorf("made %+v", made)
	}
	if d.status(made.Secret) != 200 || d.status("") != 401 || d.status(made.Secret+"a") != 401 {
		t.Error("the key does not open what it should, or something else does")
	}
	d.problem(d.as(made.Secret, "POST", keysPath, `{"name": "More", "scopes": ["read"]}`), forbidden)
	d.problem(d.as("", "GET", keysPath, ""), unauthorized)
	for _, path := range []string{keysPath, keysPath + "/" + made.ID} {
		a := d.as(d.admin, "GET", path, "")
		if a.StatusCode != 200 || !strings.Contains(string(a.body), `"Newsroom"`) || strings.Contains(string(a.body), "cq_") || strings.Contains(string(a.body), "hash") {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.body)
		}
	}

	var second, third NewKey
	d.want(200, &second, "POST", keysPath+"/"+made.ID+"/rotate", `{"overlap": 3600}`)
	if second.Secret == made.Secret || second.ID != made.ID || second.PreviousUntil.IsZero() {
		t.Errorf("rotated %+v", second)
	}
	if d.status(made.Secret) != 200 || d.status(second.Secret) != 200 {
		t.Error("while they overlap both secrets are good")
	}
	d.want(200, &third, "POST", keysPath+"/"+made.ID+"/rotate", `{"overlap": 0}`)
	if d.status(made.Secret) != 401 || d.status(second.Secret) != 401 || d.status(third.Secret) != 200 {
		t.Error("without an overlap only the new secret is good")
	}

	other.until("the other server knows the new secret", func() bool { return other.status(third.Secret) == 200 })
	d.want(204, nil, "DELETE", keysPath+"/"+made.ID, "")
	if d.status(third.Secret) != 401 {
		t.Error("a revoked key is still good")
	}
	var gone access.Key
	d.want(200, &gone, "GET", keysPath+"/"+made.ID, "")
	other.until("the other server refuses the key", func() bool {
		at, _ := other.office.State() // before the request, which must know that state
		status := other.status(third.Secret)
		if status == 200 && at.Sub(gone.RevokedAt) > time.Second {
			t.Fatalf("%v after its end the key is good on another server", at.Sub(gone.RevokedAt))
		}
		return status == 401
	})
	d.problem(d.as(d.admin, "POST", keysPath+"/"+made.ID+"/rotate", `{"overlap": 0}`), wrongState)
	d.problem(d.as(d.admin, "DELETE", keysPath+"/nothing", ""), notFound)
}

func TestKeysThatCannotBe(t *testing.T) {
	d := openDesk(t, deskOptions{})
	for body, path := range map[string]string{
		`{"scopes": ["read"]}`: "", `{"name": "N", "scopes": []}`: "scopes", `{"name": "N", "scopes": ["reed"]}`: "scopes",
		`{"name": "N", "scopes": ["read"], "expires_at": "2001-01-01T00:00:00Z"}`: "", `{"name": "N", "scopes": ["read"], "rate_per_second": -1}`: "",
		`{"name": "N", "scopes": ["read"], "expires_at": "tomorrow"}`: "", `{"name": "N", "scope": ["read"]}`: "scope",
	} {
		p := d.problem(d.as(d.admin, "POST", keysPath, body), invalidRequest)
		if path != "" && (len(p.Problems) != 1 || p.Problems[0].Path != path) {
			t.Errorf("%s: %+v", body, p)
		}
	}
	var made NewKey
	d.want(201, &made, "POST", keysPath, `{"name": "N", "scopes": ["read"]}`)
	for _, body := range []string{`{}`, `{"overlap": -1}`, `{"overlap": 2592001}`, `{"overlap": 99999999999999}`, `{"overlap": "P1D"}`} {
		d.problem(d.as(d.admin, "POST", keysPath+"/"+made.ID+"/rotate", body), invalidRequest)
	}
}

func TestAKeyExpires(t *testing.T) {
	d := openDesk(t, deskOptions{})
	expiry := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	var made NewKey
	d.want(201, &made, "POST", keysPath, `{"name": "For a day", "scopes": ["read"], "expires_at": "`+expiry.Format(time.RFC3339)+`"}`)
	d.setClock(expiry.Add(-time.Millisecond))
	if d.status(made.Secret) != 200 {
		t.Error("the key ended early")
	}
	d.setClock(expiry)
	if p := d.problem(d.as(made.Secret, "GET", publicationsPath, ""), unauthorized); !strings.Contains(p.Detail, "expired") {
		t.Errorf("the refusal says %q", p.Detail)
	}
}

func TestTheLastAdminKeyStays(t *testing.T) {
	d := openDesk(t, deskOptions{})
	id := strings.Split(d.admin, "_")[1]
	var reader, second NewKey
	d.want(201, &reader, "POST", keysPath, `{"name": "Reader", "scopes": ["publish"]}`)
	if p := d.problem(d.as(d.admin, "DELETE", keysPath+"/"+id, ""), stillNeeded); !strings.Contains(p.Detail, "another admin key") {
		t.Errorf("it says %q", p.Detail)
	}
	d.want(201, &second, "POST", keysPath, `{"name": "Second", "scopes": ["admin"]}`)
	d.want(204, nil, "DELETE", keysPath+"/"+id, "")
	d.problem(d.as(second.Secret, "DELETE", keysPath+"/"+second.ID, ""), stillNeeded)
	if a := d.as(second.Secret, "DELETE", keysPath+"/"+id, ""); a.StatusCode != 204 {
		t.Errorf("a key that is over, ended again: %d %s", a.StatusCode, a.body)
	}
}

func TestRatesAreKept(t *testing.T) {
	d := openDesk(t, deskOptions{change: func(o *Options) {
		slow := access.Rate{PerSecond: 0.001, Burst: 3}
		o.Rates = access.LimitOptions{Identity: slow, Anonymous: slow, Failures: slow}
	}})
	for _, key := range []string{d.admin, ""} {
		for range 3 {
			if a := d.as(key, "POST", renderPath, ""); a.StatusCode == 429 || a.Header.Get("RateLimit") == "" {
				t.Fatalf("status %d, RateLimit %q", a.StatusCode, a.Header.Get("RateLimit"))
			}
		}
		a := d.as(key, "POST", renderPath, "")
		d.problem(a, tooManyRequests)
		if seconds, err := strconv.Atoi(a.Header.Get("Retry-After")); err != nil || seconds < 1 {
			t.Errorf("Retry-After %q", a.Header.Get("Retry-After"))
		}
	}
	for range 3 {
		d.problem(d.as("cq_wrong", "GET", keysPath, ""), unauthorized)
	}
	d.problem(d.as("cq_wrong", "GET", keysPath, ""), tooManyRequests)
}
