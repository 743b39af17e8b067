package export

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"

	"communique/render/doc"
)

var update = flag.Bool("update", false, "write document.schema.json")

// The schema is a promise to archives: it changes only on purpose, with the types
// of package doc, by go test ./render/export -update.
func TestSchemaIsThatOfTheTypes(t *testing.T) {
	made := makeSchema(t)
	if *update {
		if err := os.WriteFile("document.schema.json", made, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(made, Schema()) {
		t.Error("document.schema.json is not that of the types in package doc: run go test ./render/export -run TestSchema -update, and think of readers of old archives")
	}
}

func makeSchema(t *testing.T) []byte {
	t.Helper()
	r := &jsonschema.Reflector{Anonymous: true, ExpandedStruct: true, RequiredFromJSONSchemaTags: true, KeyNamer: property, Mapper: mapped}
	comments(t, r)
	r.CommentMap = flattened(r.CommentMap)
	top := r.ReflectFromType(reflect.TypeFor[doc.Document]())
	top.ID = "https://communique.invalid/schemas/document/1"
	top.Title, top.Description = "communique document, version 1", "One publication in one language. A property that is absent is empty, zero or false."
	if top.Definitions == nil {
		top.Definitions = jsonschema.Definitions{}
	}
	first(top, versionKey, &jsonschema.Schema{Const: Version, Description: "The format and its version."})
	top.Required = []string{versionKey, "meta", "front"}
	for base, list := range map[string][]construct{"Block": blocks, "Inline": inlines} {
		any := &jsonschema.Schema{Description: base + " is one of these, told apart by type."}
		for _, c := range list {
			one := r.ReflectFromType(c.typ)
			for name, d := range one.Definitions {
				if _, is := top.Definitions[name]; !is { // a construct that another one holds has its type already
					top.Definitions[name] = d
				}
			}
			one.Definitions, one.Version = nil, ""
			first(one, "type", &jsonschema.Schema{Const: c.name})
			one.Required = []string{"type"}
			top.Definitions[c.typ.Name()] = one
			any.OneOf = append(any.OneOf, &jsonschema.Schema{Ref: "#/$defs/" + c.typ.Name()})
		}
		top.Definitions[base] = any
	}
	for m := range references {
		refer(top.Definitions[m.owner.Name()], m)
	}
	clean(top)
	for _, d := range top.Definitions {
		clean(d)
	}
	out, err := json.MarshalIndent(top, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, '\n')
}

// comments takes the descriptions from package doc.
func comments(t *testing.T, r *jsonschema.Reflector) {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("..")
	if err := r.AddGoComments("communique/render", "./doc"); err != nil {
		t.Fatal(err)
	}
	t.Chdir(here)
}

// flattened puts comments of several lines on one.
func flattened(comments map[string]string) map[string]string {
	for k, v := range comments {
		comments[k] = strings.Join(strings.Fields(v), " ")
	}
	return comments
}

// left marks what is not written.
const left = "left out"

// mapped are the types that are not written as Go has them.
func mapped(t reflect.Type) *jsonschema.Schema {
	if names, ok := words[t]; ok {
		s := &jsonschema.Schema{Type: "string"}
		for _, n := range names[1:] {
			s.Enum = append(s.Enum, n)
		}
		return s
	}
	if _, ok := kinds[t]; ok {
		return &jsonschema.Schema{Ref: "#/$defs/" + t.Name()}
	}
	switch t {
	case placeType, placesType:
		return &jsonschema.Schema{Comments: left}
	case dateType:
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string", Format: "date"}, {Type: "string", Format: "date-time"}}}
	case reflect.TypeFor[[]rune]():
		return &jsonschema.Schema{Type: "string"}
	case reflect.TypeFor[byte]():
		return &jsonschema.Schema{Type: "string", MinLength: new(uint64(1)), MaxLength: new(uint64(1))}
	}
	return nil
}

// first puts a property before the others.
func first(s *jsonschema.Schema, name string, value *jsonschema.Schema) {
	p := jsonschema.NewProperties()
	p.Set(name, value)
	for pair := s.Properties.Oldest(); pair != nil; pair = pair.Next() {
		p.Set(pair.Key, pair.Value)
	}
	s.Properties = p
}

// clean takes out what is not written.
func clean(s *jsonschema.Schema) {
	if s.Properties == nil {
		return
	}
	for pair := s.Properties.Oldest(); pair != nil; {
		next := pair.Next()
		if pair.Value.Comments == left {
			s.Properties.Delete(pair.Key)
		}
		pair = next
	}
}

// refer makes a property the names of what it points at.
func refer(s *jsonschema.Schema, m member) {
	f, _ := m.owner.FieldByName(m.name)
	names := &jsonschema.Schema{Type: "string"}
	if references[m] == ordinal {
		names = &jsonschema.Schema{Type: "integer", Minimum: "1"}
	}
	if f.Type.Kind() == reflect.Slice {
		names = &jsonschema.Schema{Type: "array", Items: names}
	}
	old, _ := s.Properties.Get(property(m.name))
	names.Description = old.Description
	s.Properties.Set(property(m.name), names)
}
