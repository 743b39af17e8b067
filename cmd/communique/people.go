package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"communique/service/access"
)

// peopleFlags say which OpenID Connect provider people come from.
type peopleFlags struct {
	issuer, audience, rolesClaim, nameClaim string
	roles                                   roleFlag
}

func (f *peopleFlags) flags(set *pflag.FlagSet) {
	set.StringVar(&f.issuer, "oidc-issuer", "", "`address` of the identity provider whose tokens people send; none by default")
	set.StringVar(&f.audience, "oidc-audience", "", "`client` that the tokens must be made for")
	set.Var(&f.roles, "oidc-role", "what people with a role may do, as in editor=draft,publish; once for each role")
	set.StringVar(&f.rolesClaim, "oidc-roles-claim", "roles", "`claim` with the roles of a person, as in realm_access.roles")
	set.StringVar(&f.nameClaim, "oidc-name-claim", "name", "`claim` with the name of a person, for the audit trail")
}

// people verifies tokens by the flags; nil if no provider is named.
func (f *peopleFlags) people() (*access.People, error) {
	if f.issuer == "" {
		if f.audience != "" || len(f.roles) > 0 {
			return nil, &usageError{"--oidc-audience and --oidc-role say something of an identity provider, and none is named.", "Name it with --oidc-issuer."}
		}
		return nil, nil
	}
	p, err := access.NewPeople(access.PeopleOptions{Issuer: f.issuer, Audience: f.audience, RolesClaim: f.rolesClaim, NameClaim: f.nameClaim, Roles: f.roles})
	if err != nil {
		return nil, &usageError{err.Error() + ".", "For example: --oidc-issuer https://login.example.org/realms/press --oidc-audience communique --oidc-role editor=draft,publish"}
	}
	return p, nil
}

// roleFlag is roles and their scopes: editor=draft,publish. A semicolon parts
// several, as the environment has them.
type roleFlag map[string]access.Scopes

// Set adds roles.
func (f *roleFlag) Set(s string) error {
	for row := range strings.SplitSeq(s, ";") {
		role, names, ok := strings.Cut(row, "=")
		if role = strings.TrimSpace(role); !ok || role == "" {
			return errors.New("expected a role and its scopes, such as editor=draft,publish")
		}
		scopes, err := access.ParseScopes(strings.FieldsFunc(names, func(r rune) bool { return r == ',' || r == ' ' }))
		if err != nil {
			return err
		}
		if *f == nil {
			*f = roleFlag{}
		}
		(*f)[role] = scopes
	}
	return nil
}

// String is the form that Set reads.
func (f *roleFlag) String() string {
	var rows []string
	for role, scopes := range *f {
		names := make([]string, len(scopes))
		for i, s := range scopes {
			names[i] = string(s)
		}
		rows = append(rows, role+"="+strings.Join(names, ","))
	}
	slices.Sort(rows)
	return strings.Join(rows, ";")
}

// Type is what the help calls the value.
func (f *roleFlag) Type() string { return "role=scopes" }
