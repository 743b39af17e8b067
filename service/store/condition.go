package store

import (
	"context"
	"errors"
	"fmt"
)

// Condition is how far the tables of a database are.
type Condition struct {
	// At is the last migration that the database has had, 0 before the first; Known
	// is the last that this program has.
	At, Known int64
	// Unfinished tells that a restore was broken off.
	Unfinished bool
}

// Condition looks at the database and changes nothing.
func (s *Store) Condition(ctx context.Context) (c Condition, err error) {
	provider, err := s.provider()
	if err != nil {
		return c, err
	}
	sources := provider.ListSources()
	c.Known = sources[len(sources)-1].Version
	err = s.Read(ctx, func(t *Tx) (err error) {
		var n int
		if err := t.row(t.dialect.catalogue + " AND name = '" + unfinished + "'").Scan(&n); err != nil {
			return failed("migrations", err)
		}
		c.Unfinished = n > 0
		if err := t.row(t.dialect.catalogue + " AND name = 'goose_db_version'").Scan(&n); err != nil {
			return failed("migrations", err)
		}
		if n > 0 {
			c.At, err = t.Schema()
		}
		return err
	})
	return c, err
}

// Trouble says what is to be done before the database can be used; nil if nothing is.
func (c Condition) Trouble() error {
	switch {
	case c.Unfinished:
		return errUnfinished
	case c.At == 0:
		return errors.New("the database holds no office: start 'communique serve' on it, or name another")
	case c.At > c.Known:
		return newer(c.At, c.Known)
	case c.At < c.Known:
		return fmt.Errorf("the database is at version %d and this program knows %d: start 'communique serve' of this program on it once", c.At, c.Known)
	}
	return nil
}

var errUnfinished = errors.New("the restore of this database was not finished: delete it, and restore the backup into an empty one")

func newer(at, known int64) error {
	return fmt.Errorf("the database is at version %d and this program knows %d: run the newer program, or restore a backup that is older", at, known)
}
