package access

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Times of the provider's keys.
const (
	// keysFresh is how long keys are used before they are asked for again.
	keysFresh = 15 * time.Minute
	// keysStale is how long they are used while the provider does not answer.
	// Beyond, a key that was withdrawn might still be trusted.
	keysStale = 24 * time.Hour
	// keysInterval lies between two questions, whatever tokens name.
	keysInterval = time.Minute
	// keysRetry lies between two questions while there are no keys at all.
	keysRetry = 5 * time.Second
	// maxAnswer bounds what a provider may answer, in bytes.
	maxAnswer = 1 << 20
)

// away is where a context carries why no keys could be had: go-oidc hands on
// the text of a key set's error, not the error.
type away struct{}

// noKeys tells the context why, and returns it.
func noKeys(ctx context.Context, err error) error {
	if told, ok := ctx.Value(away{}).(*error); ok {
		*told = err
	}
	return fmt.Errorf("keys of the identity provider: %w", err)
}

// keySet holds the provider's public keys. go-oidc's own set asks the
// provider for every token with an unknown key, and never forgets a key that
// was withdrawn: here anybody could make us flood the provider.
type keySet struct {
	url    string
	client *http.Client
	now    func() time.Time

	mu   sync.Mutex
	keys []jose.JSONWebKey
	// fetched is when keys came, next when the provider may be asked again.
	fetched, next time.Time
	// fetching is closed when the question under way has been answered.
	fetching chan struct{}
	failure  error
}

func newKeySet(url string, client *http.Client, now func() time.Time) *keySet {
	return &keySet{url: url, client: client, now: now}
}

// VerifySignature is what go-oidc's verifier asks for.
func (k *keySet) VerifySignature(ctx context.Context, raw string) ([]byte, error) {
	algs := make([]jose.SignatureAlgorithm, len(algorithms))
	for i, a := range algorithms {
		algs[i] = jose.SignatureAlgorithm(a)
	}
	token, err := jose.ParseSignedCompact(raw, algs)
	if err != nil {
		return nil, err
	}
	keys, err := k.current(ctx, false)
	if err != nil {
		return nil, noKeys(ctx, err)
	}
	payload, named := verifiedBy(keys, token)
	if payload == nil && !named { // the provider may have a new key
		if keys, err = k.current(ctx, true); err != nil {
			return nil, noKeys(ctx, err)
		}
		payload, _ = verifiedBy(keys, token)
	}
	if payload == nil {
		return nil, errors.New("no key of the provider fits the signature")
	}
	return payload, nil
}

// verifiedBy returns what a token signs, nil if no key fits; named tells
// whether one of the keys is the one that the token names.
func verifiedBy(keys []jose.JSONWebKey, token *jose.JSONWebSignature) (payload []byte, named bool) {
	header := token.Signatures[0].Header
	for _, key := range keys {
		if header.KeyID != "" && key.KeyID != header.KeyID {
			continue
		}
		named = header.KeyID != ""
		if key.Algorithm != "" && key.Algorithm != header.Algorithm {
			continue
		}
		if payload, err := token.Verify(key.Key); err == nil {
			return payload, named
		}
	}
	return nil, named
}

// current returns the keys: those at hand while they are fresh, unless newer
// ones are wanted and the provider may be asked for them.
func (k *keySet) current(ctx context.Context, newer bool) ([]jose.JSONWebKey, error) {
	if fetching := k.fetchIfDue(newer); fetching != nil {
		select {
		case <-fetching:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.failure != nil && (newer || !k.usable()) {
		return nil, k.failure
	}
	return k.keys, nil
}

// fetchIfDue returns what to wait for, nil if there is nothing to wait for.
func (k *keySet) fetchIfDue(newer bool) chan struct{} {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if !newer && now.Sub(k.fetched) < keysFresh {
		return nil
	}
	if k.fetching == nil && !now.Before(k.next) {
		k.fetching = make(chan struct{})
		go k.fetch(k.fetching)
	}
	return k.fetching
}

func (k *keySet) usable() bool { return k.now().Sub(k.fetched) < keysStale }

func (k *keySet) fetch(done chan struct{}) {
	keys, err := k.ask()
	k.mu.Lock()
	defer k.mu.Unlock()
	defer close(done)
	k.fetching, k.failure, k.next = nil, err, k.now().Add(keysInterval)
	switch {
	case err == nil:
		k.keys, k.fetched = keys, k.now()
	case !k.usable():
		k.next = k.now().Add(keysRetry)
	}
}

func (k *keySet) ask() ([]jose.JSONWebKey, error) {
	ctx, cancel := context.WithTimeout(context.Background(), askTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, k.url, nil)
	if err != nil {
		return nil, err
	}
	answer, err := k.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the provider answered %s", answer.Status)
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	return parseKeys(data)
}

// parseKeys reads a key set. Keys of other kinds and uses are passed over.
func parseKeys(data []byte) ([]jose.JSONWebKey, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(data, &set); err != nil {
		return nil, fmt.Errorf("the provider's keys are no JSON Web Key Set: %w", err)
	}
	var keys []jose.JSONWebKey
	for _, raw := range set.Keys {
		var key jose.JSONWebKey
		if key.UnmarshalJSON(raw) == nil && key.Valid() && key.IsPublic() && key.Use != "enc" {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil, errors.New("the provider has no public signing key")
	}
	return keys, nil
}

// bounded cuts answers off: go-oidc reads them to their end.
type bounded struct{ next http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.next.RoundTrip(r)
	if err == nil {
		answer.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(answer.Body, maxAnswer), answer.Body}
	}
	return answer, err
}
