package plenary

import (
	_ "embed"
	"fmt"
	"path"
	"reflect"
	"strings"

	"communique/render/diag"
	"communique/render/locale"
	"communique/render/source"
)

// Source is one record, as YAML or, by its name's ending, as JSON.
type Source struct {
	Name string
	Data []byte
}

// Options are what reading needs from outside.
type Options struct {
	Locales *locale.Catalog
}

// IsRecord tells the record of a meeting from a statement, by its name.
func IsRecord(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}

// MaxRecord bounds a record, in bytes.
const MaxRecord = 4 << 20

// Read reads and checks a record. It always returns one, which is fit for output
// if no problem is an error; all problems are found at once. It is safe for
// concurrent use with separate lists of problems.
func Read(src Source, opts Options, problems *diag.List) *Record {
	r := &Record{File: src.Name, places: map[string]diag.Pos{}}
	if len(src.Data) > MaxRecord {
		problems.Add(diag.Problem{Severity: diag.Error, Code: "too-big", Pos: diag.Pos{File: src.Name},
			Message: fmt.Sprintf("the record has %d bytes", len(src.Data)), Expected: fmt.Sprintf("at most %d bytes", MaxRecord), Fix: "move long texts into documents of their own"})
		return r
	}
	r.data = src.Data
	var root *source.Node
	if strings.HasSuffix(strings.ToLower(src.Name), ".json") {
		root = source.JSON(src.Name, src.Data, source.Record, problems)
	} else {
		root = source.YAML(src.Name, src.Data, 0, source.Record, problems)
	}
	if root == nil {
		if !problems.HasErrors() {
			problems.Add(diag.Problem{Severity: diag.Error, Code: "missing-key", Pos: diag.Pos{File: src.Name, Line: 1, Column: 1},
				Message: "the record is empty", Expected: "at least body, languages and meeting", Fix: "write them, or leave the file out"})
		}
		return r
	}
	d := &decoder{problems: problems, places: r.places, fields: map[reflect.Type][]field{}}
	d.decode(root, r)
	c := &checker{r: r, problems: problems, territories: opts.Locales.Get("en")}
	c.check()
	return r
}

// pos is the place of a field, or of the nearest object around it.
func (r *Record) pos(path string) diag.Pos {
	for {
		if p, ok := r.places[path]; ok {
			return p
		}
		i := strings.LastIndexAny(path, ".[")
		if i < 0 {
			return diag.Pos{File: r.File, Line: 1, Column: 1}
		}
		path = path[:i]
	}
}

//go:embed plenary.schema.json
var schema []byte

// Schema is the JSON Schema (2020-12) of a record, made from the types of this package.
func Schema() []byte { return schema }
