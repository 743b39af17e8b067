package render_test

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"communique/render"
	"communique/render/diag"
	"communique/render/plenary"
	"communique/render/source"
)

// unprinted are the fields of a record that its report does not show, and why.
var unprinted = map[string]string{
	"id":                                "metadata: the identifier of the publication",
	"keywords":                          "metadata of the page and the PDF",
	"body.id":                           "for indexes over many meetings",
	"parties[].id":                      "the name stands for it",
	"parties[].kind":                    "what the party is for the record; lists say what it was at the meeting",
	"working_bodies[].id":               "the anchor",
	"outcomes[].id":                     "the anchor; the number stands for it",
	"positions[].id":                    "the anchor",
	"information[].id":                  "the anchor",
	"claims[].id":                       "the anchor",
	"statistics[].id":                   "the anchor",
	"annexes[].id":                      "the anchor",
	"corrigenda[].id":                   "the anchor",
	"participation.count.participants":  "as many as are listed, where they are listed",
	"short_title":                       "stands in the running heads of PDF pages alone",
	"body.kind":                         "for indexes over many meetings; the name tells it",
	"statistics[].total.party":          "refused: a total is of no party",
	"statistics[].previous.total.party": "refused: a total is of no party",
}

// fieldPath is where a value of the record stands: keys, and indexes of lists.
type fieldPath []any

// in finds the value at the path, and the container with the last step.
func (p fieldPath) in(tree any) (container, value any) {
	value = tree
	for _, step := range p {
		container = value
		switch step := step.(type) {
		case string:
			value = value.(map[string]any)[step]
		case int:
			value = value.([]any)[step]
		}
	}
	return container, value
}

// modelField is a field of the model that holds no object: a value, or a list of values.
type modelField struct {
	typ      reflect.Type
	tag      string
	where    []fieldPath // where the record has it
	required bool
}

func (f *modelField) enum() (values []string) {
	for _, part := range strings.Split(f.tag, ",") {
		if v, ok := strings.CutPrefix(part, "enum="); ok {
			values = append(values, v)
		}
	}
	return values
}

// modelFields lists the fields of the model by the patterns of their paths, with the
// places where the tree has them.
func modelFields(t reflect.Type, tree any, path fieldPath, pattern, tag string, out map[string]*modelField) {
	list := t.Kind() == reflect.Slice
	inner := t
	if list {
		inner = t.Elem()
	}
	object := inner.Kind() == reflect.Struct && inner.PkgPath() == reflect.TypeFor[plenary.Record]().PkgPath() &&
		!slices.Contains([]string{"Text", "Date", "Instant", "Amount", "Votes"}, inner.Name())
	if !object {
		f := out[pattern]
		if f == nil {
			f = &modelField{typ: t, tag: tag, required: slices.Contains(strings.Split(tag, ","), "required")}
			out[pattern] = f
		}
		if tree != nil {
			f.where = append(f.where, slices.Clone(path))
		}
		return
	}
	if list {
		items, _ := tree.([]any)
		for i, item := range items {
			modelFields(inner, item, append(path, i), pattern+"[]", "", out)
		}
		if len(items) == 0 {
			modelFields(inner, nil, append(path, 0), pattern+"[]", "", out)
		}
		return
	}
	values, _ := tree.(map[string]any)
	for i := range t.NumField() {
		f := t.Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if key == "" || key == "-" {
			continue
		}
		at := strings.TrimPrefix(pattern+"."+key, ".")
		modelFields(f.Type, values[key], append(path, key), at, f.Tag.Get("jsonschema"), out)
	}
}

// change is another value for a field, nil for none at all, and the words by which it
// is seen in the report; no words where it must only make a difference.
type change struct {
	value any
	words string
}

