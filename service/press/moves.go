package press

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Action is something that can be done to a publication. The audit trail names it.
type Action string

// The actions.
const (
	Save       Action = "save"
	Translate  Action = "translate"
	Submit     Action = "submit"
	Return     Action = "return"
	Approve    Action = "approve"
	Schedule   Action = "schedule"
	Unschedule Action = "unschedule"
	Publish    Action = "publish"
	Correct    Action = "correct"
	Discard    Action = "discard"
	Withdraw   Action = "withdraw"
	Reinstate  Action = "reinstate"
	Rename     Action = "rename"
	Delete     Action = "delete"
	Erase      Action = "erase"
)

// Command is an action with what it needs.
type Command struct {
	Action Action
	By     Actor
	// Now is the instant by the database's clock.
	Now time.Time
	// At and Zone are the instant of a schedule, and where it is shown.
	At   time.Time
	Zone string
	// Notes are public; Slug is the new one of Rename; Lang the one to Translate.
	Notes Notes
	Slug  string
	Lang  string
	// Approval is the office's policy that a second person approves first.
	Approval bool
}

// out is what a move asks of what readers have seen.
type out int

const (
	whatever out = iota
	never        // nothing has been out
	some         // a revision is or was out
)

// move is one row of the table of moves.
type move struct {
	// from are the states of the open revision from which it can be made; none tells
	// that it can be made without one, too.
	from []State
	none bool
	out  out
	// withdrawn: only from a withdrawn publication.
	withdrawn bool
	do        func(*Publication, Command) error
}

// moves is the only place that says what can follow what. docs/service.md shows the same table.
var moves = map[Action]move{
	Save:       {from: []State{Draft, Review}, none: true, do: save},
	Translate:  {from: []State{Draft, Review}, none: true, do: translate},
	Submit:     {from: []State{Draft}, do: submit},
	Return:     {from: []State{Review}, do: giveBack},
	Approve:    {from: []State{Review}, do: approve},
	Schedule:   {from: []State{Draft, Review, Scheduled}, do: schedule},
	Unschedule: {from: []State{Scheduled}, do: unschedule},
	Publish:    {from: []State{Draft, Review, Scheduled}, do: publish},
	Correct:    {from: []State{Draft, Review}, none: true, out: some, do: correct},
	Discard:    {from: []State{Draft, Review}, out: some, do: discard},
	Withdraw:   {from: []State{Draft, Review, Scheduled}, none: true, out: some, do: withdraw},
	Reinstate:  {from: []State{Draft, Review, Scheduled}, none: true, out: some, withdrawn: true, do: reinstate},
	Rename:     {from: []State{Draft, Review, Scheduled}, none: true, do: rename},
	Delete:     {from: []State{Draft, Review}, out: never, do: nothing},
	Erase:      {from: []State{Draft, Review, Scheduled}, none: true, do: nothing},
}

// Brink is the time before a release in which nothing about it can change any
// more: a change that is committed after the instant would take back what readers
// have seen.
const Brink = 2 * time.Second

// Do makes a move, or refuses it and changes nothing. The publication must be settled.
func (p *Publication) Do(c Command) error {
	m, ok := moves[c.Action]
	if !ok {
		return fmt.Errorf("there is no action %q", c.Action)
	}
	open := p.Open()
	switch {
	case open == nil && !m.none:
		return p.wrong(c.Action, "no revision is open", p.next())
	case open != nil && !slices.Contains(m.from, open.State):
		return p.wrong(c.Action, fmt.Sprintf("revision %d is %s", open.Number, open.State), p.next())
	case m.out == never && p.Current() != nil:
		return p.wrong(c.Action, "it has been published", "withdraw it, or discard the open revision")
	case m.out == some && p.Current() == nil:
		return p.wrong(c.Action, "nothing has been published", p.next())
	case open != nil && open.State == Scheduled && c.Action != Publish && c.Action != Erase && open.ReleaseAt.Sub(c.Now) < Brink:
		return p.wrong(c.Action, "it is being released at this moment", "try again in a few seconds")
	case m.withdrawn && p.Withdrawn == nil:
		return p.wrong(c.Action, "it is not withdrawn", "")
	}
	if err := m.do(p, c); err != nil {
		return err
	}
	p.seen()
	return nil
}

