package plenary

import (
	"fmt"
	"strings"
)

// votes lists the four parts of a tally with their keys.
func (t *Tally) votes() []struct {
	key string
	Votes
} {
	return []struct {
		key string
		Votes
	}{{"for", t.For}, {"against", t.Against}, {"abstain", t.Abstain}, {"not_voting", t.NotVoting}}
}

// total is the number of votes given in the four parts.
func (t *Tally) total() (n int) {
	for _, v := range t.votes() {
		n += v.Count
	}
	return n
}

// carried tells whether a vote reaches a threshold. Abstentions do not count, but
// for an absolute majority, which is of all that are entitled to vote.
func (t *Tally) carried(threshold string) bool {
	yes, cast := t.For.Count, t.For.Count+t.Against.Count
	switch threshold {
	case "two_thirds":
		return 3*yes >= 2*cast
	case "three_quarters":
		return 4*yes >= 3*cast
	case "unanimity":
		return yes == cast
	case "absolute_majority":
		return 2*yes > max(t.Total, t.total())
	}
	return 2*yes > cast
}

// positive tells the verbs by which a text becomes the body's own.
func positive(verb string) bool {
	switch verb {
	case "adopted", "adopted_as_amended", "agreed", "approved", "endorsed", "accepted":
		return true
	}
	return false
}

// failed tells that nothing came of it.
func (o *Outcome) failed() bool {
	switch o.Verb {
	case "withdrawn", "rejected", "no_consensus", "blocked", "lapsed":
		return true
	}
	return false
}

func (c *checker) outcome(o *Outcome, path string) {
	if o.Agenda != "" && !c.agenda[o.Agenda] {
		c.error("dangling-reference", path+".agenda", "the agenda has no item "+quote(o.Agenda), "the number of an agenda item", "correct it, or add the item")
	}
	for _, l := range []struct {
		key  string
		refs []string
	}{{"supersedes", o.Supersedes}, {"amends", o.Amends}} {
		for i, ref := range l.refs {
			p := at(path+"."+l.key, i)
			switch {
			case ref == o.ID:
				c.error("dangling-reference", p, "the outcome refers to itself", "another outcome", "remove it")
			case !c.outcomes[ref] && !strings.ContainsAny(ref, "/ 0123456789"): // a symbol of an earlier meeting cannot be checked
				c.error("dangling-reference", p, "there is no outcome "+quote(ref), "the id of an outcome of this record, or a symbol", c.nearestRef(ref))
			}
		}
	}
	if !o.Effective.Date.IsZero() && !o.Effective.Condition.IsZero() {
		c.error("contradiction", path+".effective", "the outcome has both a date and a condition of effect", "one of the two", "remove date or condition")
	}
	if d, m := o.Deadline, c.r.Meeting.From; !d.IsZero() && !m.IsZero() && d.Before(m.Time) {
		c.error("impossible-dates", path+".deadline", "the deadline "+d.Format("2006-01-02")+" is before the meeting", "a day after "+m.Format("2006-01-02"), "")
	}
	if end, ok := c.period(o.Period, path+".period"); ok && end.Before(c.r.Meeting.From.Time) {
		c.error("impossible-dates", path+".period", "the period "+o.Period+" is over before the meeting", "one that ends after "+c.r.Meeting.From.Format("2006-01-02"), "")
	}
	if o.Period != "" && !o.Deadline.IsZero() {
		c.error("contradiction", path+".period", "the outcome has both a deadline and a period", "one of the two", "remove deadline or period")
	}
	c.blocked(o, path)
	if o.Tally.total() > 0 || o.Tally.Total > 0 {
		c.tally(o, path)
	} else if o.Method == "recorded_vote" {
		c.error("missing-key", path+".tally", "a recorded vote needs a tally", "for, against, abstain", "tally: {for: [AO, BW], against: [], abstain: 2}")
	}
}

// blocked checks that who blocked and what came of it agree.
func (c *checker) blocked(o *Outcome, path string) {
	stopped := o.Verb == "blocked" || o.Verb == "no_consensus"
	if len(o.BlockedBy) > 0 && !stopped {
		c.error("contradiction", path+".blocked_by", "the outcome was "+strings.ReplaceAll(o.Verb, "_", " ")+", but somebody is said to have blocked it", "blocked or no_consensus", "verb: blocked, or remove blocked_by")
	}
	if o.Verb == "blocked" && len(o.BlockedBy) == 0 {
		c.warn("missing-key", path+".blocked_by", "the outcome was blocked, but nobody is named", "the parties that blocked it", "blocked_by: [..], or verb: no_consensus")
	}
	if o.Method == "consensus" && stopped {
		c.error("contradiction", path+".method", "there was no consensus, so the method cannot be consensus", "no method", "remove method")
	}
}

// tally checks a vote's arithmetic and whether it bears the outcome.
func (c *checker) tally(o *Outcome, path string) {
	t, p := &o.Tally, path+".tally"
	seen := map[PartyID]string{}
	for _, v := range t.votes() {
		for i, id := range v.Parties {
			if first, dup := seen[id]; dup {
				c.error("listed-twice", at(p+"."+v.key, i), string(id)+" votes "+strings.ReplaceAll(first, "_", " ")+" and again "+strings.ReplaceAll(v.key, "_", " "), "each party once", "remove one of the two")
			}
			seen[id] = v.key
		}
	}
	if t.Total > 0 && t.total() != t.Total {
		c.error("tally-differs", p+".total", fmt.Sprintf("the votes add up to %d, the total says %d", t.total(), t.Total), fmt.Sprint(t.total()), "correct the number, or the lists")
	}
	if n := c.present(); n > 0 && t.total() > n {
		c.error("tally-differs", p, fmt.Sprintf("there are %d votes, but only %d participants", t.total(), n), fmt.Sprintf("at most %d", n), "correct the votes, or the participants")
	}
	if o.Method == "consensus" || o.Method == "silence_procedure" {
		c.error("contradiction", path+".method", "a decision by "+strings.ReplaceAll(o.Method, "_", " ")+" has no tally", "recorded_vote, show_of_hands or secret_ballot", "method: recorded_vote, or remove tally")
	}
	carried := t.carried(o.Threshold)
	if positive(o.Verb) && !carried {
		c.error("contradiction", path+".verb", fmt.Sprintf("%d for and %d against do not reach the threshold, but the outcome was %s", t.For.Count, t.Against.Count, strings.ReplaceAll(o.Verb, "_", " ")),
			"rejected", "verb: rejected, or correct tally or threshold")
	}
	if o.Verb == "rejected" && carried {
		c.error("contradiction", path+".verb", fmt.Sprintf("%d for and %d against reach the threshold, but the outcome was rejected", t.For.Count, t.Against.Count),
			"adopted", "verb: adopted, or correct tally or threshold")
	}
}
