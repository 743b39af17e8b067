package locale

import (
	"maps"
	"strconv"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// words is the messages of one language.
type words struct {
	tag      language.Tag
	settings settings
	messages map[string]*message
	// localizer is made when the first message with a variable or a plural is asked for.
	localizer func() *i18n.Localizer
}

// message is a go-i18n message and the variables it uses.
type message struct {
	i18n.Message
	variables []string
	plural    bool
}

// fixed reports that the message is one unchanging text.
func (m *message) fixed() bool { return !m.plural && len(m.variables) == 0 }

// Word gives the message of a key with its variables filled in. A whole number
// is written in the language's digits, without grouping; text stands as it is.
// It is false when the language lacks the message, which then is English, or
// the key itself; and when args lack a variable, whose name then is printed.
func (l *Locale) Word(key string, args map[string]any) (string, bool) {
	return l.word(key, nil, args)
}

// Has reports whether the language has a message of a key.
func (l *Locale) Has(key string) bool { return l.words.messages[key] != nil }

// Count gives the message of a key in the plural form for n, which the message
// can print as {{.Count}}: grouped, in the language's digits.
func (l *Locale) Count(key string, n int, args map[string]any) (string, bool) {
	return l.word(key, &n, args)
}

func (l *Locale) word(key string, n *int, args map[string]any) (string, bool) {
	if m := l.words.messages[key]; m != nil {
		return l.fillMessage(l.words, m, n, args)
	}
	if m := l.english.messages[key]; m != nil {
		text, _ := l.fillMessage(l.english, m, n, args)
		return text, false
	}
	return key, false
}

func (l *Locale) fillMessage(w *words, m *message, n *int, args map[string]any) (string, bool) {
	if m.fixed() {
		return m.Other, true
	}
	data, complete := l.variables(m, n, args)
	config := &i18n.LocalizeConfig{MessageID: m.ID, TemplateData: data}
	if n != nil {
		config.PluralCount = *n
	}
	text, err := w.localizer().Localize(config)
	if err != nil {
		// A plural form is missing; go-i18n then gives "other".
		return text, false
	}
	return text, complete
}

// variables are what a message needs, as text.
func (l *Locale) variables(m *message, n *int, args map[string]any) (data map[string]any, complete bool) {
	data = maps.Clone(args)
	if data == nil {
		data = map[string]any{}
	}
	for name, value := range data {
		if i, ok := value.(int); ok {
			data[name] = l.integer(int64(i))
		}
	}
	if n != nil {
		data["Count"] = l.Number(strconv.Itoa(*n))
	}
	complete = true
	for _, name := range m.variables {
		if _, ok := data[name]; !ok {
			data[name] = "{" + name + "}"
			complete = false
		}
	}
	return data, complete
}

// newLocalizer makes go-i18n ready for one language alone: which language to
// fall back to is decided here, not there.
func (w *words) newLocalizer() *i18n.Localizer {
	tag := w.tag
	bundle := i18n.NewBundle(tag)
	if err := bundle.AddMessages(tag); err != nil {
		// CLDR has no plural rule for the language, which means that it has
		// one form; go-i18n wants a language that has such a rule.
		tag = language.Japanese
		bundle = i18n.NewBundle(tag)
	}
	for _, m := range w.messages {
		bundle.MustAddMessages(tag, &m.Message)
	}
	return i18n.NewLocalizer(bundle, tag.String())
}
