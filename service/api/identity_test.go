package api

import (
	"context"
	"testing"

	"communique/service/access"
)

// Strangers behind the office's own address must not lock it out.
func TestAWrongKeyIsLimitedAndARightOneNever(t *testing.T) {
	rates := quick
	rates.Failures = access.Rate{PerSecond: 0.001, Burst: 3}
	p := openPress(t, pressOptions{database: sqliteFile(t), files: folder(t), rates: rates})
	for range 3 {
		p.refused(p.with("cq_wrong_key", "GET", publicationsPath, ""), unauthorized)
	}
	limited := p.with("cq_wrong_key", "GET", publicationsPath, "")
	if p.refused(limited, tooManyRequests, "refused from this address"); limited.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	for _, scope := range []access.Scope{access.Read, access.Admin} {
		if a := p.as(scope, "GET", publicationsPath, ""); a.StatusCode != 200 {
			t.Errorf("a right key pays for wrong ones: %d %s", a.StatusCode, a.body)
		}
	}
	p.refused(p.as(access.Render, "GET", publicationsPath, ""), forbidden)
}

// Somebody whom the identity provider knows and the office gives no role has guessed nothing.
func TestAPersonWithoutARoleIsNoFailure(t *testing.T) {
	rates := quick
	rates.Failures = access.Rate{PerSecond: 0.001, Burst: 2}
	p := openPress(t, pressOptions{database: sqliteFile(t), files: folder(t), rates: rates})
	p.api.options.Authenticator = &access.Authenticator{Find: func(context.Context, string) (*access.Key, error) {
		return nil, &access.Refusal{Reason: access.NoRole, Message: "this person has no role here"}
	}}
	for range 4 {
		p.refused(p.as(access.Read, "GET", publicationsPath, ""), forbidden, "no role")
	}
	p.refused(p.with("cq_wrong_key", "GET", publicationsPath, ""), unauthorized)
}
