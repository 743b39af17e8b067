package plenary

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
)

// TestGuideHasEveryField keeps the tables of docs/plenary.md, which -update writes.
func TestGuideHasEveryField(t *testing.T) {
	const file, from, to = "../../docs/plenary.md", "<!-- fields -->\n", "<!-- end of fields -->"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), from)
	_, after, end := strings.Cut(rest, to)
	if !ok || !end {
		t.Fatalf("docs/plenary.md lacks %q or %q", from, to)
	}
	want := before + from + tables() + to + after
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(data) {
		t.Error("the tables of docs/plenary.md are not those of the types: run go test ./render/plenary -update")
	}
}

// tables has one table an object, in the order in which they are met.
func tables() string {
	var b strings.Builder
	queue := []reflect.Type{reflect.TypeFor[Record]()}
	seen := map[reflect.Type]bool{}
	for len(queue) > 0 {
		typ := queue[0]
		queue = queue[1:]
		if seen[typ] {
			continue
		}
		seen[typ] = true
		fmt.Fprintf(&b, "\n### %s\n\n| key | value | meaning |\n|---|---|---|\n", spaced(typ.Name()))
		for _, f := range fieldsOf(typ) {
			field := typ.Field(f.index).Type
			meaning := f.description
			if words := f.tag.all("enum"); words != nil {
				meaning += ": `" + strings.Join(words, "`, `") + "`"
			}
			if f.tag.has("required") {
				meaning = "**Required.** " + meaning
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", f.key, described(field, f.tag), strings.ReplaceAll(meaning, "|", "\\|"))
			if field.Kind() == reflect.Slice {
				field = field.Elem()
			}
			if field.Kind() == reflect.Struct && (&decoder{}).reader(field) == nil {
				queue = append(queue, field)
			}
		}
	}
	return b.String() + "\n"
}

// described names a type for people.
func described(typ reflect.Type, tag fieldTag) string {
	switch typ {
	case reflect.TypeFor[Text]():
		if tag.has("blocks") {
			return "text, blocks of Markdown"
		}
		return "text"
	case reflect.TypeFor[Date]():
		return "day"
	case reflect.TypeFor[Instant]():
		return "instant"
	case reflect.TypeFor[Amount]():
		return "amount"
	case reflect.TypeFor[Votes]():
		return "number, or list of parties"
	case reflect.TypeFor[Lang]():
		return "language"
	case reflect.TypeFor[PartyID]():
		return "party"
	}
	switch typ.Kind() {
	case reflect.Slice:
		return "list of " + strings.TrimPrefix(described(typ.Elem(), tag), "text, ")
	case reflect.Struct:
		anchor := strings.ReplaceAll(strings.ToLower(spaced(typ.Name())), " ", "-")
		return fmt.Sprintf("[%s](#%s)", strings.ToLower(spaced(typ.Name())), anchor)
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "whole number"
	}
	return "word"
}

// spaced is a type's name in words.
func spaced(name string) string {
	var b strings.Builder
	for i, c := range name {
		if i > 0 && c >= 'A' && c <= 'Z' && !(name[i-1] >= 'A' && name[i-1] <= 'Z') {
			b.WriteByte(' ')
			c += 'a' - 'A'
		}
		b.WriteRune(c)
	}
	return strings.ReplaceAll(b.String(), "Source ref", "Source")
}
