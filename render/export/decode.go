package export

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"communique/render/doc"
)

// decoder fills a document from a JSON tree.
type decoder struct {
	err error
	// targets are what references can point at; pending are the references.
	targets map[target]reflect.Value
	pending []reference
	// counts are how many things of a type have been met that are referred to by number.
	counts map[reflect.Type]int
}

// target is a thing by its type, the field that names it, and its name.
type target struct {
	typ       reflect.Type
	key, name string
}

type reference struct {
	path string
	to   target
	set  reflect.Value
}

// fail keeps the first mistake; path is where it is.
func (r *decoder) fail(path, format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%s %s", strings.TrimPrefix(path, "."), fmt.Sprintf(format, args...))
	}
}

// fields fills a struct. A property that it does not have is a mistake: it would be lost.
func (r *decoder) fields(path string, v reflect.Value, tree map[string]any) {
	list := fieldsOf(v.Type())
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		i := slices.IndexFunc(list, func(f field) bool { return f.name == name })
		if i < 0 {
			r.fail(path+"."+name, "is not known")
			return
		}
	}
	if numbered(v.Type()) {
		r.counts[v.Type()]++
		r.targets[target{v.Type(), ordinal, strconv.Itoa(r.counts[v.Type()])}] = v.Addr()
	}
	for _, f := range list { // in the order of the file, for the sake of numbers
		if in, ok := tree[f.name]; ok {
			r.value(path+"."+f.name, v.FieldByIndex(f.index), in, f.key)
		}
	}
	if !v.CanAddr() {
		return
	}
	for _, key := range slices.Compact(slices.Sorted(maps.Values(references))) {
		if f := v.FieldByName(key); f.IsValid() && f.Kind() == reflect.String && f.String() != "" {
			r.targets[target{v.Type(), key, f.String()}] = v.Addr()
		}
	}
}

// join points the references at what they name.
func (r *decoder) join() {
	for _, ref := range r.pending {
		v, ok := r.targets[ref.to]
		if !ok {
			r.fail(ref.path, "refers to %q, which is not there", ref.to.name)
			return
		}
		ref.set.Set(v)
	}
}

// as takes a value for a type of JSON.
func as[T any](r *decoder, path string, in any) (T, bool) {
	v, ok := in.(T)
	if !ok {
		r.fail(path, "is %s: expected %s", kindOf(in), kindOf(v))
	}
	return v, ok
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "a string"
	case bool:
		return "true or false"
	case json.Number:
		return "a number"
	case []any:
		return "a list"
	}
	return "an object"
}

func (r *decoder) value(path string, v reflect.Value, in any, key string) {
	t := v.Type()
	if names, ok := words[t]; ok {
		if s, ok := as[string](r, path, in); ok {
			if i := slices.Index(names, s); i >= 0 {
				v.SetUint(uint64(i))
			} else {
				r.fail(path, "is %q: expected one of %s", s, strings.Join(names[1:], ", "))
			}
		}
		return
	}
	switch t.Kind() {
	case reflect.String:
		if s, ok := as[string](r, path, in); ok {
			v.SetString(s)
		}
	case reflect.Bool:
		if b, ok := as[bool](r, path, in); ok {
			v.SetBool(b)
		}
	case reflect.Int, reflect.Int64:
		r.integer(path, v, in)
	case reflect.Float64:
		if n, ok := as[json.Number](r, path, in); ok {
			f, _ := n.Float64()
			v.SetFloat(f)
		}
	case reflect.Uint8:
		if s, ok := as[string](r, path, in); ok && len(s) == 1 {
			v.SetUint(uint64(s[0]))
		} else {
			r.fail(path, "is not one character")
		}
	case reflect.Map:
		r.free(path, v, in)
	case reflect.Slice:
		r.slice(path, v, in, key)
	case reflect.Struct:
		r.structure(path, v, in)
	case reflect.Pointer:
		r.pointer(path, v, in, key)
	case reflect.Interface:
		r.construct(path, v, in)
	default:
		r.fail(path, "cannot be read")
	}
}

func (r *decoder) integer(path string, v reflect.Value, in any) {
	if n, ok := as[json.Number](r, path, in); ok {
		i, err := n.Int64()
		if err != nil || v.OverflowInt(i) {
			r.fail(path, "is %s: expected a whole number", n)
			return
		}
		v.SetInt(i)
	}
}

