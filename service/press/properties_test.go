package press_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"communique/service/press"
)

// world is a publication, the instant, and what readers have seen.
type world struct {
	p    *press.Publication
	now  time.Time
	seen map[int]string
}

// TestRandomLives leads publications through random lives with a clock that
// sometimes steps back, and looks at them after every step as a reader would.
func TestRandomLives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{p: &press.Publication{Slug: "a", CreatedAt: noon}, now: noon, seen: map[int]string{}}
		moves := 0
		t.Repeat(map[string]func(*rapid.T){
			"": w.check,
			"move": func(t *rapid.T) {
				c := command(rapid.SampledFrom(actions).Draw(t, "action"), w.now)
				c.Lang = rapid.SampledFrom([]string{"en", "fr", "ar"}).Draw(t, "lang")
				if c.Action != press.Publish {
					c.At = w.now.Add(time.Duration(rapid.IntRange(-5, 3600).Draw(t, "at")) * time.Second)
				}
				c.Approval = rapid.Bool().Draw(t, "approval")
				before, open, version := encode(t, w.p), w.p.Open(), len(w.p.Revisions)
				if err := w.p.Do(c); err != nil {
					if encode(t, w.p) != before {
						t.Fatalf("%s was refused (%v), and changed something", c.Action, err)
					}
					return
				}
				moves++
				w.work(c, open, version, moves)
			},
			"wait": func(t *rapid.T) { w.pass(time.Duration(rapid.IntRange(0, 3600).Draw(t, "seconds")) * time.Second) },
			"step back": func(t *rapid.T) {
				if len(w.p.Revisions) == 0 || w.p.Open() == nil {
					// what is out may be unnoted until the next move; the office notes it when it announces
					w.p.Settle(w.now)
				}
				for _, r := range w.p.Revisions {
					r.Out = r.Out || r.Visible() // announced
				}
				w.pass(-time.Duration(rapid.IntRange(0, 600).Draw(t, "seconds")) * time.Second)
			},
		})
	})
}

func (w *world) pass(d time.Duration) {
	w.now = w.now.Add(d)
	w.p.Settle(w.now)
}

// work does what the office does after a move: new sources come with a save.
func (w *world) work(c press.Command, open *press.Revision, revisions, move int) {
	if c.Action == press.Save || c.Action == press.Translate || c.Action == press.Correct {
		r := w.p.Open()
		r.Languages = append(r.Languages, press.Language{Lang: c.Lang})
		r.Sources = append(r.Sources, press.Source{Name: c.Lang + ".md", Size: int64(move)})
	}
	if c.Action == press.Discard && open != nil && revisions == len(w.p.Revisions)+1 {
		delete(w.seen, open.Number)
	}
	w.p.Settle(w.now)
}

// check is what must hold whatever has happened.
func (w *world) check(t *rapid.T) {
	p := w.p
	open, published := 0, 0
	for i, r := range p.Revisions {
		if r.Number != i+1 {
			t.Fatalf("revision %d stands at place %d", r.Number, i+1)
		}
		if r.State == press.Published {
			published++
		}
		if !r.Visible() {
			open++
			if i != len(p.Revisions)-1 {
				t.Fatalf("revision %d is %s under a later one", r.Number, r.State)
			}
			if w.seen[r.Number] != "" {
				t.Fatalf("revision %d was visible and is %s", r.Number, r.State)
			}
			continue
		}
		if !r.Out && r.ReleaseAt.After(w.now) {
			t.Fatalf("revision %d is visible before its instant", r.Number)
		}
		content := encode(t, struct {
			Sources   []press.Source
			Languages []press.Language
			Notes     press.Notes
			At        time.Time
		}{r.Sources, r.Languages, r.Notes, r.ReleaseAt})
		if before := w.seen[r.Number]; before != "" && before != content {
			t.Fatalf("revision %d has changed before readers' eyes: %s, then %s", r.Number, before, content)
		}
		w.seen[r.Number] = content
	}
	if open > 1 || published > 1 {
		t.Fatalf("%d revisions are open, %d are current", open, published)
	}
	if current := p.Current(); current != nil && published != 1 {
		t.Fatalf("revision %d is current, and %s", current.Number, current.State)
	}
	if p.Withdrawn != nil && p.Current() == nil {
		t.Fatal("what was never out is withdrawn")
	}
}

func encode(t *rapid.T, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
