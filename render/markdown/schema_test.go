package markdown

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/source"
)

// The schema is made from the types by go test ./render/markdown -run TestSchema -update.
func TestSchemaIsThatOfTheTypes(t *testing.T) {
	made := makeSchema(t)
	if *update {
		if err := os.WriteFile("statement.schema.json", made, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(made, Schema()) {
		t.Error("statement.schema.json is not that of the types: run go test ./render/markdown -run TestSchema -update")
	}
}

func makeSchema(t *testing.T) []byte {
	t.Helper()
	r := &jsonschema.Reflector{Anonymous: true, ExpandedStruct: true, DoNotReference: true, RequiredFromJSONSchemaTags: true, Mapper: mapped}
	top := r.ReflectFromType(reflect.TypeFor[frontMatter]())
	top.ID = "https://communique.invalid/schemas/statement/1"
	top.Title, top.Description = "communique statement, version 1", "The front matter of a statement: the YAML between the two lines --- at the start of its Markdown file."
	refine(t, top, reflect.TypeFor[frontMatter]())
	top.Not = &jsonschema.Schema{Required: []string{"original", "translation_of"}, Properties: jsonschema.NewProperties()}
	top.Not.Properties.Set("original", &jsonschema.Schema{Const: true})
	made, err := json.MarshalIndent(top, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, c := range string(made) {
		if c > '~' && !unicode.IsPrint(c) { // in patterns
			fmt.Fprintf(&out, `\u%04x`, c)
		} else {
			out.WriteRune(c)
		}
	}
	return []byte(out.String() + "\n")
}

// refine adds what the library does not make of tags: examples, the short forms of
// maps, and the pattern of a text.
func refine(t *testing.T, s *jsonschema.Schema, typ reflect.Type) {
	t.Helper()
	for i := range typ.NumField() {
		f := typ.Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		p, ok := s.Properties.Get(key)
		if !ok {
			t.Fatalf("the schema has no %s", key)
		}
		if f.Type == reflect.TypeFor[kindName]() {
			for _, name := range options().Kinds.Names() {
				p.Examples = append(p.Examples, name)
			}
		} else {
			p.Examples = []any{goValue(t, line(key, f.Tag.Get("example"))).(map[string]any)[key]}
			switch under := elem(f.Type); {
			case !isMap(under):
			case under == f.Type:
				refine(t, p, under)
			default:
				refine(t, p.Items, under)
			}
		}
		if f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.String {
			p.Items = textSchema()
		}
		if f.Type.Kind() == reflect.String && f.Type == reflect.TypeFor[string]() && p.Enum == nil {
			p.Pattern = textPattern
		}
		var short *jsonschema.Schema
		switch f.Type {
		case reflect.TypeFor[issuer]():
			short = textSchema()
		case reflect.TypeFor[embargo]():
			short = &jsonschema.Schema{Type: "string", Pattern: instantPattern}
		default:
			continue
		}
		long := &jsonschema.Schema{Type: p.Type, Properties: p.Properties, Required: p.Required, AdditionalProperties: p.AdditionalProperties}
		s.Properties.Set(key, &jsonschema.Schema{Description: p.Description, Examples: p.Examples, OneOf: []*jsonschema.Schema{short, long}})
	}
}

func elem(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Slice {
		return t.Elem()
	}
	return t
}

// mapped are the types that are written otherwise than Go has them.
func mapped(t reflect.Type) *jsonschema.Schema {
	pattern := func(p string) *jsonschema.Schema { return &jsonschema.Schema{Type: "string", Pattern: p} }
	switch t {
	case reflect.TypeFor[written](), reflect.TypeFor[kindName](), reflect.TypeFor[zoneName](), reflect.TypeFor[speakerID]():
		return textSchema()
	case reflect.TypeFor[langTag]():
		return pattern(langPattern)
	case reflect.TypeFor[webAddress]():
		return pattern(webPattern)
	case reflect.TypeFor[mailAddress]():
		return pattern(mailPattern)
	case reflect.TypeFor[doc.Date]():
		return pattern(datePattern)
	case reflect.TypeFor[time.Time]():
		return pattern(instantPattern)
	}
	return nil
}

func textSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Pattern: textPattern}
}

// The patterns mean the same to ECMA-262 and to Go: no classes such as \s, whose
// meaning differs, no \u, which Go lacks, and no look-ahead.
const (
	white    = "\\t-\\r \\x85\\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000" // Unicode's White_Space
	controls = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\ufffe\uffff"
	// foldedEnds are what is taken off a text, trimmedEnds what off a date.
	foldedEnds  = "[ \\t\\n]*"
	trimmedEnds = "[" + white + "]*"

	textPattern = "^[^" + controls + "]*[^" + controls + white + "][^" + controls + "]*$"
	langPattern = "^" + foldedEnds + "[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*" + foldedEnds + "$"

	mailPart    = "[^@ <>()\"',;:\\\\\\t\\n" + controls + "]+"
	mailPattern = "^" + foldedEnds + mailPart + "@" + mailPart + foldedEnds + "$"

	webEscape  = "%[0-9A-Fa-f]{2}"
	webUser    = "(?:(?:[A-Za-z0-9._:~!$&'()*+,;=@-]|" + webEscape + ")*@)?"
	webHost    = "(?:(?:[^\\x00-\\x20\\x7f-\\x9f#%/:?@\\[\\\\^`{|}\ufffe\uffff]|%25|%[89A-Fa-f][0-9A-Fa-f])+|\\[[0-9A-Fa-f:.]+\\])"
	webRest    = "(?:/(?:[^%?#" + controls + "]|" + webEscape + ")*)?(?:\\?[^#" + controls + "]*)?(?:#(?:[^%" + controls + "]|" + webEscape + ")*)?"
	webPattern = "^" + foldedEnds + "[Hh][Tt][Tt][Pp][Ss]?://" + webUser + webHost + "(?::[0-9]*)?" + webRest + "$"

	// The calendar, leap years included.
	calendarDay = "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))" +
		"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
	clockTime      = "(?:T| +)(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?(?:Z|[+-](?:[01][0-9]|2[0-4]):(?:[0-5][0-9]|60))"
	instantPattern = "^" + trimmedEnds + calendarDay + clockTime + trimmedEnds + "$"
	datePattern    = "^" + trimmedEnds + calendarDay + "(?:" + clockTime + ")?" + trimmedEnds + "$"
)

// goValue is YAML in Go's own types.
func goValue(t *testing.T, text string) any {
	t.Helper()
	var problems diag.List
	root := source.YAML("statement.md", []byte(text), 0, source.FrontMatter, &problems)
	if problems.HasErrors() {
		t.Fatalf("%s: %v", text, problems.Sorted())
	}
	if root == nil {
		return nil
	}
	return root.Plain()
}

func compiled(t *testing.T) *validator.Schema {
	t.Helper()
	document, err := validator.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := validator.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("statement.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("statement.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// readsWell reports whether a front matter is read without a problem, warnings too.
func readsWell(yaml string) (ok bool, problems []diag.Problem) {
	_, problems = parse("case.md", "---\n"+yaml+"\n---\n\nText.\n")
	return len(problems) == 0, problems
}

// A line after title and lang, which both take or both refuse.
func TestSchemaTakesWhatTheReaderTakes(t *testing.T) {
	s := compiled(t)
	check := func(yaml string, want bool) {
		t.Helper()
		read, problems := readsWell(yaml)
		if read != want {
			t.Errorf("%q: the reader says %v", yaml, problems)
		}
		if err := s.Validate(goValue(t, yaml)); (err == nil) != want {
			t.Errorf("%q: the schema says %v", yaml, err)
		}
	}
	for _, c := range []struct {
		taken bool
		lines []string
	}{
		{true, taken}, {false, refused},
	} {
		for _, l := range c.lines {
			check("title: T\nlang: en\n"+l, c.taken)
		}
	}
	for yaml, taken := range map[string]bool{
		"title: T\nlang: en": true, "lang: en": false, "title:\nlang: en": false, "title: 7\nlang: en": false, "title: [a]\nlang: en": false,
		"title: \"7\"\nlang: en": true, "title: >\n  A\n  B\nlang: en": true,
		"title: T\nlang: fr": true, "title: T\nlang: zh-Hans": true, "title: T\nlang: fr_FR": false, "title: T\nlang: 3": false, "title: T\nlang: no such": false,
		"- title: T": false, "just text": false,
	} {
		check(yaml, taken)
	}
}

var taken = []string{
	"short_title: T", "dir: ltr", "kind: report", "id: kp", "symbol: \"118\"", "symbol: A/1", "summary: One *line*", "summary: |\n  Two\n  lines",
	"issuer: Ministry", "issuer: {name: Ministry}", "issuer: {name: M, unit: U, logo: l.png, url: https://example.org}",
	"place: London", "place: \" London \"", "place: \"a\\nb\"", "place: \"a\\u2028b\"", "place: 北京", "place: 2023-11-14",
	"date: 2023-11-14", "date: \"2023-11-14\"", "date: \" 2023-11-14\"", "date: |\n  2023-11-14", "date: 2024-02-29", "date: 2000-02-29", "date: 2023-11-14T10:00Z",
	"date: 2023-11-14T10:00+01:00", "date: 2023-11-14 10:00:00-05:30", "date: 2023-11-14  10:00Z", "date: 2023-11-14T9:00Z", "date: 2023-11-14T10:00:00.25Z", "date: 2023-11-14T10:00:00Z",
	"embargo: 2023-11-14T10:00:00+00:00", "embargo: {until: 2023-11-14T10:00Z}", "embargo: {until: 2023-11-14T10:00Z, zone: Africa/Harare}",
	"status: draft", "status: final", "status: corrected", "status: withdrawn",
	"contacts: []", "contacts: [{}]", "contacts: [{name: N, role: R, phone: +41 22, email: a@example.org, hours: H}]", "contacts:\n  - email: ü@bücher.example",
	"keywords: []", "keywords: [a, b c]", "canonical: https://example.org", "canonical: HTTP://example.org:8080/a b?q=%#f", "canonical: https://user:pw@example.org/é",
	"canonical: https://[2001:db8::1]:80/", "canonical: https://bücher.example/%C3%A9", "canonical: https://example.org?q", "canonical: https://example.org/a/b.html#c",
	"original: true", "original: false", "original: True", "original: false\ntranslation_of: kp", "translation_of: kp",
	"translation: {}", "translation: {by: human, reviewed: true, official: false}", "translation: {by: machine}",
	"speakers: []", "speakers: [{id: a, name: N, title: T}, {id: b}, {name: N}]", "extra: {}", "extra: {a: [1, 2.5, {b: null}], c: true}",
}

var refused = []string{
	"place:", "place: \"\"", "place: \" \\u3000\"", "place: ~", "place: 3", "place: 1.5", "place: true", "place: [a]", "place: {a: b}", "place: \"a\\x07b\"", "place: \"a\\x7fb\"",
	"place: \"a\\x85b\"", "place: \"a\\rb\"", "place: \"\\x1f\"", "place: \"a\\ufffeb\"", "place: \"\\ufffe\"",
	"short_title: 3", "dir: up", "dir: 3", "dir:", "id: 3", "symbol: 118", "summary: 3", "summary: [a]", "kind: 3", "kind: [report]",
	"issuer: 3", "issuer: [a]", "issuer: {}", "issuer: {unit: U}", "issuer: {name: 3}", "issuer: {name: \"\"}", "issuer: {name: M, ulr: x}", "issuer: {name: M, url: example.org}", "issuer:",
	"issuer: {name: M, logo: 3}", "issuer: \"a\\x07\"",
	"date: 14 November 2023", "date: 2023", "date: 2023-1-4", "date: 2023-02-29", "date: 1900-02-29", "date: 2023-11-31", "date: 2023-13-01", "date: 2023-11-00", "date: 2023-11-14T10:00",
	"date: 2023-11-14T24:00Z", "date: 2023-11-14T10:60Z", "date: 2023-11-14T10:00:60Z", "date: 2023-11-14T10:00z", "date: 2023-11-14t10:00Z", "date: 2023-11-14T10:00+25:00",
	"date: 2023-11-14T10:00+0100", "date: 2023-11-14T10Z", "date: 2023-11-14T1:0Z", "date: 2023-11-14T10:00:00.Z", "date: true", "date: [2023-11-14]",
	"embargo: 2023-11-14", "embargo: {until: 2023-11-14}", "embargo: {zone: Africa/Harare}", "embargo: {}", "embargo: 3", "embargo: []", "embargo: {until: 2023-11-14T10:00Z, zone: 3}",
	"status: finale", "status: Draft", "status: 3", "status: [draft]",
	"contacts: {name: N}", "contacts: N", "contacts: [N]", "contacts: [{nam: N}]", "contacts: [{name: 3}]", "contacts: [{phone: 0041}]", "contacts: [{email: none}]", "contacts: [~]",
	"contacts: [{email: a@b@c}]", "contacts: [{email: N <a@example.org>}]", "contacts: [{email: \"@example.org\"}]", "contacts: [{email: a@}]", "contacts: [{email: mailto:a@example.org}]",
	"contacts:", "contacts: [[]]", "contacts: [{hours: \"\"}]",
	"keywords: a", "keywords: [1]", "keywords: [~]", "keywords: [\"\"]", "keywords: {a: b}", "keywords: [[a]]",
	"canonical: example.org", "canonical: ftp://example.org", "canonical: https://", "canonical: https:///a", "canonical: https://:80/", "canonical: https://exa mple.org",
	"canonical: https://example.org/%zz", "canonical: https://example.org:http/", "canonical: https://a|b/", "canonical: https://a%41/", "canonical: /a", "canonical: 3", "canonical: https://example.org/#%",
	"canonical: https://a:b:80/", "canonical: https://a[b/", "canonical: mailto:a@example.org",
	"original: yes", "original: 1", "original: \"true\"", "original: true\ntranslation_of: kp", "translation_of: 3",
	"translation: machine", "translation: {by: robot}", "translation: {reviewed: 1}", "translation: {official: yes}", "translation: {of: kp}", "translation: []",
	"speakers: {id: a}", "speakers: [a]", "speakers: [{id: 3}]", "speakers: [{ident: a}]", "speakers: [{name: [a]}]", "extra: 3", "extra: [a]", "extra: text",
	"tittle: T", "type: speech", "Title: T",
}

// What a schema cannot say, so that only the reader finds it.
func TestWhatOnlyTheReaderFinds(t *testing.T) {
	s := compiled(t)
	for _, l := range []string{
		"title: T\nlang: en\nkind: telegram",                                       // kinds are files of the office
		"title: T\nlang: en\nembargo: {until: 2023-11-14T10:00Z, zone: Mars/Port}", // the list of zones changes
		"title: T\nlang: qqq",                                                      // so does that of languages
		"title: T\nlang: sw",                                                       // words are files of the office
		"title: T",                                                                 // the file name can tell the language
		"title: T\nlang: en\ndir: rtl",
		"title: T\nlang: en\nspeakers: [{id: a}, {id: a}]",
		"title: T\nlang: en\nsummary: \"# A heading\"",
		"title: T\nlang: en\nplace: \"a\\u202eb\"", // a direction that is not closed
		"title: T\nlang: en\ncanonical: https://[::1::2]/",
	} {
		if ok, _ := readsWell(l); ok {
			t.Errorf("%q: the reader takes it", l)
		}
		if err := s.Validate(goValue(t, l)); err != nil {
			t.Errorf("%q: the schema finds it too: %v; move it to the lists above", l, err)
		}
	}
	// White space around a fixed word is taken off, and no schema of words can say so.
	l := "title: T\nlang: en\nstatus: \"draft \""
	if ok, problems := readsWell(l); !ok {
		t.Error(problems)
	}
	if s.Validate(goValue(t, l)) == nil {
		t.Errorf("%q: the schema takes it", l)
	}
}

// Every key is described, and its example is taken by both.
func TestEveryKeyIsDescribedAndItsExampleTaken(t *testing.T) {
	s := compiled(t)
	keys := 0
	var look func(typ reflect.Type, m *model, above, needed string)
	look = func(typ reflect.Type, m *model, above, needed string) {
		for i, key := range m.keys {
			keys++
			f, k := typ.Field(m.fields[i].index), m.fields[i]
			if d := f.Tag.Get("jsonschema_description"); d == "" || strings.HasSuffix(d, ".") {
				t.Errorf("%s.%s: description %q", typ.Name(), key, d)
			}
			text := above + line(key, k.example)
			for _, other := range []string{"title: T", "lang: en"} {
				if above != "" || !strings.HasPrefix(other, key+":") {
					text = other + "\n" + text
				}
			}
			if needed != "" && !strings.HasPrefix(needed, key+":") {
				text += "\n  " + needed
			}
			// What the example of lang or dir says of the other, a schema cannot know.
			ok, problems := readsWell(text)
			if err := s.Validate(goValue(t, text)); !ok && problems[0].Code != "dir-mismatch" || err != nil {
				t.Errorf("%s\n%v\n%v", text, problems, err)
			}
			switch under := elem(f.Type); {
			case !isMap(under):
			case under != f.Type:
				look(under, k.item.under, key+":\n  - ", "")
			case under == reflect.TypeFor[issuer]():
				look(under, k.under, key+":\n  ", "name: M")
			case under == reflect.TypeFor[embargo]():
				look(under, k.under, key+":\n  ", "until: 2023-11-14T10:00Z")
			default:
				look(under, k.under, key+":\n  ", "")
			}
		}
	}
	look(reflect.TypeFor[frontMatter](), frontKeys, "", "")
	if keys < 35 {
		t.Errorf("only %d keys were seen", keys)
	}
}

// The patterns must mean the same to editors, whose regular expressions are those of ECMA-262.
func TestPatternsAreOfBothDialects(t *testing.T) {
	// An escape of a letter that one of them lacks, a group of its own kind.
	own := regexp.MustCompile(`\\[^tnrx\\?\[\].]|\(\?[^:]|\\x\{|\[\[:`)
	for _, p := range []string{textPattern, langPattern, mailPattern, webPattern, datePattern, instantPattern} {
		if found := own.FindString(strings.ReplaceAll(p, `\\`, "")); found != "" {
			t.Errorf("%q in %s", found, p)
		}
	}
}
