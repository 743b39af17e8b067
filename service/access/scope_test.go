package access

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatScopesInclude(t *testing.T) {
	for have, allowed := range map[Scope]string{
		Render:    "render",
		Read:      "render read",
		Draft:     "render read draft",
		Translate: "render read translate",
		Publish:   "render read publish",
		Admin:     "render read draft translate publish admin",
	} {
		var got []string
		for _, needed := range AllScopes() {
			if (Scopes{have}).Allow(needed) {
				got = append(got, string(needed))
			}
		}
		if strings.Join(got, " ") != allowed {
			t.Errorf("%s allows %v", have, got)
		}
	}
	if (Scopes{}).Allow(Render) || (Identity{Kind: Anonymous}).May(Render) {
		t.Error("nobody may render without a scope")
	}
}

func TestWrongScopesNameTheNearest(t *testing.T) {
	for name, want := range map[string]string{
		"publsh":                 `unknown scope "publsh": expected one of render, read, draft, translate, publish, admin; write publish`,
		"Read":                   `unknown scope "Read": expected one of render, read, draft, translate, publish, admin; write read`,
		"root":                   `unknown scope "root": expected one of render, read, draft, translate, publish, admin`,
		strings.Repeat("é", 300): `unknown scope "` + strings.Repeat("é", 20) + `…": expected one of render, read, draft, translate, publish, admin`,
	} {
		if _, err := ParseScopes([]string{"read", name}); err == nil || err.Error() != want {
			t.Errorf("%v", err)
		}
	}
}

// Whoever covers scopes is allowed everything that they allow.
func TestCoverIsAllowOfAll(t *testing.T) {
	scopes := rapid.SliceOf(rapid.SampledFrom(AllScopes()))
	rapid.Check(t, func(t *rapid.T) {
		a, b := Scopes(scopes.Draw(t, "a")), Scopes(scopes.Draw(t, "b"))
		every := true
		for _, s := range AllScopes() {
			every = every && (!b.Allow(s) || a.Allow(s))
		}
		if a.Cover(b) != every {
			t.Fatalf("cover %v, allow of all %v", a.Cover(b), every)
		}
		if len(b) == 0 {
			return
		}
		parsed, err := ParseScopes(b.names())
		if err != nil || !parsed.Cover(b) || !b.Cover(parsed) {
			t.Fatalf("parsed %v: %v", parsed, err)
		}
	})
}

func FuzzParseScopes(f *testing.F) {
	f.Add("read", "publish")
	f.Add("Admin", "\xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		scopes, err := ParseScopes([]string{a, b})
		if err == nil && !(scopes.Allow(Scope(a)) && scopes.Allow(Scope(b))) {
			t.Errorf("%q and %q give %v", a, b, scopes)
		}
		if err != nil && len(err.Error()) > 400 {
			t.Errorf("a message of %d bytes", len(err.Error()))
		}
	})
}
