package plenary

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"communique/render/diag"
	"communique/render/source"
)

// The schema is made from the types by go test ./render/plenary -run TestSchema -update.
func TestSchemaIsThatOfTheTypes(t *testing.T) {
	r := &jsonschema.Reflector{Anonymous: true, ExpandedStruct: true, RequiredFromJSONSchemaTags: true, Mapper: mapped}
	top := r.ReflectFromType(reflect.TypeFor[Record]())
	top.ID = "https://communique.invalid/schemas/plenary/1"
	top.Title, top.Description = "communique record of a meeting, version 1", "One meeting of a body that decides: facts and authentic texts, in any number of languages."
	made, err := json.MarshalIndent(top, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	made = append(made, '\n')
	if *update {
		if err := os.WriteFile("plenary.schema.json", made, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(made, Schema()) {
		t.Error("plenary.schema.json is not that of the types: run go test ./render/plenary -run TestSchema -update")
	}
}

// mapped are the types that are written otherwise than Go has them.
func mapped(t reflect.Type) *jsonschema.Schema {
	text := &jsonschema.Schema{Type: "string"}
	number := &jsonschema.Schema{Type: "number"}
	switch t {
	case reflect.TypeFor[Text]():
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{text, number, {Type: "object", MinProperties: new(uint64(1)),
			PropertyNames: &jsonschema.Schema{Pattern: "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"}, AdditionalProperties: text}}}
	case reflect.TypeFor[Date]():
		return &jsonschema.Schema{Type: "string", Format: "date"}
	case reflect.TypeFor[Instant]():
		return &jsonschema.Schema{Type: "string", Format: "date-time"}
	case reflect.TypeFor[Amount]():
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{{Type: "string", Pattern: decimal.String()}, number}}
	case reflect.TypeFor[Votes]():
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{{Type: "integer", Minimum: "0"}, {Type: "array", Items: text}}}
	case reflect.TypeFor[Lang]():
		return &jsonschema.Schema{Type: "string", Pattern: "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"}
	case reflect.TypeFor[PartyID]():
		return &jsonschema.Schema{Type: "string", MinLength: new(uint64(1))}
	}
	return nil
}

func compiled(t *testing.T) *validator.Schema {
	t.Helper()
	document, err := validator.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := validator.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("plenary.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("plenary.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSchemaTakesTheAcceptanceRecordAndRefusesWrongOnes(t *testing.T) {
	s := compiled(t)
	valid := func(text string) error {
		var problems diag.List
		root := source.YAML("record.yaml", []byte(text), 0, source.Record, &problems)
		if problems.HasErrors() {
			t.Fatal(problems.Sorted())
		}
		return s.Validate(root.Plain())
	}
	record, err := os.ReadFile("../testdata/plenary/kimberley-2023.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := valid(string(record)); err != nil {
		t.Errorf("%#v", err)
	}
	for _, wrong := range []string{"outcome: []\n", "outcomes: [{id: a, type: decision}]\n", "communique: {status: none}\n", "corrigenda: [{title: C, date: soon}]\n"} {
		if valid(sound+wrong) == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}

// Every field is described, so that editors can tell what it is for.
func TestEveryFieldIsDescribed(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var look func(reflect.Type)
	look = func(typ reflect.Type) {
		if typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] || (&decoder{}).reader(typ) != nil {
			return
		}
		seen[typ] = true
		for i, f := range fieldsOf(typ) {
			if d := f.description; d == "" || strings.HasSuffix(d, ".") {
				t.Errorf("%s.%s: description %q", typ.Name(), f.key, d)
			}
			look(typ.Field(fieldsOf(typ)[i].index).Type)
		}
	}
	look(reflect.TypeFor[Record]())
	if len(seen) < 25 {
		t.Errorf("only %d types were seen", len(seen))
	}
}
