package resolve

import "communique/render/locale"

// figureLabel names a picture by its number.
func (r *resolver) figureLabel(loc *locale.Locale, number int) string {
	return r.wordIn(loc, "figure", map[string]any{"Number": number})
}
