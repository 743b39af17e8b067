package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"communique/service/press"
)

const previewColumns = "SELECT id, publication_id, number, reader, created_at, created_by, expires_at, revoked_at FROM previews WHERE "

// AddPreview keeps a preview for a reader, which gets an id.
func (t *Tx) AddPreview(p *press.Preview) error {
	by, err := json.Marshal(p.By)
	if err != nil {
		return err
	}
	p.ID = NewID()
	_, err = t.exec("INSERT INTO previews (id, publication_id, number, reader, created_at, created_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		p.ID, p.Publication, p.Revision, p.Reader, micros(p.CreatedAt), string(by), micros(p.ExpiresAt))
	if err != nil {
		return failed("preview", err)
	}
	return nil
}

// Preview finds a preview that is neither revoked nor over.
func (t *Tx) Preview(id string) (*press.Preview, error) {
	now, err := t.Now()
	if err != nil {
		return nil, err
	}
	list, err := t.previews("id = ? AND revoked_at IS NULL AND expires_at > ?", id, micros(now))
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, press.Missing()
	}
	return list[0], nil
}

// Previews lists the previews of a publication, the oldest first.
func (t *Tx) Previews(publication string) ([]*press.Preview, error) {
	return t.previews("publication_id = ? ORDER BY id", publication)
}

// RevokePreview ends a preview of a publication before its time.
func (t *Tx) RevokePreview(publication, id string) error {
	now, err := t.Now()
	if err != nil {
		return err
	}
	result, err := t.exec("UPDATE previews SET revoked_at = ? WHERE id = ? AND publication_id = ? AND revoked_at IS NULL", micros(now), id, publication)
	if err != nil {
		return failed("preview", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, press.Missing())
	}
	return nil
}

func (t *Tx) previews(where string, args ...any) (out []*press.Preview, err error) {
	err = t.each(previewColumns+where, args, func(rows *sql.Rows) error {
		p := &press.Preview{}
		var created, expires int64
		var revoked sql.NullInt64
		var by string
		if err := rows.Scan(&p.ID, &p.Publication, &p.Revision, &p.Reader, &created, &by, &expires, &revoked); err != nil {
			return err
		}
		p.CreatedAt, p.ExpiresAt = instant(created), instant(expires)
		if revoked.Valid {
			p.RevokedAt = instant(revoked.Int64)
		}
		out = append(out, p)
		return json.Unmarshal([]byte(by), &p.By)
	})
	if err != nil {
		return nil, failed("previews", err)
	}
	return out, nil
}

// Forget deletes previews and answers that ended before an instant.
func (t *Tx) Forget(before time.Time) error {
	_, err := t.exec("DELETE FROM previews WHERE expires_at < ?", micros(before))
	if err == nil {
		_, err = t.exec("DELETE FROM answers WHERE created_at < ?", micros(before))
	}
	if err != nil {
		return failed("what is over", err)
	}
	return nil
}
