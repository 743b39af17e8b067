package markdown

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/source"
)

// illTyped reports a value that is not what its key needs.
func (f *front) illTyped(n *source.Node, path, is, expected, example string) {
	f.add(diag.Problem{Severity: diag.Error, Code: "bad-value", Pos: n.Pos, Path: path,
		Message: path + " is " + is, Expected: expected, Fix: example})
}

// text reads a text value on one line.
func (f *front) text(n *source.Node, path, example string) string {
	if n.Kind != source.Text {
		if n.Kind == source.Number || n.Kind == source.Bool {
			example = `"` + n.Text + `"`
		}
		f.illTyped(n, path, n.Kind.String(), "text, in quotes where YAML would read something else", line(path, example))
		return ""
	}
	s := strings.Join(strings.FieldsFunc(n.Text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), " ")
	for _, r := range s {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff {
			f.illTyped(n, path, "text with a control character", "text without control characters", "remove it")
			return strings.ToValidUTF8(strings.Map(func(r rune) rune {
				if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff {
					return '\ufffd'
				}
				return r
			}, s), "\ufffd")
		}
	}
	if !bidiBalanced(s) {
		f.add(diag.Problem{Severity: diag.Error, Code: "bidi-unclosed", Pos: n.Pos, Path: path,
			Message: path + " has an invisible directional character that is not closed", Expected: "its closing character in the same text", Fix: "remove it"})
	}
	return s
}

func (f *front) boolean(n *source.Node, path string) bool {
	if n.Kind != source.Bool {
		f.illTyped(n, path, describe(n), "true or false", line(path, "true"))
		return false
	}
	return strings.EqualFold(n.Text, "true")
}

// line is a value as it stands in the source: behind its key, or as an item of a list.
func line(path, example string) string {
	switch {
	case strings.HasSuffix(path, "]"):
		return "- " + example
	case strings.HasPrefix(example, "\n"): // a list stands below its key
		return path + ":" + example
	}
	return path[strings.LastIndexByte(path, '.')+1:] + ": " + example
}

// describe says what a value is, for messages.
func describe(n *source.Node) string {
	if n.Kind == source.Text || n.Kind == source.Number {
		return quoted(n.Text)
	}
	return n.Kind.String()
}

// oneOf reads a text out of a fixed choice.
func (f *front) oneOf(n *source.Node, path string, allowed []string) string {
	s := f.text(n, path, allowed[0])
	for _, a := range allowed {
		if s == a {
			return s
		}
	}
	if n.Kind == source.Text {
		near := diag.Nearest(s, allowed)
		if near == "" {
			near = allowed[0]
		}
		f.illTyped(n, path, quoted(s), strings.Join(allowed, ", "), line(path, near))
	}
	return ""
}

// kind reads the name of a kind that the office has.
func (f *front) kind(n *source.Node, path, example string) kindName {
	name := f.text(n, path, example)
	if name == "" {
		return ""
	}
	if _, ok := f.opts.Kinds.Get(name); !ok {
		near := diag.Nearest(name, f.opts.Kinds.Names())
		if near == "" {
			near = f.opts.Kinds.Names()[0]
		}
		f.illTyped(n, path, quoted(name)+", which does not exist", strings.Join(f.opts.Kinds.Names(), ", "), line(path, near))
		return ""
	}
	return kindName(name)
}

// zone reads the name of a time zone of the IANA list.
func (f *front) zone(n *source.Node, path, example string) zoneName {
	name := f.text(n, path, example)
	if name == "" {
		return ""
	}
	if _, err := f.opts.Locales.Zone(name); err != nil {
		f.illTyped(n, path, quoted(name), "the name of a time zone", line(path, example))
		return ""
	}
	return zoneName(name)
}

// webAddress reads an absolute http or https address.
func (f *front) webAddress(n *source.Node, path, example string) webAddress {
	s := f.text(n, path, example)
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		f.illTyped(n, path, quoted(s), "an address that starts with https://", line(path, example))
		return ""
	}
	return webAddress(s)
}

// mailAddress reads one mail address, without a name beside it.
func (f *front) mailAddress(n *source.Node, path, example string) mailAddress {
	s := f.text(n, path, example)
	local, domain, ok := strings.Cut(s, "@")
	if s != "" && (!ok || local == "" || domain == "" || strings.ContainsAny(s, " <>()\"',;:\\") || strings.Contains(domain, "@")) {
		f.illTyped(n, path, quoted(s), "one mail address", line(path, example))
		return ""
	}
	return mailAddress(s)
}

// speakerID reads the short name of a speaker, which no other has.
func (f *front) speakerID(n *source.Node, path, example string) speakerID {
	id := speakerID(f.text(n, path, example))
	if slices.ContainsFunc(f.values.Speakers, func(s speaker) bool { return s.ID == id && id != "" }) {
		f.illTyped(n, path, "the id of two speakers", "an id of its own for every speaker", "")
	}
	return id
}

// Layouts of instants: seconds may be left out, a space may stand for the T.
var instants = []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04Z07:00"}

// parseInstant reads an instant with its offset. UTC is named as the location
// so that the machine's own zone has no say.
func parseInstant(s string) (time.Time, bool) {
	for _, layout := range instants {
		if t, err := time.ParseInLocation(layout, s, time.UTC); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

const instantExpected = "an instant with its offset from UTC"

// instant reads a moment in time.
func (f *front) instant(n *source.Node, path, example string) time.Time {
	if n.Kind != source.Text {
		f.illTyped(n, path, describe(n), instantExpected, line(path, example))
		return time.Time{}
	}
	t, ok := parseInstant(strings.TrimSpace(n.Text))
	if !ok {
		f.illTyped(n, path, quoted(n.Text), instantExpected, line(path, example))
	}
	return t
}

// date reads a calendar day or an instant.
func (f *front) date(n *source.Node, path, example string) doc.Date {
	if n.Kind == source.Text {
		s := strings.TrimSpace(n.Text)
		if t, err := time.ParseInLocation("2006-01-02", s, time.UTC); err == nil {
			return doc.Date{Time: t}
		}
		if t, ok := parseInstant(s); ok {
			return doc.Date{Time: t, Instant: true}
		}
	}
	f.illTyped(n, path, describe(n), "a day (year-month-day) or "+instantExpected, line(path, example))
	return doc.Date{}
}
