package files

import (
	"container/list"
	"sync"
)

// cache keeps the blobs that were asked for last, within a budget of bytes.
type cache struct {
	mu      sync.Mutex
	budget  int64
	used    int64
	order   *list.List // of *entry, the last asked for in front
	entries map[Digest]*list.Element
	removed uint64
}

type entry struct {
	digest Digest
	data   []byte
}

func newCache(budget int64) *cache {
	return &cache{budget: max(budget, 0), order: list.New(), entries: map[Digest]*list.Element{}}
}

func (c *cache) get(d Digest) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[d]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*entry).data, true
}

// removals is how often something was removed so far, for add.
func (c *cache) removals() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.removed
}

// add keeps a blob that was read. If anything was removed since the read began
// it may have been this blob, and what is deleted must not come back. A blob of
// more than a quarter of the budget would drive out too many others.
func (c *cache) add(d Digest, data []byte, removals uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.entries[d]; ok || removals != c.removed || int64(len(data)) > c.budget/4 {
		return
	}
	c.entries[d] = c.order.PushFront(&entry{d, data})
	c.used += int64(len(data))
	for c.used > c.budget {
		c.drop(c.order.Back())
	}
}

func (c *cache) remove(d Digest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.removed++
	if e, ok := c.entries[d]; ok {
		c.drop(e)
	}
}

func (c *cache) drop(e *list.Element) {
	gone := c.order.Remove(e).(*entry)
	delete(c.entries, gone.digest)
	c.used -= int64(len(gone.data))
}
