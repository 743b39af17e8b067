package plenary

import (
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"communique/render/diag"
	"communique/render/locale"
)

// checker finds what types cannot say: references, dates, votes, sums.
type checker struct {
	r        *Record
	problems *diag.List
	// territories names the countries that codes may stand for.
	territories *locale.Locale
	parties     map[PartyID]bool
	outcomes    map[string]bool
	agenda      map[string]bool
}

func (c *checker) check() {
	c.ids()
	c.walk(reflect.ValueOf(c.r).Elem(), "")
	c.meeting()
	c.participation()
	for i := range c.r.Outcomes {
		c.outcome(&c.r.Outcomes[i], at("outcomes", i))
	}
	for i := range c.r.Positions {
		c.position(&c.r.Positions[i], at("positions", i))
	}
	for i := range c.r.Information {
		c.refersTo(c.r.Information[i].On, at("information", i)+".on")
	}
	for i := range c.r.WorkingBodies {
		c.workingBody(&c.r.WorkingBodies[i], at("working_bodies", i))
	}
	for i := range c.r.Membership {
		c.membership(&c.r.Membership[i], at("membership", i))
	}
	for i := range c.r.Claims {
		c.claim(&c.r.Claims[i], at("claims", i))
	}
	for i := range c.r.Elections {
		c.election(&c.r.Elections[i], at("elections", i))
	}
	c.communique()
	for i := range c.r.Statistics {
		c.statistic(&c.r.Statistics[i], at("statistics", i))
	}
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

func (c *checker) error(code, path, message, expected, fix string) {
	c.add(diag.Error, code, path, message, expected, fix)
}

func (c *checker) warn(code, path, message, expected, fix string) {
	c.add(diag.Warning, code, path, message, expected, fix)
}

func (c *checker) add(s diag.Severity, code, path, message, expected, fix string) {
	c.problems.Add(diag.Problem{Severity: s, Code: code, Pos: c.pos(path), Path: path, Message: message, Expected: expected, Fix: fix})
}

func (c *checker) pos(path string) diag.Pos { return c.r.pos(path) }

var validID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// ids collects what can be referred to; each name may be used once.
func (c *checker) ids() {
	c.parties, c.outcomes, c.agenda = map[PartyID]bool{}, map[string]bool{}, map[string]bool{}
	named := map[string]string{} // id → path of its first use
	unique := func(group, id, path string) {
		if id == "" {
			return
		}
		if !validID.MatchString(id) {
			c.error("bad-id", path, place(path)+" is "+quote(id), "letters, digits, hyphens, dots and underscores", "id: "+plainID(id))
			return
		}
		if first, dup := named[group+id]; dup {
			c.error("duplicate-id", path, fmt.Sprintf("the id %s is used twice; the first use is in line %d", id, c.pos(first).Line),
				"an id of its own", "id: "+id+"-2")
			return
		}
		named[group+id] = path
	}
	for i, p := range c.r.Parties {
		unique("party ", p.ID, at("parties", i)+".id")
		c.parties[PartyID(p.ID)] = true
	}
	for i, w := range c.r.WorkingBodies {
		unique("party ", w.ID, at("working_bodies", i)+".id")
		c.parties[PartyID(w.ID)] = true
	}
	for i, o := range c.r.Outcomes {
		unique("outcome ", o.ID, at("outcomes", i)+".id")
		c.outcomes[o.ID] = true
	}
	// What has no id has its number for an anchor, which is nobody else's id.
	for i, p := range c.r.Positions {
		unique("position ", cmp.Or(p.ID, itoa(i+1)), at("positions", i)+".id")
	}
	for i, p := range c.r.Information {
		unique("information ", cmp.Or(p.ID, itoa(i+1)), at("information", i)+".id")
	}
	for i, p := range c.r.Claims {
		unique("claim ", cmp.Or(p.ID, itoa(i+1)), at("claims", i)+".id")
	}
	for i, a := range c.r.Annexes {
		unique("annex ", cmp.Or(a.ID, itoa(i+1)), at("annexes", i)+".id")
	}
	for i, a := range c.r.Corrigenda {
		unique("corrigendum ", cmp.Or(a.ID, itoa(i+1)), at("corrigenda", i)+".id")
	}
	for i, s := range c.r.Statistics {
		unique("statistic ", s.ID, at("statistics", i)+".id")
	}
	for i, a := range c.r.Agenda {
		path := at("agenda", i) + ".no"
		if c.agenda[a.No] {
			c.error("duplicate-id", path, "the agenda has two items with the number "+a.No, "a number of its own for every item", "")
		}
		c.agenda[a.No] = true
	}
}

// plainID is the nearest id that is allowed.
func plainID(s string) string {
	id := strings.Trim(regexp.MustCompile(`[^A-Za-z0-9._]+`).ReplaceAllString(strings.ToLower(s), "-"), "-")
	if id == "" {
		return "item-1"
	}
	return id
}

// walk checks every party, text and pair of dates, wherever it stands.
func (c *checker) walk(v reflect.Value, path string) {
	switch x := v.Interface().(type) {
	case PartyID:
		c.party(x, path)
		return
	case Text:
		c.text(x, path)
		return
	case Votes:
		for i, p := range x.Parties {
			c.party(p, at(path, i))
		}
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			c.walk(v.Index(i), at(path, i))
		}
	case reflect.Struct:
		for _, f := range fieldsOf(v.Type()) {
			c.walk(v.Field(f.index), join(path, f.key))
		}
		c.term(v, path)
	}
}

