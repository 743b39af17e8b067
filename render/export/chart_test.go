package export_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"communique/render/doc"
	"communique/render/export"
)

func TestChartsAndBadgesObeyTheSchemaAndComeBack(t *testing.T) {
	in := func(s string) []doc.Inline { return []doc.Inline{&doc.Text{Value: s}} }
	c := &doc.Chart{Kind: doc.ChartLine, Caption: in("cap"), Label: "Figure 1", Unit: in("u"), Categories: [][]doc.Inline{in("a"), in("b")},
		Series: []doc.ChartSeries{{Name: in("s"), Values: []string{"1.50", ""}, Texts: []string{"1,50", ""}}},
		Ticks:  []doc.ChartTick{{Value: "0", Text: "0"}, {Value: "2", Text: "2"}}, Summary: "s", Alt: "a"}
	p := &doc.Paragraph{Content: []doc.Inline{&doc.Badge{Tone: doc.BadgeNeutral, Content: in("noted")}}}
	d := &doc.Document{File: "a", Meta: doc.Meta{Lang: "en"}, Blocks: []doc.Block{c, p}, Front: &doc.Front{}}
	b := written(t, d)
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(export.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("document.json", tree); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("document.json")
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(v); err != nil {
		t.Error(err)
	}
	if !strings.Contains(string(b), `"1.50"`) {
		t.Errorf("the value is not as it was given: %s", b)
	}
	back, err := export.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back.Blocks, d.Blocks) {
		t.Errorf("another document came back: %s", written(t, back))
	}
}
