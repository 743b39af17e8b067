package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"communique/render"
)

// standard is the name of standard input and output.
const standard = "-"

// checkInputs refuses files that cannot be read, before anything is done.
func checkInputs(command string, files []string) error {
	if len(files) == 0 {
		return &usageError{command + " needs at least one file, or - for standard input.", "For example: " + command + " statement.en.md"}
	}
	for i, file := range files {
		if j := slices.IndexFunc(files[:i], func(o string) bool { return filepath.Clean(o) == filepath.Clean(file) }); j >= 0 {
			return &usageError{file + " is given twice.", ""}
		}
		if file == standard {
			if len(files) > 1 {
				return &usageError{"standard input (-) cannot be combined with files.", "Render them in two calls."}
			}
			continue
		}
		if err := readable(file); err != nil {
			return err
		}
	}
	return nil
}

func readable(file string) error {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return &usageError{"there is no file " + file + ".", ""}
	}
	if err != nil {
		return &usageError{err.Error() + ".", ""}
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return &usageError{file + " is a folder.", "Name its files: " + filepath.Join(file, "*.md")}
	}
	return nil
}

// groupInputs puts the languages of a publication together, so that they can
// name each other; groups stand in the order of their first files.
func groupInputs(r *render.Renderer, files []string) ([][]string, error) {
	if len(files) == 1 {
		return [][]string{files}, nil
	}
	heads := make([]render.Source, len(files))
	for i, file := range files {
		head, err := readHead(file)
		if err != nil {
			return nil, fmt.Errorf("reading: %w", err)
		}
		heads[i] = render.Source{Name: file, Data: head}
	}
	var groups [][]string
	for _, work := range r.Works(heads) {
		group := make([]string, len(work))
		for i, n := range work {
			group[i] = files[n]
		}
		groups = append(groups, group)
	}
	return groups, nil
}

// readHead reads as much of a file as tells which publication it belongs to. A pipe
// can be read once only, by whoever renders it: its name must do.
func readHead(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() {
		return nil, err
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, render.FrontMatter))
}

// readSources reads the files of a group.
func readSources(files []string, stdin io.Reader) ([]render.Source, error) {
	sources := make([]render.Source, len(files))
	for i, file := range files {
		var data []byte
		var err error
		if file == standard {
			data, err = io.ReadAll(stdin)
		} else {
			data, err = os.ReadFile(file)
		}
		if err != nil {
			return nil, fmt.Errorf("reading: %w", err)
		}
		sources[i] = render.Source{Name: file, Data: data, Files: picturesOf(file)}
	}
	return sources, nil
}
