package theme

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"communique/render/diag"
	"communique/render/picture"
	"communique/render/source"
)

// Set is the themes of a templates folder.
type Set struct {
	byName map[string]*Theme
	names  []string
}

// Default is the theme used when none is named.
const Default = "official"

// Get finds a theme; the empty name is the default.
func (s *Set) Get(name string) (*Theme, bool) {
	if name == "" {
		name = Default
	}
	t, ok := s.byName[name]
	return t, ok
}

// Names lists the themes.
func (s *Set) Names() []string { return s.names }

// Load reads every folder of themes/ in the templates folder. The error joins
// everything that is wrong, each with file, line and column.
func Load(templates fs.FS) (*Set, error) {
	dirs, err := fs.ReadDir(templates, "themes")
	if err != nil {
		return nil, fmt.Errorf("themes: %w", err)
	}
	l := &loader{fs: templates, byName: map[string]*Theme{}, open: map[string]bool{}}
	for _, d := range dirs {
		if d.IsDir() {
			l.names = append(l.names, d.Name())
		}
	}
	slices.Sort(l.names)
	for _, name := range l.names {
		l.theme(name)
	}
	if !slices.Contains(l.names, Default) {
		l.fail(fmt.Errorf("themes: there is no folder %q", Default))
	}
	if err := errors.Join(l.wrong...); err != nil {
		return nil, err
	}
	return &Set{l.byName, l.names}, nil
}

// Check tells which themes want fonts that are not there: family reports whether
// there is one of a name.
func (s *Set) Check(family func(name string) bool) error {
	var wrong []error
	for _, name := range s.names {
		f := &s.byName[name].Fonts
		for _, font := range []string{f.Text, f.Mono} {
			if !family(font) {
				wrong = append(wrong, fmt.Errorf("themes/%s/theme.toml: there is no font %q: expected the name of a folder of fonts/", name, font))
			}
		}
	}
	return errors.Join(wrong...)
}

// loader reads themes, those that others extend first.
type loader struct {
	fs     fs.FS
	names  []string
	byName map[string]*Theme // nil for one that is wrong
	open   map[string]bool   // being read: to be extended by itself would never end
	wrong  []error
}

func (l *loader) fail(err error) {
	if err != nil {
		l.wrong = append(l.wrong, err)
	}
}

// theme reads a theme once; nil when it is wrong, which has been told.
func (l *loader) theme(name string) *Theme {
	if t, done := l.byName[name]; done {
		return t
	}
	l.open[name] = true
	t, err := l.read(name)
	delete(l.open, name)
	l.fail(err)
	if err != nil {
		t = nil
	}
	l.byName[name] = t
	return t
}

// read reads a theme over the one that it extends.
func (l *loader) read(name string) (*Theme, error) {
	file := path.Join("themes", name, "theme.toml")
	t := &Theme{}
	places, err := source.Decode(l.fs, file, t) // to know what it extends, and what is wrong
	if places == nil {
		return nil, err
	}
	if t.Extends != "" {
		base, wrong := l.base(t.Extends, places)
		if base == nil {
			return nil, errors.Join(err, wrong)
		}
		inherited := *base
		inherited.Description = ""
		t = &inherited
		_, err = source.Decode(l.fs, file, t)
	}
	t.Name = name
	wrong := append([]error{err}, t.check(places)...)
	return t, errors.Join(append(wrong, l.files(t, places)...)...)
}

// base is the theme that another extends; nil and an error when it cannot be,
// nil alone when it is wrong itself.
func (l *loader) base(name string, places *source.Places) (*Theme, error) {
	switch {
	case l.open[name]:
		return nil, places.Errorf("extends", "extends is %q, which extends this theme in turn: expected another theme", name)
	case !slices.Contains(l.names, name):
		hint := "expected one of " + strings.Join(l.names, ", ")
		if near := diag.Nearest(name, l.names); near != "" {
			hint = "did you mean " + near + "?"
		}
		return nil, places.Errorf("extends", "extends is %q, which is no theme: %s", name, hint)
	}
	return l.theme(name), nil
}

// files reads the shell, the style sheet and the logo: the theme's own, or else
// those of the theme that it extends.
func (l *loader) files(t *Theme, places *source.Places) (wrong []error) {
	dir := path.Join("themes", t.Name)
	for _, f := range []struct {
		name string
		to   *string
	}{{"page.html", &t.Shell}, {"style.css", &t.Sheet}} {
		b, err := fs.ReadFile(l.fs, path.Join(dir, f.name))
		switch {
		case err == nil:
			*f.to = string(b)
		case !errors.Is(err, fs.ErrNotExist) || *f.to == "":
			wrong = append(wrong, err)
		}
	}
	return append(wrong, l.logo(t, dir, places)...)
}

// logo reads the logo that this theme names; an inherited one is read already.
func (l *loader) logo(t *Theme, dir string, places *source.Places) []error {
	if !places.Has("logo.file") {
		return nil
	}
	if t.Logo.File == "" {
		t.Logo = Logo{} // without the logo of the other theme
		return nil
	}
	data, err := fs.ReadFile(l.fs, path.Join(dir, t.Logo.File))
	if err != nil {
		return []error{places.Errorf("logo.file", "logo.file is %q: there is no such file in %s", t.Logo.File, dir)}
	}
	if !drawable(data) {
		return []error{places.Errorf("logo.file", "logo.file is %q: expected a PNG, JPEG or WebP picture", t.Logo.File)}
	}
	if _, err := picture.Decode(data); err != nil {
		return []error{places.Errorf("logo.file", "logo.file is %q: %v", t.Logo.File, err)}
	}
	t.Logo.Data = data
	return nil
}

// drawable reports whether a file begins as a PNG, JPEG or WebP picture does.
func drawable(b []byte) bool {
	s := string(b[:min(len(b), 12)])
	return strings.HasPrefix(s, "\x89PNG\r\n\x1a\n") || strings.HasPrefix(s, "\xff\xd8\xff") ||
		strings.HasPrefix(s, "RIFF") && strings.HasSuffix(s, "WEBP")
}
