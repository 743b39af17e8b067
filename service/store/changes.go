package store

import (
	"database/sql"
	"errors"
	"iter"
	"time"

	"communique/service/press"
)

// Changes are what a process that holds publications in memory has to know.
type Changes struct {
	// At is the database's instant at which this was the state of everything.
	At time.Time
	// Last is the number of the last change.
	Last    int64
	Changed []*press.Publication
	Removed []string
	// Next is the next instant at which a scheduled revision is released; zero if none waits.
	Next time.Time
}

// batch bounds how many publications are loaded by one query.
const batch = 500

// Since tells what has changed after a change, and the database's instant of
// exactly that state. It must run in a Read.
func (t *Tx) Since(last int64) (*Changes, error) {
	c := &Changes{}
	at, err := t.Now()
	if err != nil {
		return nil, err
	}
	c.At = at
	if err := t.row("SELECT value FROM counters WHERE name = 'changes'").Scan(&c.Last); err != nil {
		return nil, failed("changes", err)
	}
	if c.Last != last {
		if err := t.changed(c, last); err != nil {
			return nil, failed("changes", err)
		}
	}
	var next sql.NullInt64
	if err := t.row("SELECT min(release_at) FROM revisions WHERE state = 'released' AND out = 0 AND release_at > ?", micros(at)).Scan(&next); err != nil {
		return nil, failed("changes", err)
	}
	if next.Valid {
		c.Next = instant(next.Int64)
	}
	return c, nil
}

func (t *Tx) changed(c *Changes, last int64) error {
	var ids []string
	collect := func(into *[]string) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			*into = append(*into, id)
			return err
		}
	}
	if err := t.each("SELECT id FROM publications WHERE change > ?", []any{last}, collect(&ids)); err != nil {
		return err
	}
	if err := t.each("SELECT publication_id FROM removals WHERE change > ?", []any{last}, collect(&c.Removed)); err != nil {
		return err
	}
	for len(ids) > 0 {
		n := min(batch, len(ids))
		list, err := t.load(ids[:n])
		if err != nil {
			return err
		}
		c.Changed, ids = append(c.Changed, list...), ids[n:]
	}
	return nil
}

// Slugs lists every slug of a publication.
func (t *Tx) Slugs(id string) (out []string, err error) {
	err = t.each("SELECT slug FROM slugs WHERE publication_id = ? ORDER BY slug", []any{id}, func(rows *sql.Rows) error {
		var slug string
		err := rows.Scan(&slug)
		out = append(out, slug)
		return err
	})
	if err != nil {
		return nil, failed("slugs", err)
	}
	return out, nil
}

// Announce notes that the release of a revision has been seen, once: it tells
// whether this was the first time. From then on the revision is out, whatever
// the clock says later.
func (t *Tx) Announce(id string, number int) (bool, error) {
	if err := t.Claim(); err != nil {
		return false, err
	}
	// the publication before its revisions, as everybody locks them
	err := t.row("SELECT id FROM publications WHERE id = ?"+t.locking(), id).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, failed("announcement", err)
	}
	now, err := t.Now()
	if err != nil {
		return false, err
	}
	result, err := t.exec("UPDATE revisions SET announced_at = ?, out = 1 WHERE publication_id = ? AND number = ? AND state = 'released' AND (out = 1 OR release_at <= ?) AND announced_at IS NULL",
		micros(now), id, number, micros(now))
	if err != nil {
		return false, failed("announcement", err)
	}
	n, err := result.RowsAffected()
	if err != nil || n == 0 {
		return false, err
	}
	change, err := t.change()
	if err != nil {
		return false, err
	}
	if _, err := t.exec("UPDATE publications SET change = ? WHERE id = ?", change, id); err != nil {
		return false, failed("announcement", err)
	}
	return true, nil
}

// MarkOut notes of every revision whose instant has passed that it is out, whatever
// the clock says later.
func (t *Tx) MarkOut() error {
	if err := t.Claim(); err != nil {
		return err
	}
	now, err := t.Now()
	if err != nil {
		return err
	}
	var ids []string
	err = t.each("SELECT DISTINCT publication_id FROM revisions WHERE state = 'released' AND out = 0 AND release_at <= ?", []any{micros(now)}, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err == nil {
		_, err = t.exec("UPDATE revisions SET out = 1 WHERE state = 'released' AND out = 0 AND release_at <= ?", micros(now))
	}
	if err != nil {
		return failed("releases", err)
	}
	for _, id := range ids {
		change, err := t.change()
		if err != nil {
			return err
		}
		if _, err := t.exec("UPDATE publications SET change = ? WHERE id = ?", change, id); err != nil {
			return failed("releases", err)
		}
	}
	return nil
}

// Release is a revision that waits for its instant, or for its announcement.
type Release struct {
	Publication string
	Revision    int
	At          time.Time
}

// Unannounced lists the released revisions that have not been announced, the
// earliest first: what is scheduled, what was missed. After a restore the queue
// knows none of them.
func (t *Tx) Unannounced() (out []Release, err error) {
	err = t.each("SELECT publication_id, number, release_at FROM revisions WHERE state = 'released' AND announced_at IS NULL ORDER BY release_at, publication_id", nil, func(rows *sql.Rows) error {
		var r Release
		var at int64
		err := rows.Scan(&r.Publication, &r.Revision, &at)
		r.At = instant(at)
		out = append(out, r)
		return err
	})
	if err != nil {
		return nil, failed("announcements", err)
	}
	return out, nil
}

// TakeRestored tells whether the database comes from a backup and the queue has
// not heard of it yet. Whoever is told so must put in what waits, in this transaction.
func (t *Tx) TakeRestored() (bool, error) {
	result, err := t.exec("DELETE FROM settings WHERE name = ?", restored)
	if err != nil {
		return false, failed("settings", err)
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// Needed tells whether a revision needs a blob.
func (t *Tx) Needed(digest string) (bool, error) {
	var n int
	if err := t.row("SELECT count(*) FROM files WHERE digest = ?", digest).Scan(&n); err != nil {
		return false, failed("files", err)
	}
	return n > 0, nil
}

// Disposals counts how often blobs have been deleted. Who has put blobs that were
// there already, and then finds another count after Claim, has to put them again.
func (t *Tx) Disposals() (n int64, err error) {
	if err := t.row("SELECT value FROM counters WHERE name = 'disposals'").Scan(&n); err != nil {
		return 0, failed("files", err)
	}
	return n, nil
}

// Disposed counts a deletion of blobs, which must happen between Claim and the end of
// the transaction.
func (t *Tx) Disposed() error {
	if _, err := t.exec("UPDATE counters SET value = value + 1 WHERE name = 'disposals'"); err != nil {
		return failed("files", err)
	}
	return nil
}

// Files goes through the digests of all blobs that revisions need, each once, in
// their order. Until it ends, the transaction can do nothing else.
func (t *Tx) Files() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		rows, err := t.QueryContext(t.ctx, "SELECT DISTINCT digest FROM files ORDER BY digest")
		if err != nil {
			yield("", failed("files", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var digest string
			if err := rows.Scan(&digest); err != nil {
				yield("", failed("files", err))
				return
			}
			if !yield(digest, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield("", failed("files", err))
		}
	}
}

// Languages lists the languages of all revisions.
func (t *Tx) Languages() (out []string, err error) {
	err = t.each("SELECT DISTINCT lang FROM languages ORDER BY lang", nil, func(rows *sql.Rows) error {
		var lang string
		err := rows.Scan(&lang)
		out = append(out, lang)
		return err
	})
	if err != nil {
		return nil, failed("languages", err)
	}
	return out, nil
}
