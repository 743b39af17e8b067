package access

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestIdentify(t *testing.T) {
	key, text := newKey(t)
	signed := es256(t, "k1")
	p, c := newProvider(t, signed), &clock{}
	broken := errors.New("the store is away")
	var used []time.Time
	a := &Authenticator{
		Find: func(_ context.Context, id string) (*Key, error) {
			switch id {
			case key.ID:
				return key, nil
			case strings.Repeat("a", idChars):
				return nil, broken
			}
			return nil, nil
		},
		Used: func(_ context.Context, id string, at time.Time) {
			used = append(used, at)
			k := *key
			k.LastUsedAt = at
			key = &k
		},
		People: newPeople(t, p.URL, c),
		Now:    c.now,
	}
	_, foreign := newKey(t)
	lost, _ := newSecret(strings.Repeat("a", idChars))
	person := signed.sign(t, p.claims(nil))
	for _, x := range []struct {
		field, kind, id string
		reason          Reason
	}{
		{"", "anonymous", "", ""},
		{"Bearer " + text, "key", key.ID, ""},
		{"bearer   " + text + " ", "key", key.ID, ""},
		{"Bearer " + person, "person", "u-1", ""},
		{"Bearer " + foreign, "", "", Unknown},
		{"Bearer cq_typo", "", "", Malformed},
		{"Bearer", "", "", Malformed},
		{"Basic dTpw", "", "", Malformed},
		{text, "", "", Malformed},
		{"Bearer abc", "", "", Malformed},
	} {
		who, err := a.Identify(t.Context(), x.field)
		switch {
		case x.reason == "" && err != nil, x.reason != "" && (err == nil || reason(t, err) != x.reason):
			t.Errorf("%q: %v", x.field, err)
		case string(who.Kind) != x.kind || who.ID != x.id:
			t.Errorf("%q: %+v", x.field, who)
		}
	}
	if _, err := a.Identify(t.Context(), "Bearer "+lost); !errors.Is(err, broken) {
		t.Errorf("a store that fails: %v", err)
	}
	if len(used) != 1 || !used[0].Equal(noon.Truncate(UsedGrain)) {
		t.Errorf("uses are kept at %v", used)
	}
	c.pass(UsedGrain)
	if _, err := a.Identify(t.Context(), "Bearer "+text); err != nil || len(used) != 2 {
		t.Errorf("a quarter of an hour later: %v, %v", used, err)
	}
	a.People = nil
	if _, err := a.Identify(t.Context(), "Bearer "+person); err == nil || reason(t, err) != Malformed {
		t.Errorf("a person where only keys are known: %v", err)
	}
}

func TestLogsNameNobody(t *testing.T) {
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("request", "who", Identity{Kind: Person, ID: "u-1", Name: "An Editor", Scopes: Scopes{Read}})
	if line := out.String(); !strings.Contains(line, "who.kind=person who.id=u-1") || strings.Contains(line, "Editor") {
		t.Errorf("line %s", line)
	}
}

// Only the key's own text is its holder.
func FuzzIdentify(f *testing.F) {
	key, text := newKey(f)
	a := &Authenticator{
		Find: func(context.Context, string) (*Key, error) { return key, nil },
		Now:  func() time.Time { return noon },
	}
	for _, field := range []string{"Bearer " + text, "bearer\t" + text, "Basic dTpw", "Bearer ", "Bearer a.b.c"} {
		f.Add(field)
	}
	f.Fuzz(func(t *testing.T, field string) {
		who, err := a.Identify(t.Context(), field)
		switch {
		case err != nil:
			if r := reason(t, err); r != Malformed && r != Unknown {
				t.Errorf("%q: %s", field, r)
			}
		case field == "":
			if len(who.Scopes) != 0 {
				t.Errorf("anonymous has %v", who.Scopes)
			}
		case strings.TrimSpace(field[len("bearer "):]) != text:
			t.Errorf("%q is %+v", field, who)
		}
	})
}
