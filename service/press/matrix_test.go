package press_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"communique/service/press"
)

var update = flag.Bool("update", false, "write testdata anew")

var (
	noon  = time.Date(2023, 11, 14, 12, 0, 0, 0, time.UTC)
	later = noon.Add(time.Hour)
	desk  = press.Actor{Kind: "key", ID: "desk"}
	chief = press.Actor{Kind: "person", ID: "chief"}
	notes = press.Notes{"en": "The figure in paragraph 3 is 12, not 21."}
)

// actions are all of them, in the order of a publication's life.
var actions = []press.Action{press.Save, press.Translate, press.Submit, press.Return, press.Approve, press.Schedule, press.Unschedule, press.Publish,
	press.Correct, press.Discard, press.Withdraw, press.Reinstate, press.Rename, press.Delete, press.Erase}

// command is an action with everything that it can need.
func command(a press.Action, now time.Time) press.Command {
	c := press.Command{Action: a, By: desk, Now: now, At: now.Add(time.Hour), Zone: "Europe/London", Notes: notes, Slug: "another-slug", Lang: "fr"}
	switch a {
	case press.Approve:
		c.By = chief
	case press.Publish:
		c.At = now
	}
	return c
}

// standing is where a publication stands, and how it came there.
type standing struct {
	name string
	way  []press.Action
	// after is how long after the way the action is tried.
	after time.Duration
}

var standings = []standing{
	{"nothing", nil, 0},
	{"draft", []press.Action{press.Save}, 0},
	{"review", []press.Action{press.Save, press.Submit}, 0},
	{"scheduled", []press.Action{press.Save, press.Schedule}, 0},
	{"about to be released", []press.Action{press.Save, press.Schedule}, time.Hour - time.Second},
	{"published", []press.Action{press.Save, press.Publish}, 0},
	{"published, correction in draft", []press.Action{press.Save, press.Publish, press.Correct}, 0},
	{"published, correction in review", []press.Action{press.Save, press.Publish, press.Correct, press.Submit}, 0},
	{"published, correction scheduled", []press.Action{press.Save, press.Publish, press.Correct, press.Schedule}, 0},
	{"withdrawn", []press.Action{press.Save, press.Publish, press.Withdraw}, 0},
	{"withdrawn, correction in draft", []press.Action{press.Save, press.Publish, press.Withdraw, press.Correct}, 0},
	{"withdrawn, correction scheduled", []press.Action{press.Save, press.Publish, press.Withdraw, press.Correct, press.Schedule}, 0},
}

func (s standing) publication(t *testing.T) *press.Publication {
	t.Helper()
	p := &press.Publication{Slug: "kimberley-2023", CreatedAt: noon}
	for _, a := range s.way {
		if err := p.Do(command(a, noon)); err != nil {
			t.Fatalf("%s: %s: %v", s.name, a, err)
		}
	}
	p.Settle(noon.Add(s.after))
	return p
}

// stand says in a few words where a publication stands.
func stand(p *press.Publication) string {
	var out []string
	if p.Withdrawn != nil {
		out = append(out, "withdrawn")
	}
	for _, r := range p.Revisions {
		out = append(out, fmt.Sprintf("%d %s", r.Number, r.State))
	}
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, ", ")
}

// TestEveryMoveFromEverywhere writes down what each action makes of each standing:
// testdata/moves.md, which docs/service.md can show.
func TestEveryMoveFromEverywhere(t *testing.T) {
	var b strings.Builder
	b.WriteString("| from | action | to |\n|---|---|---|\n")
	for _, s := range standings {
		var refused []string
		for _, a := range actions {
			p := s.publication(t)
			before := stand(p)
			err := p.Do(command(a, noon.Add(s.after)))
			var refusal *press.Error
			switch {
			case err == nil:
				to := stand(p)
				if to == before {
					to = "the same"
				}
				if a == press.Delete || a == press.Erase {
					to = "gone" // the database's part
				}
				fmt.Fprintf(&b, "| %s | %s | %s |\n", s.name, a, to)
			case !errors.As(err, &refusal) || refusal.Kind != press.WrongState || refusal.Detail == "":
				t.Errorf("%s from %s: %v", a, s.name, err)
			default:
				refused = append(refused, string(a))
				if after := stand(p); after != before {
					t.Errorf("%s is refused from %s, and yet makes %s of it", a, s.name, after)
				}
			}
		}
		if len(refused) > 0 {
			fmt.Fprintf(&b, "| %s | *refused:* %s | |\n", s.name, strings.Join(refused, ", "))
		}
	}
	const golden = "testdata/moves.md"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the moves have changed (go test -update writes them anew):\n%s", b.String())
	}
}

func TestAnUnknownActionIsNone(t *testing.T) {
	p := standings[1].publication(t)
	if err := p.Do(press.Command{Action: "print", Now: noon}); err == nil || stand(p) != "1 draft" {
		t.Errorf("got %v, %s", err, stand(p))
	}
}

