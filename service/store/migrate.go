package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the tables to what this program knows, once however many
// processes start at the same time. then runs afterwards under the same lock,
// for tables that others keep in this database; nil is nothing.
func (s *Store) Migrate(ctx context.Context, then func(context.Context) error) error {
	folder, dialect := "sqlite", goose.DialectSQLite3
	if s.dialect.shared {
		folder, dialect = "postgres", goose.DialectPostgres
	}
	files, err := fs.Sub(migrations, "migrations/"+folder)
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(dialect, s.write, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return s.exclusively(ctx, func() error {
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

// known refuses a database that a later program has migrated.
func (s *Store) known(ctx context.Context, provider *goose.Provider) error {
	at, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	sources := provider.ListSources()
	if last := sources[len(sources)-1].Version; at > last {
		return fmt.Errorf("migrations: the database is at version %d and this program knows %d: run the newer program, or restore a backup that is older", at, last)
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
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	var conn *sql.Conn
	if conn, err = s.write.Conn(ctx); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	defer conn.Close()
	if err := locker.SessionLock(ctx, conn); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	defer func() {
		if unlock := locker.SessionUnlock(context.WithoutCancel(ctx), conn); err == nil {
			err = unlock
		}
	}()
	return do()
}
