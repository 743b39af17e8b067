package html

import "communique/render/locale"

// words are the labels of a page in one language, escaped for text and attributes.
type words struct {
	skip, languages, formats, home, reference, taskDone, taskOpen string
}

// wordsOf looks the words of a locale up once: it costs more than writing a page.
func (w *Writer) wordsOf(l *locale.Locale) *words {
	if known, ok := w.words.Load(l); ok {
		return known.(*words)
	}
	word := func(key string) string {
		text, _ := l.Word(key, nil)
		return string(appendAttribute(nil, text))
	}
	known, _ := w.words.LoadOrStore(l, &words{
		skip:      word("skip-to-content"),
		languages: word("languages"),
		formats:   word("other-formats"),
		home:      word("publication-page"),
		reference: word("reference"),
		taskDone:  word("task-done"),
		taskOpen:  word("task-open"),
	})
	return known.(*words)
}
