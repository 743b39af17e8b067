package main

import (
	"io/fs"
	"os"
	"path/filepath"

	"communique/render/picture"
)

// folder gives a source the pictures in its folder and below; the kernel keeps
// it from following a link out of there.
type folder struct{ root *os.Root }

// picturesOf opens the folder of a source; nil for standard input, which has none.
func picturesOf(file string) (*folder, error) {
	if file == standard {
		return nil, nil
	}
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	return &folder{root}, nil
}

// Open opens a regular file. Anything else could block, or have no end.
func (f *folder) Open(name string) (fs.File, error) {
	path := filepath.FromSlash(name)
	info, err := f.root.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if err == nil {
		file, err := f.root.Open(path)
		if err == nil {
			return file, nil
		}
		return nil, err
	}
	if f.leaves(path) {
		err = picture.ErrOutside
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: err}
}

// leaves reports that a path, or a folder on its way, is a link and leads somewhere
// though the folder's root does not let it.
func (f *folder) leaves(path string) bool {
	for ; path != "."; path = filepath.Dir(path) {
		info, err := f.root.Lstat(path)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			continue
		}
		_, err = os.Stat(filepath.Join(f.root.Name(), path))
		return err == nil
	}
	return false
}

func (f *folder) close() error { return f.root.Close() }
