package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the tables to what this program knows, once however many
// processes start at the same time. then runs afterwards under the same lock,
// for tables that others keep in this database; nil is nothing.
func (s *Store) Migrate(ctx context.Context, then func(context.Context) error) error {
	provider, err := s.provider()
	if err != nil {
		return err
	}
	return s.exclusively(ctx, func() error {
		if err := s.whole(ctx); err != nil {
			return err
		}
		if err := s.known(ctx, provider); err != nil {
			return err
		}
		if _, err := provider.Up(ctx); err != nil {
			return fmt.Errorf("migrations: %w", err)
		}
		if then == nil {
			return nil
		}
		return then(ctx)
	})
}

// provider knows the migrations for the database.
func (s *Store) provider() (*goose.Provider, error) {
	folder, dialect := "sqlite", goose.DialectSQLite3
	if s.dialect.shared {
		folder, dialect = "postgres", goose.DialectPostgres
	}
	files, err := fs.Sub(migrations, "migrations/"+folder)
	if err != nil {
		return nil, err
	}
	p, err := goose.NewProvider(dialect, s.write, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	return p, nil
}

// known refuses a database that a later program has migrated.
func (s *Store) known(ctx context.Context, provider *goose.Provider) error {
	at, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	sources := provider.ListSources()
	if last := sources[len(sources)-1].Version; at > last {
		return fmt.Errorf("migrations: %w", newer(at, last))
	}
	return nil
}

// exclusively runs a function while no other process does: by a lock of the
// session on PostgreSQL, by one on a file beside SQLite's.
func (s *Store) exclusively(ctx context.Context, do func() error) (err error) {
	if !s.dialect.shared {
		l := flock.New(s.path + ".migrating")
		if err := l.Lock(); err != nil {
			return fmt.Errorf("migrations: %w", err)
		}
		defer l.Close()
		return do()
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrating); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	defer func() {
		if _, unlock := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", migrating); err == nil {
			err = unlock
		}
	}()
	return do()
}

// migrating is the number of the lock, which is the database's own: who waits for
// it goes on at once.
const migrating = 0x636f6d6d756e6971
