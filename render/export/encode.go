package export

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"communique/render/doc"
)

// encoder writes compact JSON.
type encoder struct {
	out []byte
	err error
	// numbers are those of what is referred to by number, counts how many have
	// been met; again tells that a number was asked for too early.
	numbers map[any]int
	counts  map[reflect.Type]int
	again   bool
}

func (e *encoder) fail(format string, args ...any) {
	if e.err == nil {
		e.err = fmt.Errorf(format, args...)
	}
}

func (e *encoder) raw(s string) { e.out = append(e.out, s...) }

// text writes a string.
func (e *encoder) text(s string) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		e.fail("%w", err)
	}
	e.raw(strings.TrimSuffix(b.String(), "\n"))
}

// fields writes a struct as an object that begins with a property of ours, if any.
func (e *encoder) fields(v reflect.Value, name, value string) {
	e.raw("{")
	begun := false
	begin := func(name string) {
		if begun {
			e.raw(",")
		}
		begun = true
		e.text(name)
		e.raw(":")
	}
	if name != "" {
		begin(name)
		e.text(value)
	}
	for _, f := range fieldsOf(v.Type()) {
		x := v.FieldByIndex(f.index)
		if absent(x) {
			continue
		}
		begin(f.name)
		e.value(x, f.key)
	}
	e.raw("}")
}

// absent reports a value that need not be written.
func absent(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		if v.Type() == dateType || v.Type() == timeType {
			return v.Interface().(interface{ IsZero() bool }).IsZero()
		}
		return !slices.ContainsFunc(fieldsOf(v.Type()), func(f field) bool { return !absent(v.FieldByIndex(f.index)) })
	}
	return v.IsZero()
}

// value writes a value; key is set if it is a reference.
func (e *encoder) value(v reflect.Value, key string) {
	t := v.Type()
	if names, ok := words[t]; ok {
		if int(v.Uint()) >= len(names) {
			e.fail("no name for the %s %d", t, v.Uint())
			return
		}
		e.text(names[v.Uint()])
		return
	}
	switch t.Kind() {
	case reflect.String:
		e.text(v.String())
	case reflect.Bool:
		e.raw(strconv.FormatBool(v.Bool()))
	case reflect.Int, reflect.Int64:
		e.raw(strconv.FormatInt(v.Int(), 10))
	case reflect.Float64, reflect.Map:
		e.plain(v.Interface())
	case reflect.Uint8:
		if t != reflect.TypeFor[byte]() {
			e.fail("no names for the values of %s", t)
		}
		e.text(string(rune(v.Uint())))
	case reflect.Slice:
		e.slice(v, key)
	case reflect.Struct:
		e.structure(v)
	case reflect.Pointer:
		e.pointer(v, key)
	case reflect.Interface:
		e.construct(v)
	default:
		e.fail("no way to write a %s", t)
	}
}

// plain writes what is free-form, with sorted keys.
func (e *encoder) plain(v any) {
	b, err := json.Marshal(v)
	if err != nil {
		e.fail("%w", err)
	}
	e.out = append(e.out, b...)
}

func (e *encoder) slice(v reflect.Value, key string) {
	switch v.Type().Elem() {
	case reflect.TypeFor[byte]():
		e.plain(v.Interface()) // base64
		return
	case reflect.TypeFor[rune]():
		e.text(string(v.Interface().([]rune)))
		return
	}
	e.raw("[")
	for i := range v.Len() {
		if i > 0 {
			e.raw(",")
		}
		e.value(v.Index(i), key)
	}
	e.raw("]")
}

func (e *encoder) structure(v reflect.Value) {
	switch x := v.Interface().(type) {
	case doc.Date:
		if x.Instant {
			e.text(x.Time.Format(time.RFC3339Nano))
		} else {
			e.text(x.Time.Format(time.DateOnly))
		}
	case time.Time:
		e.text(x.Format(time.RFC3339Nano))
	default:
		e.typed(v)
	}
}

// typed writes a struct; one that is a construct too says which, wherever it stands.
func (e *encoder) typed(v reflect.Value) {
	if c, ok := anywhere(v.Type()); ok {
		e.fields(v, "type", c.name)
		return
	}
	e.fields(v, "", "")
}

func (e *encoder) pointer(v reflect.Value, key string) {
	if v.IsNil() {
		e.fail("a %s that is nil", v.Type())
		return
	}
	switch key {
	case "":
		if numbered(v.Type().Elem()) {
			if e.counts == nil {
				e.counts = map[reflect.Type]int{}
			}
			e.counts[v.Type()]++
			e.numbers[v.Interface()] = e.counts[v.Type()]
		}
		e.typed(v.Elem())
		return
	case ordinal:
		n, ok := e.numbers[v.Interface()]
		e.again = e.again || !ok
		e.raw(strconv.Itoa(n))
		return
	}
	id := v.Elem().FieldByName(key).String()
	if id == "" {
		e.fail("a %s without %s is referred to", v.Type(), key)
	}
	e.text(id)
}

// construct writes a block or an inline.
func (e *encoder) construct(v reflect.Value) {
	list, ok := kinds[v.Type()]
	if !ok || v.IsNil() {
		e.fail("no way to write a %s", v.Type())
		return
	}
	x := v.Elem().Elem()
	c, ok := named(list, x.Type())
	if !ok {
		e.fail("no way to write the construct %s", x.Type())
		return
	}
	e.fields(x, "type", c.name)
}
