package markdown

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"communique/render/doc"
)

// TestGuideHasEveryKey keeps the table of docs/markdown.md, which -update writes.
func TestGuideHasEveryKey(t *testing.T) {
	const file, from, to = "../../docs/markdown.md", "<!-- keys -->\n", "<!-- end of keys -->"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), from)
	_, after, end := strings.Cut(rest, to)
	if !ok || !end {
		t.Fatalf("docs/markdown.md lacks %q or %q", from, to)
	}
	want := before + from + "\n| key | value | example | meaning |\n|---|---|---|---|\n" + keyRows(reflect.TypeFor[frontMatter](), frontKeys, "") + "\n" + to + after
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(data) {
		t.Error("the table of docs/markdown.md is not that of the types: run go test ./render/markdown -run TestGuide -update")
	}
}

// keyRows has a row a key, those of a map below its own.
func keyRows(typ reflect.Type, m *model, above string) string {
	var b strings.Builder
	for i, key := range m.keys {
		f, k := typ.Field(m.fields[i].index), m.fields[i]
		example := "`" + k.example + "`"
		if strings.HasPrefix(k.example, "\n") {
			example = "see below"
		}
		meaning := strings.ReplaceAll(f.Tag.Get("jsonschema_description"), "*", `\*`)
		if strings.Contains(f.Tag.Get("jsonschema"), "required") {
			meaning = "**Needed.** " + meaning
		}
		fmt.Fprintf(&b, "| `%s%s` | %s | %s | %s |\n", above, key, valueOf(f.Type, k), example, meaning)
		if k.item != nil && k.item.under != nil {
			k.under = k.item.under
		}
		if k.under != nil {
			b.WriteString(keyRows(elem(f.Type), k.under, above+key+"."))
		}
	}
	return b.String()
}

// valueOf says in words what a key takes.
func valueOf(typ reflect.Type, k field) string {
	words := k.words
	if typ == reflect.TypeFor[kindName]() {
		words = options().Kinds.Names()
	}
	if n := len(words); n > 0 {
		return "`" + strings.Join(words[:n-1], "`, `") + "` or `" + words[n-1] + "`"
	}
	switch typ {
	case reflect.TypeFor[langTag]():
		return "language tag (BCP 47)"
	case reflect.TypeFor[zoneName]():
		return "name of a time zone (IANA)"
	case reflect.TypeFor[webAddress]():
		return "web address"
	case reflect.TypeFor[mailAddress]():
		return "mail address"
	case reflect.TypeFor[time.Time]():
		return "instant"
	case reflect.TypeFor[doc.Date]():
		return "day, or instant"
	case reflect.TypeFor[issuer]():
		return "text, or the keys below"
	case reflect.TypeFor[embargo]():
		return "instant, or the keys below"
	case reflect.TypeFor[bool](), reflect.TypeFor[*bool]():
		return "`true` or `false`"
	}
	switch {
	case typ.Kind() == reflect.Map:
		return "keys of your own"
	case k.under != nil:
		return "the keys below"
	case k.item != nil && k.item.under != nil:
		return "list of the keys below"
	case k.item != nil:
		return "list of text"
	}
	return "text"
}
