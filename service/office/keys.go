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

// KeyBook is the list of keys in the database. An administrator who is locked out
// writes in it without an office; servers that run notice within a second.
type KeyBook struct{ Store *store.Store }

// KeyBook is the office's own.
func (o *Office) KeyBook() KeyBook { return KeyBook{o.Store} }

// NewKey makes a key as KeyBook.New does; this office knows it at once.
func (o *Office) NewKey(ctx context.Context, by Caller, name string, scopes access.Scopes, expiry time.Time, perSecond float64) (*access.Key, string, error) {
	key, secret, err := o.KeyBook().New(ctx, by, name, scopes, expiry, perSecond)
	if err != nil {
		return nil, "", err
	}
	o.renew(ctx)
	return key, secret, nil
}

// FirstKey makes the first key, as KeyBook.First does; this office knows it at once.
func (o *Office) FirstKey(ctx context.Context) (string, error) {
	secret, err := o.KeyBook().First(ctx)
	if err != nil || secret == "" {
		return "", err
	}
	o.renew(ctx)
	return secret, nil
}

// RotateKey rotates a key as KeyBook.Rotate does; this office knows it at once.
func (o *Office) RotateKey(ctx context.Context, by Caller, id string, overlap time.Duration) (*access.Key, string, error) {
	key, secret, err := o.KeyBook().Rotate(ctx, by, id, overlap)
	if err != nil {
		return nil, "", err
	}
	o.renew(ctx)
	return key, secret, nil
}

// RevokeKey revokes a key as KeyBook.Revoke does; this office knows it at once.
func (o *Office) RevokeKey(ctx context.Context, by Caller, id string) (*access.Key, error) {
	key, err := o.KeyBook().Revoke(ctx, by, id)
	if err != nil {
		return nil, err
	}
	o.renew(ctx)
	return key, nil
}

// system is the kind of actors that are the service itself, or whoever commands its machine.
const system = "system"

// maxOverlap is the longest that the secret before a rotation is good for.
const maxOverlap = 30 * 24 * time.Hour

// List lists all keys, the oldest first.
func (b KeyBook) List(ctx context.Context) (list []*access.Key, err error) {
	err = b.Store.Read(ctx, func(t *store.Tx) error {
		list, err = t.Keys()
		return err
	})
	return list, err
}

// Get finds a key.
func (b KeyBook) Get(ctx context.Context, id string) (key *access.Key, err error) {
	err = b.Store.Read(ctx, func(t *store.Tx) error {
		key, err = keyOf(t, id)
		return err
	})
	return key, err
}

// New makes a key; its text is shown once, to the caller, who cannot hand on more
// than the scopes they have. A zero expiry is none, a zero rate the service's default.
func (b KeyBook) New(ctx context.Context, by Caller, name string, scopes access.Scopes, expiry time.Time, perSecond float64) (key *access.Key, secret string, err error) {
	if by.Kind != system && !by.Scopes.Cover(scopes) {
		return nil, "", &press.Error{Kind: press.Forbidden, Detail: "nobody can give a key more than they may do themselves", Fix: "ask an administrator for it"}
	}
	err = b.Store.Write(ctx, func(t *store.Tx) error {
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
		return addKey(t, by, key)
	})
	if err != nil {
		return nil, "", err
	}
	return key, secret, nil
}

// First makes a key for everything if there has never been one; its text is empty
// if there was.
func (b KeyBook) First(ctx context.Context) (secret string, err error) {
	err = b.Store.Write(ctx, func(t *store.Tx) error {
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
		secret = text
		return addKey(t, Caller{Actor: press.Actor{Kind: system, ID: "start", Name: "communique"}}, key)
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

func addKey(t *store.Tx, by Caller, key *access.Key) error {
	key.CreatedBy = by.ID
	if err := t.AddKey(key); err != nil {
		return err
	}
	return noteKey(t, by, "create-key", key)
}

// Rotate gives a key a new secret; the one before is good for the overlap.
func (b KeyBook) Rotate(ctx context.Context, by Caller, id string, overlap time.Duration) (key *access.Key, secret string, err error) {
	if err := checkOverlap(overlap); err != nil {
		return nil, "", err
	}
	key, err = b.change(ctx, by, id, "rotate-key", func(_ *store.Tx, k *access.Key, now time.Time) error {
		if !k.Active(now) {
			return &press.Error{Kind: press.WrongState, Detail: "the key is over", Fix: "make a new one"}
		}
		secret, err = k.Rotate(now, overlap)
		return err
	})
	return key, secret, err
}

func checkOverlap(overlap time.Duration) error {
	if overlap < 0 || overlap > maxOverlap {
		return &press.Error{Kind: press.Invalid, Field: "overlap", Detail: "the overlap is not possible", Fix: "give seconds from 0, if the secret before ends at once, to 2592000, which are 30 days"}
	}
	return nil
}

// Revoke ends a key for good, but not the last one that could make others.
func (b KeyBook) Revoke(ctx context.Context, by Caller, id string) (*access.Key, error) {
	return b.change(ctx, by, id, "revoke-key", func(t *store.Tx, k *access.Key, now time.Time) error {
		if err := lastAdmin(t, k, now); err != nil {
			return err
		}
		k.Revoke(now)
		return nil
	})
}

// lastAdmin refuses to take away the last key that is accepted for everything.
func lastAdmin(t *store.Tx, k *access.Key, now time.Time) error {
	administers := func(k *access.Key) bool { return k.Active(now) && k.Scopes.Allow(access.Admin) }
	if !administers(k) {
		return nil
	}
	all, err := t.Keys()
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.ID != k.ID && administers(other) {
			return nil
		}
	}
	return &press.Error{Kind: press.Needed, Detail: "this is the last active key with the scope admin: without it nobody could manage keys", Fix: "make another admin key first; if this one has leaked, rotate it with an overlap of 0"}
}

// change changes a key, while all other writers of keys wait.
func (b KeyBook) change(ctx context.Context, by Caller, id string, action press.Action, do func(*store.Tx, *access.Key, time.Time) error) (key *access.Key, err error) {
	err = b.Store.Write(ctx, func(t *store.Tx) error {
		if err := t.LockKeys(); err != nil {
			return err
		}
		now, err := t.Now()
		if err != nil {
			return err
		}
		if key, err = keyOf(t, id); err != nil {
			return err
		}
		if err := do(t, key, now); err != nil {
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
	return key, nil
}

func keyOf(t *store.Tx, id string) (*access.Key, error) {
	key, err := t.Key(id)
	if err == nil && key == nil {
		err = &press.Error{Kind: press.NotFound, Detail: "there is no such key"}
	}
	return key, err
}

func noteKey(t *store.Tx, by Caller, action press.Action, key *access.Key) error {
	detail, err := json.Marshal(map[string]any{"key": key.ID, "scopes": key.Scopes})
	if err != nil {
		return err
	}
	return t.Note(press.Entry{By: by.Actor, Action: action, RequestID: by.RequestID, Detail: detail})
}
