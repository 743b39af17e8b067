package plenary

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/kind"
	"communique/render/locale"
)

// Edition is one product of a record in one language.
type Edition struct {
	// Lang is the language; texts that are not in it stand in the original one.
	Lang string
	// Kind is the product: its sections, and their order.
	Kind *kind.Kind
	// Locales tell which texts are in the language: "zh" is "zh-Hans".
	Locales *locale.Catalog
	// Markdown reads the texts of the record.
	Markdown Markdown
}

// Markdown reads a text in a language into the blocks and notes of a document. What
// is wrong with it is a problem at its place in the file: at tells that of a line and
// a column of the text, which count from 1.
type Markdown func(text, lang string, at func(line, column int) diag.Pos, problems *diag.List) ([]doc.Block, []*doc.Footnote)

// Published are the languages in which a record is published: those that are asked
// for, else the original one and those in which its headline, or else the name of
// the body, is given and there are words.
func (r *Record) Published(asked []string, locales *locale.Catalog, problems *diag.List) (out []string) {
	for _, lang := range asked {
		if tag, err := language.Parse(lang); err == nil { // FR is fr
			lang = tag.String()
		}
		if !slices.Contains(out, lang) {
			out = append(out, lang)
		}
	}
	if out != nil {
		return out
	}
	headline := r.Title
	if headline.IsZero() {
		headline = r.Body.Name
	}
	original := r.Languages.Original
	if _, ok := locales.Match(string(original)); ok {
		out = []string{string(original)}
	} else if _, given := headline.In(original, original); !given {
		headline.Versions = append(headline.Versions, Version{Lang: original, Pos: r.pos("languages.original")})
	}
	for _, v := range headline.Versions {
		switch _, ok := locales.Match(string(v.Lang)); {
		case slices.Contains(out, string(v.Lang)):
		case !ok:
			problems.Add(diag.Problem{Severity: diag.Warning, Code: "language-without-words", Pos: v.Pos,
				Message:  "there are no words in " + string(v.Lang) + ", so no edition is made in it",
				Expected: "one of " + strings.Join(locales.Tags(), ", "), Fix: "add locales/" + string(v.Lang) + ".toml, or publish this text by itself"})
		default:
			out = append(out, string(v.Lang))
		}
	}
	if out == nil {
		problems.Add(diag.Problem{Severity: diag.Error, Code: "bad-value", Pos: r.pos("languages.original"), Path: "languages.original",
			Message:  "the headline is in no language that has words, so there is no edition of the record",
			Expected: "one of " + strings.Join(locales.Tags(), ", "), Fix: "give the headline in one of them, or ask for an edition in one"})
	}
	return out
}

// Document makes the document of an edition, with message keys for all words that
// are not the record's own. It may be called once the record has been read without errors.
func (r *Record) Document(e Edition, problems *diag.List) *doc.Document {
	b := newBuilder(r, e, problems)
	b.meta()
	for _, s := range e.Kind.Record.Sections {
		b.section = s
		printers[s.Part](b)
	}
	b.unlink()
	b.d.Generated = true
	return b.d
}

// Identify is the frame of a document without its parts, as far as the record can be
// read: enough to tell what it is. Problems are for Read to find.
func (r *Record) Identify(e Edition) *doc.Document {
	b := newBuilder(r, e, &diag.List{})
	b.meta()
	b.d.Generated = true
	return b.d
}

// printers are the ways to print the parts of a record.
var printers = map[kind.Part]func(*builder){
	kind.PartSummary:       (*builder).summary,
	kind.PartMeeting:       (*builder).meeting,
	kind.PartCommunique:    (*builder).communique,
	kind.PartAgenda:        (*builder).agenda,
	kind.PartOutcomes:      (*builder).outcomes,
	kind.PartParticipation: (*builder).participation,
	kind.PartWorkingBodies: (*builder).workingBodies,
	kind.PartPositions:     (*builder).positions,
	kind.PartInformation:   (*builder).information,
	kind.PartClaims:        (*builder).claims,
	kind.PartElections:     (*builder).elections,
	kind.PartMembership:    (*builder).membership,
	kind.PartStatistics:    (*builder).statistics,
	kind.PartAnnexes:       (*builder).annexes,
	kind.PartCorrigenda:    (*builder).corrigenda,
	kind.PartNext:          (*builder).next,
	kind.PartSources:       (*builder).sources,
}

