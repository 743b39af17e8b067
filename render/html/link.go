package html

import (
	"strings"

	"communique/render/doc"
)

// link writes a link. One that stands within a link, or whose address is not
// safe, keeps its words only: the front end has reported it.
func (b *body) link(n *doc.Link) {
	if b.inLink || !safe(n.URL) {
		b.inlines(n.Content)
		return
	}
	b.raw(`<a href="`)
	b.buf = appendURL(b.buf, n.URL)
	b.raw(`"`)
	if n.Title != "" {
		b.attribute("title", n.Title)
	}
	if b.external(n.URL) {
		b.raw(` rel="external"`)
		if doc.PlainText(n.Content) == n.URL {
			b.raw(` class="bare"`) // print need not say it twice
		}
	}
	b.raw(">")
	b.inLink = true
	b.inlines(n.Content)
	b.inLink = false
	b.raw("</a>")
}

// schemes are the ones that the front end lets through. All others could act.
var schemes = [...]string{"http", "https", "mailto", "tel"}

// safe reports whether an address may be linked to: relative, or of a harmless
// scheme. Whatever stands before the first colon counts as a scheme (RFC 3986,
// 3.1), well-formed or not, as browsers mend what is broken.
func safe(url string) bool {
	if url == "" {
		return false
	}
	i := strings.IndexAny(url, ":/?#")
	if i < 0 || url[i] != ':' {
		return true
	}
	for _, s := range schemes {
		if strings.EqualFold(url[:i], s) {
			return true
		}
	}
	return false
}

// external reports whether a link leads to another site than the page's own.
func (b *body) external(url string) bool {
	o := origin(url)
	return o != "" && !strings.EqualFold(o, b.origin)
}

// origin is scheme and host of an absolute web address, empty for any other.
func origin(url string) string {
	i := strings.Index(url, "://")
	if i < 0 || !strings.EqualFold(url[:i], "http") && !strings.EqualFold(url[:i], "https") {
		return ""
	}
	if j := strings.IndexAny(url[i+3:], "/?#"); j >= 0 {
		return url[:i+3+j]
	}
	return url
}

// appendURL appends an address as the value of an attribute in double quotes,
// with what no URL may hold percent-encoded (URL standard, 1.3 and 4.3).
func appendURL(dst []byte, url string) []byte {
	path := 0 // brackets are for the host's IPv6 address only
	if o := origin(url); o != "" {
		path = len(o)
	}
	from := 0
	for i := 0; i < len(url); i++ {
		c := url[i]
		switch {
		case c <= ' ', c == 0x7f, c == '"', c == '<', c == '>', c == '\\', c == '^', c == '`', c == '{', c == '|', c == '}':
		case (c == '[' || c == ']') && i >= path:
		case c == '%' && (i+2 >= len(url) || !hexadecimal(url[i+1]) || !hexadecimal(url[i+2])):
		case c == '#' && strings.IndexByte(url, '#') < i:
		default:
			continue
		}
		dst = append(appendAttribute(dst, url[from:i]), '%', hexDigits[c>>4], hexDigits[c&15])
		from = i + 1
	}
	return appendAttribute(dst, url[from:])
}

const hexDigits = "0123456789ABCDEF"

func hexadecimal(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
