package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"communique/service/files"
	"communique/service/store"
)

// The names of members.
const (
	tableFolder, tableEnd = "tables/", ".jsonl"
	fileFolder            = "files/"
)

func tableMember(name string) string { return tableFolder + name + tableEnd }

func fileMember(d files.Digest) string { return fileFolder + d.String() }

func isFile(member string) bool { return strings.HasPrefix(member, fileFolder) }

// largestManifest bounds what is read into memory before anything is known.
const largestManifest = 1 << 30

// Verify reads all of an archive and tells what it holds. The error names the
// member that is damaged or missing.
func Verify(path string) (*Manifest, error) {
	m, err := verify(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be used: %w", path, err)
	}
	return m, nil
}

func verify(path string) (*Manifest, error) {
	var found []Member
	var m *Manifest
	err := each(path, func(name string, size int64, r io.Reader) error {
		if m != nil {
			return errors.New("something follows the manifest")
		}
		if name == manifestName {
			m = &Manifest{}
			if err := json.NewDecoder(io.LimitReader(r, largestManifest)).Decode(m); err != nil {
				return err
			}
			return nil
		}
		hash := sha256.New()
		if _, err := io.Copy(hash, r); err != nil {
			return err
		}
		found = append(found, Member{name, size, hex.EncodeToString(hash.Sum(nil))})
		return nil
	})
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, errors.New(manifestName + " is missing: the archive ends too early")
	}
	if m.Form != form {
		return nil, fmt.Errorf("it has the form %d, and this program knows %d: use the program that wrote it (%s)", m.Form, form, m.Program)
	}
	return m, m.compare(found)
}

// compare tells which member is not what the manifest says.
func (m *Manifest) compare(found []Member) error {
	for i, want := range m.Members {
		if i >= len(found) || found[i].Name != want.Name {
			return fmt.Errorf("%s is missing", want.Name)
		}
		if found[i] != want {
			return fmt.Errorf("%s is damaged: its digest is %s, and should be %s", want.Name, found[i].SHA256, want.SHA256)
		}
		if isFile(want.Name) && want.Name != fileFolder+want.SHA256 {
			return fmt.Errorf("%s is not the file of that name", want.Name)
		}
	}
	if len(found) > len(m.Members) {
		return fmt.Errorf("%s is not in the manifest", found[len(m.Members)].Name)
	}
	return nil
}

// each goes through the members of an archive.
func each(path string, do func(name string, size int64, r io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	archive := tar.NewReader(f)
	last := "the beginning"
	for {
		header, err := archive.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("after %s: %w", last, err)
		}
		last = header.Name
		if err := do(header.Name, header.Size, archive); err != nil {
			return fmt.Errorf("%s: %w", header.Name, err)
		}
	}
}

// Restore makes an office of an archive: all tables in one transaction, which is
// committed when all files are there. The database must be new, as store.Open leaves it, and the place
// of the files must hold no others. If it fails, no server starts on what is there.
func Restore(ctx context.Context, path string, s *store.Store, f *files.Store) (*Manifest, error) {
	m, err := Verify(path)
	if err != nil {
		return nil, err
	}
	if err := m.onlyOurs(ctx, f); err != nil {
		return nil, err
	}
	return m, s.Fill(ctx, m.Schema, func(load func(string, io.Reader) error) error {
		return each(path, func(name string, _ int64, r io.Reader) error {
			switch {
			case isFile(name):
				return put(ctx, f, name, r)
			case strings.HasPrefix(name, tableFolder):
				return load(strings.TrimSuffix(strings.TrimPrefix(name, tableFolder), tableEnd), r)
			case name == manifestName:
				return nil
			}
			return errors.New("this program knows no such member: run a newer one")
		})
	})
}

// put keeps a file, which was verified, but may have changed since.
func put(ctx context.Context, f *files.Store, name string, r io.Reader) error {
	data, err := io.ReadAll(io.LimitReader(r, files.Largest+1))
	if err != nil {
		return err
	}
	if fileMember(files.Sum(data)) != name {
		return errors.New("it has changed since it was verified")
	}
	_, err = f.Put(ctx, data)
	return err
}

// onlyOurs refuses a place that holds files of another office. What an earlier
// try has left is welcome.
func (m *Manifest) onlyOurs(ctx context.Context, f *files.Store) error {
	var ours []string
	for _, member := range m.Members {
		ours = append(ours, member.Name)
	}
	slices.Sort(ours)
	for info, err := range f.List(ctx) {
		if err != nil {
			return err
		}
		if _, known := slices.BinarySearch(ours, fileMember(info.Digest)); !known {
			return errors.New("restore: the place for the files is not empty: name an empty one")
		}
	}
	return nil
}
