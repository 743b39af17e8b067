package picture

import (
	"container/list"
	"crypto/sha256"
	"sync"

	"golang.org/x/sync/singleflight"
)

// Store remembers what pictures have become, within a budget of memory, so that
// the languages of a publication share the work. It is safe for concurrent use,
// and never shows in a result.
type Store struct {
	mu     sync.Mutex
	budget int
	used   int
	items  map[key]*list.Element
	order  *list.List // most recently used first
	flight singleflight.Group
	// turns bounds how many pictures are decoded at the same time.
	turns chan struct{}
}

// key names what was made: of a file's digest, for print, the web or as pixels, in a size.
type key struct {
	sum  [32]byte
	use  byte
	w, h int
}

const (
	usePixels = 'd'
	usePrint  = 'p'
	useWeb    = 'w'
)

func (k key) String() string {
	return string(append(k.sum[:], k.use, byte(k.w), byte(k.w>>8), byte(k.h), byte(k.h>>8)))
}

type entry struct {
	key   key
	value any
	cost  int
}

// Budget is how many bytes of pictures a server keeps for the next document.
const Budget = 128 << 20

// NewStore makes a store that keeps at most so many bytes.
func NewStore(budget int) *Store {
	return &Store{budget: budget, items: map[key]*list.Element{}, order: list.New(), turns: make(chan struct{}, 2)}
}

// get finds a value or has it made, once for all who ask at the same time.
// Nothing is kept of a value that could not be made.
func (s *Store) get(k key, fn func() (value any, cost int, f *fault)) (any, *fault) {
	if v, ok := s.look(k); ok {
		return v, nil
	}
	v, err, _ := s.flight.Do(k.String(), func() (any, error) {
		if v, ok := s.look(k); ok {
			return v, nil
		}
		s.turns <- struct{}{}
		defer func() { <-s.turns }()
		v, cost, f := fn()
		if f != nil {
			return nil, f
		}
		s.keep(&entry{k, v, cost})
		return v, nil
	})
	if f, ok := err.(*fault); ok {
		return nil, f
	}
	return v, nil
}

// decoded is the picture of a file.
func (s *Store) decoded(data []byte) (*Picture, *fault) {
	v, f := s.get(key{sum: sha256.Sum256(data), use: usePixels}, func() (any, int, *fault) {
		p, f := decode(data)
		if f != nil {
			return nil, 0, f
		}
		return p, p.pixels.bytes() + len(p.file), nil
	})
	if f != nil {
		return nil, f
	}
	return v.(*Picture), nil
}

func (s *Store) look(k key) (any, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.items[k]
	if !ok {
		return nil, false
	}
	s.order.MoveToFront(e)
	return e.Value.(*entry).value, true
}

func (s *Store) keep(e *entry) {
	if e.cost > s.budget {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[e.key] = s.order.PushFront(e)
	for s.used += e.cost; s.used > s.budget; {
		last := s.order.Back()
		old := s.order.Remove(last).(*entry)
		delete(s.items, old.key)
		s.used -= old.cost
	}
}
