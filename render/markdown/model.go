package markdown

import (
	"reflect"
	"strings"
)

// model is what the reader knows of a map: its keys, in the order of the types.
type model struct {
	keys   []string
	fields []field
}

// field is a key of a map, or an item of a list, by the tags of its type.
type field struct {
	index   int
	example string
	// words are those that the value may be; nil allows any.
	words []string
	// under is the map that the value is, item what a list has.
	under *model
	item  *field
}

// frontKeys is the front matter, read from its types once and for all.
var frontKeys = modelOf(reflect.TypeFor[frontMatter]())

func modelOf(t reflect.Type) *model {
	m := &model{}
	for i := range t.NumField() {
		f := t.Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out := fieldOf(f.Type, f.Tag.Get("example"))
		out.index = i
		for part := range strings.SplitSeq(f.Tag.Get("jsonschema"), ",") {
			if word, ok := strings.CutPrefix(part, "enum="); ok {
				out.words = append(out.words, word)
			}
		}
		m.keys, m.fields = append(m.keys, key), append(m.fields, out)
	}
	return m
}

func fieldOf(t reflect.Type, example string) field {
	f := field{example: example}
	switch {
	case t.Kind() == reflect.Slice:
		first, _, _ := strings.Cut(strings.Trim(example, "[]"), ",")
		item := fieldOf(t.Elem(), first)
		if item.under != nil {
			item.example = item.under.keys[0] + ": " + item.under.fields[0].example
		}
		f.item = &item
	case isMap(t):
		f.under = modelOf(t)
	}
	return f
}

// isMap tells types that are written as maps with keys of ours.
func isMap(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[issuer](), reflect.TypeFor[embargo](), reflect.TypeFor[contact](), reflect.TypeFor[translation](), reflect.TypeFor[speaker]():
		return true
	}
	return false
}
