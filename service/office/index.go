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
	change press.Change
	at     time.Time
	out    bool
	brief  *Brief
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
	differs := c.At.Before(x.at) || !x.next.IsZero() && !c.At.Before(x.next) || x.generation == 0
	for _, id := range c.Removed {
		differs = x.remove(id) || differs
	}
	for _, p := range c.Changed {
		next := x.mark(p, slugs[p.ID])
		if next.same(x.byID[p.ID]) {
			continue // a draft, of which readers see nothing
		}
		differs = true
		x.remove(p.ID)
		x.add(next)
	}
	if differs {
		x.generation++
	}
	x.at, x.read, x.last, x.next = c.At, read, c.Last, c.Next
}

// remove tells whether there was something to remove.
func (x *index) remove(id string) bool {
	m := x.byID[id]
	if m == nil {
		return false
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
	return true
}

// mark is what of a publication is scheduled or out; nil if nothing is.
func (x *index) mark(p *press.Publication, slugs []string) *shelfmark {
	m := &shelfmark{id: p.ID, slug: p.Slug, slugs: slugs}
	if p.Withdrawn != nil {
		m.withdrawn = p.Withdrawn.At
	}
	for _, r := range p.Revisions {
		if r.ReleaseAt.IsZero() {
			continue
		}
		made := released{number: r.Number, change: r.Change, at: r.ReleaseAt, out: r.Out, brief: brief(p, r), files: make([]file, 0, len(r.Editions))}
		for _, e := range r.Editions {
			digest, err := files.ParseDigest(e.Digest)
			if err != nil {
				continue // a damaged row shows as a missing file, not as a failed site
			}
			made.files = append(made.files, file{x.kind(fileKind{e.Name, e.Lang, e.Product, e.Format, e.MediaType}), digest, e.Size})
		}
		m.revisions = append(m.revisions, made)
	}
	if len(m.revisions) == 0 {
		return nil
	}
	return m
}

// add takes a mark in; nil is nothing.
func (x *index) add(m *shelfmark) {
	if m == nil {
		return
	}
	x.byID[m.id] = m
	for _, slug := range m.slugs {
		x.bySlug[slug] = m
	}
	for i := range m.revisions {
		for _, f := range m.revisions[i].files {
			x.byDigest[f.digest] = append(x.byDigest[f.digest], place{m, m.revisions[i].number, f.fileKind})
		}
	}
}

// same tells marks from which readers see the same; nil is one.
func (m *shelfmark) same(o *shelfmark) bool {
	if m == nil || o == nil {
		return m == o
	}
	return m.slug == o.slug && slices.Equal(m.slugs, o.slugs) && m.withdrawn.Equal(o.withdrawn) &&
		slices.EqualFunc(m.revisions, o.revisions, func(a, b released) bool {
			return a.number == b.number && a.change == b.change && a.at.Equal(b.at) && a.out == b.out && slices.Equal(a.files, b.files)
		})
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

// inForce tells whether a revision still says what the publication says: that what
// has gone out since only added languages.
func (m *shelfmark) inForce(number int, at time.Time) bool {
	return !slices.ContainsFunc(m.revisions, func(r released) bool {
		return r.number > number && r.visible(at) && r.change != press.LanguageAdded
	})
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
