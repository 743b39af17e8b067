package source

import (
	"cmp"
	"encoding"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"communique/render/diag"
)

// decoder puts the plain values of a file into typed fields. Unlike the
// library's own decoder it goes on after a fault, so that an office is told all
// of them at once.
type decoder struct {
	places *Places
	wrong  []fault
}

type fault struct {
	pos diag.Pos
	err error
}

func (d *decoder) refuse(path, format string, args ...any) {
	d.wrong = append(d.wrong, fault{d.places.Pos(path), d.places.Errorf(path, format, args...)})
}

// faults joins what is wrong, in the order of the file; nil if nothing is.
func (d *decoder) faults() error {
	slices.SortStableFunc(d.wrong, func(a, b fault) int {
		return cmp.Or(cmp.Compare(a.pos.Line, b.pos.Line), cmp.Compare(a.pos.Column, b.pos.Column))
	})
	var list []error
	for _, f := range d.wrong {
		list = append(list, f.err)
	}
	return errors.Join(list...)
}

// value stores v where into points.
func (d *decoder) value(path string, v, into any) {
	d.store(path, v, reflect.ValueOf(into).Elem())
}

func (d *decoder) store(path string, v any, to reflect.Value) {
	if text, ok := to.Addr().Interface().(encoding.TextUnmarshaler); ok {
		d.text(path, v, text)
		return
	}
	switch to.Kind() {
	case reflect.Struct:
		d.fields(path, v, to)
	case reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		d.store(path, v, to.Elem())
	case reflect.Map:
		d.entries(path, v, to)
	case reflect.Slice, reflect.Array:
		d.list(path, v, to)
	case reflect.Interface:
		to.Set(reflect.ValueOf(v))
	default:
		d.scalar(path, v, to)
	}
}

func (d *decoder) text(path string, v any, to encoding.TextUnmarshaler) {
	s, ok := v.(string)
	if !ok {
		d.mismatch(path, v, "text in quotation marks")
		return
	}
	if err := to.UnmarshalText([]byte(s)); err != nil {
		d.refuse(path, "%s: %w", path, err)
	}
}

// fields stores a table in a struct: the tag toml names a field.
func (d *decoder) fields(path string, v any, to reflect.Value) {
	table, ok := v.(map[string]any)
	if !ok {
		d.mismatch(path, v, "a table")
		return
	}
	known := map[string]int{}
	for i := range to.NumField() {
		if tag := to.Type().Field(i).Tag.Get("toml"); tag != "" && tag != "-" {
			known[tag] = i
		}
	}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		i, ok := known[key]
		if !ok {
			d.unknown(join(path, key), key, slices.Sorted(maps.Keys(known)))
			continue
		}
		d.store(join(path, key), table[key], to.Field(i))
	}
}

func (d *decoder) unknown(path, key string, known []string) {
	hint := "expected one of " + strings.Join(known, ", ")
	if near := diag.Nearest(key, known); near != "" {
		hint = "did you mean " + near + "?"
	}
	d.refuse(path, "unknown key %q: %s", path, hint)
}

func (d *decoder) entries(path string, v any, to reflect.Value) {
	table, ok := v.(map[string]any)
	if !ok {
		d.mismatch(path, v, "a table")
		return
	}
	if to.IsNil() {
		to.Set(reflect.MakeMap(to.Type()))
	}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		entry := reflect.New(to.Type().Elem()).Elem()
		d.store(join(path, key), table[key], entry)
		to.SetMapIndex(reflect.ValueOf(key), entry)
	}
}

// list stores an array: a slice takes any number of items, an array exactly its own.
func (d *decoder) list(path string, v any, to reflect.Value) {
	items, ok := v.([]any)
	switch {
	case !ok:
		d.mismatch(path, v, "a list in square brackets")
		return
	case to.Kind() == reflect.Slice:
		to.Set(reflect.MakeSlice(to.Type(), len(items), len(items)))
	case len(items) != to.Len():
		d.refuse(path, "%s has %d values: expected %d", path, len(items), to.Len())
		return
	}
	for i, item := range items {
		d.store(fmt.Sprintf("%s[%d]", path, i), item, to.Index(i))
	}
}

func (d *decoder) scalar(path string, v any, to reflect.Value) {
	switch to.Kind() {
	case reflect.String:
		if s, ok := v.(string); ok {
			to.SetString(s)
			return
		}
		d.mismatch(path, v, "text in quotation marks")
	case reflect.Bool:
		if b, ok := v.(bool); ok {
			to.SetBool(b)
			return
		}
		d.mismatch(path, v, "true or false")
	case reflect.Int:
		if n, ok := v.(int64); ok {
			to.SetInt(n)
			return
		}
		d.mismatch(path, v, "a whole number")
	case reflect.Float64:
		switch n := v.(type) {
		case int64:
			to.SetFloat(float64(n))
			return
		case float64:
			to.SetFloat(n)
			return
		}
		d.mismatch(path, v, "a number")
	default:
		panic("source: no way to decode into " + to.Type().String())
	}
}

func (d *decoder) mismatch(path string, v any, expected string) {
	found := "a value of another sort"
	switch v := v.(type) {
	case string:
		found = fmt.Sprintf("the text %q", v)
	case int64, float64:
		found = fmt.Sprintf("the number %v", v)
	case bool:
		found = fmt.Sprintf("%v", v)
	case []any:
		found = "a list"
	case map[string]any:
		found = "a table"
	}
	d.refuse(path, "%s is %s: expected %s", path, found, expected)
}
