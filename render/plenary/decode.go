package plenary

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"communique/render/diag"
	"communique/render/source"
)

// decoder fills the record from a tree of values by the types' tags. It reports
// all that is wrong and goes on, so that one run shows everything.
type decoder struct {
	problems *diag.List
	places   map[string]diag.Pos
	// original is the language of plain strings.
	original Lang
	// fields keeps the fields of each type.
	fields map[reflect.Type][]field
}

// decode reads the record. The original language comes first: every plain string
// is in it.
func (d *decoder) decode(root *source.Node, r *Record) {
	if languages := root.Get("languages"); languages != nil && languages.Kind == source.Map {
		if n := languages.Get("original"); n != nil && n.Kind == source.Text {
			d.original = Lang(n.Text)
			if tag, err := language.Parse(n.Text); err == nil {
				d.original = Lang(tag.String())
			}
		}
	}
	if d.original == "" { // reported as missing below
		d.original = "en"
	}
	d.value(root, reflect.ValueOf(r).Elem(), "", nil)
}

// reader finds how a type is read that is not read by its kind.
func (d *decoder) reader(t reflect.Type) func(n *source.Node, v reflect.Value, path string) {
	switch t {
	case reflect.TypeFor[Text]():
		return d.text
	case reflect.TypeFor[Date]():
		return d.date
	case reflect.TypeFor[Instant]():
		return d.instant
	case reflect.TypeFor[Amount]():
		return d.amount
	case reflect.TypeFor[Votes]():
		return d.votes
	case reflect.TypeFor[Lang]():
		return d.lang
	}
	return nil
}

// value reads a node into v; tag is that of the field.
func (d *decoder) value(n *source.Node, v reflect.Value, path string, tag fieldTag) {
	if path != "" {
		d.places[path] = n.Pos
	}
	if strings.ContainsFunc(n.Text, control) {
		d.controlled(n, path)
		return
	}
	if read := d.reader(v.Type()); read != nil {
		read(n, v, path)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.object(n, v, path)
	case reflect.Slice:
		d.list(n, v, path)
	case reflect.Bool:
		if n.Kind != source.Bool {
			d.bad(n, path, "true or false", lastKey(path)+": true")
			return
		}
		v.SetBool(n.Text == "true")
	case reflect.Int:
		d.integer(n, v, path, tag)
	case reflect.String:
		d.word(n, v, path, tag)
	default:
		panic("plenary: a field of type " + v.Type().String())
	}
}

// object reads a map into a struct.
func (d *decoder) object(n *source.Node, v reflect.Value, path string) {
	fields := d.fieldsOf(v.Type())
	if n.Kind != source.Map {
		d.bad(n, path, "a map with "+keyList(fields), example(path, fields))
		return
	}
	for i := range n.Entries {
		e := &n.Entries[i]
		f := slices.IndexFunc(fields, func(f field) bool { return f.key == e.Key })
		at := join(path, e.Key)
		switch {
		case f < 0:
			d.unknown(e, at, fields)
		case fields[f].tag.has("required") && nothing(e.Value, v.Field(fields[f].index).Type()):
			d.add(diag.Error, "missing-key", e.Pos, at, at+" has no value", fields[f].description, "give it one")
		case blank(e.Value):
			d.add(diag.Warning, "empty-value", e.Pos, at, at+" has no value", "", "give it one, or remove the line")
		default:
			d.value(e.Value, v.Field(fields[f].index), at, fields[f].tag)
		}
	}
	for _, f := range fields {
		if f.tag.has("required") && n.Get(f.key) == nil {
			d.add(diag.Error, "missing-key", n.Pos, join(path, f.key), place(path)+" needs "+f.key, f.description, "add a line “"+f.key+": …” here")
		}
	}
}

// control tells characters that no page can show (as markdown has them in statements).
func control(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff
}

// blank tells a value that says nothing.
func blank(n *source.Node) bool {
	return n.Kind == source.Null || n.Kind == source.Text && strings.TrimSpace(n.Text) == ""
}

// nothing tells also an empty list, and a text that is in no language.
func nothing(n *source.Node, t reflect.Type) bool {
	return blank(n) || n.Kind == source.List && len(n.Items) == 0 || n.Kind == source.Map && t == reflect.TypeFor[Text]() &&
		!slices.ContainsFunc(n.Entries, func(e source.Entry) bool { return !blank(e.Value) })
}

