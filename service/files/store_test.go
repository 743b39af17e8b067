package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"communique/service/outside"
)

// backEnds runs a test with a fresh, empty store in a local folder and in S3.
func backEnds(t *testing.T, test func(t *testing.T, s *Store)) {
	places := map[string]func(testing.TB) string{
		"folder": func(t testing.TB) string { return filepath.Join(t.TempDir(), "a", "blobs") },
		"S3":     outside.S3,
	}
	for name, place := range places {
		t.Run(name, func(t *testing.T) { test(t, mustOpen(t, place(t), Options{})) })
	}
}

func mustOpen(t testing.TB, location string, o Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), location, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func put(t testing.TB, s *Store, data []byte) Digest {
	t.Helper()
	d, err := s.Put(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// listed is everything in the store, with whatever must not be there.
func listed(t testing.TB, s *Store) []Info {
	t.Helper()
	var all []Info
	for i, err := range s.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, i)
	}
	return all
}

// again is another store at the same place, with nothing in memory.
func again(s *Store) *Store {
	return &Store{bucket: s.bucket, place: s.place, cache: newCache(0)}
}

func TestWhatIsPutCanBeGot(t *testing.T) {
	backEnds(t, func(t *testing.T, s *Store) {
		for _, data := range [][]byte{{}, []byte("a"), bytes.Repeat([]byte("0123456789"), 100_000), bytes.Repeat([]byte("large"), 4<<20)} {
			d := put(t, s, data)
			if d != Sum(data) {
				t.Errorf("digest %s, want %s", d, Sum(data))
			}
			for _, from := range []*Store{again(s), s, s} {
				got, err := from.Get(t.Context(), d)
				if err != nil || !bytes.Equal(got, data) {
					t.Errorf("%d bytes: got %d, %v", len(data), len(got), err)
				}
			}
			if ok, err := again(s).Has(t.Context(), d); !ok || err != nil {
				t.Errorf("%d bytes: has %v, %v", len(data), ok, err)
			}
		}
		if n := len(listed(t, s)); n != 4 {
			t.Errorf("%d blobs, want 4", n)
		}
	})
}

func TestWhatWasNeverPutIsNotFound(t *testing.T) {
	backEnds(t, func(t *testing.T, s *Store) {
		d := Sum([]byte("nobody put this"))
		_, err := s.Get(t.Context(), d)
		if !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), d.String()) {
			t.Errorf("got %v", err)
		}
		if ok, err := s.Has(t.Context(), d); ok || err != nil {
			t.Errorf("has %v, %v", ok, err)
		}
		if err := s.Delete(t.Context(), d); err != nil {
			t.Errorf("delete: %v", err)
		}
	})
}