// term checks that a stretch of time does not end before it begins.
func (c *checker) term(v reflect.Value, path string) {
	from, to := v.FieldByName("From"), v.FieldByName("To")
	if !from.IsValid() || !to.IsValid() {
		return
	}
	a, b := from.Interface().(Date), to.Interface().(Date)
	if !a.IsZero() && !b.IsZero() && b.Before(a.Time) {
		c.error("impossible-dates", join(path, "to"), place(path)+" ends on "+b.Format("2006-01-02")+", before it begins on "+a.Format("2006-01-02"),
			"a last day that is not before the first", "exchange from and to, or correct one")
	}
}

func (c *checker) party(p PartyID, path string) {
	if p == "" || p == "EU" || c.parties[p] {
		return
	}
	if isCode(string(p)) {
		if _, ok := c.territories.Territory(string(p)); ok {
			return
		}
	}
	known := make([]string, 0, len(c.parties))
	for id := range c.parties {
		known = append(known, string(id))
	}
	slices.Sort(known)
	fix := "correct the code, or add the party to the list parties with this id"
	if code, ok := c.territories.TerritoryNamed(string(p)); ok {
		fix = "write " + code
	} else if near := diag.Nearest(string(p), known); near != "" {
		fix = "write " + near
	} else if up := strings.ToUpper(string(p)); isCode(up) && up != string(p) {
		fix = "write " + up
	}
	c.error("unknown-party", path, "there is no party "+quote(string(p)), "an ISO 3166-1 code of two capital letters such as ZW, EU, or an id from parties or working_bodies", fix)
}

func isCode(s string) bool {
	return len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z'
}

// text wants every text in the original language: the others are made from it.
func (c *checker) text(t Text, path string) {
	original := c.r.Languages.Original
	if t.IsZero() || original == "" || slices.ContainsFunc(t.Versions, func(v Version) bool { return v.Lang == original }) {
		return
	}
	c.warn("missing-original", path, place(path)+" is not given in the original language, "+string(original), "a text in "+string(original), string(original)+": …")
}

func (c *checker) meeting() {
	if !c.given("meeting") {
		c.noMeeting()
		return
	}
	m := &c.r.Meeting
	if next := c.r.Next; !next.From.IsZero() && !m.To.IsZero() && !next.From.After(m.To.Time) {
		c.error("impossible-dates", "next.from", "the next meeting begins on "+next.From.Format("2006-01-02")+", before this one ends",
			"a day after "+m.To.Format("2006-01-02"), "")
	}
	var last Instant
	for i, s := range m.Sittings {
		for _, e := range []struct {
			key string
			at  Instant
		}{{"opened", s.Opened}, {"suspended", s.Suspended}, {"resumed", s.Resumed}, {"closed", s.Closed}} {
			if e.at.IsZero() {
				continue
			}
			if !last.IsZero() && e.at.Before(last.Time) {
				c.error("impossible-dates", at("meeting.sittings", i)+"."+e.key, "the sitting is "+e.key+" before what stands above it", "instants in the order in which they happened", "")
			}
			last = e.at
		}
	}
}

