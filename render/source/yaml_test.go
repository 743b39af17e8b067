package source_test

import (
	"fmt"
	"strings"
	"testing"

	"communique/render/diag"
	"communique/render/source"
)

func show(n *source.Node) string {
	if n == nil {
		return "-"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d:%d ", n.Pos.Line, n.Pos.Column)
	switch n.Kind {
	case source.Map:
		b.WriteByte('{')
		for _, e := range n.Entries {
			fmt.Fprintf(&b, "%s@%d:%d=%s;", e.Key, e.Pos.Line, e.Pos.Column, show(e.Value))
		}
		b.WriteByte('}')
	case source.List:
		b.WriteByte('[')
		for _, i := range n.Items {
			b.WriteString(show(i) + ";")
		}
		b.WriteByte(']')
	default:
		fmt.Fprintf(&b, "%v %q", n.Kind, n.Text)
	}
	return b.String()
}

func TestYAMLKeepsKindsAndPlaces(t *testing.T) {
	for src, want := range map[string]string{
		"a: text":                          `11:1 {a@11:1=11:4 text "text";}`,
		"é: \"ü\" # c\nb: 'x'":             `11:1 {é@11:1=11:4 text "ü";b@12:1=12:4 text "x";}`,
		"a: 0012\nb: 1.50":                 `11:1 {a@11:1=11:4 a number "0012";b@12:1=12:4 a number "1.50";}`,
		"a: true\nb: yes\nc:":              `11:1 {a@11:1=11:4 true or false "true";b@12:1=12:4 text "yes";c@13:1=13:4 nothing "";}`,
		"a: 2023-11-14":                    `11:1 {a@11:1=11:4 text "2023-11-14";}`,
		"a: |\n  x\n  y":                   `11:1 {a@11:1=11:4 text "x\ny";}`,
		"a:\n  - b: 1\n    c: [x, {y: z}]": `11:1 {a@11:1=12:3 [12:5 {b@12:5=12:8 a number "1";c@13:5=13:8 [13:9 text "x";13:13 {y@13:13=13:16 text "z";};];};];}`,
		"- a\n- b":                         `11:1 [11:3 text "a";12:3 text "b";]`,
		"":                                 "-",
		"# only":                           "-",
	} {
		var problems diag.List
		if got := show(source.YAML("f", []byte(src), 10, source.FrontMatter, &problems)); got != want || problems.HasErrors() {
			t.Errorf("%q:\n got %s\nwant %s\n%v", src, got, want, problems.Sorted())
		}
	}
}

func TestYAMLReportsFaultsWithTheirPlace(t *testing.T) {
	for src, want := range map[string]string{
		"a: 1\na: 2\na: 3":          "f:2:1: duplicate-key f:3:1: duplicate-key",
		"a: &x 1\nb: *x":            "f:1:4: yaml-construct f:2:4: yaml-construct",
		"a: !!str 1\n<<: {b: 1}":    "f:1:4: yaml-construct f:2:1: yaml-construct",
		"? a\n: b":                  "f:1:1: yaml-construct",
		"a: b: c":                   "f:1:4: yaml-syntax",
		"a: \"b":                    "f:1:4: yaml-syntax",
		"a: @b":                     "f:1:4: yaml-syntax",
		strings.Repeat("[", 33):     "f:1:33: yaml-too-deep",
		strings.Repeat("- ", 40):    "f:1:65: yaml-too-deep",
		strings.Repeat("a\n", 2001): "f:2001: yaml-too-big",
	} {
		var problems diag.List
		source.YAML("f", []byte(src), 0, source.FrontMatter, &problems)
		var got []string
		for _, p := range problems.Sorted() {
			if p.Severity != diag.Error {
				t.Errorf("%q: %v", src, p)
			}
			got = append(got, p.Pos.String()+": "+p.Code)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: got %s, want %s", src, s, want)
		}
	}
}

func FuzzYAML(f *testing.F) {
	for _, s := range []string{"a: 1", "a: [1, {b: c}]", "a: |\n x\n", "? a\n: b", "a: &b c", "- - -", "\"\\u00", "a: !!x", "%YAML", "a: >-\n\n\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var problems diag.List
		if n := source.YAML("f", []byte(s), 0, source.FrontMatter, &problems); n != nil {
			show(n)
		}
	})
}
