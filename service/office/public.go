package office

import (
	"cmp"
	"context"
	"slices"
	"time"

	"communique/service/files"
	"communique/service/press"
	"communique/service/store"
)

// Look finds what readers see under a slug, from memory. A slug that moved leads
// to a Sight with another slug.
func (o *Office) Look(slug string) (Sight, bool) { return o.index.look(slug) }

// Shown tells sights apart by what they show: equal ones show the same, at
// whatever instant they were taken.
type Shown struct {
	mark      *shelfmark
	number    int
	withdrawn bool
}

// Shown is what a reader sees, as a key.
func (s *Sight) Shown() Shown { return Shown{s.mark, s.Number, s.Withdrawn} }

// File is one file that readers may have.
type File struct {
	Name, Lang, Product, Format, MediaType string
	Digest                                 files.Digest
	Size                                   int64
	// Number is its revision, Current whether that still holds: it is the one that
	// readers see, or all that has gone out since only added languages.
	Number  int
	Current bool
	Since   time.Time
}

// File finds a file of a revision, 0 being the current one, from memory. A
// withdrawn publication has none, and a revision that is not out neither.
func (s *Sight) File(number int, name string) (File, bool) {
	if s.Withdrawn {
		return File{}, false
	}
	if number == 0 {
		number = s.Number
	}
	for i := range s.mark.revisions {
		r := &s.mark.revisions[i]
		if r.number != number || !r.visible(s.At) {
			continue
		}
		for _, f := range r.files {
			if f.name == name {
				return s.file(r, f), true
			}
		}
	}
	return File{}, false
}

// Files are all files of the current revision.
func (s *Sight) Files() []File { return s.FilesOf(0) }

// FilesOf are all files of a revision, 0 being the current one; none if it is not out.
func (s *Sight) FilesOf(number int) (out []File) {
	if s.Withdrawn {
		return nil
	}
	if number == 0 {
		number = s.Number
	}
	for i := range s.mark.revisions {
		if r := &s.mark.revisions[i]; r.number == number && r.visible(s.At) {
			for _, f := range r.files {
				out = append(out, s.file(r, f))
			}
		}
	}
	return out
}

// Out tells whether readers see or have seen a revision.
func (s *Sight) Out(number int) bool {
	return slices.ContainsFunc(s.mark.revisions, func(r released) bool { return r.number == number && r.visible(s.At) })
}

func (s *Sight) file(r *released, f file) File {
	return File{f.name, f.lang, f.product, f.format, f.mediaType, f.digest, f.size, r.number, s.mark.inForce(r.number, s.At), r.at}
}

// Bytes are the bytes of a file, from memory or disk.
func (o *Office) Bytes(ctx context.Context, digest files.Digest) ([]byte, error) {
	return o.Files.Get(ctx, digest)
}

// Found is where a file belongs that somebody wants verified.
type Found struct {
	Sight Sight
	File  File
}

// Verify finds what a file with this digest is; nil if readers never saw it. Of
// the places that share the same bytes the one that counts comes first.
func (o *Office) Verify(digest files.Digest) []Found {
	o.index.mu.RLock()
	defer o.index.mu.RUnlock()
	var out []Found
	for _, p := range o.index.byDigest[digest] {
		s, ok := p.mark.sight(o.index.at)
		if !ok {
			continue
		}
		s.Generation = o.index.generation
		for i := range p.mark.revisions {
			if r := &p.mark.revisions[i]; r.number == p.number && r.visible(o.index.at) {
				out = append(out, Found{s, s.file(r, file{p.kind, digest, 0})})
			}
		}
	}
	slices.SortFunc(out, func(a, b Found) int {
		return cmp.Or(order(b.holds())-order(a.holds()), b.File.Since.Compare(a.File.Since),
			cmp.Compare(b.File.Number, a.File.Number), cmp.Compare(a.Sight.ID, b.Sight.ID))
	})
	return out
}

// holds tells whether readers can still rely on a file.
func (f Found) holds() bool { return f.File.Current && !f.Sight.Withdrawn }

// State is the instant of what readers see, and a number that differs whenever
// that differs: what is made from it can be kept as long as the number stays.
func (o *Office) State() (at time.Time, generation uint64) {
	at, generation, _ = o.index.state()
	return at, generation
}

// Seen is what readers see of a publication, from the database: revisions that
// are out by the index in memory. Of a withdrawn one they may be told that there
// were revisions, not what was in them.
func (o *Office) Seen(ctx context.Context, s Sight) (p *press.Publication, err error) {
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		t.At(s.At)
		if p, err = t.ByID(s.ID); err != nil {
			return err
		}
		p = seen(p)
		return nil
	})
	if err == nil && p == nil {
		err = press.Missing()
	}
	return p, err
}

// seen leaves of a publication what is out; nil if nothing is.
func seen(p *press.Publication) *press.Publication {
	p.Revisions = slices.DeleteFunc(p.Revisions, func(r *press.Revision) bool { return !r.Visible() })
	if len(p.Revisions) == 0 {
		return nil
	}
	return p
}

// Shelf is a page of what readers see.
type Shelf struct {
	Publications []*press.Publication
	Count        int
}

// Shelf lists what readers see, by the state that the index in memory shows.
func (o *Office) Shelf(ctx context.Context, f store.Shelf) (*Shelf, error) {
	f.At, _, _ = o.index.state()
	shelf := &Shelf{}
	err := o.Store.Read(ctx, func(t *store.Tx) (err error) {
		t.At(f.At)
		if shelf.Count, err = t.Count(f); err != nil {
			return err
		}
		list, err := t.Shelf(f)
		for _, p := range list {
			if p = seen(p); p != nil {
				shelf.Publications = append(shelf.Publications, p)
			}
		}
		return err
	})
	return shelf, err
}

// Facets are the years, kinds and languages by which readers can choose.
func (o *Office) Facets(ctx context.Context) (years, kinds, langs []store.Facet, err error) {
	at, _, _ := o.index.state()
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		years, kinds, langs, err = t.Facets(at)
		return err
	})
	return years, kinds, langs, err
}
