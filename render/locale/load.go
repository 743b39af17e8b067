package locale

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"communique/render/source"
)

// Catalog is the languages of a locales folder. It never changes and is safe
// for concurrent use.
type Catalog struct {
	locales map[string]*Locale
	tags    []string
	zones   *zones
}

// settings is the section of a language's file that is not words.
type settings struct {
	// CLDR names the table to use when it is not the language's own: "en-GB".
	CLDR string
	// Numbering is the numbering system ("latn", "arab") when it is not CLDR's choice.
	Numbering string
}

// Load reads the languages of a locales folder: <tag>.toml for the words,
// cldr/ for the rest. It fails on whatever is wrong with them and names file
// and line; names of languages and territories are read when they are first
// asked for (see Check).
func Load(locales fs.FS) (*Catalog, error) {
	files, err := fs.Glob(locales, "*.toml")
	if err != nil {
		return nil, err
	}
	overrides, err := readOverrides(locales)
	if err != nil {
		return nil, err
	}
	english, err := readWords(locales, fallback+".toml", nil)
	if err != nil {
		return nil, err
	}
	read := make([]*Locale, len(files))
	wrong := make([]error, len(files))
	var wait sync.WaitGroup
	for i, file := range files {
		wait.Go(func() { read[i], wrong[i] = readLocale(locales, file, english, overrides) })
	}
	wait.Wait()
	c := &Catalog{locales: map[string]*Locale{}, zones: newZones(locales)}
	for i, l := range read {
		if wrong[i] != nil { // the first in the order of the files
			return nil, wrong[i]
		}
		c.locales[l.tag] = l
	}
	c.tags = slices.Sorted(maps.Keys(c.locales))
	return c, nil
}

// Get finds a language by its exact tag; nil if there is none.
func (c *Catalog) Get(tag string) *Locale { return c.locales[tag] }

// Tags lists the languages, sorted.
func (c *Catalog) Tags() []string { return slices.Clone(c.tags) }

// Check reads what Load leaves for later, and says what is wrong with it.
func (c *Catalog) Check() error {
	var errs []error
	for _, tag := range c.tags {
		_, err := c.locales[tag].names()
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// readLocale reads the file of a language and its table.
func readLocale(locales fs.FS, file string, english *words, overrides map[string][]override) (*Locale, error) {
	w := english
	if file != fallback+".toml" {
		var err error
		if w, err = readWords(locales, file, english); err != nil {
			return nil, err
		}
	}
	l, err := newLocale(locales, file, w, overrides)
	if err != nil {
		return nil, err
	}
	l.english = english
	return l, nil
}

// newLocale completes a language's words with its CLDR table.
func newLocale(locales fs.FS, file string, w *words, overrides map[string][]override) (*Locale, error) {
	table, err := findTable(locales, file, w)
	if err != nil {
		return nil, err
	}
	l := &Locale{tag: w.tag.String(), words: w}
	tableFile := path.Join("cldr/formats", table+".toml")
	if err := source.TOML(locales, tableFile, &l.formats); err != nil {
		return nil, err
	}
	for _, o := range overrides[table] {
		overlay(&l.formats, &o.Set)
	}
	script, _ := w.tag.Script()
	l.script = script.String()
	if l.script != l.formats.Script {
		return nil, fmt.Errorf("%s: the language is written in %s, but %s is for %s", file, l.script, tableFile, l.formats.Script)
	}
	if s := w.settings.Numbering; s != "" {
		if _, ok := l.formats.Numbers.Systems[s]; !ok {
			return nil, fmt.Errorf("%s: setting \"numbering\": there is no numbering system %q in %s", file, s, tableFile)
		}
		l.formats.Numbers.System = s
	}
	if l.dates, err = compileDates(&l.formats.Dates); err != nil {
		return nil, fmt.Errorf("%s: %w", tableFile, err)
	}
	if l.numbers, err = compileNumbers(&l.formats.Numbers); err != nil {
		return nil, fmt.Errorf("%s: %w", tableFile, err)
	}
	l.names = sync.OnceValues(func() (names, error) {
		var n names
		err := source.TOML(locales, path.Join("cldr/names", table+".toml"), &n)
		for _, o := range overrides[table] {
			if err == nil {
				maps.Copy(n.Territories, o.Territories)
			}
		}
		return n, err
	})
	return l, nil
}

// findTable names the CLDR table of a language: the one it asks for, else its
// own, else that of the nearest parent ("zh-Hans" is "zh", "fr-BE" is "fr").
func findTable(locales fs.FS, file string, w *words) (string, error) {
	candidates := []string{w.settings.CLDR}
	if w.settings.CLDR == "" {
		candidates = candidates[:0]
		for t := w.tag; t != language.Und; t = t.Parent() {
			candidates = append(candidates, t.String())
		}
		base, _ := w.tag.Base()
		candidates = append(candidates, base.String())
	}
	for _, t := range candidates {
		if _, err := fs.Stat(locales, path.Join("cldr/formats", t+".toml")); err == nil {
			return t, nil
		}
	}
	return "", fmt.Errorf("%s: there is no CLDR table for it: looked for cldr/formats/{%s}.toml; write [settings] cldr = \"...\" to use another language's formats", file, strings.Join(candidates, ","))
}
