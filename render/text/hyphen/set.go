package hyphen

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// Set is the dictionaries of a folder: files named by BCP 47 tags, such as
// en-US.txt. A file is read when a text first needs it, once. It is safe for
// concurrent use.
type Set struct {
	fsys  fs.FS
	mu    sync.Mutex
	found map[string]*entry // by file name; as many as the folder has files
}

type entry struct {
	dictionary *Dictionary
	err        error
}

// Open lists the folder.
func Open(fsys fs.FS) (*Set, error) {
	files, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return nil, fmt.Errorf("hyphenation: %w", err)
	}
	s := &Set{fsys: fsys, found: make(map[string]*entry, len(files))}
	for _, f := range files {
		s.found[f] = nil
	}
	return s, nil
}

// Language is the dictionary for a tag, or for the longest part of it that has
// one; nil if there is none. The error names the file.
func (s *Set) Language(tag string) (*Dictionary, error) {
	for {
		if file := tag + ".txt"; s.has(file) {
			return s.read(file)
		}
		i := strings.LastIndexByte(tag, '-')
		if i < 0 {
			return nil, nil
		}
		tag = tag[:i]
	}
}

// Check reads every file.
func (s *Set) Check() error {
	var errs []error
	s.mu.Lock()
	files := make([]string, 0, len(s.found))
	for f := range s.found {
		files = append(files, f)
	}
	s.mu.Unlock()
	for _, f := range files {
		_, err := s.read(f)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func (s *Set) has(file string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.found[file]
	return ok
}

func (s *Set) read(file string) (*Dictionary, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.found[file]
	if e == nil {
		e = &entry{}
		src, err := fs.ReadFile(s.fsys, file)
		if err == nil {
			e.dictionary, err = Parse(string(src))
		}
		if err != nil {
			e.err = fmt.Errorf("hyphenation: %s: %w", file, err)
		}
		s.found[file] = e
	}
	return e.dictionary, e.err
}
