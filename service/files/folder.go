package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
)

// abandoned is the age at which a temporary file belongs to no writer any more.
const abandoned = 24 * time.Hour

// unfinished reports whether a file, by its path in the folder, is one of ours
// that fileblob has not finished: the name that it is to have, a time and ".tmp".
func unfinished(path string) bool {
	path, ok := strings.CutSuffix(filepath.ToSlash(path), ".tmp")
	key, _, timed := strings.Cut(path, ".")
	_, isBlob := ofKey(key)
	return ok && timed && (isBlob || key == probe)
}

func openFolder(folder string) (*blob.Bucket, place, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, place{}, err
	}
	where := place{folder: folder}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, where, where.trouble("make a folder", err)
	}
	if err := sweep(folder, time.Now().Add(-abandoned)); err != nil {
		return nil, where, where.trouble("remove what was left unfinished", err)
	}
	bucket, err := fileblob.OpenBucket(folder, &fileblob.Options{
		DirFileMode: 0o700,
		NoTempDir:   true, // a rename is atomic within one file system only
		Metadata:    fileblob.MetadataDontWrite,
	})
	if err != nil {
		return nil, where, where.trouble("open a store", err)
	}
	return bucket, where, nil
}

// sweep removes temporary files of writers that were killed.
func sweep(folder string, before time.Time) error {
	return filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // another process was faster
			return nil
		}
		rel, relErr := filepath.Rel(folder, path)
		if err := errors.Join(err, relErr); err != nil {
			return err
		}
		if !unfinished(rel) {
			return nil
		}
		info, err := e.Info()
		if err == nil && info.ModTime().Before(before) {
			err = os.Remove(path)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
}

// syncFolder makes a rename last on a local disk: the folder of the file, and the
// one above it, where that folder may be new.
func (p place) syncFolder(key string) error {
	if p.folder == "" {
		return nil
	}
	for _, dir := range []string{filepath.Dir(filepath.Join(p.folder, filepath.FromSlash(key))), p.folder} {
		f, err := os.Open(dir)
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	return nil
}
