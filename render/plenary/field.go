package plenary

import (
	"reflect"
	"strconv"
	"strings"
)

// field is one key of an object, by its tags.
type field struct {
	index            int
	key, description string
	tag              fieldTag
}

// fieldTag is the parts of a jsonschema tag: "required", "enum=adopted".
type fieldTag []string

func (t fieldTag) has(name string) bool {
	for _, p := range t {
		if p == name || strings.HasPrefix(p, name+"=") {
			return true
		}
	}
	return false
}

// all lists the values of a name.
func (t fieldTag) all(name string) (values []string) {
	for _, p := range t {
		if v, ok := strings.CutPrefix(p, name+"="); ok {
			values = append(values, v)
		}
	}
	return values
}

func (t fieldTag) number(name string) (n int, ok bool) {
	for _, v := range t.all(name) {
		n, err := strconv.Atoi(v)
		return n, err == nil
	}
	return 0, false
}

func (d *decoder) fieldsOf(t reflect.Type) []field {
	out, ok := d.fields[t]
	if !ok {
		out = fieldsOf(t)
		d.fields[t] = out
	}
	return out
}

// fieldsOf lists the keys of an object type.
func fieldsOf(t reflect.Type) (out []field) {
	for i := range t.NumField() {
		f := t.Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || key == "-" || key == "" {
			continue
		}
		var tag fieldTag
		if s := f.Tag.Get("jsonschema"); s != "" {
			tag = strings.Split(s, ",")
		}
		out = append(out, field{i, key, f.Tag.Get("jsonschema_description"), tag})
	}
	return out
}
