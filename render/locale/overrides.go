package locale

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"reflect"

	"communique/render/source"
)

// override is one editorial change to a CLDR table.
type override struct {
	Locale string  `toml:"locale"`
	Reason string  `toml:"reason"`
	Set    formats `toml:"set"`
	// Territories are names of countries and territories, by their ISO 3166-1 codes.
	Territories map[string]string `toml:"territories"`
}

// readOverrides reads cldr/overrides.toml, by table name.
func readOverrides(locales fs.FS) (map[string][]override, error) {
	const file = "cldr/overrides.toml"
	var f struct {
		Override []override `toml:"override"`
	}
	if err := source.TOML(locales, file, &f); err != nil {
		return nil, err
	}
	out := map[string][]override{}
	for i, o := range f.Override {
		if o.Locale == "" || o.Reason == "" {
			return nil, fmt.Errorf("%s: override %d: locale and reason are required", file, i+1)
		}
		if _, err := fs.Stat(locales, path.Join("cldr/formats", o.Locale+".toml")); err != nil {
			return nil, fmt.Errorf("%s: override %d: there is no table %q", file, i+1, o.Locale)
		}
		out[o.Locale] = append(out[o.Locale], o)
	}
	return out, nil
}

// overlay copies what is set in the change over the table.
func overlay(table, change *formats) {
	overlayValue(reflect.ValueOf(table).Elem(), reflect.ValueOf(change).Elem())
}

func overlayValue(to, from reflect.Value) {
	switch {
	case from.IsZero():
	case from.Kind() == reflect.Struct:
		for i := range from.NumField() {
			overlayValue(to.Field(i), from.Field(i))
		}
	case from.Kind() == reflect.Map && !to.IsNil():
		overlayMap(to, from)
	default:
		to.Set(from)
	}
}

// overlayMap overlays entry by entry, so that one sign of a numbering system
// can be changed alone.
func overlayMap(to, from reflect.Value) {
	for key := range maps.Collect(from.Seq2()) {
		entry := reflect.New(to.Type().Elem()).Elem()
		if old := to.MapIndex(key); old.IsValid() {
			entry.Set(old)
		}
		overlayValue(entry, from.MapIndex(key))
		to.SetMapIndex(key, entry)
	}
}
