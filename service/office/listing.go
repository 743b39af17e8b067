package office

import (
	"slices"
	"time"

	"communique/service/press"
)

// Brief is what lists show of a revision. It is kept in memory for everything
// that is scheduled or out.
type Brief struct {
	// Kind is the name of the kind of document, Day the date that it bears ("2023-11-14").
	Kind, Day string
	// Zone names the time zone of the release; empty is the office's.
	Zone string
	// Product is that of a record which stands for its language; empty for the default one.
	Product string
	// Corrected tells that this is not the first wording.
	Corrected bool
	Texts     []Text
}

// Text is what a revision says about itself in one language.
type Text struct {
	Lang, Title, Summary, Place string
	Original                    bool
}

// Listed is a publication as lists show it.
type Listed struct {
	*Brief
	Slug      string
	Withdrawn bool
	// Updated is the instant of the last thing that readers can notice.
	Updated time.Time
}

// brief is what lists show of a revision when it is the current one.
func brief(p *press.Publication, r *press.Revision) *Brief {
	b := &Brief{Zone: r.Zone, Texts: make([]Text, len(r.Languages))}
	for i, l := range r.Languages {
		b.Texts[i] = Text{l.Lang, l.Title, l.Summary, l.Place, l.Original}
	}
	if o := r.Original(); o != nil {
		b.Kind, b.Day = o.Kind, o.Date
	}
	b.Product = mainProduct(r.Editions)
	b.Corrected = slices.ContainsFunc(p.Revisions, func(o *press.Revision) bool { return o.Number <= r.Number && o.Change == press.Correction })
	return b
}

// mainProduct is the product whose web page stands for its language: the default
// one, which names leave out, else the first.
func mainProduct(editions []press.Edition) string {
	first := ""
	for _, e := range editions {
		if e.Format != "html" {
			continue
		}
		if e.Name == e.Lang+".html" {
			return ""
		}
		if first == "" {
			first = e.Product
		}
	}
	return first
}

// ListedAs is how lists show a publication that was cut down to what readers see.
func ListedAs(p *press.Publication) Listed {
	r := p.Current()
	l := Listed{Brief: brief(p, r), Slug: p.Slug, Updated: r.ReleaseAt}
	if p.Withdrawn != nil {
		l.Withdrawn, l.Updated = true, p.Withdrawn.At
	}
	return l
}

// Listing is everything that readers see, in no order, from memory, with the
// generation of that state.
func (o *Office) Listing() (list []Listed, generation uint64) {
	x := o.index
	x.mu.RLock()
	defer x.mu.RUnlock()
	list = make([]Listed, 0, len(x.byID))
	for _, m := range x.byID {
		s, ok := m.sight(x.at)
		if !ok {
			continue
		}
		i := slices.IndexFunc(m.revisions, func(r released) bool { return r.number == s.Number })
		r := &m.revisions[i]
		l := Listed{Brief: r.brief, Slug: m.slug, Withdrawn: s.Withdrawn, Updated: r.at}
		if s.Withdrawn {
			l.Updated = m.withdrawn
		}
		list = append(list, l)
	}
	return list, x.generation
}
