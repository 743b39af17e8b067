package plain

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"communique/render/doc"
)

// link writes a link's words and, if they do not tell the address, the number of
// a note that does. A place in the document has no address in a text.
func (w *writer) link(b *strings.Builder, n *doc.Link) {
	s := w.inlines(n.Content)
	url := n.URL
	switch {
	case url == "", strings.HasPrefix(url, "#"):
		b.WriteString(s)
	case told(s, url):
		b.WriteString(w.leftToRight(unbroken(s)))
		if n.Title != "" {
			b.WriteString(" (" + n.Title + ")")
		}
	default:
		b.WriteString(s)
		if last, _ := utf8.DecodeLastRuneInString(s); columns(string(last)) < 2 {
			b.WriteString("\u00a0")
		} else {
			b.WriteString(joiner) // ideographs need no space, and keep the number beside them
		}
		b.WriteString(w.reference(note{url, n.Title}))
	}
}

// told reports whether words say an address themselves.
func told(words, url string) bool {
	scheme, rest, _ := strings.Cut(url, ":")
	switch strings.ToLower(scheme) {
	case "tel":
		return digits(words) == digits(rest)
	case "mailto":
		return strings.EqualFold(words, rest)
	}
	return words == url
}

// digits keeps what a telephone dials.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, s)
}

// unbroken forbids line ends within an address: what is cut cannot be followed.
func unbroken(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 {
			b.WriteString(joiner)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// reference is the sign of a note, in the language's digits.
func (w *writer) reference(n note) string {
	number, ok := w.number[n]
	if !ok {
		if w.number == nil {
			w.number = map[note]int{}
		}
		w.links = append(w.links, n)
		number = len(w.links)
		w.number[n] = number
	}
	return "[" + w.numeral(number) + "]"
}

func (w *writer) numeral(n int) string {
	d := w.d.Front.Digits
	if len(d) != 10 {
		return strconv.Itoa(n)
	}
	return strings.Map(func(r rune) rune { return d[r-'0'] }, strconv.Itoa(n))
}

// notes writes the addresses.
func (w *writer) notes() {
	for i, n := range w.links {
		sign := "[" + w.numeral(i+1) + "] "
		w.indented(len(sign), sign, func() {
			w.line(w.leftToRight(n.url))
			if n.title != "" {
				w.wrap(n.title)
			}
		})
	}
}
