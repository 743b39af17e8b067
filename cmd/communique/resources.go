package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"communique/fonts"
	"communique/locales"
	"communique/render"
	"communique/templates"
)

// folders are the caller's own resource folders; empty for none.
type folders struct{ fonts, locales, templates string }

func (f *folders) flags(set *pflag.FlagSet) {
	set.StringVar(&f.fonts, "fonts", "", "`folder` of fonts, taken before the built-in ones")
	set.StringVar(&f.locales, "locales", "", "`folder` of languages, taken before the built-in ones")
	set.StringVar(&f.templates, "templates", "", "`folder` of kinds and themes, taken before the built-in ones")
	fromEnvironment(set)
}

// resources are the folders that a renderer reads.
type resources struct{ fonts, locales, templates fs.FS }

// open lays the caller's folders, from flags or else the environment, over the built-in ones.
func (f *folders) open() (resources, error) {
	var r resources
	var wrong error
	for _, row := range []struct {
		name, given string
		builtIn     fs.FS
		to          *fs.FS
		// marks are patterns of which the folder must match one, or it is not what it is taken for.
		marks []string
	}{
		{"fonts", f.fonts, fonts.FS, &r.fonts, []string{"*/family.toml"}},
		{"locales", f.locales, locales.FS, &r.locales, []string{"*.toml", "cldr"}},
		{"templates", f.templates, templates.FS, &r.templates, []string{"kinds", "themes"}},
	} {
		*row.to = row.builtIn
		if row.given == "" {
			continue
		}
		own := os.DirFS(row.given)
		if err := recognise(own, row.given, row.name, row.marks); err != nil {
			wrong = cmp.Or(wrong, err)
			continue
		}
		*row.to = layered{own, row.builtIn}
	}
	return r, wrong
}

// recognise refuses a folder that is none, or holds nothing of its sort.
func recognise(own fs.FS, given, name string, marks []string) error {
	if info, err := os.Stat(given); err != nil || !info.IsDir() {
		return &usageError{fmt.Sprintf("%s: there is no folder %s.", name, given), ""}
	}
	for _, mark := range marks {
		if found, err := fs.Glob(own, mark); err == nil && len(found) > 0 {
			return nil
		}
	}
	return &usageError{fmt.Sprintf("%s: the folder %s holds no %s.", name, given, strings.Join(marks, " and no ")), ""}
}

// renderer makes a renderer. What is wrong in the caller's folders is wrong
// usage; in the built-in ones it is our fault.
func (f *folders) renderer(r resources, workers int) (*render.Renderer, error) {
	made, err := render.New(render.Options{Fonts: r.fonts, Locales: r.locales, Templates: r.templates, Version: programVersion(), Workers: workers})
	if err == nil {
		return made, nil
	}
	var own []string
	for name, folder := range map[string]fs.FS{"fonts": r.fonts, "locales": r.locales, "templates": r.templates} {
		if _, ok := folder.(layered); ok && strings.HasPrefix(err.Error(), name+":") {
			own = append(own, name)
		}
	}
	if len(own) == 0 {
		return nil, fmt.Errorf("built-in resources: %w", err)
	}
	return nil, &usageError{err.Error() + ".", "The file is in your own folder of " + own[0] + ", or missing there and in the built-in one."}
}

// layered is a folder over another: its files hide those of the same path below.
type layered struct{ upper, lower fs.FS }

// Open opens a file of the upper folder, or else of the lower.
func (l layered) Open(name string) (fs.File, error) {
	f, err := l.upper.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return l.lower.Open(name)
	}
	return f, err
}

// ReadDir lists the entries of both, sorted by name.
func (l layered) ReadDir(name string) ([]fs.DirEntry, error) {
	upper, errUpper := fs.ReadDir(l.upper, name)
	lower, errLower := fs.ReadDir(l.lower, name)
	if errUpper != nil && (errLower != nil || !errors.Is(errUpper, fs.ErrNotExist)) {
		return nil, errUpper
	}
	return mergeEntries(upper, lower), nil
}

// mergeEntries merges two sorted lists; of two entries of one name the first list's wins.
func mergeEntries(upper, lower []fs.DirEntry) []fs.DirEntry {
	var out []fs.DirEntry
	for len(upper) > 0 && len(lower) > 0 {
		switch c := strings.Compare(upper[0].Name(), lower[0].Name()); {
		case c > 0:
			out, lower = append(out, lower[0]), lower[1:]
		case c < 0:
			out, upper = append(out, upper[0]), upper[1:]
		default:
			out, upper, lower = append(out, upper[0]), upper[1:], lower[1:]
		}
	}
	return append(append(out, upper...), lower...)
}
