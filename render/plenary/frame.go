package plenary

import (
	"cmp"

	"communique/render/doc"
)

// meeting is the frame: who met, when, where, under whose chair.
func (b *builder) meeting() {
	m, l := &b.r.Meeting, &b.r.Languages
	if m.Kind == "" { // a record of statistics alone
		return
	}
	var kind []doc.Inline
	if !m.Name.IsZero() { // else it is in the title
		kind = b.meetingKind()
	}
	body := b.line(b.r.Body.Name, "body.name")
	body = bracketed(body, b.citation(b.r.Body.Abbreviation, "body.abbreviation"))
	var rule, mode, authentic []doc.Inline
	if r := b.r.Body.DecisionRule; r != "" {
		rule = inline(worded("rule", r))
	}
	if m.Mode != "" {
		mode = inline(worded("mode", m.Mode))
	}
	if len(l.Authentic) > 0 {
		e := &doc.Enumeration{Sorted: true}
		for _, tag := range l.Authentic {
			e.Items = append(e.Items, inline(&doc.LanguageName{Tag: string(tag)}))
		}
		authentic = inline(e)
	}
	b.heading()
	b.add(facts([]fact{
		{"label-body", body},
		{"label-decision-rule", rule},
		{"label-meeting-kind", kind},
		{"label-dates", days(m.From, m.To)},
		{"label-place", b.place(m.Place, "meeting.place")},
		{"label-region", b.properName(m.Place.Region, "meeting.place.region")},
		{"label-venue", b.line(m.Place.Venue, "meeting.place.venue")},
		{"label-mode", mode},
		{"label-host", b.party(m.Host, "meeting.host")},
		{"label-chair", b.officer(m.Chair, "meeting.chair")},
		{"label-vice-chair", b.officer(m.ViceChair, "meeting.vice_chair")},
		{"label-symbol", symbol(m.Symbol)},
		{"label-original-language", inline(&doc.LanguageName{Tag: string(l.Original)})},
		{"label-authentic-languages", authentic},
		{"label-sittings", b.sittings()},
	})...)
}

// symbol is the symbol of a text; nil for none.
func symbol(s string) []doc.Inline {
	if s == "" {
		return nil
	}
	return inline(&doc.Span{Dir: doc.LeftToRight, Content: inline(text(s))})
}

func (b *builder) sittings() (out []doc.Inline) {
	for i := range b.r.Meeting.Sittings {
		s := &b.r.Meeting.Sittings[i]
		e := &doc.Enumeration{}
		for _, x := range []struct {
			key string
			at  Instant
		}{{"opened", s.Opened}, {"suspended", s.Suspended}, {"resumed", s.Resumed}, {"closed", s.Closed}} {
			if !x.at.IsZero() {
				e.Items = append(e.Items, inline(message("sitting-"+x.key, arg("When", &doc.Moment{At: x.at.Time}))))
			}
		}
		if e.Items != nil {
			out = lines(out, inline(e))
		}
	}
	return out
}

