package access

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func newKey(t testing.TB) (*Key, string) {
	t.Helper()
	key, text, err := New("Newsroom", Scopes{Publish, Draft}, noon, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return key, text
}

// verified is what a key's text says at an instant: "" for accepted.
func verified(t testing.TB, key *Key, text string, now time.Time) Reason {
	t.Helper()
	token, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	_, err = token.Verify(key, now)
	if err == nil {
		return ""
	}
	return reason(t, err)
}

func reason(t testing.TB, err error) Reason {
	t.Helper()
	var r *Refusal
	if !errors.As(err, &r) {
		t.Fatalf("%v is no refusal", err)
	}
	return r.Reason
}

func TestAKeyIsAcceptedAsItWasShown(t *testing.T) {
	key, text := newKey(t)
	if !regexp.MustCompile(`^cq_[a-z2-7]{16}_[a-z2-7]{59}$`).MatchString(text) {
		t.Errorf("key has the form %q", text)
	}
	token, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	who, err := token.Verify(key, noon)
	if err != nil {
		t.Fatal(err)
	}
	if who.Kind != ByKey || who.ID != key.ID || who.Name != "Newsroom" || fmt.Sprint(who.Scopes) != "[draft publish]" {
		t.Errorf("identity %+v", who)
	}
	again, other := newKey(t)
	if again.ID == key.ID || other == text {
		t.Error("two keys are the same")
	}
}

func TestNoSecretShows(t *testing.T) {
	key, text := newKey(t)
	if _, err := key.Rotate(noon, time.Hour); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(key)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(data, &fields); err != nil {
		t.Fatal(err)
	}
	for name := range fields {
		if strings.Contains(strings.ToLower(name), "hash") {
			t.Errorf("the hash is shown as %s", name)
		}
	}
	token, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	secret := text[len(keyPrefix)+idChars+1:]
	for _, shown := range []string{fmt.Sprint(token), fmt.Sprintf("%+v", token), fmt.Sprintf("%#v", token), token.LogValue().String()} {
		if shown != "cq_"+key.ID+"_…" || strings.Contains(shown, secret) {
			t.Errorf("a token shows as %q", shown)
		}
	}
	_, err = Parse(text[:len(text)-1] + "!")
	if err == nil || strings.Contains(err.Error(), secret[:10]) {
		t.Errorf("error %v", err)
	}
}

func TestEveryMistypedKeyIsFoundByItsChecksum(t *testing.T) {
	_, text := newKey(t)
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		c := rapid.ByteRange(' ', '~').Draw(t, "character")
		if text[at] == c {
			t.Skip("no change")
		}
		if _, err := Parse(text[:at] + string(rune(c)) + text[at+1:]); err == nil {
			t.Fatal("accepted")
		}
	})
}

func TestWrongSecretAndMissingKeyAreToldApartByNobody(t *testing.T) {
	key, _ := newKey(t)
	other, text := newKey(t)
	token, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	_, missing := token.Verify(nil, noon)
	impostor := *key
	impostor.ID, impostor.RevokedAt = other.ID, noon
	_, wrong := token.Verify(&impostor, noon)
	_, foreign := token.Verify(key, noon)
	_, empty := token.Verify(&Key{ID: other.ID}, noon)
	for _, err := range []error{missing, wrong, foreign, empty} {
		if err == nil || reason(t, err) != Unknown || err.Error() != missing.Error() {
			t.Errorf("refused by %v", err)
		}
	}
}

func TestAKeyEndsAtItsInstant(t *testing.T) {
	end := noon.Add(time.Hour)
	key, text, err := New("Newsroom", Scopes{Read}, noon, end)
	if err != nil {
		t.Fatal(err)
	}
	if got := verified(t, key, text, end.Add(-1)); got != "" || !key.Active(end.Add(-1)) {
		t.Errorf("before its end: %q", got)
	}
	if got := verified(t, key, text, end); got != Expired || key.Active(end) {
		t.Errorf("at its end: %q", got)
	}
	if _, err := key.Rotate(end, 0); err == nil {
		t.Error("an expired key was rotated")
	}
	key.Revoke(noon)
	key.Revoke(end)
	if got := verified(t, key, text, noon); got != Revoked || !key.RevokedAt.Equal(noon) {
		t.Errorf("revoked: %q at %v", got, key.RevokedAt)
	}
	if _, err := key.Rotate(noon, 0); err == nil {
		t.Error("a revoked key was rotated")
	}
}

func TestRotationHasAnOverlap(t *testing.T) {
	key, first := newKey(t)
	second, err := key.Rotate(noon, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	within, after := noon.Add(time.Hour-1), noon.Add(time.Hour)
	if verified(t, key, first, within) != "" || verified(t, key, second, within) != "" {
		t.Error("both are valid in the overlap")
	}
	if verified(t, key, first, after) != Expired || verified(t, key, second, after) != "" {
		t.Error("only the second is valid after it")
	}
	third, err := key.Rotate(within, 0)
	if err != nil {
		t.Fatal(err)
	}
	if verified(t, key, first, within) != Unknown || verified(t, key, second, within) != Unknown || verified(t, key, third, within) != "" {
		t.Error("without an overlap only the newest is valid")
	}
	if _, err := key.Rotate(noon, -1); err == nil {
		t.Error("a negative overlap was taken")
	}
}

func TestKeysThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		name   string
		scopes Scopes
		expiry time.Time
		want   string
	}{
		{" ", Scopes{Read}, time.Time{}, "no name"},
		{strings.Repeat("é", 101), Scopes{Read}, time.Time{}, "shorten it to 100"},
		{"a\nb", Scopes{Read}, time.Time{}, "one line"},
		{"a\xff", Scopes{Read}, time.Time{}, "UTF-8"},
		{"a", nil, time.Time{}, "at least one of render, read"},
		{"a", Scopes{"raed"}, time.Time{}, "write read"},
		{"a", Scopes{Read}, noon, "future"},
	} {
		if _, _, err := New(c.name, c.scopes, noon, c.expiry); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v", c.name, err)
		}
	}
	key, _ := newKey(t)
	for _, rate := range []float64{-1, math.NaN(), math.Inf(1), maxRate + 1} {
		if key.SetRate(rate) == nil {
			t.Errorf("rate %v was taken", rate)
		}
	}
	if err := key.SetRate(50); err != nil || key.RatePerSecond != 50 {
		t.Errorf("rate 50: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	_, text := newKey(f)
	f.Add(text)
	f.Add("cq__")
	f.Add(strings.Repeat("cq_", 30))
	f.Fuzz(func(t *testing.T, s string) {
		token, err := Parse(s)
		if err != nil {
			if reason(t, err) != Malformed {
				t.Errorf("refused as %v", err)
			}
			return
		}
		if s[len(keyPrefix):len(keyPrefix)+idChars] != token.ID() {
			t.Errorf("id %q", token.ID())
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	key, text := newKey(b)
	b.ReportAllocs()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			token, err := Parse(text)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := token.Verify(key, noon); err != nil {
				b.Fatal(err)
			}
		}
	})
}
