package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"communique/service/press"
	"communique/service/store"
	"communique/service/webhook"
)

// deliverArgs name one round of a delivery: an attempt, and its repetition if
// its process is killed.
type deliverArgs struct {
	Delivery string `json:"delivery"`
	Round    int    `json:"round"`
}

func (deliverArgs) Kind() string { return "deliver" }

// deliver puts the next round of a delivery into the queue, when it is due.
func (q *Queue) deliver(ctx context.Context, t *store.Tx, d *webhook.Delivery) error {
	return q.insert(ctx, t.Tx, deliverArgs{d.ID, d.Round}, delivering, d.DueAt)
}

// Redeliver sends a delivery again from the first try on, whatever became of it,
// with the same webhook-id.
func (q *Queue) Redeliver(ctx context.Context, t *store.Tx, delivery string) error {
	d, err := t.Delivery(delivery)
	if err != nil {
		return err
	}
	if _, err := enabled(t, d.Webhook); err != nil {
		return err
	}
	if d.DueAt, err = t.Now(); err != nil {
		return err
	}
	d.State, d.Tries = webhook.Pending, 0
	switch saved, err := t.SaveDelivery(d); {
	case err != nil:
		return err
	case !saved:
		return &press.Error{Kind: press.Changed, Detail: "an attempt has ended at the same moment", Fix: "look at the delivery, and ask again if it has not arrived"}
	}
	return q.deliver(ctx, t, d)
}

// Ping sends a receiver a message by which it can be tested.
func (q *Queue) Ping(ctx context.Context, t *store.Tx, receiver string) (*webhook.Delivery, error) {
	w, err := enabled(t, receiver)
	if err != nil {
		return nil, err
	}
	e := &webhook.Event{Type: webhook.Ping}
	if e.At, err = t.Now(); err != nil {
		return nil, err
	}
	if e.Payload, err = webhook.Payload(e.Type, e.At, struct{}{}); err != nil {
		return nil, err
	}
	d, err := t.AddPing(e, w)
	if err != nil {
		return nil, err
	}
	return d, q.deliver(ctx, t, d)
}

// enabled finds a receiver that messages can be sent to.
func enabled(t *store.Tx, id string) (*webhook.Webhook, error) {
	w, err := t.Webhook(id)
	if err == nil && !w.Enabled {
		err = &press.Error{Kind: press.WrongState, Detail: "the webhook is disabled", Fix: "enable it first"}
	}
	return w, err
}

type deliverer struct {
	river.WorkerDefaults[deliverArgs]
	queue *Queue
	send  func(context.Context, string, webhook.Message) webhook.Result
}

// parcel is what one attempt needs.
type parcel struct {
	delivery *webhook.Delivery
	address  string
	message  webhook.Message
	attempt  *webhook.Attempt
}

// Work makes one attempt: a line in the log, the message, and in one transaction
// the outcome, what follows from it, and the end of the job.
func (w *deliverer) Work(ctx context.Context, job *river.Job[deliverArgs]) error {
	p, err := w.begin(ctx, job)
	if p == nil {
		return err
	}
	limit, cancel := context.WithTimeout(ctx, w.queue.options.JobTime/2)
	defer cancel()
	result := w.send(limit, p.address, p.message)

	// the outcome is written even if the process is told to stop
	last, done := context.WithTimeout(context.WithoutCancel(ctx), w.queue.options.JobTime/4)
	defer done()
	if result.Class == webhook.Cancelled {
		return errors.Join(errors.New("sending was broken off"), w.queue.store.Write(last, func(t *store.Tx) error { return t.EndAttempt(p.attempt.ID, result) }))
	}
	return w.queue.store.Write(last, func(t *store.Tx) error { return w.end(last, t, job, p, result) })
}

// begin reads what is to be sent; nil if this round is over or nobody wants it any more.
func (w *deliverer) begin(ctx context.Context, job *river.Job[deliverArgs]) (p *parcel, err error) {
	err = w.queue.store.Write(ctx, func(t *store.Tx) error {
		d, err := t.Delivery(job.Args.Delivery)
		if err != nil {
			return ifThere(err) // erased meanwhile
		}
		if d.State != webhook.Pending || d.Round != job.Args.Round {
			return nil
		}
		receiver, err := t.Webhook(d.Webhook)
		if err != nil {
			return ifThere(err)
		}
		if !receiver.Enabled {
			d.State, d.DueAt = webhook.Dropped, time.Time{}
			_, err := t.SaveDelivery(d)
			return err
		}
		secrets, err := t.Secrets(receiver.ID)
		if err != nil {
			return err
		}
		attempt, err := t.BeginAttempt(d.ID)
		if err != nil {
			return err
		}
		p = &parcel{d, receiver.URL, webhook.Message{ID: d.Event.ID, At: attempt.StartedAt, Secrets: secrets, Payload: d.Event.Payload}, attempt}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// end writes the outcome of an attempt and what follows from it. In a round that
// has ended meanwhile, by a redelivery, only the log hears of it.
func (w *deliverer) end(ctx context.Context, t *store.Tx, job *river.Job[deliverArgs], p *parcel, r webhook.Result) error {
	if err := t.EndAttempt(p.attempt.ID, r); err != nil {
		return err
	}
	now, err := t.Now()
	if err != nil {
		return err
	}
	d := p.delivery
	w.judge(d, r, now)
	saved, err := t.SaveDelivery(d)
	if err != nil {
		return err
	}
	if saved {
		if err := note(t, d, r, now); err != nil {
			return err
		}
		if d.State == webhook.Pending {
			if err := w.queue.deliver(ctx, t, d); err != nil {
				return err
			}
		}
	}
	return complete(ctx, w.queue, t, job)
}

// judge says what becomes of a delivery after an attempt.
func (w *deliverer) judge(d *webhook.Delivery, r webhook.Result, now time.Time) {
	d.Tries++
	d.DueAt = time.Time{}
	if r.Delivered() {
		d.State = webhook.Delivered
		return
	}
	d.State = webhook.Failed
	if wait, again := w.queue.options.wait(d.Tries, r.RetryAfter); again && !r.Gone() {
		d.State, d.DueAt = webhook.Pending, now.Add(wait)
	}
}

// note marks the receiver: gone, failing, or well again.
func note(t *store.Tx, d *webhook.Delivery, r webhook.Result, now time.Time) error {
	if d.State == webhook.Pending {
		return nil
	}
	receiver, err := t.Webhook(d.Webhook)
	if err != nil {
		return ifThere(err)
	}
	switch {
	case r.Gone():
		receiver.Enabled, receiver.GoneAt = false, now
	case d.State == webhook.Failed:
		receiver.FailedAt = now
	case receiver.FailedAt.IsZero():
		return nil
	default:
		receiver.FailedAt = time.Time{}
	}
	return t.SaveWebhook(receiver)
}

// ifThere is nil if an error says that something is not there any more.
func ifThere(err error) error {
	if errors.Is(err, &press.Error{Kind: press.NotFound}) {
		return nil
	}
	return err
}
