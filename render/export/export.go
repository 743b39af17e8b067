// Package export owns the document model as JSON: every block and inline of one
// resolved document, in a documented and versioned form that reads back as the
// same document, so that an archive can be rendered again. It must never change a
// document, and never leave out what a format can show.
package export

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"reflect"
	"strings"

	"communique/render/doc"
)

// Version names the format. A change that old readers cannot bear gets a new number.
const Version = "document/1"

// versionKey is the property that holds the version.
const versionKey = "communique"

// schema is made from the Go types by this package's tests.
//
//go:embed document.schema.json
var schema []byte

// Schema is the JSON Schema (2020-12) of what Write writes.
func Schema() []byte { return schema }

// Write writes a resolved document as JSON in UTF-8. Properties stand in the order
// of the schema; one that is absent is empty, zero or false. Places in the source
// and its folder are left out.
func Write(d *doc.Document) ([]byte, error) {
	if d.Front == nil {
		return nil, errors.New("export: the document is not resolved")
	}
	bare := *d
	bare.File = path.Base(strings.ReplaceAll(d.File, `\`, "/"))
	e := &encoder{numbers: map[any]int{}}
	e.fields(reflect.ValueOf(bare), versionKey, Version)
	if e.again { // something refers to what stands further down
		e.out, e.again, e.counts = nil, false, nil
		e.fields(reflect.ValueOf(bare), versionKey, Version)
	}
	if e.err != nil {
		return nil, fmt.Errorf("export: %w", e.err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, e.out, "", " "); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// Read reads what Write has written. An error names the place, as "blocks[3].content".
func Read(data []byte) (*doc.Document, error) {
	var tree map[string]any
	in := json.NewDecoder(bytes.NewReader(data))
	in.UseNumber()
	if err := in.Decode(&tree); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	if in.More() {
		return nil, errors.New("something follows the document")
	}
	if tree[versionKey] != Version {
		return nil, fmt.Errorf("%s is %v: expected %q", versionKey, tree[versionKey], Version)
	}
	delete(tree, versionKey)
	d := &doc.Document{}
	r := &decoder{targets: map[target]reflect.Value{}, counts: map[reflect.Type]int{}}
	r.fields("", reflect.ValueOf(d).Elem(), tree)
	r.join()
	if r.err == nil && d.Front == nil {
		r.fail("front", "is missing")
	}
	if r.err != nil {
		return nil, r.err
	}
	return d, nil
}
