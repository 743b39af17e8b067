package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"hash/crc32"
	"log/slog"
	"strings"
	"time"
)

// A key reads cq_<id>_<secret><check>. All parts are lower-case base32, so
// that a double click selects one, a secret scanner finds it by
// cq_[a-z2-7]{16}_[a-z2-7]{59}, and no letter is mistaken for another by case.
const (
	keyPrefix = "cq_"
	idChars   = 16 // 80 bits: unique without asking the store
	idBytes   = idChars * 5 / 8
	// 32 random bytes: 256 bits.
	secretBytes = 32
	secretChars = 52
	checkChars  = 7
	keyChars    = len(keyPrefix) + idChars + 1 + secretChars + checkChars
)

const notAKey = "this is not an API key of this service: expected cq_, the key's id, _ and its secret, 79 characters as they were shown when the key was made"

var alphabet = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Token is a key as its holder sends it. It never shows in logs or messages.
type Token struct {
	id     string
	digest [sha256.Size]byte
}

// ID is the public id of the key that the token claims to be.
func (t Token) ID() string { return t.id }

func (t Token) String() string { return keyPrefix + t.id + "_…" }

// GoString keeps the digest out of %#v.
func (t Token) GoString() string { return t.String() }

// LogValue is the public part.
func (t Token) LogValue() slog.Value { return slog.StringValue(t.String()) }

// LooksLikeKey tells keys, also damaged ones, from the tokens of people.
func LooksLikeKey(credential string) bool { return strings.HasPrefix(credential, keyPrefix) }

// Parse reads a key. A mistyped one is found by its checksum, without a look-up.
// The error is a *Refusal.
func Parse(credential string) (Token, error) {
	if len(credential) != keyChars || !LooksLikeKey(credential) || credential[len(keyPrefix)+idChars] != '_' {
		return Token{}, refuse(Malformed, notAKey)
	}
	id := credential[len(keyPrefix) : len(keyPrefix)+idChars]
	body, check := credential[:keyChars-checkChars], credential[keyChars-checkChars:]
	if !inAlphabet(id) || !inAlphabet(body[len(body)-secretChars:]) || check != checksum(body) {
		return Token{}, refuse(Malformed, "this API key is mistyped or cut off: its last characters do not fit the rest; copy it anew, or rotate the key")
	}
	return Token{id: id, digest: digest(body)}, nil
}

// newSecret makes the text of a key and what is kept of it.
func newSecret(id string) (text string, kept []byte) {
	var random [secretBytes]byte
	rand.Read(random[:]) // never fails (crypto/rand, since Go 1.24)
	body := keyPrefix + id + "_" + alphabet.EncodeToString(random[:])
	sum := digest(body)
	return body + checksum(body), sum[:]
}

func newID() string {
	var random [idBytes]byte
	rand.Read(random[:])
	return alphabet.EncodeToString(random[:])
}

// digest is what is kept of a key. A slow hash (bcrypt, argon2) protects
// passwords because people choose guessable ones; 256 random bits cannot be
// guessed from their SHA-256, and a fast hash keeps floods of wrong keys cheap.
// The id is hashed too, so that a hash fits its own record only.
func digest(body string) [sha256.Size]byte { return sha256.Sum256([]byte(body)) }

func checksum(body string) string {
	return alphabet.EncodeToString(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(body))))
}

func inAlphabet(s string) bool {
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// Verify tells the identity behind a token by the key that has its id; nil
// means that there is none. Whether the key is missing or the secret is wrong,
// the same work is done and the same refusal returned. That a key has expired
// or was revoked is only told to who holds its secret.
func (t Token) Verify(key *Key, now time.Time) (Identity, error) {
	known := 1
	if key == nil || key.ID != t.id {
		key, known = &Key{}, 0
	}
	current, previous := t.fits(key.Hash), t.fits(key.PreviousHash)
	if known&(current|previous) != 1 {
		return Identity{}, refuse(Unknown, "this API key is not known here: expected a key of this service that has not been replaced; ask whoever made it for a new one")
	}
	switch {
	case !key.RevokedAt.IsZero():
		return Identity{}, refuse(Revoked, "this API key was revoked: ask for a new one")
	case key.expired(now):
		return Identity{}, refuse(Expired, "this API key has expired: ask for a new one")
	case current != 1 && !now.Before(key.PreviousUntil):
		return Identity{}, refuse(Expired, "this secret of the API key was replaced and its time has passed: use the new one")
	}
	return Identity{Kind: ByKey, ID: key.ID, Name: key.Name, Scopes: key.Scopes, RatePerSecond: key.RatePerSecond}, nil
}

// fits compares in the same time also where no hash is kept: no secret has
// the hash of zeros that stands for it.
func (t Token) fits(kept []byte) int {
	var hash [sha256.Size]byte
	copy(hash[:], kept)
	return subtle.ConstantTimeCompare(t.digest[:], hash[:])
}
