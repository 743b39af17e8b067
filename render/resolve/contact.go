package resolve

import (
	"strings"

	"communique/render/doc"
)

// contacts appends the front matter's contacts as a section of their own.
func (r *resolver) contacts() {
	m := &r.d.Meta
	if len(m.Contacts) == 0 {
		return
	}
	r.d.Blocks = append(r.d.Blocks, &doc.Heading{Level: r.topLevel(), Generated: true,
		Content: []doc.Inline{&doc.Text{Value: r.word("contact-heading", nil)}}})
	for _, c := range m.Contacts {
		r.d.Blocks = append(r.d.Blocks, &doc.Paragraph{Content: r.contact(c)})
	}
}

// contact sets one contact as lines: who, then how to reach them. Telephone
// numbers and addresses run from left to right in every language.
func (r *resolver) contact(c doc.Contact) []doc.Inline {
	var lines [][]doc.Inline
	if who := r.named(c.Name, c.Role); who != "" {
		lines = append(lines, []doc.Inline{&doc.Strong{Content: []doc.Inline{&doc.Text{Value: who}}}})
	}
	reach := func(key, shown, url string) {
		if shown == "" {
			return
		}
		var n doc.Inline = &doc.Text{Value: shown}
		if url != "" {
			n = &doc.Span{Dir: doc.LeftToRight, Content: []doc.Inline{&doc.Link{URL: url, Content: []doc.Inline{n}}}}
		}
		label := r.word(key, nil)
		if !strings.HasSuffix(label, "：") { // the full-width colon brings its own room
			label += " "
		}
		lines = append(lines, []doc.Inline{&doc.Text{Value: label}, n})
	}
	reach("contact-phone", c.Phone, "tel:"+dial(c.Phone))
	reach("contact-email", c.Email, "mailto:"+c.Email)
	reach("contact-hours", c.Hours, "")
	var out []doc.Inline
	for i, l := range lines {
		if i > 0 {
			out = append(out, &doc.Break{})
		}
		out = append(out, l...)
	}
	return out
}

// dial keeps what a telephone dials (RFC 3966).
func dial(phone string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c == '+' {
			return c
		}
		return -1
	}, phone)
}
