package resolve

import (
	"strings"
	"time"

	"communique/render/diag"
	"communique/render/doc"
)

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

// bands are the notices that no reader may overlook.
func (r *resolver) bands(f *doc.Front) {
	m := &r.d.Meta
	add := func(k doc.BandKind, text string) { f.Bands = append(f.Bands, doc.Band{Kind: k, Text: text}) }
	if !m.Embargo.Until.IsZero() {
		add(doc.BandEmbargo, r.embargo())
	}
	switch m.Status {
	case doc.StatusDraft:
		add(doc.BandDraft, r.word("band-draft", nil))
	case doc.StatusProvisional:
		add(doc.BandProvisional, r.word("band-provisional", nil))
	case doc.StatusCorrected:
		add(doc.BandCorrected, r.word("band-corrected", nil))
	case doc.StatusWithdrawn:
		add(doc.BandWithdrawn, r.word("band-withdrawn", nil))
	case doc.StatusNone, doc.StatusFinal:
	}
	switch {
	case m.Translation.By == "machine" && m.Translation.Reviewed:
		add(doc.BandTranslation, r.word("band-machine-reviewed", nil))
	case m.Translation.By == "machine":
		add(doc.BandTranslation, r.word("band-machine", nil))
	case r.unofficial():
		add(doc.BandTranslation, r.word("band-unofficial", nil))
	}
}

// unofficial reports a translation that is not as good as the original: one
// that says so, or says nothing and is of a kind of which translations never are.
func (r *resolver) unofficial() bool {
	t := &r.d.Meta.Translation
	switch t.Standing {
	case doc.StandingOfficial:
		return false
	case doc.StandingUnofficial:
		return true
	case doc.StandingUnsaid:
	}
	return r.kind.UnofficialTranslations && *t != doc.Translation{} && !r.d.Meta.Original
}

// embargo names the instant in the zone that the source gives, or in the offset it was written with.
func (r *resolver) embargo() string {
	e := r.d.Meta.Embargo
	t := e.Until
	zone := ""
	if e.Zone != "" {
		loc, err := r.locales.Zone(e.Zone)
		if err != nil { // the front end has reported it already
			r.problems.Add(diag.Problem{Severity: diag.Error, Code: "unknown-zone", Pos: r.position("embargo.zone"), Path: "embargo.zone",
				Message: "there is no time zone " + e.Zone, Expected: "an IANA time zone", Fix: "write for example Europe/London"})
			return ""
		}
		t = t.In(loc)
		zone = ", " + strings.ReplaceAll(e.Zone, "_", " ")
	}
	return r.word("band-embargo", map[string]any{"Instant": r.loc.DateTime(t), "Zone": r.zone(t, zone)})
}

// zone is the offset of an instant from UTC, and what names the zone. It is always
// left-to-right text, and isolated where the language is not (UAX #9, LRI and PDI).
func (r *resolver) zone(t time.Time, name string) string {
	zone := "UTC" + strings.TrimSuffix(t.Format("-07:00"), "+00:00") + name
	if r.loc.Direction() == doc.RightToLeft {
		zone = "\u2066" + zone + "\u2069"
	}
	return zone
}
