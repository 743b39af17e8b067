package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"communique/service/access"
	"communique/service/office"
	"communique/service/press"
	"communique/service/store"
)

// keyFlags are the flags of the commands about keys.
type keyFlags struct {
	office        officeFlags
	name, expires string
	scopes        []string
	rate          float64
	json          bool
}

func newKeys(t *terminal) *cobra.Command {
	f := &keyFlags{}
	c := &cobra.Command{
		Use:   "keys COMMAND",
		Short: "Make, list and revoke API keys in the database",
		Long: "For whoever commands the machine and has no key, or the wrong one: these commands work on the\n" +
			"database itself, also while a server runs on it, which notices within a second.\n" +
			"With an admin key the same is possible over HTTP, at /v1/keys.",
		Example: `  communique keys create --name 'Press desk' --scope draft,publish
  communique keys create --name Locked-out --scope admin --expires 2026-12-31
  communique keys list
  communique keys revoke k3q7x2m5a6vbn4ct`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Help()
			}
			return unknownCommand(c, args[0])
		},
	}
	f.office.databaseFlags(c.PersistentFlags())
	create := &cobra.Command{Use: "create", Short: "Make a key; only its text goes to standard output", Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return f.create(c.Context(), t) }}
	create.Flags().StringVar(&f.name, "name", "", "what the key is for, as in 'Press desk'")
	create.Flags().StringSliceVar(&f.scopes, "scope", nil, "what it may do: `scopes` of render, read, draft, translate, publish, admin")
	create.Flags().StringVar(&f.expires, "expires", "", "`day` or instant from which on it is refused, as in 2027-11-25; never by default")
	create.Flags().Float64Var(&f.rate, "rate", 0, "requests per `second` that it may make over time; the server's default with 0")
	list := &cobra.Command{Use: "list", Short: "List all keys, without their secrets", Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return f.list(c.Context(), t) }}
	list.Flags().BoolVar(&f.json, "json", false, "as a JSON array, for programs")
	revoke := &cobra.Command{Use: "revoke ID", Short: "End a key for good",
		RunE: func(c *cobra.Command, args []string) error { return f.revoke(c.Context(), t, args) }}
	c.AddCommand(create, list, revoke)
	return c
}

// commander is whoever commands the machine.
var commander = office.Caller{Actor: press.Actor{Kind: "system", ID: "command-line", Name: "communique keys"}}

func (f *keyFlags) create(ctx context.Context, t *terminal) error {
	scopes, err := access.ParseScopes(f.scopes)
	if err != nil {
		return &usageError{"--scope: " + err.Error() + ".", ""}
	}
	expiry, err := readExpiry(f.expires)
	if err != nil {
		return err
	}
	return f.book(ctx, true, func(book office.KeyBook, where string) error {
		key, secret, err := book.New(ctx, commander, f.name, scopes, expiry, f.rate)
		if err != nil {
			return err
		}
		fmt.Fprintf(t.err, "The key %s in %s; it is not shown again:\n", key.ID, where)
		_, err = fmt.Fprintln(t.out, secret)
		return err
	})
}

// readExpiry reads a day, which begins in UTC, or an instant; zero for none.
func readExpiry(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, nil
		}
	}
	return time.Time{}, &usageError{fmt.Sprintf("--expires: %q is neither a day nor an instant.", text), "For example: --expires 2027-11-25, or --expires 2027-11-25T09:00:00+01:00"}
}

func (f *keyFlags) list(ctx context.Context, t *terminal) error {
	return f.book(ctx, false, func(book office.KeyBook, _ string) error {
		keys, err := book.List(ctx)
		if err != nil {
			return err
		}
		if f.json {
			return json.NewEncoder(t.out).Encode(append([]*access.Key{}, keys...))
		}
		table := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "ID\tSTATE\tSCOPES\tLAST USED\tEXPIRES\tNAME")
		for _, k := range keys {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", k.ID, stateOf(k, time.Now()), joined(k.Scopes), day(k.LastUsedAt), day(k.ExpiresAt), k.Name)
		}
		return table.Flush()
	})
}

func stateOf(k *access.Key, now time.Time) string {
	switch {
	case !k.RevokedAt.IsZero():
		return "revoked"
	case !k.Active(now):
		return "expired"
	}
	return "active"
}

func joined(scopes access.Scopes) string {
	names := make([]string, len(scopes))
	for i, s := range scopes {
		names[i] = string(s)
	}
	return strings.Join(names, ",")
}

func day(at time.Time) string {
	if at.IsZero() {
		return "never"
	}
	return at.Format(time.DateOnly)
}

func (f *keyFlags) revoke(ctx context.Context, t *terminal, args []string) error {
	if len(args) != 1 {
		return &usageError{"keys revoke needs the id of one key.", "'communique keys list' tells the ids."}
	}
	id := args[0]
	if token, err := access.Parse(id); err == nil { // the key itself names the id too
		id = token.ID()
	}
	return f.book(ctx, false, func(book office.KeyBook, where string) error {
		key, err := book.Revoke(ctx, commander, id)
		if err == nil {
			fmt.Fprintf(t.err, "The key %s (%s) in %s is revoked.\n", key.ID, key.Name, where)
		}
		return err
	})
}

// sentence makes one of what to do.
func sentence(fix string) string {
	if fix == "" {
		return ""
	}
	return strings.ToUpper(fix[:1]) + fix[1:] + "."
}

// book does something with the keys of the database. Only who makes a key makes a
// database that is not there.
func (f *keyFlags) book(ctx context.Context, fresh bool, do func(book office.KeyBook, where string) error) error {
	find := f.office.where
	if fresh {
		find = f.office.place
	}
	location, err := find(f.office.database, "communique.db")
	if err != nil {
		return err
	}
	where := "the database " + location
	if strings.Contains(location, "://") {
		where = "the PostgreSQL database" // its address may hold a password
	} else if _, err := os.Stat(location); errors.Is(err, os.ErrNotExist) && !fresh {
		return &usageError{fmt.Sprintf("there is no office in %s.", location), "Name its folder with --data, or its database with --database."}
	}
	kept, err := store.Open(ctx, location, store.Options{})
	if err != nil {
		return err
	}
	if err = kept.Migrate(ctx, nil); err == nil {
		err = do(office.KeyBook{Store: kept}, where)
	}
	if refusal, ok := errors.AsType[*press.Error](err); ok {
		err = &usageError{refusal.Detail + ".", sentence(refusal.Fix)}
	}
	return errors.Join(err, kept.Close())
}
