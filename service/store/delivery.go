package store

import (
	"database/sql"
	"time"

	"communique/service/webhook"
)

// AddEvent keeps an event, which gets an id, with a delivery for each receiver
// that wants it, and returns those deliveries.
func (t *Tx) AddEvent(e *webhook.Event) ([]*webhook.Delivery, error) {
	all, err := t.Webhooks()
	if err != nil {
		return nil, err
	}
	var to []*webhook.Webhook
	for _, w := range all {
		if w.Wants(e.Type) {
			to = append(to, w)
		}
	}
	return t.addEvent(e, to)
}

// AddPing keeps an event for one receiver, whatever it wants.
func (t *Tx) AddPing(e *webhook.Event, w *webhook.Webhook) (*webhook.Delivery, error) {
	list, err := t.addEvent(e, []*webhook.Webhook{w})
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

func (t *Tx) addEvent(e *webhook.Event, to []*webhook.Webhook) ([]*webhook.Delivery, error) {
	now, err := t.Now()
	if err != nil {
		return nil, err
	}
	e.ID = NewID()
	publication := sql.NullString{String: e.Publication, Valid: e.Publication != ""}
	if _, err := t.exec("INSERT INTO events (id, type, at, publication_id, payload) VALUES (?, ?, ?, ?, ?)", e.ID, string(e.Type), micros(e.At), publication, string(e.Payload)); err != nil {
		return nil, failed("event", err)
	}
	var list []*webhook.Delivery
	for _, w := range to {
		d := &webhook.Delivery{ID: NewID(), Webhook: w.ID, Event: *e, State: webhook.Pending, DueAt: now}
		if _, err := t.exec("INSERT INTO deliveries (id, event_id, webhook_id, state, tries, round, due_at) VALUES (?, ?, ?, ?, 0, 0, ?)", d.ID, e.ID, w.ID, string(d.State), micros(now)); err != nil {
			return nil, failed("delivery", err)
		}
		list = append(list, d)
	}
	return list, nil
}

// Delivery finds a delivery.
func (t *Tx) Delivery(id string) (*webhook.Delivery, error) {
	list, err := t.deliveries("d.id = ?", id)
	if err == nil && len(list) == 0 {
		return nil, missing("delivery")
	}
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// Deliveries is a page of a receiver's deliveries, the newest first, and the id
// before which the next page begins: empty if there is none.
func (t *Tx) Deliveries(webhook, before string, limit int) (list []*webhook.Delivery, next string, err error) {
	if before == "" {
		before = "~" // after every id
	}
	list, err = t.deliveries("d.webhook_id = ? AND d.id < ? ORDER BY d.id DESC LIMIT ?", webhook, before, limit+1)
	if len(list) > limit {
		list, next = list[:limit], list[limit-1].ID
	}
	return list, next, err
}

// Pending are the deliveries that are sent now or later.
func (t *Tx) Pending() ([]*webhook.Delivery, error) {
	return t.deliveries("d.state = ? ORDER BY d.id", string(webhook.Pending))
}

func (t *Tx) deliveries(where string, args ...any) (out []*webhook.Delivery, err error) {
	err = t.each("SELECT d.id, d.webhook_id, d.state, d.tries, d.round, d.due_at, e.id, e.type, e.at, e.publication_id, e.payload FROM deliveries d JOIN events e ON e.id = d.event_id WHERE "+where, args, func(rows *sql.Rows) error {
		d := &webhook.Delivery{}
		var at int64
		var due sql.NullInt64
		var publication sql.NullString
		if err := rows.Scan(&d.ID, &d.Webhook, &d.State, &d.Tries, &d.Round, &due, &d.Event.ID, &d.Event.Type, &at, &publication, &d.Event.Payload); err != nil {
			return err
		}
		d.DueAt, d.Event.At, d.Event.Publication = maybe(due), instant(at), publication.String
		out = append(out, d)
		return nil
	})
	if err != nil {
		return nil, failed("deliveries", err)
	}
	return out, nil
}

// SaveDelivery writes what became of a delivery in a round, and begins the next
// round: it tells false, and changes nothing, if another has done so before.
func (t *Tx) SaveDelivery(d *webhook.Delivery) (bool, error) {
	result, err := t.exec("UPDATE deliveries SET state = ?, tries = ?, due_at = ?, round = round + 1 WHERE id = ? AND round = ?",
		string(d.State), d.Tries, nullMicros(d.DueAt), d.ID, d.Round)
	if err != nil {
		return false, failed("delivery", err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return false, failed("delivery", err)
	}
	if n == 1 {
		d.Round++
	}
	return n == 1, nil
}

// BeginAttempt writes a line of the log before a message is sent. Lines of the
// delivery that never got an outcome are closed: their process has ended.
func (t *Tx) BeginAttempt(delivery string) (*webhook.Attempt, error) {
	now, err := t.Now()
	if err != nil {
		return nil, err
	}
	_, err = t.exec("UPDATE attempts SET duration = 0, class = ?, detail = ? WHERE delivery_id = ? AND duration IS NULL",
		string(webhook.Interrupted), "the server ended meanwhile; the message is sent again with the same webhook-id", delivery)
	a := &webhook.Attempt{ID: NewID(), StartedAt: now, Open: true}
	if err == nil {
		_, err = t.exec("INSERT INTO attempts (id, delivery_id, started_at) VALUES (?, ?, ?)", a.ID, delivery, micros(now))
	}
	if err != nil {
		return nil, failed("attempt", err)
	}
	return a, nil
}

// EndAttempt writes the outcome into the log.
func (t *Tx) EndAttempt(id string, r webhook.Result) error {
	_, err := t.exec("UPDATE attempts SET duration = ?, status = ?, class = ?, detail = ?, excerpt = ? WHERE id = ?",
		int64(r.Duration), r.Status, string(r.Class), r.Detail, r.Excerpt, id)
	if err != nil {
		return failed("attempt", err)
	}
	return nil
}

// Attempts is the log of a delivery, the first attempt first.
func (t *Tx) Attempts(delivery string) (out []webhook.Attempt, err error) {
	err = t.each("SELECT id, started_at, duration, status, class, detail, excerpt FROM attempts WHERE delivery_id = ? ORDER BY id", []any{delivery}, func(rows *sql.Rows) error {
		var a webhook.Attempt
		var started int64
		var duration sql.NullInt64
		if err := rows.Scan(&a.ID, &started, &duration, &a.Status, &a.Class, &a.Detail, &a.Excerpt); err != nil {
			return err
		}
		a.StartedAt, a.Duration, a.Open = instant(started), time.Duration(duration.Int64), !duration.Valid
		out = append(out, a)
		return nil
	})
	if err != nil {
		return nil, failed("attempts", err)
	}
	return out, nil
}

// ForgetEvents deletes events of before an instant with their log, save those
// that are still being delivered.
func (t *Tx) ForgetEvents(before time.Time) error {
	_, err := t.exec("DELETE FROM events WHERE at < ? AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.event_id = events.id AND d.state = 'pending')", micros(before))
	if err != nil {
		return failed("events", err)
	}
	return nil
}
