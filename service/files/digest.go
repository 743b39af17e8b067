package files

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Digest is the SHA-256 of a blob, which is also its name.
type Digest [sha256.Size]byte

// Sum is the digest of some bytes.
func Sum(data []byte) Digest { return sha256.Sum256(data) }

// ParseDigest reads what String wrote: 64 lower-case hexadecimal digits.
func ParseDigest(s string) (Digest, error) {
	var d Digest
	if len(s) != hex.EncodedLen(len(d)) || strings.ToLower(s) != s {
		return d, fmt.Errorf("not a digest: expected %d lower-case hexadecimal digits, got %d characters", hex.EncodedLen(len(d)), len(s))
	}
	if _, err := hex.Decode(d[:], []byte(s)); err != nil {
		return Digest{}, fmt.Errorf("not a digest: %w", err)
	}
	return d, nil
}

// String is the digest in hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText is String, for JSON.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText is ParseDigest, for JSON.
func (d *Digest) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDigest(string(text))
	return err
}

// key is where the blob is kept: spread over 256 folders, since a folder with
// a million files is slow on many machines.
func (d Digest) key() string {
	s := d.String()
	return s[:2] + "/" + s[2:]
}

// ofKey is the reverse of key; anything else in the store is not a blob.
func ofKey(key string) (Digest, bool) {
	folder, rest, ok := strings.Cut(key, "/")
	if !ok || len(folder) != 2 {
		return Digest{}, false
	}
	d, err := ParseDigest(folder + rest)
	return d, err == nil
}
