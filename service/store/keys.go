package store

import (
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"communique/service/access"
)

// KeyChange counts the changes of keys.
func (t *Tx) KeyChange() (n int64, err error) {
	if err := t.row("SELECT value FROM counters WHERE name = 'keys'").Scan(&n); err != nil {
		return 0, failed("keys", err)
	}
	return n, nil
}

// LockKeys keeps other writers of keys waiting until the transaction ends, so that
// what it reads of them stays so.
func (t *Tx) LockKeys() error { return t.keysChanged() }

// keysChanged counts a change, and keeps other writers of keys waiting until the
// transaction ends.
func (t *Tx) keysChanged() error {
	if _, err := t.exec("UPDATE counters SET value = value + 1 WHERE name = 'keys'"); err != nil {
		return failed("keys", err)
	}
	return nil
}

// FirstKey tells whether there has never been a key, and keeps others from making one.
func (t *Tx) FirstKey() (bool, error) {
	if err := t.keysChanged(); err != nil {
		return false, err
	}
	var n int
	if err := t.row("SELECT count(*) FROM keys").Scan(&n); err != nil {
		return false, failed("keys", err)
	}
	return n == 0, nil
}

// AddKey keeps a new API key.
func (t *Tx) AddKey(k *access.Key) error {
	if err := t.keysChanged(); err != nil {
		return err
	}
	record, err := json.Marshal(k)
	if err != nil {
		return err
	}
	if _, err := t.exec("INSERT INTO keys (id, created_at, hash, previous, record) VALUES (?, ?, ?, ?, ?)",
		k.ID, micros(k.CreatedAt), hex.EncodeToString(k.Hash), hex.EncodeToString(k.PreviousHash), string(record)); err != nil {
		return failed("key", err)
	}
	return nil
}

// SaveKey writes a key that was rotated, revoked or renamed.
func (t *Tx) SaveKey(k *access.Key) error {
	if err := t.keysChanged(); err != nil {
		return err
	}
	record, err := json.Marshal(k)
	if err != nil {
		return err
	}
	if _, err := t.exec("UPDATE keys SET hash = ?, previous = ?, record = ? WHERE id = ?",
		hex.EncodeToString(k.Hash), hex.EncodeToString(k.PreviousHash), string(record), k.ID); err != nil {
		return failed("key", err)
	}
	return nil
}

// KeyUsed notes when a key was last used.
func (t *Tx) KeyUsed(id string, at time.Time) error {
	if _, err := t.exec("UPDATE keys SET last_used_at = ? WHERE id = ?", micros(at), id); err != nil {
		return failed("key", err)
	}
	return nil
}

// Key finds a key by its public id; nil if there is none.
func (t *Tx) Key(id string) (*access.Key, error) {
	list, err := t.keys("WHERE id = ?", id)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// Keys lists all keys, the oldest first.
func (t *Tx) Keys() ([]*access.Key, error) { return t.keys("ORDER BY created_at, id") }

func (t *Tx) keys(where string, args ...any) (out []*access.Key, err error) {
	err = t.each("SELECT hash, previous, record, last_used_at FROM keys "+where, args, func(rows *sql.Rows) error {
		k := &access.Key{}
		var hash, previous, record string
		var used sql.NullInt64
		if err := rows.Scan(&hash, &previous, &record, &used); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(record), k); err != nil {
			return err
		}
		if used.Valid {
			k.LastUsedAt = instant(used.Int64)
		}
		var first, second error
		k.Hash, first = hex.DecodeString(hash)
		k.PreviousHash, second = hex.DecodeString(previous)
		out = append(out, k)
		return errors.Join(first, second)
	})
	if err != nil {
		return nil, failed("keys", err)
	}
	return out, nil
}
