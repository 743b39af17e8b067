package markdown

import (
	"net/url"
	"slices"
	"strconv"
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

// given notes where a key stands, and tells whether it has a value.
func (f *front) given(e *source.Entry, path string) bool {
	if e.Value.Kind == source.Null || e.Value.Kind == source.Text && strings.TrimSpace(e.Value.Text) == "" {
		f.add(diag.Problem{Severity: diag.Warning, Code: "empty-value", Pos: e.Pos, Path: path,
			Message: path + " has no value", Fix: "give it one, or remove the line"})
		return false
	}
	f.meta.Pos[path] = e.Pos
	return true
}

// text reads a text value on one line.
func (f *front) text(n *source.Node, path, example string) string {
	if n.Kind != source.Text {
		fix := path[strings.LastIndexByte(path, '.')+1:] + ": " + example
		if n.Kind == source.Number || n.Kind == source.Bool {
			fix = path[strings.LastIndexByte(path, '.')+1:] + `: "` + n.Text + `"`
		}
		f.illTyped(n, path, n.Kind.String(), "text, in quotes where YAML would read something else", fix)
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
		f.illTyped(n, path, describe(n), "true or false", path[strings.LastIndexByte(path, '.')+1:]+": true")
		return false
	}
	return strings.EqualFold(n.Text, "true")
}

// describe says what a value is, for messages.
func describe(n *source.Node) string {
	if n.Kind == source.Text || n.Kind == source.Number {
		return quoted(n.Text)
	}
	return n.Kind.String()
}

// oneOf reads a text out of a fixed choice.
func (f *front) oneOf(n *source.Node, path string, allowed ...string) string {
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
		f.illTyped(n, path, quoted(s), strings.Join(allowed, ", "), path[strings.LastIndexByte(path, '.')+1:]+": "+near)
	}
	return ""
}

// webAddress reads an absolute http or https address.
func (f *front) webAddress(n *source.Node, path string) string {
	s := f.text(n, path, "https://www.example.org/statement")
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		f.illTyped(n, path, quoted(s), "an address that starts with https://", path+": https://www.example.org/statement")
		return ""
	}
	return s
}

// list calls read for every item of a list.
func (f *front) list(n *source.Node, path, example string, read func(n *source.Node, path string)) {
	if n.Kind != source.List {
		f.illTyped(n, path, describe(n), "a list", example)
		return
	}
	for i, item := range n.Items {
		at := path + "[" + strconv.Itoa(i) + "]"
		f.meta.Pos[at] = item.Pos
		read(item, at)
	}
}

// record reads a map whose values are texts.
func (f *front) record(n *source.Node, path, example string, known []string, read func(key string, n *source.Node, path string)) {
	if n.Kind != source.Map {
		f.illTyped(n, path, describe(n), "a map with "+strings.Join(known, ", "), example)
		return
	}
	for i := range n.Entries {
		e := &n.Entries[i]
		if !slices.Contains(known, e.Key) {
			f.unknown(e, path, known)
			continue
		}
		if at := join(path, e.Key); f.given(e, at) {
			read(e.Key, e.Value, at)
		}
	}
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

const (
	instantExpected = "an instant with its offset from UTC"
	instantExample  = "2023-11-14T10:00:00+00:00"
)

// instant reads a moment in time.
func (f *front) instant(n *source.Node, path string) time.Time {
	if n.Kind != source.Text {
		f.illTyped(n, path, describe(n), instantExpected, instantExample)
		return time.Time{}
	}
	t, ok := parseInstant(strings.TrimSpace(n.Text))
	if !ok {
		f.illTyped(n, path, quoted(n.Text), instantExpected, instantExample)
	}
	return t
}

// date reads a calendar day or an instant.
func (f *front) date(n *source.Node, path string) doc.Date {
	if n.Kind == source.Text {
		s := strings.TrimSpace(n.Text)
		if t, err := time.ParseInLocation("2006-01-02", s, time.UTC); err == nil {
			return doc.Date{Time: t}
		}
		if t, ok := parseInstant(s); ok {
			return doc.Date{Time: t, Instant: true}
		}
	}
	f.illTyped(n, path, describe(n), "a day (year-month-day) or "+instantExpected, path+": 2023-11-14")
	return doc.Date{}
}
