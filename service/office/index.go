package office

import (
	"slices"
	"sync"
	"time"

	"communique/service/files"
	"communique/service/press"
	"communique/service/store"
)

// index is what readers may see, in memory: for each publication its released
// revisions with their instants. It is a state of the database together with an
// instant of the database's clock that is not later than that state, so that
// nothing is ever early: what waits for its instant is invisible until a later
// instant has been read with a state in which it still waits for that instant.
type index struct {
	// renewing is held from the reading of a state until it is applied.
	renewing sync.Mutex
	mu       sync.RWMutex
	at       time.Time
	read     time.Time // when it was read, by the clock of this process
	last     int64
	next     time.Time
	bySlug   map[string]*shelfmark
	byID     map[string]*shelfmark
	byDigest map[files.Digest][]place
	// kinds holds each description of a file once: there are few.
	kinds map[fileKind]*fileKind
	// generation counts the states that differ in what readers see.
	generation uint64
}

// shelfmark is a publication of which something is or will be out. It never changes.
type shelfmark struct {
	id, slug  string
	slugs     []string
	withdrawn time.Time
	revisions []released
}

// released is a revision that is scheduled or out.
type released struct {
	number int
	at     time.Time
	out    bool
	files  []file
}

// file is one edition's file.
type file struct {
	*fileKind
	digest files.Digest
	size   int64
}

// fileKind is what files of many revisions have in common.
type fileKind struct{ name, lang, product, format, mediaType string }

// place is where a file belongs.
type place struct {
	mark   *shelfmark
	number int
	kind   *fileKind
}

func newIndex() *index {
	return &index{bySlug: map[string]*shelfmark{}, byID: map[string]*shelfmark{}, byDigest: map[files.Digest][]place{}, kinds: map[fileKind]*fileKind{}}
}

// apply brings the index to a later state, all of it at once.
func (x *index) apply(c *store.Changes, slugs map[string][]string, read time.Time) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if c.Last != x.last || !x.next.IsZero() && !c.At.Before(x.next) || x.generation == 0 {
		x.generation++
	}
	for _, id := range c.Removed {
		x.remove(id)
	}
	for _, p := range c.Changed {
		x.remove(p.ID)
		x.add(p, slugs[p.ID])
	}
	x.at, x.read, x.last, x.next = c.At, read, c.Last, c.Next
}

func (x *index) remove(id string) {
	m := x.byID[id]
	if m == nil {
		return
	}
	delete(x.byID, id)
	for _, slug := range m.slugs {
		delete(x.bySlug, slug)
	}
	for _, r := range m.revisions {
		for _, f := range r.files {
			places := slices.DeleteFunc(x.byDigest[f.digest], func(p place) bool { return p.mark == m })
			if len(places) == 0 {
				delete(x.byDigest, f.digest)
			} else {
				x.byDigest[f.digest] = places
			}
		}
	}
}

// add takes in what of a publication is scheduled or out.
func (x *index) add(p *press.Publication, slugs []string) {
	m := &shelfmark{id: p.ID, slug: p.Slug, slugs: slugs}
	if p.Withdrawn != nil {
		m.withdrawn = p.Withdrawn.At
	}
	for _, r := range p.Revisions {
		if r.ReleaseAt.IsZero() {
			continue
		}
		made := released{number: r.Number, at: r.ReleaseAt, out: r.Out, files: make([]file, 0, len(r.Editions))}
		for _, e := range r.Editions {
			digest, err := files.ParseDigest(e.Digest)
			if err != nil {
				continue // a damaged row shows as a missing file, not as a failed site
			}
			f := file{x.kind(fileKind{e.Name, e.Lang, e.Product, e.Format, e.MediaType}), digest, e.Size}
			made.files = append(made.files, f)
			x.byDigest[digest] = append(x.byDigest[digest], place{m, r.Number, f.fileKind})
		}
		m.revisions = append(m.revisions, made)
	}
	if len(m.revisions) == 0 {
		return
	}
	x.byID[p.ID] = m
	for _, slug := range slugs {
		x.bySlug[slug] = m
	}
}

func (x *index) kind(k fileKind) *fileKind {
	if known := x.kinds[k]; known != nil {
		return known
	}
	x.kinds[k] = &k
	return &k
}

// Sight is what a reader sees of a publication at an instant.
type Sight struct {
	ID, Slug string
	// Number is the current revision; it is at least 1.
	Number int
	// Withdrawn tells that only the notice is left.
	Withdrawn bool
	// At is the instant, Generation the state of everything.
	At         time.Time
	Generation uint64

	mark *shelfmark
}

// sight is what an instant shows of a publication; false if nothing.
func (m *shelfmark) sight(at time.Time) (Sight, bool) {
	for _, r := range slices.Backward(m.revisions) {
		if r.visible(at) {
			withdrawn := !m.withdrawn.IsZero() && !r.at.After(m.withdrawn)
			return Sight{ID: m.id, Slug: m.slug, Number: r.number, Withdrawn: withdrawn, At: at, mark: m}, true
		}
	}
	return Sight{}, false
}

func (r *released) visible(at time.Time) bool { return r.out || !r.at.After(at) }

// look finds what readers see under a slug.
func (x *index) look(slug string) (Sight, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	m := x.bySlug[slug]
	if m == nil {
		return Sight{}, false
	}
	s, ok := m.sight(x.at)
	s.Generation = x.generation
	return s, ok
}

// state is the instant and the generation of the index, and how old it is.
func (x *index) state() (at time.Time, generation uint64, age time.Duration) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.at, x.generation, time.Since(x.read)
}

// lastChange is the last change that the index knows.
func (x *index) lastChange() int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.last
}

// due is the next instant at which something is released; zero if nothing waits.
func (x *index) due() time.Time {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.next
}

// left is the time until the next release, as near as can be told without asking
// the database; false if nothing waits.
func (x *index) left() (time.Duration, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.next.Sub(x.at) - time.Since(x.read), !x.next.IsZero()
}
