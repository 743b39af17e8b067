package office

import (
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"communique/service/access"
	"communique/service/outside"
	"communique/service/press"
	"communique/service/store"
)

// openBooks opens the same list of keys twice, as two servers do.
func openBooks(t *testing.T, location string) (one, two KeyBook) {
	t.Helper()
	for _, book := range []*KeyBook{&one, &two} {
		s, err := store.Open(t.Context(), location, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		if err := s.Migrate(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		book.Store = s
	}
	return one, two
}

func onBoth(t *testing.T, test func(t *testing.T, location string)) {
	t.Run("SQLite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "office.db")) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, outside.PostgreSQL(t)) })
}

var machine = Caller{Actor: press.Actor{Kind: system, ID: "test"}}

func TestNobodyHandsOnMoreThanTheyHave(t *testing.T) {
	book, _ := openBooks(t, filepath.Join(t.TempDir(), "office.db"))
	publisher := Caller{Actor: press.Actor{Kind: "key", ID: "publisher"}, Scopes: access.Scopes{access.Publish}}
	for scope, allowed := range map[access.Scope]bool{access.Read: true, access.Publish: true, access.Draft: false, access.Admin: false} {
		_, _, err := book.New(t.Context(), publisher, "Key", access.Scopes{scope}, time.Time{}, 0)
		if refused := errors.Is(err, &press.Error{Kind: press.Forbidden}); refused == allowed || err != nil && !refused {
			t.Errorf("%s: %v", scope, err)
		}
	}
}

// Each of two administrators revokes the key of the other at the same moment: one
// of the keys must be left.
func TestTwoCannotRevokeEachOther(t *testing.T) {
	onBoth(t, func(t *testing.T, location string) {
		one, two := openBooks(t, location)
		for range 10 {
			var ids [2]string
			for i := range ids {
				key, _, err := one.New(t.Context(), machine, "Administrator", access.Scopes{access.Admin}, time.Time{}, 0)
				if err != nil {
					t.Fatal(err)
				}
				ids[i] = key.ID
			}
			var kept atomic.Int32
			var both sync.WaitGroup
			for i, book := range []KeyBook{one, two} {
				both.Go(func() {
					_, err := book.Revoke(t.Context(), machine, ids[i])
					if errors.Is(err, &press.Error{Kind: press.Needed}) {
						kept.Add(1)
					} else if err != nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
			if kept.Load() != 1 {
				t.Fatalf("%d of 2 keys are left", kept.Load())
			}
			endAll(t, one)
		}
	})
}

// endAll ends all keys, for the next round.
func endAll(t *testing.T, book KeyBook) {
	t.Helper()
	list, err := book.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = book.Store.Write(t.Context(), func(tx *store.Tx) error {
		for _, k := range list {
			k.Revoke(time.Now())
			if err := tx.SaveKey(k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheFirstKeyIsMadeOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, location string) {
		one, two := openBooks(t, location)
		var made atomic.Int32
		var both sync.WaitGroup
		for _, book := range []KeyBook{one, two} {
			both.Go(func() {
				secret, err := book.First(t.Context())
				if err != nil {
					t.Error(err)
				}
				if secret != "" {
					made.Add(1)
				}
			})
		}
		both.Wait()
		if made.Load() != 1 {
			t.Errorf("%d first keys", made.Load())
		}
	})
}
