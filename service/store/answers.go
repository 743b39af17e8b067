package store

import (
	"database/sql"
	"errors"

	"communique/service/press"
)

// Answer finds what was answered to an earlier request of the same identity with
// the same idempotency key; empty if there was none. A key that came with
// another request is refused.
func (t *Tx) Answer(identity, key, fingerprint string) (string, error) {
	var before, body string
	err := t.row("SELECT fingerprint, body FROM answers WHERE identity = ? AND key = ?", identity, key).Scan(&before, &body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", nil
	case err != nil:
		return "", failed("answers", err)
	case before != fingerprint:
		return "", &press.Error{Kind: press.Repeated, Detail: "that Idempotency-Key came with another request before", Fix: "use a new key for each request, and the same one only to repeat it"}
	}
	return body, nil
}

// KeepAnswer keeps what is answered, in the transaction whose outcome it tells.
func (t *Tx) KeepAnswer(identity, key, fingerprint, body string) error {
	now, err := t.Now()
	if err != nil {
		return err
	}
	if _, err := t.exec("INSERT INTO answers (identity, key, fingerprint, body, created_at) VALUES (?, ?, ?, ?, ?)", identity, key, fingerprint, body, micros(now)); err != nil {
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
