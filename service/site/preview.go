package site

import (
	"cmp"
	"strings"
	"time"
)

// Preview is what an accredited reader may see before its time.
type Preview struct {
	// Token is the secret part of the address.
	Token string
	// Reader is the person's or the desk's name.
	Reader string
	// Embargo is the instant of release, zero where none is set yet; Until is the end of the preview.
	Embargo, Until time.Time
	// Zone is that in which the instants are shown; nil is the office's.
	Zone     *time.Location
	Item     Item
	Editions []Edition
}

type previewView struct {
	frame
	Band, Label, Dateline string
	// Marked is a state beside the label: a preview has its band instead.
	Marked            string
	Reader            string
	Headline, Summary foreign
	Until             moment
	Files             []fileGroup
}

// Preview is the page that a preview's address leads to. It names its reader
// and the embargo, and tells search engines nothing.
func (f *Face) Preview(p Preview, lang string) Page {
	t := f.speak(lang)
	title, summary := t.headline(&p.Item)
	self := func(lang string) string { return f.at.preview(p.Token, lang) }
	v := previewView{frame: f.frame(t, elsewhere, title.Text, self), Headline: title, Summary: summary,
		Label: f.label(t, p.Item.Kind), Dateline: t.dateline(&p.Item), Reader: clean(p.Reader), Until: t.instant(p.Until, p.Zone)}
	v.Hidden = true
	v.Band = t.embargo(p.Embargo, p.Zone)
	v.Files = f.fileGroups(t, f.usual(p.Editions), strings.TrimSuffix(f.at.preview(p.Token, ""), "/"))
	return f.write("preview", &v)
}

// embargo is the line that names the instant, or that this is a draft.
func (t *tongue) embargo(until time.Time, zone *time.Location) string {
	if until.IsZero() {
		return t.word("band-draft")
	}
	until = until.In(cmp.Or(zone, t.zone))
	s, _ := t.loc.Word("band-embargo", map[string]any{"Instant": t.loc.DateTime(until), "Zone": t.zoneName(until)})
	return s
}
