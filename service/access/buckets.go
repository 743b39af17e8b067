package access

import (
	"container/list"
	"hash/maphash"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// shards is how many locks the buckets are spread over.
const shards = 32

// buckets are token buckets by name. Their number is bounded: the one not
// seen longest makes room.
type buckets struct {
	seed  maphash.Seed
	parts [shards]part
}

type part struct {
	mu     sync.Mutex
	size   int
	byName map[string]*list.Element
	// recent holds *named, the last seen first.
	recent list.List
}

type named struct {
	name    string
	limiter *rate.Limiter
}

func newBuckets(size int) *buckets {
	b := &buckets{seed: maphash.MakeSeed()}
	for i := range b.parts {
		b.parts[i].size = max(1, size/shards)
		b.parts[i].byName = map[string]*list.Element{}
	}
	return b
}

// take takes n tokens from the bucket of a name, or only looks if n is 0.
func (b *buckets) take(name string, r Rate, now time.Time, n int) Decision {
	p := &b.parts[maphash.String(b.seed, name)%shards]
	p.mu.Lock()
	defer p.mu.Unlock()
	return count(p.bucket(name, r, n > 0), r, now, n)
}

// bucket finds a bucket or makes a full one; it is kept only if it is used.
func (p *part) bucket(name string, r Rate, keep bool) *rate.Limiter {
	if e, ok := p.byName[name]; ok {
		p.recent.MoveToFront(e)
		return e.Value.(*named).limiter
	}
	limiter := rate.NewLimiter(rate.Limit(r.PerSecond), r.Burst)
	if !keep {
		return limiter
	}
	if len(p.byName) >= p.size {
		oldest := p.recent.Back()
		delete(p.byName, p.recent.Remove(oldest).(*named).name)
	}
	p.byName[name] = p.recent.PushFront(&named{name, limiter})
	return limiter
}
