package judge_test

import (
	"strings"
	"testing"

	"communique/render/judge"
)

// browser starts Chromium for a test.
func browser(t *testing.T) *judge.Browser {
	t.Helper()
	judge.Need(t, judge.Chromium, judge.Axe)
	b, err := judge.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

func TestEveryPageIsAccessible(t *testing.T) {
	b := browser(t)
	eachGroup(t, func(t *testing.T, all []edition) {
		for i, e := range all {
			for j, v := range judge.Views {
				if t.Name() == "TestEveryPageIsAccessible/corpus" && (i+j)%len(judge.Views) != 0 {
					continue // one look each at many pages, four at ours
				}
				found, err := b.Accessible(e.html, v)
				if err != nil {
					t.Fatal(err)
				}
				judge.Report(t, found)
			}
		}
	})
}

func TestEveryPageFitsAPhoneAndRunsNoScript(t *testing.T) {
	b := browser(t)
	eachGroup(t, func(t *testing.T, all []edition) {
		for _, e := range all {
			overflow, scripts, err := b.Measure(e.html, judge.Views[0])
			if err != nil {
				t.Fatal(err)
			}
			if overflow > 0 || scripts > 0 {
				t.Errorf("%s: %d pixels too wide, %d scripts", e.name, overflow, scripts)
			}
		}
	})
}

func TestEveryPageWorksFromTheKeyboard(t *testing.T) {
	b := browser(t)
	for _, v := range judge.Views {
		for _, e := range group(t, "samples") {
			stops, err := b.Tab(e.html, v, 100)
			if err != nil {
				t.Fatal(err)
			}
			if len(stops) < 2 || len(stops) >= 100 {
				t.Errorf("%s, %s: Tab stops %d times", e.name, v.Name, len(stops))
				continue
			}
			for _, s := range stops {
				if !s.Visible || !s.Marked {
					t.Errorf("%s, %s: focus on %s %q is visible: %t, marked: %t", e.name, v.Name, s.HTML, s.Text, s.Visible, s.Marked)
				}
			}
			if !strings.Contains(stops[0].HTML, `href="#`) {
				t.Errorf("%s, %s: the first stop is no skip link: %s", e.name, v.Name, stops[0].HTML)
			}
		}
	}
}

func TestTheSkipLinkLeadsToTheText(t *testing.T) {
	b := browser(t)
	e := group(t, "samples")[0]
	stops, err := b.Tab(e.html, judge.Views[2], 1)
	if err != nil || len(stops) != 1 {
		t.Fatal(stops, err)
	}
	fragment, err := b.Press("\r")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(stops[0].HTML, `href="`+fragment+`"`) || fragment == "" {
		t.Errorf("Enter on %s leads to %q", stops[0].HTML, fragment)
	}
	// from there, Tab goes on to what stands in the text, not in the letterhead
	if _, err := b.Press("\t"); err != nil {
		t.Fatal(err)
	}
	next, err := b.Focus()
	if err != nil {
		t.Fatal(err)
	}
	if next == nil || strings.Contains(next.HTML, `href="#`) {
		t.Errorf("after the skip link Tab leads to %+v", next)
	}
}

func TestEveryPictureOfAPageIsShown(t *testing.T) {
	b := browser(t)
	seen := 0
	for _, e := range group(t, "hard") {
		all, shown, err := b.Pictures(e.html, judge.Views[0])
		if err != nil {
			t.Fatal(err)
		}
		if all != shown {
			t.Errorf("%s: %d of %d pictures are shown", e.name, shown, all)
		}
		seen += shown
	}
	if seen == 0 {
		t.Error("no page has a picture")
	}
}
