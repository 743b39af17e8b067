// Package files owns the service's blobs: sources as they were posted, pictures
// and rendered editions, each kept once under the SHA-256 of its bytes, in a
// local folder or in an S3 bucket. It verifies what it reads and keeps what is
// asked for often in memory. It must never serve bytes that do not have their
// digest, know what a blob means or who may see it, or say a credential.
package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
	"golang.org/x/sync/singleflight"
)

// What can be wrong with one blob, for errors.Is. Anything else that a method
// returns means that the store itself could not be used.
var (
	ErrNotFound = errors.New("no such blob is stored")
	ErrDamaged  = errors.New("the stored blob is damaged")
	ErrTooLarge = errors.New("the blob is too large")
)

// Largest is the size of the largest blob, in bytes: blobs are read into memory
// as a whole, since none may be served before its digest is verified.
const Largest = 128 << 20

// fresh is how long a blob counts as just put. One that is older is written
// again when it is put again: its time is renewed, so that a sweep which spares
// young blobs never takes one that somebody has just referred to, and damage heals.
const fresh = time.Hour

// patience is how long one read from the back end may take when several wait for it.
const patience = time.Minute

// Options are what a store can be told; the zero value is good.
type Options struct {
	// Cache is the size of the memory for blobs that are asked for often, in
	// bytes: 64 MiB by default, none with -1.
	Cache int64
	// Called hears how long each call of the back end took, "read" or "write", and what
	// it ended with; nil hears nothing.
	Called func(operation string, took time.Duration, err error)
}

// Info is a stored blob as a listing knows it.
type Info struct {
	Digest Digest
	Size   int64
	// Time is when it was last written.
	Time time.Time
}

// Store keeps blobs. It is safe for many goroutines, and for many processes on
// the same folder or bucket.
type Store struct {
	bucket *blob.Bucket
	place  place
	cache  *cache
	flight singleflight.Group
	called func(operation string, took time.Duration, err error)
}

// Put stores data and returns its digest. What is stored already is not written
// again, and nobody ever sees a part of a blob: when Put returns without error
// all of it is there, and on a local disk.
func (s *Store) Put(ctx context.Context, data []byte) (Digest, error) {
	d := Sum(data)
	if len(data) > Largest {
		return d, fmt.Errorf("%w: %d bytes, %d at most", ErrTooLarge, len(data), Largest)
	}
	attributes, err := s.bucket.Attributes(ctx, d.key())
	switch {
	case err == nil:
		if attributes.Size == int64(len(data)) && time.Since(attributes.ModTime) < fresh {
			return d, nil
		}
	case gcerrors.Code(err) != gcerrors.NotFound:
		return d, s.place.trouble("look for a blob", err)
	}
	if err := s.timed("write", func() error { return s.write(ctx, d.key(), data) }); err != nil {
		return d, s.place.trouble("store a blob", err)
	}
	return d, nil
}

// write makes one object in one step.
func (s *Store) write(ctx context.Context, key string, data []byte) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var file *os.File // nil for S3
	w, err := s.bucket.NewWriter(ctx, key, &blob.WriterOptions{
		ContentType: "application/octet-stream",
		BeforeWrite: func(as func(any) bool) error {
			if as(&file) {
				return file.Chmod(0o600)
			}
			return nil
		},
	})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	if err == nil && file != nil {
		err = file.Sync()
	}
	if err != nil {
		cancel() // so that closing leaves nothing
		return errors.Join(err, w.Close())
	}
	if err := w.Close(); err != nil {
		return err
	}
	return s.place.syncFolder(key)
}

// Get returns a blob whose digest was verified. The bytes are shared: they must
// not be changed.
func (s *Store) Get(ctx context.Context, d Digest) ([]byte, error) {
	if data, ok := s.cache.get(d); ok {
		return data, nil
	}
	// Whoever asks first may go away while others wait: the read is not his.
	done := s.flight.DoChan(d.key(), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		removals := s.cache.removals()
		var data []byte
		err := s.timed("read", func() (err error) {
			data, err = s.read(ctx, d)
			return err
		})
		if err == nil {
			s.cache.add(d, data, removals)
		}
		return data, err
	})
	select {
	case r := <-done:
		data, _ := r.Val.([]byte)
		return data, r.Err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *Store) timed(operation string, do func() error) error {
	if s.called == nil {
		return do()
	}
	began := time.Now()
	err := do()
	s.called(operation, time.Since(began), err)
	return err
}

