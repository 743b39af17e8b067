package resolve

import "communique/render/doc"

// front generates the words around the text: letterhead, label, dateline, bands, furniture.
func (r *resolver) front() {
	m := &r.d.Meta
	f := &doc.Front{
		Letterhead: m.Issuer.Name,
		Unit:       m.Issuer.Unit,
		Symbol:     m.Symbol,
		Digits:     r.loc.Digits(),
		MostPages:  r.kind.Pages,
		Words:      map[string]string{},
	}
	if r.kind.Label != "" {
		f.Label = r.word(r.kind.Label, nil)
	}
	for _, key := range []string{"continued", "task-done", "task-open"} {
		f.Words[key] = r.word(key, nil)
	}
	r.dateline(f)
	r.d.Front = f
	if m.Issuer.Logo != "" {
		f.Logo = &doc.Image{Source: m.Issuer.Logo, Alt: m.Issuer.Name, Pos: r.position("issuer.logo"), Path: "issuer.logo"}
	}
	r.bands(f)
	r.furniture(f)
}

// dateline joins place and date in the language's long form.
func (r *resolver) dateline(f *doc.Front) {
	m := &r.d.Meta
	date := ""
	if !m.Date.IsZero() {
		date = r.loc.Date(m.Date.Time)
		f.DatelineISO = m.Date.Time.Format("2006-01-02")
	}
	switch {
	case m.Place != "" && date != "":
		f.Dateline = r.word("dateline", map[string]any{"Place": r.isolated(m.Place), "Date": date})
	case date != "":
		f.Dateline = date
	default:
		f.Dateline = m.Place
	}
}
