package store

import (
	"database/sql"
	"encoding/json"

	"communique/service/press"
)

// Note adds a line to the audit trail, at the transaction's instant.
func (t *Tx) Note(e press.Entry) error {
	now, err := t.Now()
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO audit (at, actor_kind, actor_id, actor_name, action, publication_id, slug, number, request_id, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		micros(now), e.By.Kind, e.By.ID, e.By.Name, string(e.Action), e.Publication, e.Slug, e.Revision, e.RequestID, string(e.Detail))
	if err != nil {
		return failed("audit trail", err)
	}
	return nil
}

// TrailFilter chooses lines of the audit trail; empty fields choose all.
type TrailFilter struct {
	// Publication and Actor are ids; those of what is erased or revoked stay in the trail.
	Publication, Actor string
	// After is the line before the first one.
	After int64
	Limit int
}

// Trail lists lines of the audit trail, the oldest first.
func (t *Tx) Trail(f TrailFilter) (out []press.Entry, err error) {
	where, args := "id > ?", []any{f.After}
	if f.Publication != "" {
		where, args = where+" AND publication_id = ?", append(args, f.Publication)
	}
	if f.Actor != "" {
		where, args = where+" AND actor_id = ?", append(args, f.Actor)
	}
	query := "SELECT id, at, actor_kind, actor_id, actor_name, action, publication_id, slug, number, request_id, detail FROM audit WHERE " + where + " ORDER BY id LIMIT ?"
	err = t.each(query, append(args, f.Limit), func(rows *sql.Rows) error {
		var e press.Entry
		var at int64
		var detail string
		if err := rows.Scan(&e.ID, &at, &e.By.Kind, &e.By.ID, &e.By.Name, &e.Action, &e.Publication, &e.Slug, &e.Revision, &e.RequestID, &detail); err != nil {
			return err
		}
		e.At = instant(at)
		if detail != "" {
			e.Detail = json.RawMessage(detail)
		}
		out = append(out, e)
		return nil
	})
	if err != nil {
		return nil, failed("audit trail", err)
	}
	return out, nil
}
