package office

import (
	"context"
	"encoding/json"
	"time"

	"communique/service/access"
	"communique/service/press"
	"communique/service/store"
)

// keyring holds all keys in memory, so that how long a look-up takes tells nothing.
// It is renewed with the index: a revoked key is refused within a second.
type keyring struct {
	change int64
	byID   map[string]*access.Key
}

// FindKey finds a key by its public id; nil if there is none.
func (o *Office) FindKey(_ context.Context, id string) (*access.Key, error) {
	return o.keys.Load().byID[id], nil
}

// refreshKeys reads the keys if they have changed.
func (o *Office) refreshKeys(t *store.Tx) (*keyring, error) {
	change, err := t.KeyChange()
	if err != nil || o.keys.Load() != nil && o.keys.Load().change == change {
		return nil, err
	}
	list, err := t.Keys()
	if err != nil {
		return nil, err
	}
	ring := &keyring{change, make(map[string]*access.Key, len(list))}
	for _, k := range list {
		ring.byID[k.ID] = k
	}
	return ring, nil
}

// KeyUsed notes the use of a key, which is not worth failing a request for.
func (o *Office) KeyUsed(ctx context.Context, id string, at time.Time) {
	err := o.Store.Write(ctx, func(t *store.Tx) error { return t.KeyUsed(id, at) })
	if err != nil {
		o.Log.Warn("the use of a key could not be noted", "error", err)
	}
	// the keys in memory learn of it, or each request would note it again
	if ring := o.keys.Load(); ring.byID[id] != nil {
		renewed := &keyring{ring.change, make(map[string]*access.Key, len(ring.byID))}
		for id, k := range ring.byID {
			renewed.byID[id] = k
		}
		used := *ring.byID[id]
		used.LastUsedAt = at
		renewed.byID[id] = &used
		o.keys.CompareAndSwap(ring, renewed)
	}
}

// Keys lists all keys.
func (o *Office) Keys(ctx context.Context) (list []*access.Key, err error) {
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		list, err = t.Keys()
		return err
	})
	return list, err
}

// NewKey makes a key; its text is shown once, to the caller.
func (o *Office) NewKey(ctx context.Context, by Caller, name string, scopes access.Scopes, expiry time.Time, perSecond float64) (key *access.Key, secret string, err error) {
	err = o.Store.Write(ctx, func(t *store.Tx) error {
		now, err := t.Now()
		if err != nil {
			return err
		}
		if key, secret, err = access.New(name, scopes, now, expiry); err == nil {
			err = key.SetRate(perSecond)
		}
		if err != nil {
			return &press.Error{Kind: press.Invalid, Detail: err.Error()}
		}
		key.CreatedBy = by.ID
		if err := t.AddKey(key); err != nil {
			return err
		}
		return noteKey(t, by, "create-key", key)
	})
	if err != nil {
		return nil, "", err
	}
	return key, secret, o.Refresh(ctx)
}

// FirstKey makes a key for everything if the office has no key at all; its text
// is empty if there was one.
func (o *Office) FirstKey(ctx context.Context) (secret string, err error) {
	err = o.Store.Write(ctx, func(t *store.Tx) error {
		first, err := t.FirstKey()
		if err != nil || !first {
			return err
		}
		now, err := t.Now()
		if err != nil {
			return err
		}
		key, text, err := access.New("First admin key", access.Scopes{access.Admin}, now, time.Time{})
		if err != nil {
			return err
		}
		if err := t.AddKey(key); err != nil {
			return err
		}
		secret = text
		return noteKey(t, Caller{Actor: press.Actor{Kind: "system", ID: "start", Name: "communique"}}, "create-key", key)
	})
	if err != nil || secret == "" {
		return "", err
	}
	return secret, o.Refresh(ctx)
}

// RotateKey gives a key a new secret; the one before is good for the overlap.
func (o *Office) RotateKey(ctx context.Context, by Caller, id string, overlap time.Duration) (key *access.Key, secret string, err error) {
	key, err = o.changeKey(ctx, by, id, "rotate-key", func(k *access.Key, now time.Time) error {
		if secret, err = k.Rotate(now, overlap); err != nil {
			return &press.Error{Kind: press.Invalid, Field: "overlap", Detail: err.Error()}
		}
		return nil
	})
	return key, secret, err
}

// RevokeKey ends a key for good.
func (o *Office) RevokeKey(ctx context.Context, by Caller, id string) (*access.Key, error) {
	return o.changeKey(ctx, by, id, "revoke-key", func(k *access.Key, now time.Time) error {
		k.Revoke(now)
		return nil
	})
}

func (o *Office) changeKey(ctx context.Context, by Caller, id string, action press.Action, change func(*access.Key, time.Time) error) (key *access.Key, err error) {
	err = o.Store.Write(ctx, func(t *store.Tx) error {
		now, err := t.Now()
		if err != nil {
			return err
		}
		if key, err = t.Key(id); err != nil {
			return err
		}
		if key == nil {
			return &press.Error{Kind: press.NotFound, Detail: "there is no such key"}
		}
		if err := change(key, now); err != nil {
			return err
		}
		if err := t.SaveKey(key); err != nil {
			return err
		}
		return noteKey(t, by, action, key)
	})
	if err != nil {
		return nil, err
	}
	return key, o.Refresh(ctx)
}

func noteKey(t *store.Tx, by Caller, action press.Action, key *access.Key) error {
	detail, err := json.Marshal(map[string]any{"key": key.ID, "scopes": key.Scopes})
	if err != nil {
		return err
	}
	return t.Note(press.Entry{By: by.Actor, Action: action, RequestID: by.RequestID, Detail: detail})
}
