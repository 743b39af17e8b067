package plenary

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"communique/render/diag"
)

var update = flag.Bool("update", false, "rewrite the expected messages of testdata/wrong.txt")

// sound is the head of every record in testdata/wrong.txt that does not bring its own.
const sound = `body: {name: Kimberley Process}
languages: {original: en}
meeting: {kind: plenary, from: 2023-11-06, to: 2023-11-10}
`

// TestWrongRecordsAreTold reads testdata/wrong.txt: cases with a title, a record
// (the lines of sound stand before it, unless it begins with "body:" or "{"), and
// the messages that it gets.
func TestWrongRecordsAreTold(t *testing.T) {
	const file = "testdata/wrong.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	locales := catalog(t)
	var out strings.Builder
	cases := strings.Split(string(data), "\n## ")
	out.WriteString(cases[0])
	for _, c := range cases[1:] {
		title, rest, _ := strings.Cut(c, "\n")
		record, want, _ := strings.Cut(rest, "---\n")
		got := told(record, Options{Locales: locales})
		fmt.Fprintf(&out, "\n## %s\n%s---\n%s", title, record, got)
		if got == "" {
			t.Errorf("%s: no problem was found", title)
		}
		if !*update && strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("%s: got\n%swant\n%s", title, got, want)
		}
	}
	if len(cases) <= 40 {
		t.Errorf("%d cases, want more than 40", len(cases)-1)
	}
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func told(record string, opts Options) string {
	name := "record.yaml"
	switch {
	case strings.HasPrefix(record, "{"):
		name = "record.json"
	case !strings.HasPrefix(record, "body:"):
		record = sound + record
	}
	var problems diag.List
	Read(Source{name, []byte(record)}, opts, &problems)
	var b strings.Builder
	for _, p := range problems.Sorted() {
		fmt.Fprintf(&b, "%s: %s %s: %s\n", p.Pos, p.Severity, p.Code, p.Message)
		if p.Expected != "" {
			fmt.Fprintf(&b, "    expected: %s\n", p.Expected)
		}
		if p.Fix != "" {
			fmt.Fprintf(&b, "    fix: %s\n", strings.ReplaceAll(p.Fix, "\n", "\n        "))
		}
	}
	return b.String()
}
