package main

import (
	"fmt"
	"strings"
	"unicode"
)

// writer prints TOML, one key a line, so that a difference between two
// versions of CLDR can be read.
type writer struct{ strings.Builder }

func (w *writer) comment(text string)      { fmt.Fprintf(w, "# %s\n", text) }
func (w *writer) section(name string)      { fmt.Fprintf(w, "\n[%s]\n", name) }
func (w *writer) number(key string, n int) { fmt.Fprintf(w, "%s = %d\n", key, n) }
func (w *writer) pair(key, value string)   { fmt.Fprintf(w, "%s = %s\n", key, quote(value)) }
func (w *writer) list(key string, v []string) {
	quoted := make([]string, len(v))
	for i, s := range v {
		quoted[i] = quote(s)
	}
	fmt.Fprintf(w, "%s = [%s]\n", key, strings.Join(quoted, ", "))
}

// quote writes a TOML string; what cannot be seen is escaped, so that a reader
// can tell one space from another.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r != ' ' && (unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r)):
			fmt.Fprintf(&b, "\\u%04X", r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