func (d *decoder) list(n *source.Node, v reflect.Value, path string) {
	if n.Kind != source.List {
		fix := lastKey(path) + ":\n  - " + firstWords(n)
		d.bad(n, path, "a list: one entry a line, after a hyphen", fix)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items)))
	for i, item := range n.Items {
		at := path + "[" + strconv.Itoa(i) + "]"
		if blank(item) {
			d.bad(item, at, "a value", "remove it from the list")
			continue
		}
		d.value(item, v.Index(i), at, nil)
	}
}

func (d *decoder) integer(n *source.Node, v reflect.Value, path string, tag fieldTag) {
	x, err := strconv.Atoi(n.Text)
	least, bounded := tag.number("minimum")
	if n.Kind != source.Number || err != nil || bounded && x < least || x > 1_000_000_000 {
		expected := "a whole number"
		if bounded {
			expected += ", " + strconv.Itoa(least) + " or more"
		}
		d.bad(n, path, expected, lastKey(path)+": 20")
		return
	}
	v.SetInt(int64(x))
}

// word reads a string that is the same in every language: a code, a symbol, one of
// a few words.
func (d *decoder) word(n *source.Node, v reflect.Value, path string, tag fieldTag) {
	if n.Kind == source.Number && (v.Type() != reflect.TypeFor[string]() || tag.has("enum")) ||
		n.Kind != source.Text && n.Kind != source.Number {
		d.bad(n, path, "text", lastKey(path)+": "+quote(n.Text))
		return
	}
	if allowed := tag.all("enum"); len(allowed) > 0 && !slices.Contains(allowed, n.Text) {
		near := diag.Nearest(n.Text, allowed)
		if near == "" {
			near = allowed[0]
		}
		d.bad(n, path, strings.Join(allowed, ", "), lastKey(path)+": "+near)
		return
	}
	if strings.ContainsAny(n.Text, "\n\r") {
		d.bad(n, path, "text on one line", "")
		return
	}
	if tag.has("format") && !addressed(tag, strings.TrimSpace(n.Text)) {
		expected, example := "an address that starts with https://", "https://www.example.org/"
		if tag.all("format")[0] == "email" {
			expected, example = "one mail address", "press@example.org"
		}
		d.bad(n, path, expected, lastKey(path)+": "+example)
		return
	}
	v.SetString(strings.TrimSpace(n.Text))
}