// seen notes that what is out has been seen to be out: who builds on it must not
// find it waiting again, should the clock step back.
func (p *Publication) seen() {
	for _, r := range p.Revisions {
		r.Out = r.Out || r.Visible()
	}
}

func (p *Publication) wrong(a Action, why, fix string) error {
	return &Error{Kind: WrongState, Detail: fmt.Sprintf("the publication cannot take the action %s: %s", a, why), Fix: fix}
}

// next says what can be done instead.
func (p *Publication) next() string {
	var can []string
	open := p.Open()
	for _, a := range []Action{Save, Translate, Submit, Return, Approve, Schedule, Unschedule, Publish, Correct, Discard, Withdraw, Reinstate} {
		m := moves[a]
		fits := open == nil && m.none || open != nil && slices.Contains(m.from, open.State)
		if a == Save && open == nil && p.Current() != nil || a == Reinstate && p.Withdrawn == nil || a == Withdraw && p.Withdrawn != nil ||
			m.out == some && p.Current() == nil || !fits {
			continue
		}
		can = append(can, string(a))
	}
	return "from here: " + strings.Join(can, ", ")
}

func nothing(*Publication, Command) error { return nil }

// save opens the first revision, or takes the open one back to a draft: what was
// reviewed or approved is no longer what is there.
func save(p *Publication, c Command) error {
	if open := p.Open(); open != nil && open.Change == LanguageAdded {
		return p.wrong(Save, "the open revision adds a language, and changes nothing else", "send the language alone, or discard the revision and open a correction")
	}
	if p.Open() == nil {
		if p.Current() != nil {
			return p.wrong(Save, "what is published stays as it is", "open a correction first, or add a language")
		}
		p.begin(First, c)
	}
	p.touch(c)
	return nil
}

// translate adds a language: to the open revision, or to a new one that differs in nothing else.
func translate(p *Publication, c Command) error {
	current := p.Current()
	if p.Open() == nil {
		switch {
		case current == nil:
			p.begin(First, c)
		case current.Language(c.Lang) != nil:
			return p.wrong(Translate, "the language "+c.Lang+" is published", "open a correction first")
		case current.OfRecord():
			return p.wrong(Translate, "the record of a meeting holds all its languages", "open a correction first, or publish it in more languages")
		default:
			p.begin(LanguageAdded, c)
		}
	}
	open := p.Open()
	if open.Change == LanguageAdded && !slices.Contains(open.Added, c.Lang) {
		if current.Language(c.Lang) != nil {
			return p.wrong(Translate, "this revision adds languages, and "+c.Lang+" is published", "discard it and open a correction")
		}
		open.Added = append(open.Added, c.Lang)
	}
	p.touch(c)
	return nil
}

// begin opens a revision with the sources of the one before.
func (p *Publication) begin(change Change, c Command) {
	r := &Revision{Number: len(p.Revisions) + 1, State: Draft, Change: change, CreatedAt: c.Now}
	if before := p.Current(); before != nil {
		r.Options, r.Sources, r.Pictures, r.Languages = before.Options, slices.Clone(before.Sources), slices.Clone(before.Pictures), slices.Clone(before.Languages)
	}
	p.Revisions = append(p.Revisions, r)
}

// touch notes who worked on the open revision, and that it is a draft again.
func (p *Publication) touch(c Command) {
	r := p.Open()
	r.State, r.SubmittedBy, r.ApprovedBy = Draft, nil, nil
	if !slices.Contains(r.Authors, c.By.ID) {
		r.Authors = append(r.Authors, c.By.ID)
	}
}

func submit(p *Publication, c Command) error {
	r := p.Open()
	r.State, r.SubmittedBy = Review, &c.By
	return nil
}

func giveBack(p *Publication, _ Command) error {
	r := p.Open()
	r.State, r.SubmittedBy, r.ApprovedBy = Draft, nil, nil
	return nil
}

// approve takes a second person: not one who worked on the sources.
func approve(p *Publication, c Command) error {
	r := p.Open()
	if slices.Contains(r.Authors, c.By.ID) {
		return &Error{Kind: Unapproved, Detail: "who has worked on a revision cannot approve it", Fix: "let somebody else approve"}
	}
	r.ApprovedBy = &c.By
	return nil
}

