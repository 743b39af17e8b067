package store

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
)

// table is how a table is written down, the same from both databases.
type table struct {
	name string
	// key orders the rows; ° marks texts, which are compared by their bytes.
	key string
	// own is a column that each database numbers for itself, terms one of those by
	// which a language is found: the databases keep them differently.
	own, terms string
	// counted is a column that goes on counting from its largest number.
	counted string
}

// tables are all tables of the office, in an order in which they can be filled.
// Those of the queue are not among them: what waits is put in again (Unannounced).
var tables = []table{
	{name: "counters", key: "name°"},
	{name: "settings", key: "name°"},
	{name: "publications", key: "id°"},
	{name: "slugs", key: "slug°"},
	{name: "removals", key: "publication_id°"},
	{name: "revisions", key: "publication_id°, number"},
	{name: "languages", key: "publication_id°, number, lang°", own: "id", terms: "terms"},
	{name: "files", key: "digest°, publication_id°, number"},
	{name: "audit", key: "id", counted: "id"},
	{name: "previews", key: "id°"},
	{name: "answers", key: "identity°, key°"},
	{name: "keys", key: "id°"},
	{name: "webhooks", key: "id°"},
	{name: "webhook_secrets", key: "id°"},
	{name: "events", key: "id°"},
	{name: "deliveries", key: "id°"},
	{name: "attempts", key: "id°"},
}

// Tables names the tables that Dump writes and Fill reads, in the order in which
// they must be filled.
func Tables() (names []string) {
	for _, d := range tables {
		names = append(names, d.name)
	}
	return names
}

func tableNamed(name string) (table, error) {
	i := slices.IndexFunc(tables, func(d table) bool { return d.name == name })
	if i < 0 {
		return table{}, fmt.Errorf("there is no table %q", name)
	}
	return tables[i], nil
}

// Schema is the number of the last migration that the database has had.
func (t *Tx) Schema() (n int64, err error) {
	if err := t.row("SELECT max(version_id) FROM goose_db_version WHERE is_applied").Scan(&n); err != nil {
		return 0, failed("migrations", err)
	}
	return n, nil
}

// Dump writes a table as lines of JSON: the names of its columns, then its rows.
// Equal tables give equal bytes, whichever database holds them.
func (t *Tx) Dump(name string, w io.Writer) error {
	d, err := tableNamed(name)
	if err != nil {
		return err
	}
	columns, err := t.columns(d)
	if err != nil {
		return failed(name, err)
	}
	out := bufio.NewWriter(w)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	if err := lines.Encode(columns); err != nil {
		return err
	}
	asked := slices.Clone(columns)
	at := slices.Index(columns, d.terms)
	if at >= 0 {
		asked[at] = t.dialect.read
	}
	rows, err := t.QueryContext(t.ctx, "SELECT "+strings.Join(asked, ", ")+" FROM "+d.name+" ORDER BY "+strings.ReplaceAll(d.key, "°", t.dialect.bytes))
	if err != nil {
		return failed(name, err)
	}
	defer rows.Close()
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return failed(name, err)
		}
		if at >= 0 {
			values[at] = inOrder(values[at])
		}
		if err := lines.Encode(values); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return failed(name, err)
	}
	return out.Flush()
}

// inOrder is a text of terms in the order of their bytes.
func inOrder(terms any) any {
	list := strings.Fields(fmt.Sprint(terms))
	slices.Sort(list)
	return strings.Join(list, " ")
}

// columns are those of a table that are written down, in the order of their
// names: migrations may have added them in another.
func (t *Tx) columns(d table) ([]string, error) {
	rows, err := t.QueryContext(t.ctx, "SELECT * FROM "+d.name+" LIMIT 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all, err := rows.Columns()
	all = slices.DeleteFunc(all, func(c string) bool { return c == d.own })
	slices.Sort(all)
	return all, errors.Join(err, rows.Err())
}

// unfinished is the table that a database has while it is being filled from a
// backup, so that no server takes what is half there for the whole.
const unfinished = "restoring"

// restored is the setting that tells that the queue does not know yet what waits.
const restored = "restored"

// Fill fills an empty database, as Open has opened it, from what Dump has written
// of a schema. fill calls its argument for each table, in the order of Tables.
// If it fails, the database is not to be used: Migrate refuses it.
func (s *Store) Fill(ctx context.Context, schema int64, fill func(load func(table string, r io.Reader) error) error) error {
	provider, err := s.provider()
	if err != nil {
		return err
	}
	sources := provider.ListSources()
	if last := sources[len(sources)-1].Version; schema < 1 || schema > last {
		return fmt.Errorf("restore: the backup is of a database at version %d, and this program knows %d: run a newer program", schema, last)
	}
	return s.exclusively(ctx, func() error {
		if err := s.begin(ctx, provider, schema); err != nil {
			return err
		}
		err := s.Write(ctx, func(t *Tx) error { return t.fill(fill) })
		if err != nil {
			return fmt.Errorf("restore: %w", err)
		}
		if _, err := provider.Up(ctx); err != nil {
			return fmt.Errorf("migrations: %w", err)
		}
		if _, err := s.write.ExecContext(ctx, "DROP TABLE "+unfinished); err != nil {
			return failed("restore", err)
		}
		return nil
	})
}

// begin makes the tables as they were when the backup was made, and marks them.
func (s *Store) begin(ctx context.Context, provider *goose.Provider, schema int64) error {
	var n int
	if err := s.write.QueryRowContext(ctx, s.dialect.catalogue).Scan(&n); err != nil {
		return failed("restore", err)
	}
	if n > 0 {
		return errors.New("restore: the database is not empty: restore into a new one, or drop everything in this one first")
	}
	if _, err := s.write.ExecContext(ctx, "CREATE TABLE "+unfinished+" (x BIGINT)"); err != nil {
		return failed("restore", err)
	}
	if _, err := provider.UpTo(ctx, schema); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return nil
}

// whole refuses a database whose restore was broken off.
func (s *Store) whole(ctx context.Context) error {
	var n int
	if err := s.write.QueryRowContext(ctx, s.dialect.catalogue+" AND name = '"+unfinished+"'").Scan(&n); err != nil {
		return failed("restore", err)
	}
	if n > 0 {
		return errUnfinished
	}
	return nil
}

func (t *Tx) fill(fill func(load func(string, io.Reader) error) error) error {
	for _, seeded := range []string{"counters", "settings"} {
		if _, err := t.exec("DELETE FROM " + seeded); err != nil {
			return failed(seeded, err)
		}
	}
	if err := fill(t.restore); err != nil {
		return err
	}
	if _, err := t.exec("INSERT INTO settings (name, value) VALUES (?, '1') ON CONFLICT (name) DO NOTHING", restored); err != nil {
		return failed("settings", err)
	}
	return nil
}
