package store

import (
	"database/sql"
	"encoding/json"
	"time"

	"communique/service/press"
	"communique/service/webhook"
)

// AddWebhook keeps a new receiver, which gets an id, and its first secret.
func (t *Tx) AddWebhook(w *webhook.Webhook, secret string) error {
	now, err := t.Now()
	if err != nil {
		return err
	}
	types, err := json.Marshal(w.Types)
	if err != nil {
		return err
	}
	w.ID, w.CreatedAt = NewID(), now
	_, err = t.exec("INSERT INTO webhooks (id, created_at, url, description, types, enabled) VALUES (?, ?, ?, ?, ?, ?)",
		w.ID, micros(w.CreatedAt), w.URL, w.Description, string(types), bit(w.Enabled))
	if err == nil {
		_, err = t.exec("INSERT INTO webhook_secrets (id, webhook_id, secret) VALUES (?, ?, ?)", NewID(), w.ID, secret)
	}
	if err != nil {
		return failed("webhook", err)
	}
	return nil
}

// SaveWebhook writes a receiver that was changed.
func (t *Tx) SaveWebhook(w *webhook.Webhook) error {
	types, err := json.Marshal(w.Types)
	if err != nil {
		return err
	}
	return t.one("webhook", "UPDATE webhooks SET url = ?, description = ?, types = ?, enabled = ?, failed_at = ?, gone_at = ? WHERE id = ?",
		w.URL, w.Description, string(types), bit(w.Enabled), nullMicros(w.FailedAt), nullMicros(w.GoneAt), w.ID)
}

// RemoveWebhook deletes a receiver with its log.
func (t *Tx) RemoveWebhook(id string) error {
	return t.one("webhook", "DELETE FROM webhooks WHERE id = ?", id)
}

// Webhook finds a receiver, and keeps other writers away from it where a
// transaction can write.
func (t *Tx) Webhook(id string) (*webhook.Webhook, error) {
	list, err := t.webhooks("WHERE id = ?"+t.locking(), id)
	if err == nil && len(list) == 0 {
		return nil, missing("webhook")
	}
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// Webhooks lists the receivers, the oldest first.
func (t *Tx) Webhooks() ([]*webhook.Webhook, error) { return t.webhooks("ORDER BY id") }

func (t *Tx) webhooks(where string, args ...any) (out []*webhook.Webhook, err error) {
	err = t.each("SELECT id, created_at, url, description, types, enabled, failed_at, gone_at FROM webhooks "+where, args, func(rows *sql.Rows) error {
		w := &webhook.Webhook{}
		var created, enabled int64
		var types string
		var failedAt, gone sql.NullInt64
		if err := rows.Scan(&w.ID, &created, &w.URL, &w.Description, &types, &enabled, &failedAt, &gone); err != nil {
			return err
		}
		w.CreatedAt, w.Enabled = instant(created), enabled == 1
		w.FailedAt, w.GoneAt = maybe(failedAt), maybe(gone)
		out = append(out, w)
		return json.Unmarshal([]byte(types), &w.Types)
	})
	if err != nil {
		return nil, failed("webhooks", err)
	}
	return out, nil
}

// Secrets are those that sign a receiver's messages now, the newest first.
func (t *Tx) Secrets(id string) (out []string, err error) {
	now, err := t.Now()
	if err != nil {
		return nil, err
	}
	err = t.each("SELECT secret FROM webhook_secrets WHERE webhook_id = ? AND (ends_at IS NULL OR ends_at > ?) ORDER BY id DESC", []any{id, micros(now)}, func(rows *sql.Rows) error {
		var secret string
		err := rows.Scan(&secret)
		out = append(out, secret)
		return err
	})
	if err != nil {
		return nil, failed("webhook", err)
	}
	return out, nil
}

// RotateSecret adds a secret. Those before it go on signing for an overlap, or
// end when they were to end anyway.
func (t *Tx) RotateSecret(id, secret string, overlap time.Duration) error {
	if _, err := t.Webhook(id); err != nil {
		return err
	}
	now, err := t.Now()
	if err != nil {
		return err
	}
	end := micros(now.Add(overlap))
	_, err = t.exec("DELETE FROM webhook_secrets WHERE webhook_id = ? AND ends_at <= ?", id, micros(now))
	if err == nil {
		_, err = t.exec("UPDATE webhook_secrets SET ends_at = ? WHERE webhook_id = ? AND (ends_at IS NULL OR ends_at > ?)", end, id, end)
	}
	if err == nil {
		_, err = t.exec("INSERT INTO webhook_secrets (id, webhook_id, secret) VALUES (?, ?, ?)", NewID(), id, secret)
	}
	if err != nil {
		return failed("webhook", err)
	}
	return nil
}

// one runs a statement that must find one row of what it names.
func (t *Tx) one(what, query string, args ...any) error {
	result, err := t.exec(query, args...)
	if err != nil {
		return failed(what, err)
	}
	switch n, err := result.RowsAffected(); {
	case err != nil:
		return failed(what, err)
	case n == 0:
		return missing(what)
	}
	return nil
}

func missing(what string) error {
	return &press.Error{Kind: press.NotFound, Detail: "there is no such " + what}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// maybe is the zero time for NULL.
func maybe(at sql.NullInt64) time.Time {
	if !at.Valid {
		return time.Time{}
	}
	return instant(at.Int64)
}
