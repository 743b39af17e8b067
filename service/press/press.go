// Package press holds the words of a press office: publications, their revisions,
// sources and editions, the moves from state to state, and what can be wrong
// with a request for one. It owns types and rules without side effects, and must
// never know a database, a file, a clock or HTTP.
package press

import (
	"iter"
	"slices"
	"time"
)

// Publication is one announcement in one or more languages, under a stable slug.
type Publication struct {
	ID   string `json:"id" doc:"Stable, also when the slug moves" example:"06ey3qhx8p9v7sj4m2kd0t1a5w"`
	Slug string `json:"slug" doc:"The name in addresses" example:"kimberley-2023"`
	// Version counts the changes; it is the entity tag that If-Match compares.
	Version   int64       `json:"version" minimum:"1" doc:"Counts the changes; the ETag is made of it" example:"7"`
	CreatedAt time.Time   `json:"created_at" doc:"When the first draft came"`
	Withdrawn *Withdrawal `json:"withdrawn,omitempty" doc:"Only of a withdrawn publication, whose public notice stays"`
	// Revisions are in the order of their numbers, which begin at 1.
	Revisions []*Revision `json:"revisions" nullable:"false" doc:"All revisions, the oldest first"`
}

// Withdrawal takes a whole publication back; the notice stays.
type Withdrawal struct {
	At    time.Time `json:"at" doc:"When it was withdrawn"`
	Notes Notes     `json:"notes" nullable:"false" doc:"The public note by language"`
}

// Notes are a public note by language, as BCP 47 tags.
type Notes map[string]string

// State is where a revision stands.
type State string

// The states, in the order in which a revision goes through them.
const (
	Draft      State = "draft"
	Review     State = "review"
	Scheduled  State = "scheduled"
	Published  State = "published"
	Superseded State = "superseded"
)

// States lists them.
var States = []State{Draft, Review, Scheduled, Published, Superseded}

// Change says why there is a revision.
type Change string

// The changes.
const (
	First         Change = "first"
	Correction    Change = "correction"
	LanguageAdded Change = "language"
)

// Revision is a set of sources that is immutable once it is scheduled, and what was made of it.
type Revision struct {
	Number int    `json:"number" minimum:"1" example:"1" doc:"Counted from 1"`
	State  State  `json:"state" enum:"draft,review,scheduled,published,superseded" example:"published" doc:"Where the revision stands by the clock of the database"`
	Change Change `json:"change" enum:"first,correction,language" example:"first" doc:"Why there is this revision"`
	// ReleaseAt is the instant from which readers see the revision; zero while it is open.
	ReleaseAt time.Time `json:"release_at,omitzero" doc:"The instant from which readers see it; none before it is scheduled or published"`
	Zone      string    `json:"zone,omitempty" doc:"The time zone in which that instant is shown" example:"Europe/London"`
	Notes     Notes     `json:"notes,omitempty" doc:"Of a correction: the public note by language"`
	Added     []string  `json:"added,omitempty" doc:"The languages that this revision adds"`
	CreatedAt time.Time `json:"created_at" doc:"When its draft was begun"`
	// Day is the date under which it is listed.
	Day     string  `json:"day,omitempty" format:"date" doc:"The date under which it is listed: that of the document, or that of the first release" example:"2023-11-14"`
	Options Options `json:"options" doc:"How it is rendered"`
	// Authors are the ids of those who worked on the sources; none of them can approve.
	Authors     []string   `json:"authors,omitempty" doc:"Ids of those who worked on the sources, who cannot approve it"`
	SubmittedBy *Actor     `json:"submitted_by,omitempty" doc:"Who sent it for review"`
	ApprovedBy  *Actor     `json:"approved_by,omitempty" doc:"Who approved it"`
	Sources     []Source   `json:"sources" nullable:"false" doc:"As they were posted, byte for byte"`
	Pictures    []Picture  `json:"pictures,omitempty" doc:"What the sources show"`
	Languages   []Language `json:"languages" nullable:"false" doc:"What it is called in each language, the original first"`
	Editions    []Edition  `json:"editions,omitempty" doc:"The finished files, from the moment it is scheduled or published"`
	// Out tells that the release has been seen by the database's clock, whatever that clock says later.
	Out bool `json:"-"`
}

