package site

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// server answers addresses as a service would, from the sample.
type server struct {
	face *Face
	all  []Publication
	list []Item
}

// get is the page at an address; nil for a file that is no page, and false for nothing at all.
func (s *server) get(address string) (*Page, bool) {
	u, err := url.Parse(strings.TrimPrefix(address, "https://press.example.org"))
	if err != nil {
		return nil, false
	}
	q := u.Query()
	lang := s.face.Language(q.Get("lang"), "")
	number := func(name string) int { n, _ := strconv.Atoi(q.Get(name)); return n }
	found := func(p Page) (*Page, bool) { return &p, true }
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	switch parts[0] {
	case "":
		return found(s.face.Index(NewCatalogue(s.list), Query{lang, Filter{number("year"), q.Get("kind"), q.Get("in")}, number("page")}))
	case "search":
		return found(s.face.Search(Results{Lang: lang, Query: q.Get("q")}))
	case "verify":
		return found(s.face.Verify(lang, ""))
	case "feeds":
		return nil, s.face.tongues[strings.TrimSuffix(parts[1], ".atom")] != nil
	case "p":
		return s.publication(parts[1:], lang)
	}
	return nil, false
}

func (s *server) publication(parts []string, lang string) (*Page, bool) {
	for i := range s.all {
		p := &s.all[i]
		if p.Slug != parts[0] {
			continue
		}
		if len(parts) == 1 {
			page := s.face.Publication(p, lang)
			return &page, true
		}
		return nil, has(p, parts[1:])
	}
	return nil, false
}

// has tells that a publication has a file under a name, in its current revision or another.
func has(p *Publication, parts []string) bool {
	if p.gone() {
		return false
	}
	revision := p.newestFirst()[0].Number
	if len(parts) == 2 {
		if _, err := fmt.Sscanf(parts[0], "r%d", &revision); err != nil {
			return false
		}
	}
	for _, r := range p.Revisions {
		for _, e := range r.Editions {
			if e = newUsual(e); r.Number == revision && e.Name() == parts[len(parts)-1] {
				return true
			}
		}
	}
	return false
}

// newUsual is an edition under the name that addresses have: a report is the default product.
func newUsual(e Edition) Edition {
	if e.Product == "report" {
		e.Product = ""
	}
	return e
}

// links are those that a page leads to.
func links(t *testing.T, body []byte) (out []string) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			image := a.Key == "content" && strings.HasPrefix(a.Val, "https://press")
			if a.Key == "href" || a.Key == "action" || image {
				out = append(out, a.Val)
			}
		}
	}
	return out
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	all, items := catalogue()
	s := &server{newFace(t, func(s *Site) { s.PageSize = 2 }), all, items}
	seen, open := map[string]bool{}, []string{"/"}
	for len(open) > 0 {
		address := open[0]
		open = open[1:]
		page, ok := s.get(address)
		if !ok {
			t.Errorf("nothing is at %s", address)
		}
		if page == nil {
			continue
		}
		for _, l := range links(t, page.Body) {
			if l, _, _ = strings.Cut(l, "#"); l != "" && !seen[l] {
				seen[l] = true
				open = append(open, l)
			}
		}
	}
	for _, l := range []string{"/?lang=ar", "/?lang=en&page=3", "/p/notice-0?lang=zh-Hans", "/p/plenary-ends/r1/fr.pdf", "/p/plenary-ends/ar.decisions.pdf", "/feeds/uk.atom", "https://press.example.org/p/plenary-ends/en.card.png"} {
		if !seen[l] {
			t.Errorf("nothing leads to %s", l)
		}
	}
	for l := range seen {
		if strings.HasPrefix(l, "/p/figures-2021/") {
			t.Errorf("%s was withdrawn", l)
		}
	}
}

func TestASiteBelowAPathKeepsItsLinksThere(t *testing.T) {
	f := newFace(t, func(s *Site) { s.BaseURL = "https://example.org/press/" })
	for name, p := range everyPage(f, "en") {
		for _, l := range links(t, p.Body) {
			l = strings.TrimPrefix(l, "https://example.org")
			if l != "#content" && !strings.HasPrefix(l, "/press/") {
				t.Errorf("%s: %s", name, l)
			}
		}
	}
}
