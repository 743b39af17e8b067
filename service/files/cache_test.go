package files

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestTheCacheKeepsWhatWasAskedForLast(t *testing.T) {
	c := newCache(100)
	blob := func(i byte) (Digest, []byte) { return Digest{i}, make([]byte, 25) }
	for i := range byte(4) {
		d, data := blob(i)
		c.add(d, data, c.removals())
	}
	c.get(Digest{0})
	d, data := blob(4)
	c.add(d, data, c.removals())
	for i, want := range []bool{true, false, true, true, true} {
		if _, ok := c.get(Digest{byte(i)}); ok != want {
			t.Errorf("blob %d: kept %v, want %v", i, ok, want)
		}
	}
	c.add(Digest{9}, make([]byte, 26), c.removals())
	if _, ok := c.get(Digest{9}); ok {
		t.Error("a blob of more than a quarter was kept")
	}
	if c.used != 100 || c.order.Len() != 4 || len(c.entries) != 4 {
		t.Errorf("%d bytes, %d and %d entries", c.used, c.order.Len(), len(c.entries))
	}
}

func TestWhatIsDeletedDoesNotComeBack(t *testing.T) {
	c := newCache(100)
	before := c.removals()
	c.remove(Digest{1}) // while it was being read
	c.add(Digest{1}, []byte("x"), before)
	if _, ok := c.get(Digest{1}); ok {
		t.Error("a deleted blob was kept")
	}
}

func TestServedFromMemory(t *testing.T) {
	for budget, want := range map[int64]error{0: nil, -1: ErrNotFound} {
		s := mustOpen(t, t.TempDir(), Options{Cache: budget})
		d := put(t, s, []byte("popular"))
		if _, err := s.Get(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(s.place.folder, d.key())); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Get(t.Context(), d); !errors.Is(err, want) {
			t.Errorf("budget %d: got %v, want %v", budget, err, want)
		}
	}
}

func TestManyAskAtOnce(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{Cache: 1 << 10})
	var digests []Digest
	for i := range byte(16) {
		digests = append(digests, put(t, s, append(make([]byte, 200), i)))
	}
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for _, d := range digests {
				if data, err := s.Get(t.Context(), d); err != nil || Sum(data) != d {
					t.Errorf("%s: %v", d, err)
				}
			}
		})
	}
	all.Wait()
	if s.cache.used > s.cache.budget {
		t.Errorf("%d bytes in memory, %d at most", s.cache.used, s.cache.budget)
	}
}

func TestWhoeverGoesAwayDoesNotSpoilItForOthers(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{})
	d := put(t, s, []byte("x"))
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { _, _ = s.Get(gone, d) })
		all.Go(func() {
			if _, err := s.Get(t.Context(), d); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func BenchmarkGetFromMemory(b *testing.B) {
	s := mustOpen(b, b.TempDir(), Options{})
	d := put(b, s, make([]byte, 100<<10))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Get(b.Context(), d); err != nil {
			b.Fatal(err)
		}
	}
}
