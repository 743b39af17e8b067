package main

import (
	"io/fs"
	"os"
	"path/filepath"

	"communique/render/picture"
)

// folder gives a source the pictures in its folder and below; the system keeps
// it from following a link out of there.
type folder string

// picturesOf is the folder of a source; nil for standard input, which has none.
func picturesOf(file string) fs.FS {
	if file == standard {
		return nil
	}
	return folder(filepath.Dir(file))
}

// Open opens a regular file. Anything else could block, or have no end.
func (f folder) Open(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer root.Close() // the file stays open
	path := filepath.FromSlash(name)
	info, err := root.Stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		err = fs.ErrInvalid
	case err == nil:
		return root.Open(path)
	case f.leaves(root, path):
		err = picture.ErrOutside
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: err}
}

// leaves reports that a path, or a folder on its way, is a link that leads
// somewhere, though the root does not let it.
func (f folder) leaves(root *os.Root, path string) bool {
	for ; path != "."; path = filepath.Dir(path) {
		info, err := root.Lstat(path)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			continue
		}
		_, err = os.Stat(filepath.Join(string(f), path))
		return err == nil
	}
	return false
}