// changes are what a field can be changed to.
func (f *modelField) changes(old any, n int) (out []change) {
	mark := "MARK" + strconv.Itoa(n)
	host := strings.ToLower(mark) + ".example"
	list, _ := old.([]any)
	switch {
	case f.typ == reflect.TypeFor[plenary.Text]():
		return []change{{mark, mark}}
	case f.typ == reflect.TypeFor[[]plenary.Text]():
		return []change{{[]any{mark}, mark}}
	case f.typ == reflect.TypeFor[plenary.PartyID]():
		out = []change{{"JP", "Japan"}}
	case f.typ == reflect.TypeFor[[]plenary.PartyID](), f.typ == reflect.TypeFor[plenary.Votes]() && list != nil:
		return []change{{append(slices.Clone(list[1:]), "JP"), "Japan"}}
	case f.typ == reflect.TypeFor[plenary.Instant]():
		out = []change{{"2026-05-18T12:59:00+03:00", ""}}
	case f.typ == reflect.TypeFor[plenary.Lang]():
		out = []change{{"fr", "French"}}
	case strings.Contains(f.tag, "format=uri"):
		return []change{{"https://" + host + "/", host}}
	case f.enum() != nil:
		for _, v := range f.enum() {
			if v != old {
				out = append(out, change{v, ""})
			}
		}
	case f.typ.Kind() == reflect.String:
		out = []change{{mark, mark}}
	}
	if !f.required {
		out = append(out, change{})
	}
	return out
}

var tagsOfPage = regexp.MustCompile(`(?s)<head>.*</head>|<svg.*?</svg>|<[^>]*>`)

// seen is what a page shows: its text, and the addresses of its links.
func seen(page string) string {
	var links strings.Builder
	for _, m := range regexp.MustCompile(` href="(http[^"]*)"`).FindAllStringSubmatch(page, -1) {
		links.WriteString(" " + m[1])
	}
	return strings.Join(strings.Fields(html.UnescapeString(tagsOfPage.ReplaceAllString(page, " "))), " ") + links.String()
}

// Every field of the model makes a difference to what the report shows, or is among
// those that are not printed, with a reason.
func TestNoFieldOfARecordIsLost(t *testing.T) {
	const file = "testdata/fields.yaml"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	root := source.YAML(file, data, 0, source.Record, &problems)
	if problems.HasErrors() {
		t.Fatal(problems.Sorted())
	}
	original, err := json.Marshal(root.Plain())
	if err != nil {
		t.Fatal(err)
	}
	tree := func() (v any) {
		if err := json.Unmarshal(original, &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	r := renderer(t, 2)
	report := func(tree any) (string, []diag.Problem) {
		data, err := json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		res := do(t, r, render.Request{Sources: []render.Source{{Name: "fields.json", Data: data}}, Langs: []string{"en"}, Formats: []render.Format{render.HTML}})
		if len(res.Artifacts) != 1 {
			return "", res.Problems
		}
		return seen(string(res.Artifacts[0].Data)), nil
	}
	whole, wrong := report(tree())
	if wrong != nil {
		t.Fatal(wrong)
	}
	fields := map[string]*modelField{}
	modelFields(reflect.TypeFor[plenary.Record](), tree(), nil, "", "", fields)
	if len(fields) < 230 {
		t.Errorf("only %d fields were found", len(fields))
	}
	for name := range unprinted {
		if fields[name] == nil {
			t.Errorf("there is no field %s", name)
		}
	}
	for n, name := range slices.Sorted(maps.Keys(fields)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fields[name]
			reason, not := unprinted[name]
			if len(f.where) == 0 && !not {
				t.Fatalf("%s has no such field", file)
			}
			shown, why := false, ""
			defer func() {
				switch {
				case shown && not:
					t.Errorf("it is printed, but is listed as one that is not: %s", reason)
				case !shown && !not:
					t.Errorf("the report does not show it %s", why)
				}
			}()
			for _, path := range f.where {
				_, old := path.in(tree())
				for _, c := range f.changes(old, n) {
					changed := tree()
					container, _ := path.in(changed)
					if key := path[len(path)-1].(string); c.value == nil {
						delete(container.(map[string]any), key)
					} else {
						container.(map[string]any)[key] = c.value
					}
					page, wrong := report(changed)
					if wrong != nil {
						why = fmt.Sprint(wrong)
					} else if shown = page != whole && strings.Contains(page, c.words); shown {
						return
					}
				}
			}
		})
	}
}
