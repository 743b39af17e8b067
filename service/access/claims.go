package access

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"
)

// identity checks what go-oidc leaves to its callers, and reads the person.
func (p *People) identity(token *oidc.IDToken) (Identity, error) {
	var claims map[string]any
	if err := token.Claims(&claims); err != nil || token.Subject == "" {
		return Identity{}, refuse(Malformed, "this token names nobody: expected a subject (sub)")
	}
	if err := p.checkTimes(token, claims); err != nil {
		return Identity{}, err
	}
	if err := p.checkParty(token.Audience, claims); err != nil {
		return Identity{}, err
	}
	scopes, err := p.scopes(claims)
	if err != nil {
		return Identity{}, err
	}
	return Identity{Kind: Person, ID: token.Subject, Name: p.name(token.Subject, claims), Scopes: scopes}, nil
}

func (p *People) checkTimes(token *oidc.IDToken, claims map[string]any) error {
	now := p.options.Now()
	if !now.Add(-p.options.Leeway).Before(token.Expiry) { // no exp is long ago
		return refuse(Expired, "this token has expired: sign in again")
	}
	for _, claim := range []string{"nbf", "iat"} {
		seconds, ok := claims[claim].(float64)
		if _, given := claims[claim]; given && !ok {
			return refuse(Malformed, fmt.Sprintf("the claim %s of this token is no time: expected a number", claim))
		}
		if ok && time.Unix(int64(seconds), 0).After(now.Add(p.options.Leeway)) {
			return refuse(Malformed, fmt.Sprintf("this token is not valid yet (%s): check the clocks of the identity provider and of this service", claim))
		}
	}
	return nil
}

// checkParty looks at the client that the token was made for (azp): it must
// be one of ours, and must be named if the token has several audiences.
func (p *People) checkParty(audience []string, claims map[string]any) error {
	party, given := claims["azp"]
	name, _ := party.(string)
	if !given && len(audience) == 1 || slices.Contains(p.options.Parties, name) {
		return nil
	}
	return refuse(Unknown, fmt.Sprintf("this token was made for another client: expected the authorized party (azp) to be one of %s", quoted(p.options.Parties)))
}

// scopes are those of all known roles of the person.
func (p *People) scopes(claims map[string]any) (Scopes, error) {
	var scopes Scopes
	for _, role := range texts(claimAt(claims, p.options.RolesClaim)) {
		scopes = append(scopes, p.options.Roles[role]...)
	}
	if len(scopes) == 0 {
		known := make([]string, 0, len(p.options.Roles))
		for role := range p.options.Roles {
			known = append(known, role)
		}
		slices.Sort(known)
		return nil, refuse(NoRole, fmt.Sprintf("this person has no role here: the claim %s was looked at, expected one of %s in it; ask whoever keeps the identity provider", p.options.RolesClaim, quoted(known)))
	}
	return scopes.sorted(), nil
}

// name is one line of bounded length; the subject where there is no name.
func (p *People) name(subject string, claims map[string]any) string {
	name, _ := claimAt(claims, p.options.NameClaim).(string)
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, name))
	if name == "" {
		return subject
	}
	if runes := []rune(name); len(runes) > maxName {
		name = string(runes[:maxName])
	}
	return name
}

// claimAt follows a path of names parted by points. A name may contain points
// itself (https://example.org/roles): a claim that has the whole rest as its
// name goes first.
func claimAt(claims map[string]any, path string) any {
	if value, ok := claims[path]; ok {
		return value
	}
	for i := range len(path) {
		if path[i] != '.' {
			continue
		}
		if inner, ok := claims[path[:i]].(map[string]any); ok {
			if value := claimAt(inner, path[i+1:]); value != nil {
				return value
			}
		}
	}
	return nil
}

// texts reads a list of texts, or one text with blanks between, as providers write roles.
func texts(claim any) []string {
	switch claim := claim.(type) {
	case string:
		return strings.Fields(claim)
	case []any:
		var list []string
		for _, value := range claim {
			if text, ok := value.(string); ok {
				list = append(list, text)
			}
		}
		return list
	}
	return nil
}

func quoted(names []string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = fmt.Sprintf("%q", name)
	}
	return strings.Join(list, ", ")
}
