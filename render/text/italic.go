package text

import "slices"

// Italic reports whether a language's script has slanted fonts in a family. One
// that has none, such as Arabic or Chinese, marks emphasis in another way.
func (l *Library) Italic(family, lang string) bool {
	f := l.order(family, languageScript(lang))[0]
	return slices.ContainsFunc(f.Files, func(x familyFile) bool { return x.Italic })
}
