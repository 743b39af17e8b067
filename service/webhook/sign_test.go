package webhook

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// The example of the specification's own libraries.
func TestTheSpecificationsExample(t *testing.T) {
	h := http.Header{}
	err := sign(h, []string{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"webhook-id":        "msg_p5jXN8AQM9LWM0D4loKWxJek",
		"webhook-timestamp": "1614265330",
		"webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestWhileSecretsOverlapEachOfThemVerifies(t *testing.T) {
	secrets := []string{NewSecret(), NewSecret()}
	h, payload := http.Header{}, []byte(`{}`)
	if err := sign(h, secrets, "id", time.Now(), payload); err != nil {
		t.Fatal(err)
	}
	for _, secret := range append(secrets, NewSecret()) {
		hook, err := standard.NewWebhook(secret)
		if err != nil {
			t.Fatal(err)
		}
		err = hook.Verify(payload, h)
		if known := secret == secrets[0] || secret == secrets[1]; known != (err == nil) {
			t.Errorf("known %v: %v", known, err)
		}
		if err := hook.Verify([]byte(`{"a":1}`), h); err == nil {
			t.Error("a changed payload verifies")
		}
	}
}

func TestNothingGoesOutWithoutAGoodSecret(t *testing.T) {
	if err := sign(http.Header{}, nil, "id", time.Now(), nil); !errors.Is(err, ErrNoSecret) {
		t.Error(err)
	}
	for _, bad := range []string{"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_***", "whsec_" + strings.Repeat("AAAA", 22)} {
		h := http.Header{}
		err := sign(h, []string{NewSecret(), bad}, "id", time.Now(), nil)
		if err == nil || len(h) > 0 {
			t.Errorf("%q signs", bad)
		} else if len(bad) > len("whsec_") && strings.Contains(err.Error(), bad) {
			t.Errorf("the error tells the secret: %v", err)
		}
	}
}

func TestSecretsAreNew(t *testing.T) {
	a, b := NewSecret(), NewSecret()
	if a == b {
		t.Error("the same secret twice")
	}
	for _, s := range []string{a, b} {
		if err := checkSecret(s); err != nil {
			t.Error(err)
		}
	}
}

func TestAPayloadIsTypeInstantAndData(t *testing.T) {
	at := time.Date(2026, 11, 25, 10, 0, 0, 123456000, time.FixedZone("", 3600))
	got, err := Payload(Corrected, at, map[string]string{"url": "https://example.org/p/a?b&c"})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"type":"publication.corrected","timestamp":"2026-11-25T09:00:00.123456Z","data":{"url":"https://example.org/p/a?b&c"}}`
	if string(got) != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if !json.Valid(got) {
		t.Error("not JSON")
	}
	if _, err := Payload("publication.drafted", at, nil); err == nil {
		t.Error("a type that does not exist is sent")
	}
	for _, known := range append(Types(), Ping) {
		if !known.Known() {
			t.Errorf("%s is not known", known)
		}
	}
}
