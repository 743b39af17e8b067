// Package backup writes an office into one file, and makes an office of it again:
// all tables as lines of JSON, the same from both databases, all files that
// revisions need, and a manifest with the SHA-256 of each. It owns the form of that
// file. It must never change the office that it copies, nor write into one that
// is not empty.
package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"communique/service/files"
	"communique/service/store"
)

// form is the version of the form that is written.
const form = 1

// manifestName is the last member of an archive: one that has it is whole.
const manifestName = "manifest.json"

// Manifest says what an archive holds.
type Manifest struct {
	// Form is the version of the archive's form, Schema that of the tables.
	Form   int   `json:"form"`
	Schema int64 `json:"schema"`
	// At is the database's instant of the copy, Program the version that made it.
	At      time.Time `json:"at"`
	Program string    `json:"program"`
	// Database is where the tables came from. They can be restored into another sort.
	Database string   `json:"database"`
	Members  []Member `json:"members"`
}

// Member is one file in an archive.
type Member struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Files counts the members that are files of revisions, and their bytes.
func (m *Manifest) Files() (n int, size int64) {
	for _, member := range m.Members {
		if isFile(member.Name) {
			n, size = n+1, size+member.Size
		}
	}
	return n, size
}

// tries bounds how often a copy is begun again because a file was erased while
// it was made.
const tries = 3

// errErased tells that a file of the copied state was erased on purpose since.
var errErased = errors.New("a file was erased while the copy was made")

// Write copies an office, which may be at work, into a file that appears under its
// name only when it is whole. The tables are of one instant.
func Write(ctx context.Context, s *store.Store, f *files.Store, path, program string) (*Manifest, error) {
	for try := 1; ; try++ {
		m, err := write(ctx, s, f, path, program)
		if errors.Is(err, errErased) && try < tries {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("backup: %w", err)
		}
		return m, nil
	}
}

func write(ctx context.Context, s *store.Store, f *files.Store, path, program string) (m *Manifest, err error) {
	part, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.part") // 0600: it holds drafts and secrets
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, part.Close(), os.Remove(part.Name()))
		}
	}()
	w := &writer{tar: tar.NewWriter(part), folder: filepath.Dir(path),
		manifest: Manifest{Form: form, Program: program, Database: s.Kind()}}
	digests, err := w.tables(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, digest := range digests {
		if err := w.file(ctx, s, f, digest); err != nil {
			return nil, err
		}
	}
	if err := w.finish(); err != nil {
		return nil, err
	}
	if err := errors.Join(part.Sync(), part.Close()); err != nil {
		return nil, err
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return nil, err
	}
	return &w.manifest, syncFolder(filepath.Dir(path))
}

// syncFolder makes a rename last.
func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// writer fills an archive.
type writer struct {
	tar      *tar.Writer
	folder   string
	manifest Manifest
}

// tables writes all tables of one instant, and tells which files they need.
func (w *writer) tables(ctx context.Context, s *store.Store) (digests []string, err error) {
	err = s.Read(ctx, func(t *store.Tx) (err error) {
		if w.manifest.At, err = t.Now(); err != nil {
			return err
		}
		if w.manifest.Schema, err = t.Schema(); err != nil {
			return err
		}
		for _, name := range store.Tables() {
			if err := w.table(t, name); err != nil {
				return err
			}
		}
		for digest, err := range t.Files() {
			if err != nil {
				return err
			}
			digests = append(digests, digest)
		}
		return nil
	})
	return digests, err
}

// table writes one table, by way of a file: an archive wants to know sizes first.
func (w *writer) table(t *store.Tx, name string) (err error) {
	spool, err := os.CreateTemp(w.folder, ".table.*.part")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, spool.Close(), os.Remove(spool.Name())) }()
	if err := t.Dump(name, spool); err != nil {
		return err
	}
	size, err := spool.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if _, err := spool.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return w.member(tableMember(name), size, spool)
}

// file writes one file of the revisions, whose digest the store verifies.
func (w *writer) file(ctx context.Context, s *store.Store, f *files.Store, text string) error {
	digest, err := files.ParseDigest(text)
	if err != nil {
		return err
	}
	data, err := f.Get(ctx, digest)
	if errors.Is(err, files.ErrNotFound) {
		needed := true
		if asked := s.Read(ctx, func(t *store.Tx) (err error) { needed, err = t.Needed(text); return err }); asked != nil {
			return asked
		}
		if !needed {
			return errErased
		}
	}
	if err != nil {
		return err
	}
	return w.member(fileMember(digest), int64(len(data)), bytes.NewReader(data))
}

// finish writes the manifest, and the end.
func (w *writer) finish() error {
	m, err := json.MarshalIndent(w.manifest, "", "  ")
	if err != nil {
		return err
	}
	if err := w.header(manifestName, int64(len(m))); err != nil {
		return err
	}
	if _, err := w.tar.Write(m); err != nil {
		return err
	}
	return w.tar.Close()
}

// header begins a member.
func (w *writer) header(name string, size int64) error {
	return w.tar.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: w.manifest.At.Truncate(time.Second), Format: tar.FormatPAX})
}

// member writes a member, and its line of the manifest.
func (w *writer) member(name string, size int64, r io.Reader) error {
	if err := w.header(name, size); err != nil {
		return err
	}
	hash := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w.tar, hash), r); err != nil {
		return err
	}
	w.manifest.Members = append(w.manifest.Members, Member{name, size, hex.EncodeToString(hash.Sum(nil))})
	return nil
}
