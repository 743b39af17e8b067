package webhook

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// A secret is this prefix and 24 to 64 bytes in base64, by the specification.
const (
	secretPrefix = "whsec_"
	secretBytes  = 32
	leastBytes   = 24
	mostBytes    = 64
)

// NewSecret makes a secret that a receiver can check signatures with.
func NewSecret() string {
	key := make([]byte, secretBytes)
	rand.Read(key) // never fails, see its documentation
	return secretPrefix + base64.StdEncoding.EncodeToString(key)
}

// errSecret tells nothing of the secret itself.
var errSecret = errors.New("webhook: a secret is whsec_ and 24 to 64 bytes in base64; make one with NewSecret")

// ErrNoSecret means that a message would have gone out unsigned.
var ErrNoSecret = errors.New("webhook: a message needs at least one secret to be signed with")

func checkSecret(secret string) error {
	text, ok := strings.CutPrefix(secret, secretPrefix)
	if !ok {
		return errSecret
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) < leastBytes || len(key) > mostBytes {
		return errSecret
	}
	return nil
}

// sign sets the three headers of the specification. All secrets sign, so that a
// receiver can change from one to the next while both are valid.
func sign(header http.Header, secrets []string, id string, at time.Time, payload []byte) error {
	if len(secrets) == 0 {
		return ErrNoSecret
	}
	var signatures []string
	for _, secret := range secrets {
		if err := checkSecret(secret); err != nil {
			return err
		}
		hook, err := standard.NewWebhook(secret)
		if err != nil {
			return errSecret
		}
		signature, err := hook.Sign(id, at, payload)
		if err != nil {
			return err
		}
		signatures = append(signatures, signature)
	}
	header.Set(standard.HeaderWebhookID, id)
	header.Set(standard.HeaderWebhookTimestamp, strconv.FormatInt(at.Unix(), 10))
	header.Set(standard.HeaderWebhookSignature, strings.Join(signatures, " "))
	return nil
}
