package api

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"communique/service/access"
	"communique/service/press"
)

// asked is one request about a release: when it went out and came back, by the
// clock of this machine, which the databases of the tests share, and whether it
// showed anything.
type asked struct {
	path       string
	start, end time.Time
	shown      bool
}

// TestEverythingAppearsTogether has readers ask for every file in every language,
// and for pages and lists, around the instant of a release. Nothing comes before the
// instant, and whoever asks after anybody has seen anything sees everything.
func TestEverythingAppearsTogether(t *testing.T) {
	rounds := 4
	if underRace {
		rounds = 2
	}
	onEach(t, func(t *testing.T, open func(*testing.T, pressOptions) *pressOffice) {
		p := open(t, pressOptions{})
		var late []time.Duration
		for round := range rounds {
			slug := fmt.Sprintf("release-%d", round)
			text := func(lang string) string { // no two rounds have a file in common, and be it a card
				return strings.Replace(plenary[lang], "\nlang:", " "+slug+"\nlang:", 1) + "\n" + slug + "\n"
			}
			p.do(201, "PUT", address(slug), text("en"))
			for _, lang := range []string{"fr", "ar"} {
				p.do(200, "PUT", address(slug)+"/languages/"+lang, text(lang))
			}
			revision := p.embargo(address(slug))
			late = append(late, p.watch(slug, revision, func() time.Time { return p.soon(address(slug)) }))
		}
		slices.Sort(late)
		t.Logf("first seen after the instant: %v at best, %v in the middle, %v at worst", late[0], late[len(late)/2], late[len(late)-1])
	})
}

// paths are all addresses at which a revision appears, and what shows it there.
func (p *pressOffice) paths(slug string, r *press.Revision) map[string]func(answered) bool {
	found := func(a answered) bool { return a.StatusCode == http.StatusOK }
	holds := func(a answered) bool { return bytes.Contains(a.body, []byte("/p/"+slug)) }
	out := map[string]func(answered) bool{"/p/" + slug: found, "/": holds, "/feeds/en.atom": holds, "/feeds/fr.atom": holds, "/sitemap.xml": holds, "/search?q=participants": holds}
	for _, e := range r.Editions {
		name := strings.TrimSuffix(e.Name, ".html") // the page in a language has its short address
		out["/p/"+slug+"/"+name] = found
		out["/p/"+slug+"/r1/"+name] = found
		out[verifyPath+"?sha256="+e.Digest] = func(a answered) bool { return bytes.Contains(a.body, []byte(`"current"`)) }
	}
	return out
}

// watch asks everywhere while a release comes, and tells how long after its instant
// it was first seen.
func (p *pressOffice) watch(slug string, r *press.Revision, release func() time.Time) time.Duration {
	p.t.Helper()
	const readers = 4
	paths := p.paths(slug, r)
	names := make([]string, 0, len(paths))
	for name := range paths {
		names = append(names, name)
	}
	var mu sync.Mutex
	var all []asked
	var done atomic.Int64 // requests that showed something
	var group sync.WaitGroup
	for reader := range readers {
		group.Go(func() {
			for i := reader; done.Load() < int64(3*len(names)) && p.t.Context().Err() == nil; i++ {
				path := names[i%len(names)]
				a := asked{path: path, start: time.Now()}
				answer := p.as(nobody, "GET", path, "")
				a.end, a.shown = time.Now(), paths[path](answer)
				if a.shown {
					done.Add(1)
				}
				mu.Lock()
				all = append(all, a)
				mu.Unlock()
			}
		})
	}
	at := release()
	group.Wait()
	return p.judge(all, at)
}

// judge finds requests that saw something before the instant, and requests that saw
// nothing though they began after others had seen something.
func (p *pressOffice) judge(all []asked, at time.Time) time.Duration {
	p.t.Helper()
	var first asked
	before := 0
	for _, a := range all {
		if a.shown && (first.end.IsZero() || a.end.Before(first.end)) {
			first = a
		}
		if !a.shown {
			before++
		}
	}
	if first.end.Before(at) {
		p.t.Errorf("%s was seen at %v, before the instant %v", first.path, first.end, at)
	}
	for _, a := range all {
		if !a.shown && a.start.After(first.end) {
			p.t.Errorf("%s was not there %v after %s had been seen", a.path, a.start.Sub(first.end), first.path)
			break
		}
	}
	if before == 0 {
		p.t.Error("nobody asked before the release")
	}
	return first.end.Sub(at).Round(time.Millisecond)
}

// TestTwoServersOfOneOffice has two servers on one database: what one does shows
// at the other.
func TestTwoServersOfOneOffice(t *testing.T) {
	database, files := postgreSQL(t), folder(t)
	one := openPress(t, pressOptions{database: database, files: files})
	other := openPress(t, pressOptions{database: database, files: files})
	path := address("of-two-servers")
	one.do(201, "PUT", path, plenary["en"])
	published := one.do(200, "POST", path+"/publish", "").Current()
	measure := func(what string, holds func() bool) {
		t.Helper()
		start := time.Now()
		other.until(what, holds)
		t.Logf("%s: seen by the other server after %v", what, time.Since(start).Round(time.Millisecond))
	}
	status := func(path string) int { return other.as(nobody, "GET", path, "").StatusCode }
	measure("publication", func() bool { return status("/p/of-two-servers") == http.StatusOK })
	for range 5 {
		one.do(200, "POST", path+"/withdraw", `{"notes": {"en": "Published in error."}}`)
		measure("withdrawal", func() bool { return status("/p/of-two-servers") == http.StatusGone })
		for _, digest := range digestsOf(published) {
			if got := other.verified(digest); got != "withdrawn" {
				t.Errorf("after the withdrawal a file is %s", got)
			}
		}
		if got := status("/p/of-two-servers/en.pdf"); got == http.StatusOK {
			t.Errorf("after the withdrawal a file is there: %d", got)
		}
		one.do(200, "POST", path+"/reinstate", "")
		measure("reinstatement", func() bool { return status("/p/of-two-servers") == http.StatusOK })
	}
	one.do(200, "POST", path+"/correct", `{"notes": {"en": "Better."}}`)
	one.embargo(path)
	at := one.soon(path)
	other.until("scheduled correction", func() bool {
		now := time.Now()
		seen := status("/p/of-two-servers/r2/en.pdf") == http.StatusOK
		if seen && time.Now().Before(at) {
			t.Errorf("the other server was early: %v before %v", now, at)
		}
		return seen
	})
	t.Logf("scheduled correction: seen by the other server %v after its instant", time.Since(at).Round(time.Millisecond))
	if got := other.verified(edition(one.do(200, "GET", path, "").Current(), "en.pdf").Digest); got != "current" {
		t.Errorf("the correction is %s", got)
	}
	one.do(204, "POST", path+"/erase", `{"reason": "A test."}`)
	measure("erasure", func() bool { return status("/p/of-two-servers") == http.StatusNotFound })
	// a key that is revoked here is refused there
	key := one.newKey("Short-lived", access.Read)
	measure("new key", func() bool { return other.with(key, "GET", publicationsPath, "").StatusCode == http.StatusOK })
}
