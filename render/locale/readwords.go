package locale

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"communique/render/source"
)

// settingsKey is the one section of a language's file that is not a message.
const settingsKey = "settings"

// readWords reads <tag>.toml. Every key and variable must be one of the
// reference language's; nil when the file is the reference itself.
func readWords(locales fs.FS, file string, reference *words) (*words, error) {
	name := strings.TrimSuffix(path.Base(file), ".toml")
	tag, err := language.Parse(name)
	if err != nil || tag.String() != name {
		return nil, fmt.Errorf("%s: the name must be a canonical BCP 47 tag and .toml, such as zh-Hans.toml", file)
	}
	var raw map[string]any
	if err := source.TOML(locales, file, &raw); err != nil {
		return nil, err
	}
	r := wordReader{fs: locales, file: file, reference: reference}
	w := &words{tag: tag, messages: make(map[string]*message, len(raw))}
	w.localizer = sync.OnceValue(w.newLocalizer)
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		if key == settingsKey {
			if err := r.settings(raw[key], &w.settings); err != nil {
				return nil, err
			}
			continue
		}
		m, err := r.message(key, raw[key])
		if err != nil {
			return nil, err
		}
		w.messages[key] = m
	}
	return w, nil
}

// wordReader turns the decoded values of one file into messages.
type wordReader struct {
	fs        fs.FS
	file      string
	reference *words
}

func (r *wordReader) settings(value any, into *settings) error {
	table, ok := value.(map[string]any)
	if !ok {
		return r.errorAt(settingsKey, "", "settings must be a section")
	}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		text, ok := table[key].(string)
		if !ok {
			return r.errorAt(settingsKey, key, "setting %q must be text", key)
		}
		switch key {
		case "cldr":
			into.CLDR = text
		case "numbering":
			into.Numbering = text
		default:
			return r.errorAt(settingsKey, key, "unknown setting %q: there are cldr and numbering", key)
		}
	}
	return nil
}

// message checks one message: text, or a section of plural forms.
func (r *wordReader) message(key string, value any) (*message, error) {
	m := &message{Message: i18n.Message{ID: key}}
	switch value := value.(type) {
	case string:
		m.Other = value
	case map[string]any:
		for _, form := range slices.Sorted(maps.Keys(value)) {
			into := m.form(form)
			text, ok := value[form].(string)
			if into == nil || !ok {
				return nil, r.errorAt(key, form, "message %q: %q is not text, or not one of zero, one, two, few, many, other, description", key, form)
			}
			*into = text
		}
	default:
		return nil, r.errorAt(key, "", "message %q must be text or a section of plural forms", key)
	}
	if m.Other == "" {
		return nil, r.errorAt(key, "", "message %q has no text for %q", key, "other")
	}
	m.plural = m.Zero+m.One+m.Two+m.Few+m.Many != ""
	return m, r.variables(m)
}

// variables collects what a message uses and holds it against the reference.
func (r *wordReader) variables(m *message) error {
	for _, form := range pluralForms {
		names, bad := variablesOf(*m.form(form))
		if bad != "" {
			return r.errorAt(m.ID, form, "message %q: %q is not understood; a message holds text and variables such as {{.Date}}", m.ID, bad)
		}
		m.variables = append(m.variables, names...)
	}
	slices.Sort(m.variables)
	m.variables = slices.Compact(m.variables)
	if r.reference == nil {
		return nil
	}
	ref := r.reference.messages[m.ID]
	if ref == nil {
		return r.errorAt(m.ID, "", "unknown message %q: %s.toml has none", m.ID, fallback)
	}
	for _, name := range m.variables {
		if !slices.Contains(ref.variables, name) {
			return r.errorAt(m.ID, "", "message %q: unknown variable {{.%s}}: there are %s", m.ID, name, listVariables(ref.variables))
		}
	}
	return nil
}

func listVariables(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return "{{." + strings.Join(names, "}}, {{.") + "}}"
}

// pluralForms are the CLDR plural categories.
var pluralForms = []string{"zero", "one", "two", "few", "many", "other"}

// form is the field of a plural category or of the description, else nil.
func (m *message) form(name string) *string {
	switch name {
	case "zero":
		return &m.Zero
	case "one":
		return &m.One
	case "two":
		return &m.Two
	case "few":
		return &m.Few
	case "many":
		return &m.Many
	case "other":
		return &m.Other
	case "description":
		return &m.Description
	}
	return nil
}

// variables are the places of variables in a text.
var variables = regexp.MustCompile(`\{\{\.([A-Z][A-Za-z]*)\}\}`)

// variablesOf lists the variables of a text, and the start of the first thing
// that looks like one but is not.
func variablesOf(text string) (names []string, bad string) {
	if !strings.Contains(text, "{{") {
		return nil, ""
	}
	for _, found := range variables.FindAllStringSubmatch(text, -1) {
		names = append(names, found[1])
	}
	rest := variables.ReplaceAllString(text, "")
	if i := strings.Index(rest, "{{"); i >= 0 {
		return nil, rest[i:min(len(rest), i+20)]
	}
	return names, ""
}

// errorAt names the file, line and column at which a key stands.
func (r *wordReader) errorAt(key, sub, format string, args ...any) error {
	message := fmt.Sprintf(format, args...)
	data, err := fs.ReadFile(r.fs, r.file)
	if err != nil {
		return fmt.Errorf("%s: %s", r.file, message)
	}
	line, column := keyPosition(string(data), key, sub)
	return fmt.Errorf("%s:%d:%d: %s", r.file, line, column, message)
}

// keyPosition finds a key of a section in TOML text, else the section, by the
// way that these files are written: a key or a header begins its line. It is
// 1:1 if neither is there.
func keyPosition(data, key, sub string) (line, column int) {
	line, column = 1, 1
	inside := false
	for i, l := range strings.Split(data, "\n") {
		text := strings.TrimLeft(l, " \t")
		indent := len(l) - len(text)
		if header, ok := strings.CutPrefix(text, "["); ok {
			header, _, _ = strings.Cut(header, "]")
			if inside {
				return line, column
			}
			if inside = unquoteKey(header) == key; inside {
				line, column = i+1, indent+2
			}
			continue
		}
		name, _, ok := strings.Cut(text, "=")
		switch name = unquoteKey(name); {
		case !ok:
		case inside && name == sub, !inside && sub != "" && name == key+"."+sub:
			return i + 1, indent + 1
		case !inside && name == key:
			line, column = i+1, indent+1
		}
	}
	return line, column
}

func unquoteKey(key string) string { return strings.Trim(strings.TrimSpace(key), `"'`) }
