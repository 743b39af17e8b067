package resolve

import (
	"strings"

	"communique/render/doc"
	"communique/render/kind"
)

// furniture fills the running lines that the kind asks for.
func (r *resolver) furniture(f *doc.Front) {
	line := func(k kind.Furniture) doc.Furniture { return doc.Furniture{Start: r.item(k.Start), End: r.item(k.End)} }
	f.Head, f.Foot = line(r.kind.Head), line(r.kind.Foot)
	var notices []string
	for _, b := range f.Bands {
		if b.Kind == doc.BandEmbargo || b.Kind == doc.BandDraft {
			notices = append(notices, b.Text)
		}
	}
	f.Notice = strings.Join(notices, " · ")
}

// item is the words of one piece of a running line, empty where the document has none.
func (r *resolver) item(i kind.Item) string {
	m := &r.d.Meta
	switch i {
	case kind.ItemTitle:
		if m.ShortTitle != "" {
			return m.ShortTitle
		}
		return doc.PlainText(doc.Unbadged(r.d.Title))
	case kind.ItemSymbol:
		return m.Symbol
	case kind.ItemIssuer:
		return m.Issuer.Name
	case kind.ItemDate:
		if !m.Date.IsZero() {
			return r.loc.Date(m.Date.Time)
		}
	case kind.ItemPageOf:
		return r.word("page-of", map[string]any{"Page": "{page}", "Pages": "{pages}"})
	case kind.ItemNone:
	}
	return ""
}
