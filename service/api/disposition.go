package api

import (
	"fmt"
	"strings"
)

// attachment is a Content-Disposition that saves under the given name.
func attachment(name string) string { return disposition("attachment", name) }

// disposition is a Content-Disposition with a file name: a plain ASCII one for old
// readers and, where that is not the same, the true one (RFC 6266, RFC 8187).
func disposition(kind, name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/%`, r) {
			return '_'
		}
		return r
	}, name)
	header := fmt.Sprintf(`%s; filename="%s"`, kind, plain)
	if plain != name {
		header += "; filename*=UTF-8''" + percent(name)
	}
	return header
}

// percent encodes everything but RFC 8187's attr-char.
func percent(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$&+-.^_`|~", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