// builder is the state of one edition.
type builder struct {
	Edition
	r        *Record
	d        *doc.Document
	section  kind.Section
	lang     Lang
	original Lang
	problems *diag.List
	// untold are the fields whose missing translation has been reported.
	untold map[string]bool
	// anchors is what can be referred to, by anchor.
	anchors map[string]anchor
	// numbers are those of the outcomes, by id: each type counts for itself.
	numbers map[string]int
	// items are the anchors of the agenda's items, by their numbers.
	items map[string]string
	// own are the parties that the record names.
	own map[PartyID]named
	// links are those to entries and parts that the edition has a place for.
	links []*doc.Link
	// notes counts the footnotes that the builder makes.
	notes int
}

// anchor is something with an anchor, and how a reference calls it.
type anchor struct {
	words []doc.Inline
	// name is what stands for words where there are none and the edition does not have
	// what is meant; else its heading names it.
	name func() []doc.Inline
	// printed tells that the edition has it.
	printed bool
}

// wordsIn are the words within a text in a language, which may be another than that
// of the edition.
func (a anchor) wordsIn(lang Lang, b *builder) []doc.Inline {
	if a.words == nil || b.same(lang) {
		return a.words
	}
	m, ok := a.words[0].(*doc.Message)
	if !ok {
		return a.words
	}
	foreign := *m
	foreign.Lang = string(lang)
	return inline(&foreign)
}

// named is a party or working body of the record, and where its name stands.
type named struct {
	name, abbreviation Text
	path               string
}

func newBuilder(r *Record, e Edition, problems *diag.List) *builder {
	b := &builder{Edition: e, r: r, lang: Lang(e.Lang), original: r.Languages.Original, problems: problems,
		untold: map[string]bool{}, anchors: map[string]anchor{}, numbers: r.numbers(), items: r.agendaAnchors(), own: map[PartyID]named{},
		d: &doc.Document{File: r.File}}
	for i := range r.Parties {
		p := &r.Parties[i]
		b.own[PartyID(p.ID)] = named{p.Name, p.Abbreviation, at("parties", i)}
	}
	for i := range r.WorkingBodies {
		w := &r.WorkingBodies[i]
		b.own[PartyID(w.ID)] = named{w.Name, Text{}, at("working_bodies", i)}
	}
	b.index()
	return b
}

// prints tells whether the edition has a part.
func (b *builder) prints(p kind.Part) bool {
	return slices.ContainsFunc(b.Kind.Record.Sections, func(s kind.Section) bool { return s.Part == p })
}

// numbers are those by which publications call outcomes, by id: decision 1, decision
// 2, resolution 1.
func (r *Record) numbers() map[string]int {
	counts, numbers := map[string]int{}, map[string]int{}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		counts[o.Type]++
		numbers[o.ID] = counts[o.Type]
	}
	return numbers
}

