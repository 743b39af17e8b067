// Package store keeps publications, their audit trail and the keys of the office
// in a database: SQLite in a folder, or PostgreSQL. One SQL text serves both,
// save where dialect.go says otherwise. It owns transactions, migrations and
// the clock that decides what is released, and must never know what a move means.
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Store is an open database. It is safe for many goroutines.
type Store struct {
	dialect dialect
	// write has one connection on SQLite, which knows one writer at a time; read has many.
	write, read *sql.DB
	// listen is PostgreSQL's own pool, for notifications; nil on SQLite.
	listen *pgxpool.Pool
	// alone keeps a second server away from the folder; nil on PostgreSQL.
	alone *flock.Flock
	path  string
	// called hears of every transaction; nil hears nothing.
	called func(operation string, took time.Duration, err error)
}

// Options are how a database is opened; the zero value works.
type Options struct {
	// Connections is the most that are open to PostgreSQL; 0 means 4 a core.
	Connections int
	// Called hears how long each transaction took, "read" or "write", and what it ended
	// with; nil hears nothing.
	Called func(operation string, took time.Duration, err error)
}

// Open opens a database: postgres:// and postgresql:// addresses are PostgreSQL,
// anything else is the path of a SQLite file, which is made. Errors never
// carry a password.
func Open(ctx context.Context, location string, o Options) (*Store, error) {
	s := &Store{path: location, called: o.Called}
	var err error
	if strings.HasPrefix(location, "postgres://") || strings.HasPrefix(location, "postgresql://") {
		err = s.openPostgreSQL(ctx, location, o)
	} else {
		err = s.openSQLite(location)
	}
	if err == nil {
		err = s.Ping(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), s.Close())
	}
	return s, nil
}

func (s *Store) openSQLite(path string) (err error) {
	s.dialect = sqlite
	if s.path, err = filepath.Abs(path); err != nil {
		return err
	}
	// what is unpublished is for nobody else on this machine; the files that SQLite
	// puts beside it get the same rights
	file, err := os.OpenFile(s.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	const common = "?_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock="
	address := "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(s.path))
	if s.write, err = sql.Open("sqlite", address+common+"immediate"); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = sql.Open("sqlite", address+common+"deferred&_pragma=query_only(1)"); err != nil {
		return err
	}
	s.read.SetMaxOpenConns(2 * runtime.GOMAXPROCS(0))
	return nil
}

// patience bounds how long PostgreSQL lets one of us wait, in milliseconds. Who
// waits for a lock begins again with a later instant before Brink has passed, and
// a server that hangs in a transaction does not hold up the withdrawals of others.
var patience = map[string]string{"lock_timeout": "1500", "idle_in_transaction_session_timeout": "20000"}

func (s *Store) openPostgreSQL(ctx context.Context, address string, o Options) (err error) {
	s.dialect = postgres
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return errors.New("the address cannot be read: write it as postgres://user:password@host:port/database?sslmode=require")
	}
	config.MaxConns = 4 // notifications only
	if s.listen, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return err
	}
	one := config.ConnConfig.Copy()
	for name, value := range patience {
		if _, given := one.RuntimeParams[name]; !given {
			one.RuntimeParams[name] = value
		}
	}
	s.write = stdlib.OpenDB(*one)
	n := o.Connections
	if n == 0 {
		n = 4 * runtime.GOMAXPROCS(0)
	}
	s.write.SetMaxOpenConns(n)
	s.write.SetMaxIdleConns(n)
	s.write.SetConnMaxIdleTime(5 * time.Minute)
	s.read = s.write
	return nil
}

// Close gives everything back.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.listen != nil {
		s.listen.Close()
	}
	if s.alone != nil {
		errs = append(errs, s.alone.Close())
	}
	return errors.Join(errs...)
}

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	var now int64
	if err := s.write.QueryRowContext(ctx, "SELECT "+s.dialect.now).Scan(&now); err != nil {
		return fmt.Errorf("it does not answer: %w", err)
	}
	return nil
}

// Kind names the database for people.
func (s *Store) Kind() string { return s.dialect.name }

// DB is the pool that writes, for the queue, which has tables of its own in it.
func (s *Store) DB() *sql.DB { return s.write }

// Listener is the pool for PostgreSQL's notifications; nil on SQLite.
func (s *Store) Listener() *pgxpool.Pool { return s.listen }

// Alone makes this process the only server on a SQLite file, until Close. On
// PostgreSQL any number of servers share the database.
func (s *Store) Alone() error {
	if s.dialect.shared {
		return nil
	}
	s.alone = flock.New(s.path + ".lock")
	switch ok, err := s.alone.TryLock(); {
	case err != nil:
		return fmt.Errorf("database: %w", err)
	case !ok:
		s.alone = nil
		return fmt.Errorf("database: another communique serves %s: stop it, choose another --data folder, or use PostgreSQL, which several can share", s.path)
	}
	return nil
}