// given tells whether the record has a field, whatever it says.
func (c *checker) given(path string) bool {
	_, ok := c.r.places[path]
	return ok
}

// noMeeting takes a record without a meeting for one of statistics: nothing in it may
// be what only a meeting has.
func (c *checker) noMeeting() {
	for _, key := range []string{"participation", "working_bodies", "agenda", "outcomes", "positions", "communique", "elections", "next"} {
		if c.given(key) {
			c.error("missing-key", key, "the record has "+key+", but no meeting", "the meeting: when, where, who chairs", "add a line “meeting: …”")
			return
		}
	}
	if c.r.Title.IsZero() || len(c.r.Statistics) == 0 {
		c.error("missing-key", "meeting", "the record needs meeting", "the meeting: when, where, who chairs; a record of statistics alone has title and statistics instead", "add a line “meeting: …” here")
	}
}

func (c *checker) participation() {
	p := &c.r.Participation
	seen := map[PartyID]string{}
	for _, l := range []struct {
		key  string
		list []PartyID
	}{{"participants", p.Participants}, {"observers", p.Observers}, {"absent", p.Absent}, {"guests", p.Guests}} {
		for i, id := range l.list {
			path := at("participation."+l.key, i)
			if first, dup := seen[id]; dup {
				c.error("listed-twice", path, string(id)+" is listed under "+first+" and again under "+l.key, "each party once", "remove one of the two")
			}
			seen[id] = l.key
		}
	}
	if n := p.Count.Participants; n > 0 && len(p.Participants) > 0 && n != len(p.Participants) {
		c.error("count-differs", "participation.count.participants", fmt.Sprintf("the count says %d participants, the list has %d", n, len(p.Participants)), "the same number", "leave the count out, or correct the list")
	}
	if n, states := p.Count.Participants, p.Count.ParticipatingStates; n > 0 && states > n {
		c.error("count-differs", "participation.count.participating_states", fmt.Sprintf("%d states took part, but only %d participants", states, n), fmt.Sprintf("at most %d", n), "correct one of the two numbers")
	}
	if n, all := p.Count.Participants, p.Count.ParticipantsTotal; n > 0 && all > 0 && n > all {
		c.error("count-differs", "participation.count.participants", fmt.Sprintf("%d participants were present, but the body has only %d", n, all), fmt.Sprintf("at most %d", all), "")
	}
	if n := c.present(); p.Quorum > 0 && n > 0 && n < p.Quorum && slices.ContainsFunc(c.r.Outcomes, func(o Outcome) bool { return o.Tally.total() > 0 }) {
		c.warn("no-quorum", "participation.quorum", fmt.Sprintf("%d participants were present, the quorum is %d, and there was a vote", n, p.Quorum), "a quorum", "correct one of the two numbers")
	}
}

// present is the number of participants, 0 if it is not known.
func (c *checker) present() int {
	if n := len(c.r.Participation.Participants); n > 0 {
		return n
	}
	return c.r.Participation.Count.Participants
}

// refersTo checks what a position or an information is about.
func (c *checker) refersTo(on, path string) {
	if on != "" && on != "communique" && !c.outcomes[on] && !c.agenda[on] {
		c.error("dangling-reference", path, "there is no outcome and no agenda item "+quote(on), "the id of an outcome, the number of an agenda item, or communique", c.nearestRef(on))
	}
}

// decidedBy finds the outcome that a field names by its id; nil if it names none.
func (c *checker) decidedBy(id, path string) *Outcome {
	if id == "" {
		return nil
	}
	i := slices.IndexFunc(c.r.Outcomes, func(o Outcome) bool { return o.ID == id })
	if i < 0 {
		c.error("dangling-reference", path, "there is no outcome "+quote(id), "the id of an outcome of this record", c.nearestRef(id))
		return nil
	}
	return &c.r.Outcomes[i]
}