// index notes what references can lead to.
func (b *builder) index() {
	shown := make([]bool, len(b.r.Outcomes))
	for _, s := range b.Kind.Record.Sections {
		if s.Part == kind.PartOutcomes {
			for _, i := range b.r.chosen(s.Most) {
				shown[i] = true
			}
		}
	}
	for i := range b.r.Outcomes {
		o := &b.r.Outcomes[i]
		b.anchors["outcome-"+o.ID] = anchor{words: b.outcomeName(o, false), printed: shown[i]}
	}
	for i := range b.r.Agenda {
		no := b.r.Agenda[i].No
		b.anchors[b.items[no]] = anchor{words: inline(message("reference-agenda", arg("Number", text(no)))), printed: b.prints(kind.PartAgenda)}
	}
	for i := range b.r.Statistics {
		s := &b.r.Statistics[i]
		b.anchors["statistic-"+s.ID] = anchor{name: func() []doc.Inline { return b.citation(s.Title, at("statistics", i)+".title") }, printed: b.prints(kind.PartStatistics)}
	}
	for i := range b.r.Communique.Paragraphs {
		b.anchors["paragraph-"+itoa(i+1)] = anchor{words: inline(message("reference-paragraph", arg("Number", count(i+1)))), printed: b.prints(kind.PartCommunique)}
	}
	for i := range b.r.Annexes {
		b.anchors[entryAnchor("annex", b.r.Annexes[i].ID, i)] = anchor{words: inline(message("reference-annex", arg("Number", count(i+1)))), printed: b.prints(kind.PartAnnexes)}
	}
	for i := range b.r.Corrigenda {
		b.anchors[entryAnchor("corrigendum", b.r.Corrigenda[i].ID, i)] = anchor{words: inline(message("reference-corrigendum", arg("Number", count(i+1)))), printed: b.prints(kind.PartCorrigenda)}
	}
	for i := range b.r.Positions {
		b.anchors[entryAnchor("position", b.r.Positions[i].ID, i)] = anchor{name: partName(kind.PartPositions), printed: b.prints(kind.PartPositions)}
	}
	for i := range b.r.Claims {
		b.anchors[entryAnchor("claim", b.r.Claims[i].ID, i)] = anchor{name: partName(kind.PartClaims), printed: b.prints(kind.PartClaims)}
	}
	for i := range b.r.Information {
		b.anchors[entryAnchor("information", b.r.Information[i].ID, i)] = anchor{name: partName(kind.PartInformation), printed: b.prints(kind.PartInformation)}
	}
	for i := range b.r.WorkingBodies {
		w := &b.r.WorkingBodies[i]
		b.anchors["body-"+w.ID] = anchor{name: func() []doc.Inline { return b.citation(w.Name, at("working_bodies", i)+".name") }, printed: b.prints(kind.PartWorkingBodies)}
	}
	for _, p := range kind.Parts() {
		b.anchors[string(p)] = anchor{words: partName(p)(), printed: b.prints(p)}
	}
}

var notInID = regexp.MustCompile(`[^a-z0-9._]+`)

// partName names a part, or an entry by the part that it stands in.
func partName(p kind.Part) func() []doc.Inline {
	return func() []doc.Inline {
		if p == kind.PartSummary {
			return inline(message("summary-heading"))
		}
		return inline(message("part-" + string(p)))
	}
}

// agendaAnchors are the anchors of the items by their numbers: "agenda-7-a" for item
// 7 (a). An item whose number has neither letter nor digit of ASCII is counted, and a
// second one that would have the anchor of another has a number behind it.
func (r *Record) agendaAnchors() map[string]string {
	anchors, taken := map[string]string{}, map[string]bool{}
	for i := range r.Agenda {
		no := r.Agenda[i].No
		base := "agenda-" + cmp.Or(strings.Trim(notInID.ReplaceAllString(strings.ToLower(no), "-"), "-"), itoa(i+1))
		anchor := base
		for n := 2; taken[anchor]; n++ {
			anchor = base + "-" + itoa(n)
		}
		anchors[no], taken[anchor] = anchor, true
	}
	return anchors
}

// entryAnchor is the anchor of an entry: by its id, or by its number in the record.
func entryAnchor(kind, id string, i int) string { return kind + "-" + cmp.Or(id, itoa(i+1)) }