func TestRefusalsNameTheField(t *testing.T) {
	embargoed := func(p *press.Publication) {
		p.Open().Languages = []press.Language{{Lang: "en", EmbargoUntil: noon.Add(2 * time.Hour)}}
	}
	for _, c := range []struct {
		name, field string
		kind        press.Kind
		from        int
		change      func(*press.Publication)
		command     func(*press.Command)
		action      press.Action
	}{
		{"schedule in the past", "at", press.Invalid, 1, nil, func(c *press.Command) { c.At = noon.Add(-time.Second) }, press.Schedule},
		{"schedule now", "at", press.Invalid, 1, nil, func(c *press.Command) { c.At = noon }, press.Schedule},
		{"schedule for another generation", "at", press.Invalid, 1, nil, func(c *press.Command) { c.At = noon.Add(press.MaxAhead + 1) }, press.Schedule},
		{"schedule before the stated embargo", "at", press.Invalid, 1, embargoed, nil, press.Schedule},
		{"publish before the stated embargo", "at", press.Invalid, 1, embargoed, nil, press.Publish},
		{"publish without approval", "", press.Unapproved, 2, nil, func(c *press.Command) { c.Approval = true }, press.Publish},
		{"schedule without approval", "", press.Unapproved, 2, nil, func(c *press.Command) { c.Approval = true }, press.Schedule},
		{"approve what one wrote", "", press.Unapproved, 2, nil, func(c *press.Command) { c.By = desk }, press.Approve},
		{"correct without a note", "notes", press.Invalid, 5, nil, func(c *press.Command) { c.Notes = nil }, press.Correct},
		{"correct in no language", "notes.not a tag", press.Invalid, 5, nil, func(c *press.Command) { c.Notes = press.Notes{"not a tag": "x"} }, press.Correct},
		{"withdraw with an empty note", "notes.en", press.Invalid, 5, nil, func(c *press.Command) { c.Notes = press.Notes{"en": ""} }, press.Withdraw},
		{"rename to no slug", "slug", press.Invalid, 1, nil, func(c *press.Command) { c.Slug = "Not A Slug" }, press.Rename},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := standings[c.from].publication(t)
			if c.change != nil {
				c.change(p)
			}
			do := command(c.action, noon)
			if c.command != nil {
				c.command(&do)
			}
			before := stand(p)
			refusal, ok := errors.AsType[*press.Error](p.Do(do))
			if !ok || refusal.Kind != c.kind || refusal.Field != c.field || refusal.Fix == "" {
				t.Errorf("got %+v", refusal)
			}
			if after := stand(p); after != before {
				t.Errorf("it was refused, and yet %s became %s", before, after)
			}
		})
	}
}

func TestApprovalEndsWithTheNextChange(t *testing.T) {
	for _, a := range []press.Action{press.Save, press.Translate, press.Return} {
		p := standings[2].publication(t)
		if err := p.Do(command(press.Approve, noon)); err != nil {
			t.Fatal(err)
		}
		if err := p.Do(command(a, noon)); err != nil {
			t.Fatal(err)
		}
		c := command(press.Publish, noon)
		c.Approval = true
		if err := p.Do(c); !errors.Is(err, &press.Error{Kind: press.Unapproved}) {
			t.Errorf("after %s what was approved before goes out: %v", a, err)
		}
	}
}

// TestTheClockStepsBack: what readers have seen stays, and what was decided holds.
func TestTheClockStepsBack(t *testing.T) {
	early := noon.Add(-10 * time.Minute)
	t.Run("what is out stays out", func(t *testing.T) {
		p := standings[5].publication(t)
		p.Settle(early)
		if p.Current() == nil {
			t.Error("it was taken back")
		}
	})
	t.Run("what was scheduled and built upon stays out", func(t *testing.T) {
		p := standings[3].publication(t)
		p.Settle(later)
		if err := p.Do(command(press.Correct, later)); err != nil {
			t.Fatal(err)
		}
		p.Settle(early)
		if got := stand(p); got != "1 published, 2 draft" {
			t.Errorf("there is %s", got)
		}
	})
	t.Run("a withdrawal holds", func(t *testing.T) {
		p := standings[5].publication(t)
		if err := p.Do(command(press.Withdraw, early)); err != nil {
			t.Fatal(err)
		}
		for _, at := range []time.Time{early, noon, later} {
			if p.Settle(at); p.Withdrawn == nil {
				t.Fatalf("at %s the withdrawal is gone", at)
			}
		}
	})
	t.Run("a correction ends a withdrawal", func(t *testing.T) {
		p := standings[10].publication(t)
		if err := p.Do(command(press.Publish, early)); err != nil {
			t.Fatal(err)
		}
		if p.Settle(early); p.Withdrawn != nil || p.Current().Number != 2 {
			t.Errorf("there is %s", stand(p))
		}
	})
	t.Run("a schedule cannot end before the withdrawal that it ends", func(t *testing.T) {
		p := standings[10].publication(t)
		c := command(press.Schedule, early)
		c.At = noon.Add(-time.Minute)
		if err := p.Do(c); !errors.Is(err, &press.Error{Kind: press.Invalid}) {
			t.Errorf("got %v", err)
		}
	})
}

func TestAScheduledCorrectionEndsTheWithdrawal(t *testing.T) {
	p := standings[11].publication(t)
	if p.Settle(later.Add(-1)); p.Withdrawn == nil || p.Current().Number != 1 {
		t.Errorf("before its instant there is %s", stand(p))
	}
	if p.Settle(later); p.Withdrawn != nil || p.Current().Number != 2 {
		t.Errorf("at its instant there is %s", stand(p))
	}
}
