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

// Trail lists lines of the audit trail after a line, the oldest first: those of
// one publication, or all if its id is empty.
func (t *Tx) Trail(publication string, after int64, limit int) (out []press.Entry, err error) {
	where, args := "id > ?", []any{after}
	if publication != "" {
		where, args = where+" AND publication_id = ?", append(args, publication)
	}
	query := "SELECT id, at, actor_kind, actor_id, actor_name, action, publication_id, slug, number, request_id, detail FROM audit WHERE " + where + " ORDER BY id LIMIT ?"
	err = t.each(query, append(args, limit), func(rows *sql.Rows) error {
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
