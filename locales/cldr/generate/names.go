package main

import (
	"slices"
	"strings"
)

// unLanguages are languages of many UDHR and UN texts beyond CLDR's modern
// coverage, so that a menu of languages can name them.
var unLanguages = []string{"bm", "bo", "dv", "dz", "fj", "ff", "ht", "ku", "lb", "mg", "mi", "mt", "ny", "om", "rn", "rw", "sa", "sg", "sm", "sn", "ss", "st", "tg", "tn", "to", "ts", "ug", "ve", "wo", "xh"}

// noTerritories are codes that name no territory, or none that a document means.
var noTerritories = []string{"QO", "XA", "XB", "ZZ"}

func (c cldr) names(locale string, named []string) (string, error) {
	w := &writer{}
	w.comment("Generated from CLDR by locales/cldr/generate. Do not edit: see overrides.toml.")
	characters, err := c.main("cldr-misc-full", locale, "characters.json", "characters")
	if err != nil {
		return "", err
	}
	var all []rune
	for _, set := range []string{"exemplarCharacters", "numbers", "punctuation"} {
		runes, err := unicodeSet(characters.at(set).str())
		if err != nil {
			return "", err
		}
		all = append(all, runes...)
	}
	w.pair("characters", compact(all))

	languages, err := c.main("cldr-localenames-full", locale, "languages.json", "localeDisplayNames", "languages")
	if err != nil {
		return "", err
	}
	patterns, err := c.main("cldr-localenames-full", locale, "localeDisplayNames.json", "localeDisplayNames", "localeDisplayPattern", "localePattern")
	if err != nil {
		return "", err
	}
	w.pair("with-region", patterns.str())
	w.section("languages")
	for _, tag := range languages.keys() {
		if slices.Contains(named, tag) || tag == "zh-Hans" {
			w.pair(tag, languages.at(tag).str())
		}
	}
	territories, err := c.main("cldr-localenames-full", locale, "territories.json", "localeDisplayNames", "territories")
	if err != nil {
		return "", err
	}
	w.section("territories")
	for _, code := range territories.keys() {
		if isTerritory(code) && !slices.Contains(noTerritories, code) {
			w.pair(code, territories.at(code).str())
		}
	}
	return w.String(), nil
}

func isTerritory(code string) bool {
	return len(code) == 2 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
