package kind

import (
	"regexp"
	"slices"
	"strings"

	"communique/render/source"
)

// metadata are the front matter keys that a kind can ask for.
var metadata = []string{"id", "symbol", "summary", "issuer", "place", "date", "embargo", "status", "contacts", "keywords", "canonical", "speakers", "short_title"}

// items are what running lines are made of.
var items = []string{string(ItemTitle), string(ItemSymbol), string(ItemIssuer), string(ItemDate), string(ItemPageOf)}

// messageKey is the shape of the keys of locales/*.toml.
var messageKey = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// check finds values that mean nothing.
func (k *Kind) check(at *source.Places) (wrong []error) {
	fail := func(path, format string, args ...any) { wrong = append(wrong, at.Errorf(path, format, args...)) }
	oneOf := func(path, value string, allowed []string) {
		if value != "" && !slices.Contains(allowed, value) {
			fail(path, "%s is %q: expected one of %s", path, value, strings.Join(allowed, ", "))
		}
	}
	for _, key := range []struct{ path, value string }{{"label", k.Label}, {"end_mark", k.EndMark}} {
		if key.value != "" && !messageKey.MatchString(key.value) {
			fail(key.path, "%s is %q: expected the key of a message in locales/*.toml, such as kind-statement", key.path, key.value)
		}
	}
	for _, key := range k.Required {
		oneOf("required", key, metadata)
	}
	if k.Contents.From < 0 || k.Contents.From > 1000 {
		fail("contents.from", "contents.from is %d: expected 1 to 1000 headings, or 0 for no contents", k.Contents.From)
	}
	if k.Contents.Level < 2 || k.Contents.Level > 6 {
		fail("contents.level", "contents.level is %d: expected 2 to 6, the deepest level listed", k.Contents.Level)
	}
	oneOf("numbering.paragraphs", string(k.Numbering.Paragraphs), []string{string(CountDocument), string(CountSection)})
	for _, line := range []struct {
		path string
		f    Furniture
	}{{"head", k.Head}, {"foot", k.Foot}} {
		oneOf(line.path+".start", string(line.f.Start), items)
		oneOf(line.path+".end", string(line.f.End), items)
	}
	return wrong
}