// addressed tells an address on the web, or one mail address, from what no link may
// lead to.
func addressed(tag fieldTag, s string) bool {
	if tag.all("format")[0] == "email" {
		local, domain, ok := strings.Cut(s, "@")
		return ok && local != "" && domain != "" && !strings.ContainsAny(s, " <>()\"',;:\\") && !strings.Contains(domain, "@")
	}
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// text reads a plain string, which is in the original language, or a map of
// language tags to strings.
func (d *decoder) text(n *source.Node, v reflect.Value, path string) {
	var t Text
	switch n.Kind {
	case source.Text, source.Number:
		t.Versions = []Version{{d.original, n.Text, n.Pos}}
	case source.Map:
		for i := range n.Entries {
			e := &n.Entries[i]
			at := join(path, e.Key)
			d.places[at] = e.Value.Pos
			tag, err := language.Parse(e.Key)
			if err != nil {
				d.add(diag.Error, "bad-lang", e.Pos, at, "the language "+quote(e.Key)+" is not a BCP 47 tag", "a tag such as fr or zh-Hans", lastKey(path)+": {en: …, fr: …}")
				continue
			}
			if strings.ContainsFunc(e.Value.Text, control) {
				d.controlled(e.Value, at)
				continue
			}
			if blank(e.Value) {
				d.add(diag.Warning, "empty-value", e.Pos, at, at+" has no value", "", "give it one, or remove the line")
				continue
			}
			if e.Value.Kind != source.Text && e.Value.Kind != source.Number {
				d.bad(e.Value, at, "text", e.Key+": "+quote(e.Value.Text))
				continue
			}
			if slices.ContainsFunc(t.Versions, func(v Version) bool { return v.Lang == Lang(tag.String()) }) {
				d.add(diag.Error, "duplicate-key", e.Pos, at, "the text is given twice in "+tag.String(), "each language once", "remove one of the two")
				continue
			}
			t.Versions = append(t.Versions, Version{Lang(tag.String()), e.Value.Text, e.Value.Pos})
		}
	default:
		d.bad(n, path, "text, or a map of languages to text", lastKey(path)+": {en: …, fr: …}")
		return
	}
	v.Set(reflect.ValueOf(t))
}

func (d *decoder) lang(n *source.Node, v reflect.Value, path string) {
	tag, err := language.Parse(n.Text)
	if n.Kind != source.Text || err != nil || tag == language.Und {
		d.bad(n, path, "a BCP 47 tag such as fr or zh-Hans", "en")
		return
	}
	v.SetString(tag.String())
}

func (d *decoder) date(n *source.Node, v reflect.Value, path string) {
	t, err := time.Parse(time.DateOnly, n.Text)
	if err != nil {
		d.bad(n, path, "a day as YYYY-MM-DD that the calendar has", lastKey(path)+": 2023-11-10")
		return
	}
	v.Set(reflect.ValueOf(Date{t}))
}

func (d *decoder) instant(n *source.Node, v reflect.Value, path string) {
	t, err := time.Parse(time.RFC3339, n.Text)
	if err != nil {
		d.bad(n, path, "an instant with its offset from UTC", lastKey(path)+": 2023-11-10T18:30:00+02:00")
		return
	}
	v.Set(reflect.ValueOf(Instant{t}))
}

// amount reads a number, or a decimal string where YAML's numbers would lose digits.
func (d *decoder) amount(n *source.Node, v reflect.Value, path string) {
	a, ok := parseAmount(n.Text)
	if !ok || n.Kind != source.Number && n.Kind != source.Text {
		d.bad(n, path, "a number with a decimal point and without separators", lastKey(path)+": 38360000.25")
		return
	}
	v.Set(reflect.ValueOf(a))
}

func (d *decoder) votes(n *source.Node, v reflect.Value, path string) {
	votes := Votes{Given: true}
	if n.Kind == source.List {
		d.list(n, reflect.ValueOf(&votes.Parties).Elem(), path)
		votes.Count = len(votes.Parties)
	} else if x, err := strconv.Atoi(n.Text); n.Kind == source.Number && err == nil && x >= 0 && x < 1_000_000 {
		votes.Count = x
	} else {
		d.bad(n, path, "a number of votes, or the list of parties", lastKey(path)+": [AO, BW, ZA]")
		return
	}
	v.Set(reflect.ValueOf(votes))
}

// bad reports a value that is not what its field needs.
func (d *decoder) bad(n *source.Node, path, expected, fix string) {
	is := n.Kind.String()
	if n.Kind == source.Text || n.Kind == source.Number || n.Kind == source.Bool {
		is = quote(n.Text)
	}
	d.add(diag.Error, "bad-value", n.Pos, path, place(path)+" is "+is, expected, fix)
}

// controlled reports a text with control characters, which is not repeated.
func (d *decoder) controlled(n *source.Node, path string) {
	d.add(diag.Error, "bad-value", n.Pos, path, place(path)+" has a control character", "text without control characters", "remove it")
}

func (d *decoder) unknown(e *source.Entry, path string, fields []field) {
	known := make([]string, len(fields))
	for i, f := range fields {
		known[i] = f.key
	}
	fix := "remove it"
	if near := diag.Nearest(e.Key, known); near != "" {
		fix = "write " + near + ", or remove it"
	}
	d.add(diag.Error, "unknown-key", e.Pos, path, "there is no key "+quote(e.Key)+" here", keyList(fields), fix)
}

func (d *decoder) add(s diag.Severity, code string, pos diag.Pos, path, message, expected, fix string) {
	d.problems.Add(diag.Problem{Severity: s, Code: code, Pos: pos, Path: path, Message: message, Expected: expected, Fix: fix})
}

// place names a path for people; the root has none.
func place(path string) string {
	if path == "" {
		return "the record"
	}
	return path
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// lastKey is the key that a path ends in.
func lastKey(path string) string {
	path = path[strings.LastIndexByte(path, '.')+1:]
	if i := strings.IndexByte(path, '['); i >= 0 {
		path = path[:i]
	}
	return path
}

// quote shows a value, shortened.
func quote(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return "“" + s + "”"
}

func firstWords(n *source.Node) string {
	if n.Text == "" {
		return "…"
	}
	return strings.Trim(quote(n.Text), "“”")
}

func keyList(fields []field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.key
	}
	return strings.Join(names, ", ")
}

func example(path string, fields []field) string {
	key := fields[max(0, slices.IndexFunc(fields, func(f field) bool { return f.tag.has("required") }))].key
	if path == "" {
		return key + ": …"
	}
	return fmt.Sprintf("%s:\n  %s: …", lastKey(path), key)
}
