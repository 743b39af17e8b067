package site

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"

	"communique/render/doc"
	"communique/render/locale"
)

// tongue is one language of the pages: its locale, and how it names others.
type tongue struct {
	tag  string
	loc  *locale.Locale
	dir  string
	name string // the office's
	zone *time.Location
	// names are the languages that have a locale, by their tag.
	names func() map[string]ownName
}

// ownName is a language's name for itself, and its place in the order of the page's language.
type ownName struct {
	name, dir string
	key       []byte
}

func newTongue(loc *locale.Locale, all *locale.Catalog, s Site) *tongue {
	t := &tongue{tag: loc.Tag(), loc: loc, dir: loc.Direction().String(), name: clean(s.Name), zone: s.Zone}
	if own := clean(s.Names[t.tag]); own != "" {
		t.name = own
	}
	t.names = sync.OnceValue(func() map[string]ownName {
		names := map[string]ownName{}
		for _, tag := range all.Tags() {
			l := all.Get(tag)
			name, _ := l.Language(tag)
			names[tag] = ownName{name, l.Direction().String(), loc.SortKey(name)}
		}
		return names
	})
	return t
}

// word gives a message without variables.
func (t *tongue) word(key string) string {
	s, _ := t.loc.Word(key, nil)
	return s
}

// say fills a message in. Texts are isolated from it (UAX #9, FSI and PDI).
func (t *tongue) say(key string, args map[string]any) string {
	for name, value := range args {
		if text, ok := value.(string); ok {
			args[name] = isolate(text)
		}
	}
	s, _ := t.loc.Word(key, args)
	return s
}

// count is a message in the plural form of a number.
func (t *tongue) count(key string, n int) string {
	s, _ := t.loc.Count(key, n, nil)
	return s
}

// number is a message around a number in the language's digits, such as a year's.
func (t *tongue) number(key, variable string, n int) string {
	s, _ := t.loc.Word(key, map[string]any{variable: n})
	return s
}

// language names a language: by itself if there is a locale, else by the page's language, else by its tag.
func (t *tongue) language(tag string) ownName {
	if n, ok := t.names()[tag]; ok {
		return n
	}
	name, ok := t.loc.LanguageInText(tag)
	if !ok {
		name = clean(tag)
	}
	return ownName{name, t.dir, t.loc.SortKey(name)}
}

// list enumerates languages, as in running text.
func (t *tongue) list(tags []string) string {
	sorted := t.sorted(tags)
	names := make([]string, len(sorted))
	for i, tag := range sorted {
		name, ok := t.loc.LanguageInText(tag)
		if !ok {
			name = clean(tag)
		}
		names[i] = name
	}
	return t.loc.List(names)
}

// sorted puts languages in the order of their names, as the page's language sorts.
func (t *tongue) sorted(tags []string) []string {
	out := slices.Clone(tags)
	slices.Sort(out)
	out = slices.Compact(out)
	slices.SortStableFunc(out, func(a, b string) int { return bytes.Compare(t.language(a).key, t.language(b).key) })
	return out
}

// choice is a link in a list of alternatives. Lang is the language of its name.
type choice struct {
	URL, Name, Lang, Dir string
	// Hreflang is the language of what the link leads to; Current is what the reader has chosen.
	Hreflang string
	Current  bool
}

// choices are links to languages, each named by itself.
func (t *tongue) choices(tags []string, address func(tag string) string) []choice {
	var out []choice
	for _, tag := range t.sorted(tags) {
		n := t.language(tag)
		c := choice{URL: address(tag), Name: n.name, Dir: n.dir}
		if wellFormed(tag) {
			c.Lang, c.Hreflang = tag, tag
		}
		out = append(out, c)
	}
	return out
}

// moment is a day or an instant: for readers, and for machines.
type moment struct{ Text, Machine string }

func (t *tongue) day(d time.Time) moment {
	if d.IsZero() {
		return moment{}
	}
	return moment{t.loc.Date(d), d.Format(time.DateOnly)}
}

// instant is a day and time in a zone, which is named; nil is the office's.
func (t *tongue) instant(at time.Time, zone *time.Location) moment {
	if at.IsZero() {
		return moment{}
	}
	at = at.In(cmp.Or(zone, t.zone))
	text, _ := t.loc.Word("bracketed", map[string]any{"Name": t.loc.DateTime(at), "More": t.zoneName(at)})
	return moment{text, at.Format(time.RFC3339)}
}

// zoneName is the offset of an instant from UTC, and the zone's name, always from left to right.
func (t *tongue) zoneName(at time.Time) string {
	name := "UTC" + strings.TrimSuffix(at.Format("-07:00"), "+00:00")
	if zone := at.Location().String(); zone != "UTC" && zone != "" {
		name += ", " + strings.ReplaceAll(zone, "_", " ")
	}
	if t.loc.Direction() == doc.RightToLeft {
		name = "\u2066" + name + "\u2069"
	}
	return name
}

// size is the size of a file, rounded up: nobody is surprised by more.
func (t *tongue) size(n int64) string {
	const kilo, mega = 1000, 1000 * 1000
	switch {
	case n < kilo:
		return t.count("site-bytes", int(n))
	case n < mega-kilo:
		return t.measure("site-kilobytes", strconv.FormatInt((n+kilo-1)/kilo, 10))
	}
	tenths := (n + mega/10 - 1) / (mega / 10)
	return t.measure("site-megabytes", strconv.FormatInt(tenths/10, 10)+"."+strconv.FormatInt(tenths%10, 10))
}

func (t *tongue) measure(key, decimal string) string {
	s, _ := t.loc.Word(key, map[string]any{"Number": t.loc.Number(decimal)})
	return s
}

// wellFormed tells a tag that an attribute may hold.
func wellFormed(tag string) bool {
	_, err := language.Parse(tag)
	return err == nil
}