// Options are what a publisher chooses about the form of a revision.
type Options struct {
	Theme    string   `json:"theme,omitempty" doc:"The look" example:"official"`
	Paper    string   `json:"paper,omitempty" doc:"The sheet of the PDF" example:"a4"`
	Products []string `json:"products,omitempty" doc:"What is made of the record of a meeting" example:"[\"report\"]"`
	Langs    []string `json:"langs,omitempty" doc:"The languages that the record of a meeting is published in" example:"[\"en\",\"fr\"]"`
	Attach   bool     `json:"attach,omitempty" doc:"Each PDF carries its source"`
}

// Source is one Markdown file or record, kept under its digest.
type Source struct {
	Name      string `json:"name" doc:"Its file name" example:"fr.md"`
	Lang      string `json:"lang,omitempty" doc:"The language of a statement" example:"fr"`
	MediaType string `json:"media_type" doc:"text/markdown, application/yaml or application/json" example:"text/markdown"`
	Digest    string `json:"sha256" doc:"SHA-256 of the bytes, as hexadecimal digits" example:"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`
	Size      int64  `json:"size" minimum:"0" doc:"In bytes" example:"4213"`
}

// Picture is a file that sources show.
type Picture struct {
	Name   string `json:"name" doc:"Its file name" example:"map.png"`
	Digest string `json:"sha256" doc:"SHA-256 of the bytes, as hexadecimal digits" example:"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`
	Size   int64  `json:"size" minimum:"0" doc:"In bytes" example:"81533"`
}

// Language is what a revision is called in one language.
type Language struct {
	Lang     string `json:"lang" doc:"BCP 47 tag" example:"en"`
	Dir      string `json:"dir" enum:"ltr,rtl" doc:"The direction of writing" example:"ltr"`
	Title    string `json:"title" doc:"The headline, as plain text" example:"Statement on the plenary"`
	Summary  string `json:"summary,omitempty" doc:"The lines under it, as plain text"`
	Kind     string `json:"kind" doc:"The document kind" example:"statement"`
	Symbol   string `json:"symbol,omitempty" doc:"The reference" example:"FCDO/2023/118"`
	Date     string `json:"date,omitempty" format:"date" doc:"The date of the document" example:"2023-11-14"`
	Issuer   string `json:"issuer,omitempty" doc:"Who publishes" example:"Ministry of Mines"`
	Place    string `json:"place,omitempty" doc:"The place of the dateline" example:"London"`
	Original bool   `json:"original,omitempty" doc:"The others are translations of this one"`
	Machine  bool   `json:"machine,omitempty" doc:"A machine translated it"`
	// EmbargoUntil is what the source itself says; the schedule must agree with it.
	EmbargoUntil time.Time `json:"embargo_until,omitzero" doc:"The embargo that the source states"`
	EmbargoZone  string    `json:"embargo_zone,omitempty" doc:"The time zone of that embargo" example:"Europe/London"`
	// Terms are the words by which a search finds it.
	Terms []string `json:"-"`
}

// Edition is one finished file: a revision in a language, product and format.
type Edition struct {
	Name      string `json:"name" doc:"Its name below the publication's address" example:"fr.pdf"`
	Lang      string `json:"lang,omitempty" doc:"None of data in all languages" example:"fr"`
	Product   string `json:"product,omitempty" doc:"Of the record of a meeting: what was made of it" example:"report"`
	Format    string `json:"format" doc:"The format" example:"pdf"`
	MediaType string `json:"media_type" doc:"With its parameters" example:"application/pdf"`
	Digest    string `json:"sha256" doc:"SHA-256 of the bytes, as hexadecimal digits" example:"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`
	Size      int64  `json:"size" minimum:"0" doc:"In bytes" example:"17012"`
}

