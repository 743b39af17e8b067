package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

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

// groupInputs puts the languages of a publication together (slug.en.md and
// slug.fr.md in one folder), so that they can name each other; groups stand
// in the order of their first files.
func groupInputs(files []string) [][]string {
	var groups [][]string
	at := map[string]int{}
	for _, file := range files {
		key := slug(file)
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], file)
	}
	return groups
}

// slug is a file's path without ".lang.md", or the whole of it if it has no such ending.
func slug(file string) string {
	base := strings.TrimSuffix(file, filepath.Ext(file))
	if lang := filepath.Ext(base); len(lang) > 2 {
		return strings.TrimSuffix(filepath.Clean(base), lang)
	}
	return filepath.Clean(file)
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
		sources[i] = render.Source{Name: file, Data: data}
	}
	return sources, nil
}
