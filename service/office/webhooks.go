package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"communique/service/press"
	"communique/service/store"
	"communique/service/webhook"
)

// maxDescription is the longest description of a webhook, in characters.
const maxDescription = 200

// WebhookChange changes a webhook; what is nil stays as it is.
type WebhookChange struct {
	URL, Description *string
	Types            *[]webhook.Type
	Enabled          *bool
}

// apply changes a webhook, and refuses what cannot be.
func (o *Office) apply(c WebhookChange, w *webhook.Webhook) error {
	if c.URL != nil {
		if wrong, ok := errors.AsType[*webhook.URLError](o.Receivers.CheckURL(*c.URL)); ok {
			return &press.Error{Kind: press.Invalid, Field: "url", Detail: wrong.Message + "; expected " + wrong.Expected, Fix: wrong.Fix}
		}
		w.URL = *c.URL
	}
	if c.Description != nil {
		w.Description = strings.TrimSpace(*c.Description)
		if !utf8.ValidString(w.Description) || utf8.RuneCountInString(w.Description) > maxDescription || strings.ContainsFunc(w.Description, unicode.IsControl) {
			return &press.Error{Kind: press.Invalid, Field: "description", Detail: "the description cannot be kept", Fix: fmt.Sprintf("write one line of %d characters at most", maxDescription)}
		}
	}
	if c.Types != nil {
		for _, t := range *c.Types {
			if !slices.Contains(webhook.Types(), t) {
				return &press.Error{Kind: press.Invalid, Field: "types", Detail: fmt.Sprintf("there are no messages of type %.60q", string(t)), Fix: fmt.Sprintf("name some of %v, or none for all", webhook.Types())}
			}
		}
		w.Types = slices.Compact(slices.Sorted(slices.Values(*c.Types)))
	}
	if c.Enabled != nil {
		if *c.Enabled && !w.Enabled {
			w.GoneAt, w.FailedAt = time.Time{}, time.Time{}
		}
		w.Enabled = *c.Enabled
	}
	return nil
}

// NewWebhook registers a receiver. Its secret, with which it checks signatures, is
// shown once.
func (o *Office) NewWebhook(ctx context.Context, by Caller, c WebhookChange) (w *webhook.Webhook, secret string, err error) {
	w = &webhook.Webhook{Enabled: true}
	if err := o.apply(c, w); err != nil {
		return nil, "", err
	}
	secret = webhook.NewSecret()
	err = o.Store.Write(ctx, func(t *store.Tx) error {
		if err := t.AddWebhook(w, secret); err != nil {
			return err
		}
		return noteWebhook(t, by, "create-webhook", w.ID)
	})
	return w, secret, err
}

// Webhooks lists the receivers, the oldest first.
func (o *Office) Webhooks(ctx context.Context) (list []*webhook.Webhook, err error) {
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		list, err = t.Webhooks()
		return err
	})
	return list, err
}

// Webhook finds a receiver.
func (o *Office) Webhook(ctx context.Context, id string) (w *webhook.Webhook, err error) {
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		w, err = t.Webhook(id)
		return err
	})
	return w, err
}

// ChangeWebhook changes a receiver. Enabling it forgets that it was gone or failing.
func (o *Office) ChangeWebhook(ctx context.Context, by Caller, id string, c WebhookChange) (w *webhook.Webhook, err error) {
	err = o.Store.Write(ctx, func(t *store.Tx) error {
		if w, err = t.Webhook(id); err != nil {
			return err
		}
		if err := o.apply(c, w); err != nil {
			return err
		}
		return errors.Join(t.SaveWebhook(w), noteWebhook(t, by, "change-webhook", id))
	})
	return w, err
}

// RemoveWebhook deletes a receiver with its log.
func (o *Office) RemoveWebhook(ctx context.Context, by Caller, id string) error {
	return o.Store.Write(ctx, func(t *store.Tx) error {
		if err := t.RemoveWebhook(id); err != nil {
			return err
		}
		return noteWebhook(t, by, "delete-webhook", id)
	})
}

// RotateWebhook gives a receiver a new secret. Messages are signed with the one
// before as well until the overlap has passed.
func (o *Office) RotateWebhook(ctx context.Context, by Caller, id string, overlap time.Duration) (w *webhook.Webhook, secret string, err error) {
	if err := checkOverlap(overlap); err != nil {
		return nil, "", err
	}
	secret = webhook.NewSecret()
	err = o.Store.Write(ctx, func(t *store.Tx) error {
		if w, err = t.Webhook(id); err != nil {
			return err
		}
		if err := t.RotateSecret(id, secret, overlap); err != nil {
			return err
		}
		return noteWebhook(t, by, "rotate-webhook-secret", id)
	})
	return w, secret, err
}

// PingWebhook sends a receiver a message that says nothing.
func (o *Office) PingWebhook(ctx context.Context, by Caller, id string) (d *webhook.Delivery, err error) {
	err = o.Store.Write(ctx, func(t *store.Tx) error {
		if d, err = o.Queue.Ping(ctx, t, id); err != nil {
			return err
		}
		return noteWebhook(t, by, "ping-webhook", id)
	})
	return d, err
}

// Logged is a delivery with its attempts.
type Logged struct {
	*webhook.Delivery
	Attempts []webhook.Attempt
}

// Deliveries is a page of the log of a receiver, the newest first, and where the
// next page begins.
func (o *Office) Deliveries(ctx context.Context, id, before string, limit int) (list []Logged, next string, err error) {
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		if _, err := t.Webhook(id); err != nil {
			return err
		}
		var page []*webhook.Delivery
		if page, next, err = t.Deliveries(id, before, limit); err != nil {
			return err
		}
		for _, d := range page {
			attempts, err := t.Attempts(d.ID)
			if err != nil {
				return err
			}
			list = append(list, Logged{d, attempts})
		}
		return nil
	})
	return list, next, err
}

// Redeliver sends a delivery of a receiver again.
func (o *Office) Redeliver(ctx context.Context, by Caller, id, delivery string) (d *webhook.Delivery, err error) {
	err = o.Store.Write(ctx, func(t *store.Tx) error {
		if d, err = t.Delivery(delivery); err != nil {
			return err
		}
		if d.Webhook != id {
			return &press.Error{Kind: press.NotFound, Detail: "the webhook has no such delivery"}
		}
		if err := o.Queue.Redeliver(ctx, t, delivery); err != nil {
			return err
		}
		if d, err = t.Delivery(delivery); err != nil {
			return err
		}
		return noteWebhook(t, by, "redeliver", id)
	})
	return d, err
}

// noteWebhook notes a change without the address, which may hold a secret.
func noteWebhook(t *store.Tx, by Caller, action press.Action, id string) error {
	detail, err := json.Marshal(map[string]string{"webhook": id})
	if err != nil {
		return err
	}
	return t.Note(press.Entry{By: by.Actor, Action: action, RequestID: by.RequestID, Detail: detail})
}
