package resolve

import (
	"communique/render/doc"
	"communique/render/locale"
)

// figureLabel names a picture by its number.
func (r *resolver) figureLabel(f *doc.Figure, loc *locale.Locale, number int) {
	f.Label = r.wordIn(loc, "figure", map[string]any{"Number": number})
}
