package store

import (
	"database/sql"
	"errors"

	"communique/service/press"
)

// Answer finds what was answered to an earlier request of the same identity with
// the same idempotency key; false if there was none. A key that came with
// another request is refused, and one whose publication is gone finds nothing
// that could be told or done again.
func (t *Tx) Answer(identity, key, fingerprint string) (body string, found bool, err error) {
	var before string
	err = t.row("SELECT fingerprint, body FROM answers WHERE identity = ? AND key = ?", identity, key).Scan(&before, &body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", false, nil
	case err != nil:
		return "", false, failed("answers", err)
	case before != fingerprint:
		return "", false, &press.Error{Kind: press.Repeated, Detail: "that Idempotency-Key came with another request before", Fix: "use a new key for each request, and the same one only to repeat it"}
	case body == "":
		return "", false, press.Missing()
	}
	return body, true, nil
}

// KeepAnswer keeps what is answered about a publication, in the transaction whose
// outcome it tells. It tells false if another transaction has used the key since
// Answer found none.
func (t *Tx) KeepAnswer(identity, key, fingerprint, publication, body string) (bool, error) {
	now, err := t.Now()
	if err != nil {
		return false, err
	}
	result, err := t.exec("INSERT INTO answers (identity, key, fingerprint, publication_id, body, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (identity, key) DO NOTHING",
		identity, key, fingerprint, publication, body, micros(now))
	if err != nil {
		return false, failed("answers", err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// dropAnswers deletes the texts of what was answered about a publication. The keys
// stay used: a request that is repeated late must not bring it back.
func (t *Tx) dropAnswers(publication string) error {
	if _, err := t.exec("UPDATE answers SET body = '' WHERE publication_id = ?", publication); err != nil {
		return failed("answers", err)
	}
	return nil
}

// Setting reads a value of the office; it is made and kept if there is none.
func (t *Tx) Setting(name string, create func() string) (value string, err error) {
	if _, err = t.exec("INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, create()); err == nil {
		err = t.row("SELECT value FROM settings WHERE name = ?", name).Scan(&value)
	}
	if err != nil {
		return "", failed("settings", err)
	}
	return value, nil
}
