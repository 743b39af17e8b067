// Command generate writes the CLDR tables of communique: for each language one
// file of formats and one of names, with nothing in them that is not used.
//
//	npm install --prefix DIR cldr-core@48 cldr-dates-full@48 cldr-numbers-full@48 cldr-misc-full@48 cldr-localenames-full@48
//	go run ./locales/cldr/generate DIR/node_modules locales/cldr
//
// The same packages give the same bytes. It covers every language that CLDR
// covers at the level "modern", and the regional variants listed in variants.
// What CLDR says and we do not print is changed in overrides.toml, never here.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
)

// variants are locales that differ from their parent in what we use, beyond
// those that CLDR lists with a coverage level of their own.
var variants = []string{"en-GB", "nb", "pt-PT"}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: generate NODE_MODULES OUTPUT")
	}
	if err := generate(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func generate(modules, out string) error {
	c := cldr{modules: modules}
	locales, err := c.locales()
	if err != nil {
		return err
	}
	// A language is named in every other one if it is a language we cover.
	named := slices.DeleteFunc(slices.Clone(locales), func(l string) bool { return l == "hi-Latn" })
	named = append(named, unLanguages...)
	for _, folder := range []string{"formats", "names"} {
		if err := os.RemoveAll(filepath.Join(out, folder)); err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Join(out, folder), 0o755); err != nil {
			return err
		}
	}
	for _, l := range locales {
		formats, err := c.formats(l)
		if err != nil {
			return fmt.Errorf("%s: formats: %w", l, err)
		}
		names, err := c.names(l, named)
		if err != nil {
			return fmt.Errorf("%s: names: %w", l, err)
		}
		for folder, text := range map[string]string{"formats": formats, "names": names} {
			if err := os.WriteFile(filepath.Join(out, folder, l+".toml"), []byte(text), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
