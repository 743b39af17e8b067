package resolve

import (
	"strings"
	"time"

	"communique/render/diag"
	"communique/render/doc"
)

// bands are the notices that no reader may overlook.
func (r *resolver) bands(f *doc.Front) {
	m, rel := &r.d.Meta, r.d.Release
	add := func(k doc.BandKind, text string) { f.Bands = append(f.Bands, doc.Band{Kind: k, Text: text}) }
	if rel != nil && rel.Reader != "" {
		f.Preview = r.word("band-preview", map[string]any{"Reader": r.isolated(rel.Reader)})
		add(doc.BandPreview, f.Preview)
	}
	if !m.Embargo.Until.IsZero() {
		add(doc.BandEmbargo, r.embargo())
	}
	corrected := rel != nil && !rel.Correction.At.IsZero()
	if corrected {
		f.Bands = append(f.Bands, r.corrected(&rel.Correction))
	}
	switch m.Status {
	case doc.StatusDraft:
		add(doc.BandDraft, r.word("band-draft", nil))
	case doc.StatusProvisional:
		add(doc.BandProvisional, r.word("band-provisional", nil))
	case doc.StatusCorrected:
		if !corrected {
			add(doc.BandCorrected, r.word("band-corrected", nil))
		}
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

// corrected says when the publication was corrected, and what: "Corrected on
// 15 November 2023: …". A note in another language keeps its own.
func (r *resolver) corrected(c *doc.Correction) doc.Band {
	when := r.word("band-corrected-on", map[string]any{"Date": r.loc.Date(c.At)})
	if c.Note == "" {
		return doc.Band{Kind: doc.BandCorrected, Text: when}
	}
	band := doc.Band{Kind: doc.BandCorrected, Text: r.word("labelled", map[string]any{"Label": when, "Value": r.isolated(c.Note)})}
	if c.Lang != r.d.Meta.Lang {
		note := &doc.Span{Lang: c.Lang, Dir: c.Dir, Content: []doc.Inline{&doc.Text{Value: c.Note}}}
		band.Content = r.generated([]doc.Inline{&doc.Message{Key: "labelled", Args: []doc.Argument{
			{Name: "Label", Content: []doc.Inline{&doc.Text{Value: when}}}, {Name: "Value", Content: []doc.Inline{note}}}}})
	}
	return band
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