// free takes what has no form: strings by name, or anything.
func (r *decoder) free(path string, v reflect.Value, in any) {
	tree, ok := as[map[string]any](r, path, in)
	if !ok {
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for name, x := range tree {
		item := reflect.New(v.Type().Elem()).Elem()
		if item.Kind() == reflect.Interface {
			if x = plain(x); x != nil {
				item.Set(reflect.ValueOf(x))
			}
		} else {
			r.value(path+"."+name, item, x, "")
		}
		v.SetMapIndex(reflect.ValueOf(name), item)
	}
}

// plain gives free-form numbers the types that front matter has.
func plain(in any) any {
	switch in := in.(type) {
	case json.Number:
		if i, err := in.Int64(); err == nil {
			return i
		}
		f, _ := in.Float64()
		return f
	case []any:
		for i := range in {
			in[i] = plain(in[i])
		}
	case map[string]any:
		for k := range in {
			in[k] = plain(in[k])
		}
	}
	return in
}

func (r *decoder) slice(path string, v reflect.Value, in any, key string) {
	switch v.Type().Elem() {
	case reflect.TypeFor[byte]():
		if s, ok := as[string](r, path, in); ok {
			b, err := base64.StdEncoding.DecodeString(s)
			if err != nil {
				r.fail(path, "is not base64")
			}
			v.SetBytes(b)
		}
		return
	case reflect.TypeFor[rune]():
		if s, ok := as[string](r, path, in); ok && utf8.ValidString(s) {
			v.Set(reflect.ValueOf([]rune(s)))
		}
		return
	}
	list, ok := as[[]any](r, path, in)
	if !ok {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
	for i := range list {
		r.value(fmt.Sprintf("%s[%d]", path, i), v.Index(i), list[i], key)
	}
}

func (r *decoder) structure(path string, v reflect.Value, in any) {
	if v.Type() != dateType && v.Type() != timeType {
		if tree, ok := as[map[string]any](r, path, in); ok {
			r.typed(path, v, tree)
		}
		return
	}
	s, ok := as[string](r, path, in)
	if !ok {
		return
	}
	at, err := time.Parse(time.RFC3339Nano, s)
	if v.Type() == timeType {
		v.Set(reflect.ValueOf(at))
	} else if day, dayErr := time.Parse(time.DateOnly, s); dayErr == nil {
		err = nil
		v.Set(reflect.ValueOf(doc.Date{Time: day}))
	} else {
		v.Set(reflect.ValueOf(doc.Date{Time: at, Instant: true}))
	}
	if err != nil {
		r.fail(path, "is %q: expected a date", s)
	}
}

func (r *decoder) pointer(path string, v reflect.Value, in any, key string) {
	if key == ordinal {
		if n, ok := as[json.Number](r, path, in); ok {
			r.pending = append(r.pending, reference{path, target{v.Type().Elem(), key, n.String()}, v})
		}
		return
	}
	if key != "" {
		if name, ok := as[string](r, path, in); ok {
			r.pending = append(r.pending, reference{path, target{v.Type().Elem(), key, name}, v})
		}
		return
	}
	if tree, ok := as[map[string]any](r, path, in); ok {
		v.Set(reflect.New(v.Type().Elem()))
		r.typed(path, v.Elem(), tree)
	}
}

// typed reads a struct; one that is a construct says so.
func (r *decoder) typed(path string, v reflect.Value, tree map[string]any) {
	if c, ok := anywhere(v.Type()); ok {
		if tree["type"] != c.name {
			r.fail(path+".type", "is not %q", c.name)
		}
		delete(tree, "type")
	}
	r.fields(path, v, tree)
}

// construct reads a block or an inline by its type.
func (r *decoder) construct(path string, v reflect.Value, in any) {
	tree, ok := as[map[string]any](r, path, in)
	if !ok {
		return
	}
	name, _ := tree["type"].(string)
	list := kinds[v.Type()]
	i := slices.IndexFunc(list, func(c construct) bool { return c.name == name })
	if i < 0 {
		r.fail(path+".type", "is %q, which is no %s", name, strings.ToLower(v.Type().Name()))
		return
	}
	delete(tree, "type")
	x := reflect.New(list[i].typ)
	v.Set(x)
	r.fields(path, x.Elem(), tree)
}
