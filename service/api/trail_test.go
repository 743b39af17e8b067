package api

import (
	"fmt"
	"strings"
	"testing"

	"communique/service/access"
	"communique/service/press"
)

// page is one page of the trail.
func (p *pressOffice) page(path, query string) (page Trail) {
	p.t.Helper()
	a := p.as(access.Admin, "GET", path+"?"+query, "")
	if a.StatusCode != 200 {
		p.t.Fatalf("%s: status %d: %s", query, a.StatusCode, a.body)
	}
	p.read(a, &page)
	return page
}

func TestTheTrailEndsWithItsLastLine(t *testing.T) {
	p := published(t, pressOptions{})
	path := address("kimberley-2023") + "/audit"
	for limit, pages := range map[int]int{1: 2, 2: 1, 3: 1} {
		lines, query := 0, fmt.Sprint("limit=", limit)
		for n := 1; ; n++ {
			page := p.page(path, query)
			lines += len(page.Items)
			if page.Next == "" {
				if n != pages || lines != 2 {
					t.Errorf("two lines by %d come as %d lines on %d pages", limit, lines, n)
				}
				break
			}
			query = fmt.Sprintf("limit=%d&cursor=%s", limit, page.Next)
		}
	}
}

func TestTheTrailIsFiltered(t *testing.T) {
	p := published(t, pressOptions{})
	erased := p.as(access.Draft, "PUT", address("erased"), english)
	var publication press.Publication
	p.read(erased, &publication)
	p.do(204, "POST", address("erased")+"/erase", `{"reason": "Order 12/2026 of the court"}`)
	actor := strings.Split(p.keys[access.Draft], "_")[1]
	actions := func(query string) (out string) {
		for _, e := range p.page(auditPath, query).Items {
			out += " " + string(e.Action)
		}
		return strings.TrimSpace(out)
	}
	for query, want := range map[string]string{
		"publication=" + publication.ID:                                    "save erase",
		"actor=" + actor:                                                   "save",
		"publication=" + publication.ID + "&actor=" + actor:                "save",
		"publication=" + publication.ID + "&actor=nobody":                  "",
		"publication=" + strings.Repeat("0", 26):                           "",
		"publication=" + publication.ID + "&limit=1&cursor=" + cursor(1e9): "",
	} {
		if got := actions(query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	for _, query := range []string{"publication=kimberley-2023", "publication=", "actor=", "actor=%00", "actor=%ff", "actor=" + strings.Repeat("a", maxActor+1)} {
		p.refused(p.as(access.Admin, "GET", auditPath+"?"+query, ""), invalidParameter)
	}
	p.refused(p.as(access.Admin, "GET", address("kimberley-2023")+"/audit?actor="+actor, ""), invalidParameter, "limit, cursor")
}
