package access

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// UsedGrain is how exactly the last use of a key is kept, so that not every
// request writes to the store.
const UsedGrain = 15 * time.Minute

// maxName is the longest name of a key, in characters.
const maxName = 100

// Key is an API key as the store keeps it and the API shows it. Its secret is
// not in it, and the hashes never leave the service.
type Key struct {
	ID        string    `json:"id" doc:"Public id: the part of the key between cq_ and the second _" example:"k3q7x2m5a6vbn4ct"`
	Name      string    `json:"name" maxLength:"100" doc:"What the key is for" example:"Newsroom website"`
	Scopes    Scopes    `json:"scopes" nullable:"false" enum:"render,read,draft,translate,publish,admin" doc:"What the key may do: draft, translate and publish include read, read includes render, admin includes all"`
	CreatedAt time.Time `json:"created_at" doc:"When the key was made" example:"2026-11-25T09:00:00Z"`
	CreatedBy string    `json:"created_by,omitempty" doc:"Who made the key" example:"k3q7x2m5a6vbn4ct"`
	ExpiresAt time.Time `json:"expires_at,omitzero" doc:"From when on the key is refused; absent if it does not expire" example:"2027-11-25T09:00:00Z"`
	RevokedAt time.Time `json:"revoked_at,omitzero" doc:"When the key was revoked" example:"2026-12-01T12:00:00Z"`
	// LastUsedAt is kept within UsedGrain.
	LastUsedAt time.Time `json:"last_used_at,omitzero" doc:"When the key was last used, to a quarter of an hour" example:"2026-11-25T09:15:00Z"`
	// PreviousUntil is the end of the overlap after a rotation.
	PreviousUntil time.Time `json:"previous_until,omitzero" doc:"Until when the secret before the last rotation is accepted as well" example:"2026-11-26T09:00:00Z"`
	// RatePerSecond is the key's own limit; zero means the service's default.
	RatePerSecond float64 `json:"rate_per_second,omitempty" minimum:"0" maximum:"10000" doc:"Requests per second that the key may make over time; absent for the service's default" example:"50"`

	// Hash and PreviousHash are kept of the secrets; only the store writes them.
	Hash         []byte `json:"-"`
	PreviousHash []byte `json:"-"`
}

// New makes a key, and the text that is shown to its holder once. A zero
// expiry means that the key does not expire.
func New(name string, scopes Scopes, now, expiry time.Time) (*Key, string, error) {
	name = strings.TrimSpace(name)
	if err := checkName(name); err != nil {
		return nil, "", err
	}
	scopes, err := ParseScopes(scopes.names())
	if err != nil {
		return nil, "", err
	}
	key := &Key{ID: newID(), Name: name, Scopes: scopes, CreatedAt: now.UTC()}
	if !expiry.IsZero() {
		if !expiry.After(now) {
			return nil, "", errors.New("the key would have expired before it was made: give an instant in the future, or none")
		}
		key.ExpiresAt = expiry.UTC()
	}
	text, kept := newSecret(key.ID)
	key.Hash = kept
	return key, text, nil
}

func checkName(name string) error {
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return errors.New("the key has no name: say what it is for, such as Newsroom website")
	case n > maxName:
		return fmt.Errorf("the key's name has %d characters: shorten it to %d", n, maxName)
	case !utf8.ValidString(name), strings.ContainsFunc(name, unicode.IsControl):
		return errors.New("the key's name has control characters or is not UTF-8: write it as one line of text")
	}
	return nil
}

// maxRate bounds the own limits of keys, in requests per second.
const maxRate = 10_000

// SetRate gives the key a rate limit of its own; zero takes it away.
func (k *Key) SetRate(perSecond float64) error {
	if math.IsNaN(perSecond) || perSecond < 0 || perSecond > maxRate {
		return fmt.Errorf("the key's rate is not possible: expected requests per second from 0 (the default of the service) to %d", maxRate)
	}
	k.RatePerSecond = perSecond
	return nil
}

// Rotate gives the key a new secret, shown once. The one before it stays
// valid for the overlap; an older one ends at once.
func (k *Key) Rotate(now time.Time, overlap time.Duration) (string, error) {
	switch {
	case !k.RevokedAt.IsZero():
		return "", errors.New("the key was revoked and cannot be rotated: make a new one")
	case k.expired(now):
		return "", errors.New("the key has expired and cannot be rotated: make a new one")
	case overlap < 0:
		return "", errors.New("the overlap is negative: expected zero, if the old secret ends at once, or more")
	}
	before := k.Hash
	text, kept := newSecret(k.ID)
	k.Hash, k.PreviousHash, k.PreviousUntil = kept, nil, time.Time{}
	if overlap > 0 {
		k.PreviousHash, k.PreviousUntil = before, now.Add(overlap).UTC()
	}
	return text, nil
}

// Revoke ends the key, both its secrets, for good. The first time counts.
func (k *Key) Revoke(now time.Time) {
	if k.RevokedAt.IsZero() {
		k.RevokedAt = now.UTC()
	}
}

// Active reports whether the key is accepted at an instant.
func (k *Key) Active(now time.Time) bool { return k.RevokedAt.IsZero() && !k.expired(now) }

// UseIsNews reports whether a use of the key is worth a write: the one that is
// kept lies UsedGrain or more back.
func (k *Key) UseIsNews(now time.Time) bool {
	return now.Sub(k.LastUsedAt) >= UsedGrain
}

func (k *Key) expired(now time.Time) bool { return !k.ExpiresAt.IsZero() && !now.Before(k.ExpiresAt) }