// Actor is who did something: a key, a person, or the service itself.
type Actor struct {
	Kind string `json:"kind" enum:"key,person,system" doc:"A key, a person who signed in, or the service itself" example:"key"`
	ID   string `json:"id" doc:"The key's id, or the person's subject" example:"k7h2m9q4x1"`
	Name string `json:"name,omitempty" doc:"As the key or the identity provider names it" example:"Press desk"`
}

// Open is the revision that can still change or is still waiting; nil if all are out.
func (p *Publication) Open() *Revision {
	if n := len(p.Revisions); n > 0 && !p.Revisions[n-1].Visible() {
		return p.Revisions[n-1]
	}
	return nil
}

// Waits is the instant that a scheduled revision waits for; zero if none does.
func (p *Publication) Waits() time.Time {
	if open := p.Open(); open != nil && open.State == Scheduled {
		return open.ReleaseAt
	}
	return time.Time{}
}

// Current is the revision that readers see; nil before the first is out.
func (p *Publication) Current() *Revision {
	for _, r := range slices.Backward(p.Revisions) {
		if r.Visible() {
			return r
		}
	}
	return nil
}

// Revision finds a revision by its number; nil if there is none.
func (p *Publication) Revision(number int) *Revision {
	if number < 1 || number > len(p.Revisions) {
		return nil
	}
	return p.Revisions[number-1]
}

// Visible tells revisions that readers have been able to see.
func (r *Revision) Visible() bool { return r.State == Published || r.State == Superseded }

// Settle gives released revisions the states that an instant makes of them.
// What was seen to be out stays out, should the clock step back.
func (p *Publication) Settle(now time.Time) {
	current := true
	for _, r := range slices.Backward(p.Revisions) {
		switch {
		case r.ReleaseAt.IsZero():
			continue
		case !r.Out && r.ReleaseAt.After(now):
			r.State = Scheduled
		case current:
			r.State, current = Published, false
		default:
			r.State = Superseded
		}
	}
	if r := p.Current(); p.Withdrawn != nil && r != nil && r.ReleaseAt.After(p.Withdrawn.At) {
		p.Withdrawn = nil // a later revision has gone out since
	}
}

// Date gives the last revision the date under which readers find it: that of the
// document, or that of the first release in a zone.
func (p *Publication) Date(zone *time.Location) {
	r := p.Revisions[len(p.Revisions)-1]
	at := r.CreatedAt
	if first := p.Revisions[0]; !first.ReleaseAt.IsZero() {
		at = first.ReleaseAt
	}
	r.Day = at.In(zone).Format(time.DateOnly)
	if original := r.Original(); original != nil && original.Date != "" {
		r.Day = original.Date
	}
}

// OfRecord tells a revision whose source is the record of a meeting.
func (r *Revision) OfRecord() bool {
	return slices.ContainsFunc(r.Sources, func(s Source) bool { return s.MediaType != "text/markdown" })
}

// Original is the language that the others are translations of.
func (r *Revision) Original() *Language {
	for i := range r.Languages {
		if r.Languages[i].Original {
			return &r.Languages[i]
		}
	}
	if len(r.Languages) == 0 {
		return nil
	}
	return &r.Languages[0]
}

// Language finds what the revision is called in a language; nil if it has none.
func (r *Revision) Language(lang string) *Language {
	if i := slices.IndexFunc(r.Languages, func(l Language) bool { return l.Lang == lang }); i >= 0 {
		return &r.Languages[i]
	}
	return nil
}

// Digests yields the digests of all files of the revision.
func (r *Revision) Digests() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, s := range r.Sources {
			if !yield(s.Digest) {
				return
			}
		}
		for _, p := range r.Pictures {
			if !yield(p.Digest) {
				return
			}
		}
		for _, e := range r.Editions {
			if !yield(e.Digest) {
				return
			}
		}
	}
}
