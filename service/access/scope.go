package access

import (
	"fmt"
	"slices"
	"strings"

	"communique/render/diag"
)

// Scope is one thing that an identity may do.
type Scope string

// The scopes.
const (
	Render    Scope = "render"
	Read      Scope = "read"
	Draft     Scope = "draft"
	Translate Scope = "translate"
	Publish   Scope = "publish"
	Admin     Scope = "admin"
)

// AllScopes are the scopes, from the least to the most.
func AllScopes() Scopes { return Scopes{Render, Read, Draft, Translate, Publish, Admin} }

// includes tells what a scope allows besides itself. Whoever may read may
// render: rendering keeps nothing and reveals nothing.
var includes = map[Scope]Scopes{
	Read:      {Render},
	Draft:     {Render, Read},
	Translate: {Render, Read},
	Publish:   {Render, Read},
	Admin:     {Render, Read, Draft, Translate, Publish},
}

// Scopes are a set of scopes, in the order of AllScopes after ParseScopes.
type Scopes []Scope

// Allow reports whether one of the scopes is the needed one or includes it.
func (s Scopes) Allow(needed Scope) bool {
	return slices.ContainsFunc(s, func(have Scope) bool {
		return have == needed || slices.Contains(includes[have], needed)
	})
}

// Cover reports whether all the needed scopes are allowed: nobody hands on
// more than they have.
func (s Scopes) Cover(needed Scopes) bool {
	return !slices.ContainsFunc(needed, func(n Scope) bool { return !s.Allow(n) })
}

// ParseScopes reads names of scopes and returns each of them once. No name is
// an error, and so is one that is unknown: the error names the allowed ones.
func ParseScopes(names []string) (Scopes, error) {
	if len(names) == 0 {
		return nil, fmt.Errorf("no scope is given: name at least one of %s", allowed())
	}
	given := Scopes{}
	for _, name := range names {
		scope, err := parseScope(name)
		if err != nil {
			return nil, err
		}
		given = append(given, scope)
	}
	return given.sorted(), nil
}

// sorted returns each known scope once, in the order of AllScopes.
func (s Scopes) sorted() Scopes {
	return slices.DeleteFunc(AllScopes(), func(known Scope) bool { return !slices.Contains(s, known) })
}

func parseScope(name string) (Scope, error) {
	if slices.Contains(AllScopes(), Scope(name)) {
		return Scope(name), nil
	}
	const shown = 40 // what is longer was not meant as a scope
	hint := ""
	if len(name) <= shown {
		if near := diag.Nearest(strings.ToLower(name), AllScopes().names()); near != "" {
			hint = fmt.Sprintf("; write %s", near)
		}
	} else {
		name = strings.ToValidUTF8(name[:shown], "") + "…"
	}
	return "", fmt.Errorf("unknown scope %q: expected one of %s%s", name, allowed(), hint)
}

func allowed() string { return strings.Join(AllScopes().names(), ", ") }

func (s Scopes) names() []string {
	names := make([]string, len(s))
	for i, scope := range s {
		names[i] = string(scope)
	}
	return names
}
