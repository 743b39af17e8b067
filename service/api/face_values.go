package api

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"communique/render"
	"communique/service/office"
	"communique/service/press"
	"communique/service/site"
)

// Values of the office as the pages want them.

func (f *front) item(l office.Listed) site.Item {
	i := site.Item{Slug: l.Slug, Kind: l.Kind, Updated: l.Updated, Product: l.Product, Corrected: l.Corrected, Withdrawn: l.Withdrawn, Texts: make([]site.Text, len(l.Texts))}
	for n, t := range l.Texts {
		i.Texts[n] = site.Text{Lang: t.Lang, Title: t.Title, Summary: t.Summary, Place: t.Place}
		if t.Original {
			i.Original = t.Lang
		}
	}
	day, err := time.Parse(time.DateOnly, l.Day)
	if err != nil { // without a date it bears that of its release
		day = l.Updated.In(cmp.Or(f.zone(l.Zone), f.zone(f.office.Zone), time.UTC))
	}
	i.Date = day
	return i
}

// zone finds a time zone; nil is the office's.
func (f *front) zone(name string) *time.Location {
	if name == "" {
		return nil
	}
	zone, err := f.office.Locales.Zone(name)
	if err != nil {
		return nil // it was checked when it was set; the list of zones has changed since
	}
	return zone
}

// whole is a publication, cut down to what readers see, as its page shows it.
func (f *front) whole(p *press.Publication) *site.Publication {
	out := &site.Publication{Item: f.item(office.ListedAs(p)), ID: p.ID, Published: p.Revisions[0].ReleaseAt}
	if o := p.Current().Original(); o != nil {
		out.Symbol = o.Symbol
	}
	for _, r := range p.Revisions {
		out.Revisions = append(out.Revisions, site.Revision{Number: r.Number, At: r.ReleaseAt, Zone: f.zone(r.Zone), Change: site.Change(r.Change),
			Languages: r.Added, Notes: notes(r.Notes), Editions: editions(r.Editions)})
	}
	if p.Withdrawn != nil {
		out.Withdrawal = &site.Withdrawal{At: p.Withdrawn.At, Notes: notes(p.Withdrawn.Notes)}
	}
	return out
}

func notes(n press.Notes) (out []site.Note) {
	for _, lang := range slices.Sorted(maps.Keys(n)) {
		out = append(out, site.Note{Lang: lang, Text: n[lang]})
	}
	return out
}

func editions(list []press.Edition) (out []site.Edition) {
	for _, e := range list {
		out = append(out, site.Edition{Lang: e.Lang, Product: e.Product, Format: render.Format(e.Format), Size: e.Size, SHA256: e.Digest})
	}
	return out
}
