package export

import (
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"communique/render/diag"
	"communique/render/doc"
)

// construct is a block or an inline and its name in the property "type".
type construct struct {
	name string
	typ  reflect.Type
}

// of names a construct.
func of[T any](name string) construct { return construct{name, reflect.TypeFor[T]()} }

// blocks and inlines are all constructs of the document model.
var (
	blocks = []construct{
		of[doc.Heading]("heading"),
		of[doc.Paragraph]("paragraph"),
		of[doc.List]("list"),
		of[doc.Quote]("quote"),
		of[doc.Table]("table"),
		of[doc.CodeBlock]("codeBlock"),
		of[doc.Rule]("rule"),
		of[doc.Division]("division"),
		of[doc.Callout]("callout"),
		of[doc.DefinitionList]("definitionList"),
		of[doc.Figure]("figure"),
		of[doc.Chart]("chart"),
		of[doc.EndMark]("endMark"),
		of[doc.PageBreak]("pageBreak"),
	}
	inlines = []construct{
		of[doc.Text]("text"),
		of[doc.Emphasis]("emphasis"),
		of[doc.Strong]("strong"),
		of[doc.Strikethrough]("strikethrough"),
		of[doc.Break]("break"),
		of[doc.Code]("code"),
		of[doc.Link]("link"),
		of[doc.Span]("span"),
		of[doc.BidiOverride]("bidiOverride"),
		of[doc.Subscript]("subscript"),
		of[doc.Superscript]("superscript"),
		of[doc.Abbreviation]("abbreviation"),
		of[doc.Image]("image"),
		of[doc.FootnoteCall]("footnoteCall"),
		of[doc.Badge]("badge"),
	}
)

// anywhere finds the construct that a type is.
func anywhere(t reflect.Type) (construct, bool) {
	if c, ok := named(blocks, t); ok {
		return c, true
	}
	return named(inlines, t)
}

// kinds are the closed sets: which constructs an interface can be.
var kinds = map[reflect.Type][]construct{
	reflect.TypeFor[doc.Block]():  blocks,
	reflect.TypeFor[doc.Inline](): inlines,
}

// words are the names of the values of enumerations, by number; the first is absent.
var words = map[reflect.Type][]string{
	reflect.TypeFor[doc.Direction](): {"", "ltr", "rtl"},
	reflect.TypeFor[doc.Align]():     {"", "start", "center", "end", "decimal"},
	reflect.TypeFor[doc.Task]():      {"", "open", "done"},
}

// member is a field of a type.
type member struct {
	owner reflect.Type
	name  string
}

// references are the fields that point at something which stands elsewhere in the
// document; the value is the field by which it is found, or ordinal.
var references = map[member]string{
	{reflect.TypeFor[doc.Front](), "Headings"}:    "ID",
	{reflect.TypeFor[doc.Entry](), "Heading"}:     "ID",
	{reflect.TypeFor[doc.Cell](), "Headers"}:      ordinal,
	{reflect.TypeFor[doc.FootnoteCall](), "Note"}: "ID",
}

// ordinal refers to a thing by its number among all of its type in the document,
// from 1, in the order of the file.
const ordinal = "#"

var (
	dateType   = reflect.TypeFor[doc.Date]()
	timeType   = reflect.TypeFor[time.Time]()
	placeType  = reflect.TypeFor[diag.Pos]()
	placesType = reflect.TypeFor[map[string]diag.Pos]()
)

// named finds a construct by its Go type.
func named(list []construct, t reflect.Type) (construct, bool) {
	i := slices.IndexFunc(list, func(c construct) bool { return c.typ == t })
	if i < 0 {
		return construct{}, false
	}
	return list[i], true
}

// property is the name of a field in JSON: "url" for URL, "pageOf" for PageOf.
func property(field string) string {
	r := []rune(field)
	n := 0
	for n < len(r) && unicode.IsUpper(r[n]) {
		n++
	}
	if n > 1 && n < len(r) {
		n--
	}
	return strings.ToLower(string(r[:n])) + string(r[n:])
}

// field is a struct's field as it is written.
type field struct {
	name  string
	index []int
	typ   reflect.Type
	// key is set for references.
	key string
}

// fieldsOf lists what is written of a struct, embedded fields first as they stand.
func fieldsOf(t reflect.Type) []field {
	var out []field
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous || !f.IsExported() || f.Type == placeType || f.Type == placesType {
			continue
		}
		out = append(out, field{property(f.Name), f.Index, f.Type, references[member{t, f.Name}]})
	}
	return out
}

// numbered tells types that something refers to by number.
func numbered(t reflect.Type) bool {
	for m, key := range references {
		if key != ordinal {
			continue
		}
		if f, ok := m.owner.FieldByName(m.name); ok && pointee(f.Type) == t {
			return true
		}
	}
	return false
}

// pointee is the type that a pointer, or a list of them, points at.
func pointee(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}