// Tx is a transaction.
type Tx struct {
	*sql.Tx
	ctx     context.Context
	dialect dialect
	now     time.Time
	// readOnly is a snapshot, in which nothing can be locked.
	readOnly bool
	// claimed is a number of the order of changes that waits for its change; 0 if none.
	claimed int64
}

// Write runs a function in a transaction, which is committed if it returns nil. The
// function runs again if the database has given the transaction up.
// Who changes publications begins with Claim.
func (s *Store) Write(ctx context.Context, do func(*Tx) error) error {
	return s.timed("write", func() error { return s.transact(ctx, s.write, &sql.TxOptions{}, false, do) })
}

// Read runs a function on a snapshot of the database.
func (s *Store) Read(ctx context.Context, do func(*Tx) error) error {
	return s.timed("read", func() error {
		return s.transact(ctx, s.read, &sql.TxOptions{Isolation: s.dialect.snapshot, ReadOnly: s.dialect.shared}, true, do)
	})
}

func (s *Store) timed(operation string, do func() error) error {
	if s.called == nil {
		return do()
	}
	began := time.Now()
	err := do()
	s.called(operation, time.Since(began), err)
	return err
}

// tries bounds how often a transaction is begun that the database gives up.
const tries = 5

// ErrBusy tells that others have kept a transaction from what it needs, again and again.
var ErrBusy = errors.New("database: it is too busy with others")

func (s *Store) transact(ctx context.Context, db *sql.DB, o *sql.TxOptions, readOnly bool, do func(*Tx) error) error {
	for try := 1; ; try++ {
		err := s.once(ctx, db, o, readOnly, do)
		switch {
		case !givenUp(err):
			return err
		case try == tries:
			return errors.Join(ErrBusy, err)
		}
	}
}

// givenUp tells that PostgreSQL has given up a transaction for the sake of others: it
// can be begun again.
func givenUp(err error) bool {
	fault, ok := errors.AsType[*pgconn.PgError](err)
	return ok && slices.Contains([]string{"40001", "40P01", "55P03"}, fault.Code) // serialization failure, deadlock, lock not available
}

func (s *Store) once(ctx context.Context, db *sql.DB, o *sql.TxOptions, readOnly bool, do func(*Tx) error) error {
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer tx.Rollback() // after a commit it does nothing
	t := &Tx{Tx: tx, ctx: ctx, dialect: s.dialect, readOnly: readOnly}
	if readOnly { // before the first look at a table, with which the snapshot is taken
		if _, err := t.Now(); err != nil {
			return err
		}
	}
	if err := do(t); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

// Now is the instant by the database's clock, the same for the whole transaction
// from the first time that it is asked for. In a Read it is never later than the
// state that the transaction sees: what was taken back since cannot look released.
func (t *Tx) Now() (time.Time, error) {
	if t.now.IsZero() {
		var now int64
		clock := t.dialect.now
		if t.readOnly {
			clock = t.dialect.began
		}
		if err := t.row("SELECT " + clock).Scan(&now); err != nil {
			return time.Time{}, failed("clock", err)
		}
		t.now = instant(now)
	}
	return t.now, nil
}

// At lets a Read look at the state as of an earlier instant than its own.
func (t *Tx) At(instant time.Time) { t.now = instant }

// Clock is the database's clock as it is right now.
func (t *Tx) Clock() (time.Time, error) {
	var now int64
	if err := t.row("SELECT " + t.dialect.now).Scan(&now); err != nil {
		return time.Time{}, failed("clock", err)
	}
	return instant(now), nil
}

func (t *Tx) exec(query string, args ...any) (sql.Result, error) {
	return t.ExecContext(t.ctx, t.dialect.bind(query), args...)
}

func (t *Tx) row(query string, args ...any) *sql.Row {
	return t.QueryRowContext(t.ctx, t.dialect.bind(query), args...)
}

// each calls a function for each row, which it scans.
func (t *Tx) each(query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := t.QueryContext(t.ctx, t.dialect.bind(query), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// failed says what could not be done with the database.
func failed(what string, err error) error { return fmt.Errorf("database: %s: %w", what, err) }

// instant and micros are how instants are kept.
func instant(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

func micros(t time.Time) int64 { return t.UnixMicro() }

// nullMicros is NULL for the zero time.
func nullMicros(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.UnixMicro(), Valid: !t.IsZero()}
}

var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID makes an id of 26 characters: microseconds and chance, so that ids sort by
// the time they were made.
func NewID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails (crypto/rand, since Go 1.24)
	binary.BigEndian.PutUint64(b[:8], uint64(time.Now().UnixMicro())<<12|uint64(binary.BigEndian.Uint16(b[:2])&0xfff))
	return idEncoding.EncodeToString(b[:])
}