// participation is who was there.
func (b *builder) participation() {
	p, c := &b.r.Participation, &b.r.Participation.Count
	several := func(n int) []doc.Inline {
		if n == 0 {
			return nil
		}
		return inline(count(n))
	}
	present := several(c.Participants)
	if c.ParticipantsTotal > 0 {
		number := text("–")
		if n := cmp.Or(c.Participants, len(p.Participants)); n > 0 {
			number = count(n)
		}
		present = inline(message("count-of", arg("Number", number), arg("Total", count(c.ParticipantsTotal))))
	}
	var members []doc.Inline
	for i := range b.r.Parties {
		if q := &b.r.Parties[i]; len(q.Members) > 0 {
			members = lines(members, inline(message("labelled", arg("Label", b.fullParty(PartyID(q.ID), "")...), arg("Value", b.sorted(q.Members, at("parties", i)+".members")...))))
		}
	}
	delegates := several(c.Delegates)
	if delegates != nil && c.AtLeast {
		delegates = inline(message("at-least", arg("Number", count(c.Delegates))))
	}
	full := func(ids []PartyID, key string) []doc.Inline {
		return b.enumerated(ids, "participation."+key, true, b.fullParty)
	}
	rows := facts([]fact{
		{"label-participants", lines(present, full(p.Participants, "participants"))},
		{"label-participating-states", several(c.ParticipatingStates)},
		{"label-countries", several(c.Countries)},
		{"label-regional-organisations", several(c.RegionalOrganisations)},
		{"label-observers", lines(several(c.Observers), full(p.Observers, "observers"))},
		{"label-applicants", lines(several(c.Applicants), full(p.Applicants, "applicants"))},
		{"label-guests", full(p.Guests, "guests")},
		{"label-absent", full(p.Absent, "absent")},
		{"label-members", members},
		{"label-delegates", delegates},
		{"label-delegates-in-person", several(c.DelegatesInPerson)},
		{"label-delegates-online", several(c.DelegatesOnline)},
		{"label-quorum", several(p.Quorum)},
		{"label-walkouts", b.walkouts()},
	})
	if rows != nil {
		b.heading()
		b.add(rows...)
	}
}

func (b *builder) walkouts() (out []doc.Inline) {
	for i := range b.r.Participation.Walkouts {
		w, path := &b.r.Participation.Walkouts[i], at("participation.walkouts", i)
		who := b.party(w.Party, path+".party")
		if !w.At.IsZero() {
			who = inline(message("labelled", arg("Label", who...), arg("Value", &doc.Moment{At: w.At.Time})))
		}
		out = lines(out, who, b.line(w.Reason, path+".reason"))
	}
	return out
}

// next is the meeting that follows.
func (b *builder) next() {
	n := &b.r.Next
	rows := facts([]fact{
		{"label-dates", days(n.From, n.To)},
		{"label-place", b.place(n.Place, "next.place")},
		{"label-region", b.properName(n.Place.Region, "next.place.region")},
		{"label-venue", b.line(n.Place.Venue, "next.place.venue")},
		{"label-chair", b.officer(n.Chair, "next.chair")},
	})
	if rows != nil {
		b.heading()
		b.add(rows...)
	}
}

// sources is where the facts were taken from, and what they do not tell.
func (b *builder) sources() {
	if len(b.r.Sources) == 0 && len(b.r.Gaps) == 0 {
		return
	}
	b.heading()
	if l := b.sourceList(b.r.Sources, "sources"); l != nil {
		b.add(l)
	}
	if len(b.r.Gaps) == 0 {
		return
	}
	b.entry(3, "gaps", "gaps", message("gaps"))
	l := &doc.List{Tight: true}
	for i, g := range b.r.Gaps {
		l.Items = append(l.Items, item(b.line(g, at("gaps", i))))
	}
	b.add(l)
}

// sourceList is a list of sources; nil for none.
func (b *builder) sourceList(sources []SourceRef, path string) doc.Block {
	l := &doc.List{Tight: true}
	for _, s := range b.sourceItems(sources, path) {
		l.Items = append(l.Items, item(s))
	}
	if l.Items == nil {
		return nil
	}
	return l
}

// sourceItems are publishers, with links to what they published, and what was taken
// from it.
func (b *builder) sourceItems(sources []SourceRef, path string) (out [][]doc.Inline) {
	for i := range sources {
		s, path := &sources[i], at(path, i)
		publisher := b.citation(s.Publisher, path+".publisher")
		switch {
		case publisher != nil && s.URL != "":
			publisher = inline(&doc.Link{URL: s.URL, Content: publisher})
		case s.URL != "":
			publisher = address(s.URL)
		}
		note := b.line(s.Note, path+".note")
		if publisher != nil && note != nil {
			publisher = inline(message("labelled", arg("Label", publisher...), arg("Value", note...)))
		} else if publisher == nil {
			publisher = note
		}
		if publisher != nil {
			out = append(out, publisher)
		}
	}
	return out
}

func item(content []doc.Inline) *doc.Item {
	return &doc.Item{Blocks: []doc.Block{paragraph(content...)}}
}
