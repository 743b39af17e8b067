// Package kind owns document kinds: what metadata a statement or a release
// must carry and how it is labelled. Kinds are files in templates/kinds; the
// package reads them and must never know a kind by name.
package kind

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"communique/render/source"
)

// Kind is one kind of document.
type Kind struct {
	// Name is the file's name without its ending.
	Name string `toml:"-"`
	// Label is the message key of the label above the headline; empty for none.
	Label string `toml:"label"`
	// Required lists front matter keys that a document must carry besides title.
	Required []string `toml:"required"`
	// Schema is the schema.org type of the web page.
	Schema string `toml:"schema"`
}

// Default is the kind of a document that names none.
const Default = "statement"

// Set is the kinds of a templates folder.
type Set struct {
	byName map[string]*Kind
	names  []string
}

// Load reads kinds/*.toml in the templates folder. An error names file and line.
func Load(templates fs.FS) (*Set, error) {
	files, err := fs.Glob(templates, "kinds/*.toml")
	if err != nil {
		return nil, err
	}
	s := &Set{byName: map[string]*Kind{}}
	for _, f := range files {
		k := &Kind{Name: strings.TrimSuffix(path.Base(f), ".toml")}
		if err := source.TOML(templates, f, k); err != nil {
			return nil, err
		}
		s.byName[k.Name] = k
		s.names = append(s.names, k.Name)
	}
	slices.Sort(s.names)
	if s.byName[Default] == nil {
		return nil, fmt.Errorf("kinds: there is no file %s.toml", Default)
	}
	return s, nil
}

// Get finds a kind; the empty name is the default.
func (s *Set) Get(name string) (*Kind, bool) {
	if name == "" {
		name = Default
	}
	k, ok := s.byName[name]
	return k, ok
}

// Names lists the kinds.
func (s *Set) Names() []string { return s.names }
