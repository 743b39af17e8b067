package kind

import (
	"regexp"
	"slices"
	"strconv"
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
	if k.Pages < 0 || k.Pages > 1000 {
		fail("pages", "pages is %d: expected 1 to 1000, or 0 for any number", k.Pages)
	}
	k.checkRecord(fail, oneOf)
	return wrong
}

// checkRecord finds sections that mean nothing.
func (k *Kind) checkRecord(fail func(path, format string, args ...any), oneOf func(path, value string, allowed []string)) {
	seen := map[Part]bool{}
	for i, s := range k.Record.Sections {
		path := "record.sections[" + strconv.Itoa(i) + "]"
		switch {
		case s.Part == "":
			fail(path, "the section has no part: expected one of %s", join(Parts()))
		case !slices.Contains(Parts(), s.Part):
			fail(path+".part", "part is %q: expected one of %s", s.Part, join(Parts()))
		case seen[s.Part]:
			fail(path+".part", "part %q is printed twice: expected one section for each part", s.Part)
		}
		seen[s.Part] = true
		oneOf(path+".form", string(s.Form), []string{string(FormList), string(FormTable)})
		oneOf(path+".group", string(s.Group), []string{string(GroupAgenda), string(GroupType), string(GroupVerb)})
		if s.Part != PartOutcomes && s.Part != "" && (s.Form != "" || s.Group != "" || s.Most != 0) {
			fail(path, "form, group and most are for the part outcomes alone")
		}
		if s.Group != "" && s.Form == FormTable {
			fail(path+".group", "%s.group is %q: a table has no groups", path, s.Group)
		}
		if s.Most < 0 || s.Most > 1000 {
			fail(path+".most", "%s.most is %d: expected 1 to 1000, or 0 for all", path, s.Most)
		}
	}
	if k.Record.Default && len(k.Record.Sections) == 0 {
		fail("record.default", "record.default is true, but there are no sections to print")
	}
}

// join lists names.
func join[T ~string](names []T) string {
	var b strings.Builder
	for i, n := range names {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(n))
	}
	return b.String()
}