func TestDeletedIsGone(t *testing.T) {
	backEnds(t, func(t *testing.T, s *Store) {
		d, kept := put(t, s, []byte("erase me")), put(t, s, []byte("keep me"))
		if _, err := s.Get(t.Context(), d); err != nil { // now it is in memory too
			t.Fatal(err)
		}
		if err := s.Delete(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Get(t.Context(), d); !errors.Is(err, ErrNotFound) {
			t.Errorf("got %v", err)
		}
		if all := listed(t, s); len(all) != 1 || all[0].Digest != kept {
			t.Errorf("left: %v", all)
		}
	})
}

func TestPuttingAgainWritesOnce(t *testing.T) {
	backEnds(t, func(t *testing.T, s *Store) {
		data := []byte("once")
		put(t, s, data)
		before, err := s.bucket.Attributes(t.Context(), Sum(data).key())
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if _, err := s.Put(t.Context(), data); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		after, err := s.bucket.Attributes(t.Context(), Sum(data).key())
		if err != nil || !after.ModTime.Equal(before.ModTime) {
			t.Errorf("written at %v, again at %v, %v", before.ModTime, after.ModTime, err)
		}
	})
}

// Readers look all the time while many write the same blob.
func TestNobodySeesAPartOfABlob(t *testing.T) {
	backEnds(t, func(t *testing.T, s *Store) {
		data := bytes.Repeat([]byte("all or nothing "), 100_000)
		d := Sum(data)
		ctx, stop := context.WithCancel(t.Context())
		var writers, readers sync.WaitGroup
		for range 2 {
			readers.Go(func() {
				for reader := again(s); ctx.Err() == nil; {
					if _, err := reader.Get(t.Context(), d); err != nil && !errors.Is(err, ErrNotFound) {
						t.Error(err)
						return
					}
				}
			})
		}
		for range 8 {
			writers.Go(func() {
				if err := s.write(t.Context(), d.key(), data); err != nil {
					t.Error(err)
				}
			})
		}
		writers.Wait()
		stop()
		readers.Wait()
		if all := listed(t, s); len(all) != 1 || all[0].Digest != d || all[0].Size != int64(len(data)) || time.Since(all[0].Time) > fresh {
			t.Errorf("left: %v", all)
		}
	})
}

func TestACancelledPutLeavesNothing(t *testing.T) {
	backEnds(t, func(t *testing.T, s *Store) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.Put(ctx, []byte("too late")); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if err := s.write(ctx, Sum(nil).key(), []byte("too late")); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if all := listed(t, s); len(all) > 0 {
			t.Errorf("left: %v", all)
		}
	})
}

func TestADamagedBlobIsNeverServed(t *testing.T) {
	backEnds(t, func(t *testing.T, s *Store) {
		data := []byte("what the minister said")
		d := put(t, s, data)
		for _, damage := range []string{"what the monster said.", "what", "what the minister said, and more", ""} {
			if err := s.write(t.Context(), d.key(), []byte(damage)); err != nil {
				t.Fatal(err)
			}
			got, err := s.Get(t.Context(), d)
			if len(got) > 0 || !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), d.String()) || strings.Contains(err.Error(), damage+" ") && damage != "" {
				t.Errorf("%q: got %q, %v", damage, got, err)
			}
		}
		put(t, s, data) // its size tells that it is damaged
		if got, err := s.Get(t.Context(), d); err != nil || !bytes.Equal(got, data) {
			t.Errorf("got %q, %v", got, err)
		}
	})
}

func TestListingGoesOverPages(t *testing.T) {
	backEnds(t, func(t *testing.T, s *Store) {
		var want []Digest
		for i := range 1100 { // a page has a thousand
			data := fmt.Append(nil, i)
			want = append(want, Sum(data))
			if err := s.bucket.WriteAll(t.Context(), Sum(data).key(), data, nil); err != nil { // Put would wait for the disk each time
				t.Fatal(err)
			}
		}
		slices.SortFunc(want, func(a, b Digest) int { return bytes.Compare(a[:], b[:]) })
		var got []Digest
		for _, i := range listed(t, s) {
			got = append(got, i.Digest)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d blobs listed, or in another order, want %d", len(got), len(want))
		}
		for range s.List(t.Context()) {
			break // must not go on
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for i, err := range s.List(ctx) {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("listed %v, %v", i, err)
			}
		}
	})
}

func TestCheckLeavesNoBlob(t *testing.T) {
	backEnds(t, func(t *testing.T, s *Store) {
		if err := s.Check(t.Context()); err != nil {
			t.Error(err)
		}
		if all := listed(t, s); len(all) > 0 {
			t.Errorf("left: %v", all)
		}
	})
}

func TestTooLargeIsRefused(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{})
	if _, err := s.Put(t.Context(), make([]byte, Largest+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("put: %v", err)
	}
	d := put(t, s, []byte("small"))
	if err := os.Truncate(filepath.Join(s.place.folder, d.key()), Largest+1); err != nil { // sparse
		t.Fatal(err)
	}
	if _, err := s.Get(t.Context(), d); !errors.Is(err, ErrTooLarge) {
		t.Errorf("get: %v", err)
	}
}