// meta is the frame of the document: who publishes what, when.
func (b *builder) meta() {
	r, m := b.r, &b.d.Meta
	id := r.ID
	if id == "" {
		id = strings.TrimSuffix(path.Base(strings.ReplaceAll(r.File, `\`, "/")), path.Ext(r.File))
	}
	m.ID, m.Kind, m.Lang, m.Dir = id+"-"+b.Kind.Name, b.Kind.Name, string(b.lang), locale.Direction(string(b.lang))
	m.Pos = map[string]diag.Pos{}
	for field, key := range map[string]string{"title": "title", "short_title": "short_title", "meeting.symbol": "symbol", "date": "date", "embargo": "embargo", "contacts": "contacts",
		"status": "status", "issuer": "issuer", "embargo.zone": "embargo.zone", "keywords": "keywords", "canonical": "canonical", "meeting.place": "place"} {
		if p, ok := r.places[field]; ok {
			m.Pos[key] = p
		}
	}
	m.Symbol, m.Status, m.Keywords, m.ShortTitle = r.Meeting.Symbol, doc.Status(r.Status), r.Keywords, b.plain(r.ShortTitle, "short_title")
	if b.Kind.Record.Default && b.same(b.original) { // each of the others stands at an address of its own
		m.Canonical = r.Canonical
	}
	m.Issuer = doc.Issuer{Name: b.plain(r.Issuer.Name, "issuer.name"), Unit: b.plain(r.Issuer.Unit, "issuer.unit"), URL: r.Issuer.URL}
	if m.Issuer.Name == "" {
		m.Issuer.Name = b.plain(r.Body.Name, "body.name")
		m.Pos["issuer"] = b.pos("body.name")
	}
	date, key := r.Date, "date"
	for _, other := range []struct {
		Date
		path string
	}{{r.Meeting.To, "meeting.to"}, {r.Meeting.From, "meeting.from"}} {
		if date.IsZero() {
			date, key = other.Date, other.path
		}
	}
	if !date.IsZero() {
		m.Date = doc.Date{Time: date.Time}
		m.Pos["date"] = b.pos(key)
	}
	m.Embargo = doc.Embargo{Until: r.Embargo.Until.Time, Zone: r.Embargo.Zone}
	for i := range r.Contacts {
		c, path := &r.Contacts[i], at("contacts", i)
		m.Contacts = append(m.Contacts, doc.Contact{Name: b.plain(c.Name, path+".name"), Role: b.plain(c.Role, path+".role"),
			Phone: c.Phone, Email: c.Email, Hours: b.plain(c.Hours, path+".hours")})
	}
	b.standing()
	b.title()
}

// standing says whether the texts of this language bind.
func (b *builder) standing() {
	m := &b.d.Meta
	if m.Original = b.same(b.original); m.Original {
		return
	}
	m.Translation = doc.Translation{Of: m.ID, Standing: doc.StandingUnofficial}
	if slices.ContainsFunc(b.r.Languages.Authentic, b.same) {
		m.Translation.Standing = doc.StandingOfficial
	}
}

// title is the record's headline, or the body and its meeting; the standfirst names
// the meeting, its place and its days.
func (b *builder) title() {
	d := b.d
	frame := b.meetingName()
	d.Title = b.line(b.r.Title, "title")
	when := b.whereAndWhen()
	switch {
	case d.Title == nil && when != nil:
		d.Title, d.Summary = frame, when
	case d.Title == nil:
		d.Title = frame
	case when != nil:
		d.Summary = inline(message("meeting-line", arg("Meeting", frame...), arg("Where", when...)))
	case frame != nil:
		d.Summary = frame
	}
}

// meetingName is the meeting's own name, or the body and its meeting: "Kimberley
// Process: Plenary".
func (b *builder) meetingName() []doc.Inline {
	if name := b.line(b.r.Meeting.Name, "meeting.name"); name != nil {
		return name // it tells whose meeting it is
	}
	body, meeting := b.line(b.r.Body.Name, "body.name"), b.meetingKind()
	if meeting == nil {
		return body
	}
	return inline(message("plenary-title", arg("Body", body...), arg("Meeting", meeting...)))
}

// meetingKind is the kind of meeting and its number: "Plenary No. 20"; nil without a meeting.
func (b *builder) meetingKind() []doc.Inline {
	m := &b.r.Meeting
	if m.Kind == "" {
		return nil
	}
	kind := inline(message("meeting-" + m.Kind))
	if m.Ordinal > 0 {
		kind = inline(message("meeting-numbered", arg("Meeting", kind...), arg("Number", count(m.Ordinal))))
	}
	return kind
}

// whereAndWhen is the place and the days of the meeting, nil if neither is known.
func (b *builder) whereAndWhen() []doc.Inline {
	m := &b.r.Meeting
	return dated(b.place(m.Place, "meeting.place"), days(m.From, m.To))
}

// dated joins a place and days, either of which may be missing.
func dated(place, days []doc.Inline) []doc.Inline {
	switch {
	case place == nil:
		return days
	case days == nil:
		return place
	}
	return inline(message("dateline", arg("Place", place...), arg("Date", days...)))
}

// place is a city and its country.
func (b *builder) place(p Place, path string) []doc.Inline {
	city := b.properName(p.City, path+".city")
	country := b.party(p.Country, path+".country")
	switch {
	case city == nil:
		return country
	case country == nil:
		return city
	}
	return inline(message("place", arg("City", city...), arg("Country", country...)))
}

// days is a stretch of days, a single one, or nil.
func days(from, to Date) []doc.Inline {
	switch {
	case !from.IsZero() && !to.IsZero():
		return inline(&doc.Days{From: from.Time, To: to.Time})
	case !from.IsZero():
		return inline(&doc.Days{From: from.Time})
	case !to.IsZero():
		return inline(&doc.Days{From: to.Time})
	}
	return nil
}