func (c *checker) workingBody(w *WorkingBody, path string) {
	if o := c.decidedBy(w.EstablishedBy, path+".established_by"); o != nil && o.failed() {
		c.error("contradiction", path+".established_by", "the verb of the outcome that is said to have set up the body is "+quote(o.Verb), "an outcome that was agreed", "correct the outcome, or remove established_by")
	}
	if w.Parent != "" && c.bodyAbove(w) == nil {
		c.error("dangling-reference", path+".parent", "there is no working body "+quote(string(w.Parent)), "the id of a working body of this record", "correct it, or add the body")
	}
	above := w
	for range c.r.WorkingBodies {
		if above = c.bodyAbove(above); above == nil {
			return
		}
		if above == w {
			c.error("contradiction", path+".parent", w.ID+" works under itself", "the working body above it", "remove parent here")
			return
		}
	}
}

// bodyAbove is the working body under which another works; nil if there is none.
func (c *checker) bodyAbove(w *WorkingBody) *WorkingBody {
	for i := range c.r.WorkingBodies {
		if above := &c.r.WorkingBodies[i]; w.Parent != "" && PartyID(above.ID) == w.Parent {
			return above
		}
	}
	return nil
}

func (c *checker) membership(m *Membership, path string) {
	c.period(m.Period, path+".period")
	if m.Period != "" && (!m.From.IsZero() || !m.To.IsZero()) {
		c.error("contradiction", path+".period", "the change has both days and a period", "one of the two", "remove period")
	}
	if o := c.decidedBy(m.Outcome, path+".outcome"); o != nil && o.failed() && m.Result != "applied" {
		c.error("contradiction", path+".outcome", string(m.Party)+" is said to be "+m.Result+" by an outcome whose verb is "+quote(o.Verb), "an outcome that was agreed", "correct result, or the outcome")
	}
}

func (c *checker) position(p *Position, path string) {
	c.refersTo(p.On, path+".on")
	for i, a := range p.Aligned {
		if slices.Contains(p.By, a) {
			c.error("listed-twice", at(path+".aligned", i), string(a)+" is aligned with its own position", "each party once", "remove it here")
		}
	}
}

// nearestRef proposes an id that was meant.
func (c *checker) nearestRef(s string) string {
	var ids []string
	for i := range c.r.Outcomes {
		ids = append(ids, c.r.Outcomes[i].ID)
	}
	for i := range c.r.Agenda {
		ids = append(ids, c.r.Agenda[i].No)
	}
	if near := diag.Nearest(s, ids); near != "" {
		return "write " + near
	}
	return "correct it, or add what it refers to"
}

func (c *checker) claim(p *Claim, path string) {
	if slices.Contains(p.ContestedBy, p.By) {
		c.error("contradiction", path+".contested_by", string(p.By)+" contests its own claim", "other parties", "remove it here")
	}
	if len(p.ContestedBy) > 0 && p.Status != "contested" {
		c.error("contradiction", path+".status", "the claim is contested by somebody, but its status is "+quote(p.Status), "contested", "status: contested")
	}
}

func (c *checker) election(e *Election, path string) {
	filled := e.Party != "" || !e.Name.IsZero()
	switch e.Result {
	case "", "elected", "re_elected":
		if !filled {
			c.error("missing-key", path+".party", "nobody is named for this office", "party or name", "add them, or write result: vacant")
		}
	default:
		if filled {
			c.error("contradiction", path+".result", "somebody is named for an office that is "+strings.ReplaceAll(e.Result, "_", " "), "elected", "result: elected, or remove party and name")
		}
	}
}

func (c *checker) communique() {
	m := &c.r.Communique
	switch m.Status {
	case "not_issued", "replaced_by_chair_statement":
		if m.Reason.IsZero() {
			c.error("missing-key", "communique.reason", "there is no communiqué, and no reason is given", "the reason, in words that can be quoted", "add reason: …")
		}
		if m.Status == "not_issued" && len(m.Paragraphs) > 0 {
			c.error("contradiction", "communique.paragraphs", "the communiqué was not issued, but there are paragraphs of it", "no paragraphs, or another status", "status: provisional, or remove the paragraphs")
		}
	case "issued":
		if len(m.BlockedBy) > 0 {
			c.error("contradiction", "communique.blocked_by", "the communiqué was issued, but somebody is said to have blocked it", "no blocked_by", "status: not_issued, or remove blocked_by")
		}
	}
}
