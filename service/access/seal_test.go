package access

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// ticket is a value such as a preview's.
type ticket struct {
	Revision string `json:"r"`
	Reader   string `json:"n,omitempty"`
}

func sealer(t testing.TB, purpose string, keys ...string) *Sealer {
	t.Helper()
	var bytes [][]byte
	for _, k := range keys {
		bytes = append(bytes, []byte(strings.Repeat(k, MinSealKey)))
	}
	s, err := NewSealer(purpose, bytes...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWhatIsSealedOpensUntilItExpires(t *testing.T) {
	end := noon.Add(time.Hour)
	s := sealer(t, "preview", "a")
	rapid.Check(t, func(t *rapid.T) {
		want := ticket{rapid.StringN(0, 40, 160).Draw(t, "revision"), rapid.StringN(0, 40, 160).Draw(t, "reader")}
		token, err := s.Seal(want, end)
		if err != nil {
			t.Skip("too long: ", err)
		}
		var got ticket
		if err := s.Open(token, &got, end.Add(-time.Microsecond)); err != nil || got != want {
			t.Fatalf("opened %+v: %v", got, err)
		}
		if err := s.Open(token, &got, end); !errors.Is(err, ErrSealExpired) {
			t.Fatalf("at its end: %v", err)
		}
	})
}

func TestNoChangedTokenOpens(t *testing.T) {
	s := sealer(t, "preview", "a")
	token, err := s.Seal(ticket{"r1", "Reader"}, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	var got ticket
	for i := range token {
		for _, c := range []byte("AQgw-_\n=!") {
			changed := token[:i] + string(c) + token[i+1:]
			if changed != token && !errors.Is(s.Open(changed, &got, noon), ErrNotSealed) {
				t.Fatalf("%q opened", changed)
			}
		}
		if !errors.Is(s.Open(token[:i]+"\n"+token[i:], &got, noon), ErrNotSealed) || !errors.Is(s.Open(token[:i], &got, noon), ErrNotSealed) {
			t.Fatalf("a line end or a cut at %d is passed over", i)
		}
	}
	if (got != ticket{}) {
		t.Errorf("a refused token was decoded: %+v", got)
	}
}

func TestPurposesAndKeysAreApart(t *testing.T) {
	preview, cursor := sealer(t, "preview", "a"), sealer(t, "cursor", "a")
	rotated, later := sealer(t, "preview", "b", "a"), sealer(t, "preview", "b")
	old, err := preview.Seal(ticket{Revision: "r1"}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := rotated.Seal(ticket{Revision: "r1"}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		by    *Sealer
		token string
		want  error
	}{
		{"another purpose", cursor, old, ErrNotSealed},
		{"old token, both keys", rotated, old, nil},
		{"new token, both keys", rotated, fresh, nil},
		{"new token, new key", later, fresh, nil},
		{"old token, new key", later, old, ErrNotSealed},
		{"new token, old key", preview, fresh, ErrNotSealed},
	} {
		var got ticket
		if err := c.by.Open(c.token, &got, noon.AddDate(50, 0, 0)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestSealersAndTokensThatCannotBe(t *testing.T) {
	key := []byte(strings.Repeat("a", MinSealKey))
	for name, make := range map[string]func() (*Sealer, error){
		"no purpose": func() (*Sealer, error) { return NewSealer("", key) },
		"no key":     func() (*Sealer, error) { return NewSealer("preview") },
		"short key":  func() (*Sealer, error) { return NewSealer("preview", key, key[1:]) },
	} {
		if _, err := make(); err == nil {
			t.Errorf("%s: a sealer was made", name)
		}
	}
	s := sealer(t, "preview", "a")
	if _, err := s.Seal(strings.Repeat("x", MaxSealed), noon); err == nil || !strings.Contains(err.Error(), "1024 at most") {
		t.Errorf("a long value: %v", err)
	}
	if _, err := s.Seal(func() {}, noon); err == nil {
		t.Error("a function was sealed")
	}
	past, err := s.Seal(1, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	if got := 0; !errors.Is(s.Open(past, &got, noon), ErrSealExpired) {
		t.Error("the first instant is taken for none")
	}
}

func FuzzOpen(f *testing.F) {
	s := sealer(f, "preview", "a")
	token, err := s.Seal(ticket{"r1", "Reader"}, time.Time{})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(token)
	f.Add(base64.RawURLEncoding.EncodeToString(make([]byte, sealHead+32)))
	f.Fuzz(func(t *testing.T, text string) {
		var got ticket
		if err := s.Open(text, &got, noon); err == nil && text != token {
			t.Errorf("%q opened as %+v", text, got)
		}
	})
}
