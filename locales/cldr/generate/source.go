package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// cldr reads the npm packages cldr-*-full.
type cldr struct{ modules string }

// node is a piece of CLDR's JSON.
type node struct {
	value any
	path  string
}

func (c cldr) read(pkg, file string) (node, error) {
	path := filepath.Join(c.modules, pkg, filepath.FromSlash(file))
	b, err := os.ReadFile(path)
	if err != nil {
		return node{}, err
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return node{}, fmt.Errorf("%s: %w", path, err)
	}
	return node{v, path}, nil
}

func (c cldr) main(pkg, locale, file string, keys ...string) (node, error) {
	n, err := c.read(pkg, "main/"+locale+"/"+file)
	if err != nil {
		return node{}, err
	}
	return n.at(append([]string{"main", locale}, keys...)...), nil
}

func (n node) at(keys ...string) node {
	for _, k := range keys {
		m, _ := n.value.(map[string]any)
		n = node{m[k], n.path + " " + k}
	}
	return n
}

func (n node) exists() bool { return n.value != nil }

// str is the text of the node. A missing one would print nonsense in a whole
// language, so it stops the generator.
func (n node) str() string {
	s, ok := n.value.(string)
	if !ok {
		panic("no text at " + n.path)
	}
	return s
}

func (n node) keys() []string {
	m, _ := n.value.(map[string]any)
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (c cldr) locales() ([]string, error) {
	n, err := c.read("cldr-core", "coverageLevels.json")
	if err != nil {
		return nil, err
	}
	out := slices.Clone(variants)
	levels := n.at("coverageLevels")
	for _, l := range levels.keys() {
		if levels.at(l).str() == "modern" {
			out = append(out, l)
		}
	}
	slices.Sort(out)
	return out, nil
}

// script is the ISO 15924 code of a locale's writing, by likely subtags.
func (c cldr) script(locale string) (string, error) {
	for _, part := range strings.Split(locale, "-") {
		if len(part) == 4 {
			return part, nil
		}
	}
	n, err := c.read("cldr-core", "supplemental/likelySubtags.json")
	if err != nil {
		return "", err
	}
	likely := n.at("supplemental", "likelySubtags")
	for _, key := range []string{locale, strings.Split(locale, "-")[0]} {
		if l := likely.at(key); l.exists() {
			return strings.Split(l.str(), "-")[1], nil
		}
	}
	return "", fmt.Errorf("no likely script for %s", locale)
}