// read fetches a blob from the back end and verifies it.
func (s *Store) read(ctx context.Context, d Digest) ([]byte, error) {
	r, err := s.bucket.NewReader(ctx, d.key(), nil)
	if err != nil {
		return nil, s.ofBlob("read", d, err)
	}
	defer r.Close()
	if r.Size() > Largest {
		return nil, fmt.Errorf("%w: %s has %d bytes, %d at most", ErrTooLarge, d, r.Size(), Largest)
	}
	data := make([]byte, r.Size())
	_, err = io.ReadFull(r, data)
	short := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	if err != nil && !short {
		return nil, s.ofBlob("read", d, err)
	}
	if short || Sum(data) != d {
		return nil, fmt.Errorf("%w: %s in %s; restore it from a backup, or put the same bytes again", ErrDamaged, d, s.place)
	}
	return data, nil
}

// ofBlob turns an error of the back end about one blob into one of ours.
func (s *Store) ofBlob(verb string, d Digest, err error) error {
	if gcerrors.Code(err) == gcerrors.NotFound {
		return fmt.Errorf("%w: %s in %s", ErrNotFound, d, s.place)
	}
	return s.place.trouble(verb+" blob "+d.String(), err)
}

// Has reports whether a blob is stored, without reading it.
func (s *Store) Has(ctx context.Context, d Digest) (bool, error) {
	if _, ok := s.cache.get(d); ok {
		return true, nil
	}
	ok, err := s.bucket.Exists(ctx, d.key())
	if err != nil {
		return false, s.place.trouble("look for blob "+d.String(), err)
	}
	return ok, nil
}

// Delete removes a blob from the store and from this process's memory; another
// process may keep it in memory for a while. It is no error if there is none.
func (s *Store) Delete(ctx context.Context, d Digest) error {
	err := s.bucket.Delete(ctx, d.key())
	s.flight.Forget(d.key())
	s.cache.remove(d)
	if err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return s.place.trouble("delete blob "+d.String(), err)
	}
	return nil
}

// List goes through all blobs in the order of their digests. An error ends it.
// A sweep must spare what is younger than a day: it may be about to be used.
func (s *Store) List(ctx context.Context) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		for _, prefix := range s.place.prefixes() {
			if !s.listBelow(ctx, prefix, yield) {
				return
			}
		}
	}
}

// listBelow lists what has a prefix; false means that the listing is over.
func (s *Store) listBelow(ctx context.Context, prefix string, yield func(Info, error) bool) bool {
	objects := s.bucket.List(&blob.ListOptions{Prefix: prefix})
	for {
		if err := ctx.Err(); err != nil { // a local folder does not look
			yield(Info{}, err)
			return false
		}
		o, err := objects.Next(ctx)
		if err == io.EOF {
			return true
		}
		if err != nil {
			yield(Info{}, s.place.trouble("list blobs", err))
			return false
		}
		if d, ok := ofKey(o.Key); ok && !yield(Info{d, o.Size, o.ModTime}, nil) {
			return false
		}
	}
}

// probe is what Check writes: no digest, so that no listing shows it.
const probe = "probe"

// Check reports whether the store can be written and read now.
func (s *Store) Check(ctx context.Context) error {
	want := []byte("communique was here\n")
	if err := s.write(ctx, probe, want); err != nil {
		return s.place.trouble("write", err)
	}
	got, err := s.bucket.ReadAll(ctx, probe)
	if err != nil {
		return s.place.trouble("read", err)
	}
	if string(got) != string(want) {
		return s.place.trouble("read", errors.New("it returned other bytes than were written"))
	}
	return nil
}

// Close ends the use of the store.
func (s *Store) Close() error { return s.bucket.Close() }