// ready refuses what a second person has not approved, and what must not go out.
func (p *Publication) ready(c Command) error {
	r := p.Open()
	if p.Withdrawn != nil && r.Change == LanguageAdded {
		return p.wrong(c.Action, "it is withdrawn, and a translation does not bring it back", "reinstate it first, or publish a correction")
	}
	if c.Approval && r.ApprovedBy == nil {
		return &Error{Kind: Unapproved, Detail: "a second person has to approve before anything goes out", Fix: "submit it, and let somebody approve who has not worked on it"}
	}
	return nil
}

// MaxAhead is how far ahead a schedule can lie.
const MaxAhead = 5 * 366 * 24 * time.Hour

func schedule(p *Publication, c Command) error {
	r := p.Open()
	if err := p.ready(c); err != nil {
		return err
	}
	if !c.At.After(c.Now) || c.At.Sub(c.Now) > MaxAhead {
		return &Error{Kind: Invalid, Field: "at", Detail: "the instant must be in the future, within five years", Fix: "it is " + c.Now.UTC().Format(time.RFC3339) + " now; publish without a schedule to release at once"}
	}
	if p.Withdrawn != nil && !c.At.After(p.Withdrawn.At) { // the clock has stepped back since
		return &Error{Kind: Invalid, Field: "at", Detail: "the publication was withdrawn at " + p.Withdrawn.At.Format(time.RFC3339), Fix: "schedule its correction for a later instant"}
	}
	if err := r.fits(c.At); err != nil {
		return err
	}
	r.State, r.ReleaseAt, r.Zone = Scheduled, c.At, c.Zone
	return nil
}

// fits refuses a release before the embargo that a source states.
func (r *Revision) fits(at time.Time) error {
	for _, l := range r.Languages {
		if l.EmbargoUntil.After(at) {
			return &Error{Kind: Invalid, Field: "at", Detail: fmt.Sprintf("the source in %s states an embargo until %s", l.Lang, l.EmbargoUntil.Format(time.RFC3339)),
				Fix: "release at that instant or later, or change the embargo in the source"}
		}
	}
	return nil
}

func unschedule(p *Publication, _ Command) error {
	p.Open().recall()
	return nil
}

// recall makes a draft of a scheduled revision again.
func (r *Revision) recall() {
	r.State, r.ReleaseAt, r.Zone = Draft, time.Time{}, ""
	r.SubmittedBy, r.ApprovedBy, r.Editions = nil, nil, nil
}

func publish(p *Publication, c Command) error {
	r := p.Open()
	if err := p.ready(c); err != nil {
		return err
	}
	if r.State != Scheduled { // else its embargo is what is lifted early
		if err := r.fits(c.At); err != nil {
			return err
		}
	}
	r.ReleaseAt, r.Out = c.At, true
	if r.Zone == "" {
		r.Zone = c.Zone
	}
	p.Withdrawn = nil // by the order of the moves, whatever the clock says
	p.Settle(c.Now)
	return nil
}

func correct(p *Publication, c Command) error {
	if err := c.Notes.required("a correction"); err != nil {
		return err
	}
	switch open := p.Open(); {
	case open == nil:
		p.begin(Correction, c)
	case open.Change != Correction:
		return p.wrong(Correct, "the open revision adds a language", "publish or discard it first")
	}
	p.Open().Notes = c.Notes
	p.touch(c)
	return nil
}

func discard(p *Publication, _ Command) error {
	p.Revisions = p.Revisions[:len(p.Revisions)-1]
	return nil
}

// withdraw takes the publication back. What is scheduled waits as a draft again:
// nothing goes out of a withdrawn publication by itself.
func withdraw(p *Publication, c Command) error {
	if p.Withdrawn != nil {
		return p.wrong(Withdraw, "it is withdrawn", "reinstate it, or publish a correction")
	}
	if err := c.Notes.required("a withdrawal"); err != nil {
		return err
	}
	if open := p.Open(); open != nil && open.State == Scheduled {
		open.recall()
	}
	p.Withdrawn = &Withdrawal{At: c.Now, Notes: c.Notes}
	if out := p.Current().ReleaseAt; out.After(c.Now) { // the clock has stepped back since
		p.Withdrawn.At = out
	}
	return nil
}

func reinstate(p *Publication, _ Command) error {
	p.Withdrawn = nil
	return nil
}

func rename(p *Publication, c Command) error {
	if err := CheckSlug(c.Slug); err != nil {
		return err
	}
	p.Slug = c.Slug
	return nil
}
