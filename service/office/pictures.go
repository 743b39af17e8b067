package office

import (
	"bytes"
	"io/fs"
	"path"
	"time"
)

// Pictures are the pictures of sources by file name. A source finds one by the
// last part of the path that it gives: pictures come in forms, which know no folders.
type Pictures map[string][]byte

// Open gives a picture's bytes.
func (p Pictures) Open(name string) (fs.File, error) {
	base := path.Base(name)
	data, ok := p[base]
	if !ok || !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &pictureFile{bytes.NewReader(data), base}, nil
}

// pictureFile is a file in memory, and what is known of it.
type pictureFile struct {
	*bytes.Reader
	name string
}

func (f *pictureFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *pictureFile) Close() error               { return nil }
func (f *pictureFile) Name() string               { return f.name }
func (f *pictureFile) Mode() fs.FileMode          { return 0o444 }
func (f *pictureFile) ModTime() time.Time         { return time.Time{} }
func (f *pictureFile) IsDir() bool                { return false }
func (f *pictureFile) Sys() any                   { return nil }
