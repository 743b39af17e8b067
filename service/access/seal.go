package access

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// The errors of Open. Both mean that the token is refused; which one may be told.
var (
	ErrNotSealed   = errors.New("this token was not made here, or was changed: use the whole address as it was given")
	ErrSealExpired = errors.New("this token has expired: ask for a new one")
)

const (
	// sealVersion is the first byte of a token; another layout has another.
	sealVersion = 1
	sealHead    = 1 + 8 // version, expiry
	// MinSealKey is the shortest key of a Sealer, in bytes.
	MinSealKey = 32
	// MaxSealed is the longest token, in characters: it fits into an address.
	MaxSealed = 1024
)

// strict refuses a second spelling of the same bytes.
var strict = base64.RawURLEncoding.Strict()

// Sealer signs small values, which everybody can read and nobody can change:
// tickets for previews, cursors of pages. A token of one purpose is refused
// for every other.
type Sealer struct {
	purpose string
	keys    [][]byte
}

// NewSealer makes a sealer. The first key signs, all of them verify: a new
// key is put in front, and the old one is dropped when its tokens have expired.
func NewSealer(purpose string, keys ...[]byte) (*Sealer, error) {
	if purpose == "" || len(keys) == 0 {
		return nil, errors.New("a sealer needs a purpose and at least one key")
	}
	s := &Sealer{purpose: purpose}
	for i, key := range keys {
		if len(key) < MinSealKey {
			return nil, fmt.Errorf("signing key %d has %d bytes: expected %d random bytes or more", i+1, len(key), MinSealKey)
		}
		s.keys = append(s.keys, derive(key, purpose))
	}
	return s, nil
}

// derive separates the domains: the key of one purpose tells nothing of another's.
func derive(key []byte, purpose string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("communique seal\x00" + purpose))
	return mac.Sum(nil)
}

// Seal signs a value that JSON can hold. A zero expiry means none, for cursors.
func (s *Sealer) Seal(value any, expiry time.Time) (string, error) {
	payload, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("sealing for %s: %w", s.purpose, err)
	}
	body := binary.BigEndian.AppendUint64([]byte{sealVersion}, uint64(sealTime(expiry)))
	body = append(body, payload...)
	token := strict.EncodeToString(append(body, mac(s.keys[0], body)...))
	if len(token) > MaxSealed {
		return "", fmt.Errorf("sealing for %s: the token would have %d characters, %d at most", s.purpose, len(token), MaxSealed)
	}
	return token, nil
}

// Open verifies a token and decodes its value. The error is ErrNotSealed or ErrSealExpired.
func (s *Sealer) Open(token string, value any, now time.Time) error {
	// Go's base64 skips line ends: they would be a second spelling.
	if len(token) > MaxSealed || strings.ContainsAny(token, "\r\n") {
		return ErrNotSealed
	}
	data, err := strict.DecodeString(token)
	if err != nil || len(data) < sealHead+sha256.Size || data[0] != sealVersion {
		return ErrNotSealed
	}
	body, sum := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if !s.signed(body, sum) {
		return ErrNotSealed
	}
	if expiry := int64(binary.BigEndian.Uint64(body[1:sealHead])); expiry != 0 && now.UnixMicro() >= expiry {
		return ErrSealExpired
	}
	if json.Unmarshal(body[sealHead:], value) != nil {
		return ErrNotSealed
	}
	return nil
}

func (s *Sealer) signed(body, sum []byte) bool {
	ok := false
	for _, key := range s.keys {
		ok = hmac.Equal(mac(key, body), sum) || ok
	}
	return ok
}

func mac(key, body []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write(body)
	return m.Sum(nil)
}

// sealTime is an instant in microseconds; 0 for none, so never for an instant.
func sealTime(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return max(1, t.UnixMicro())
}
