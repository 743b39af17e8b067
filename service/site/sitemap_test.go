package site

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
)

// readMap reads the addresses of a part.
func readMap(t *testing.T, f *Face, items []Item, part int) (urls []mapURL, size int) {
	t.Helper()
	p, ok, err := f.Sitemap(NewCatalogue(items), part)
	if err != nil || !ok {
		t.Fatal(part, ok, err)
	}
	var set struct {
		URLs []struct {
			Loc   string    `xml:"loc"`
			Links []mapLink `xml:"http://www.w3.org/1999/xhtml link"`
		} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
	}
	if err := xml.Unmarshal(p.Body, &set); err != nil {
		t.Fatal(err)
	}
	for _, u := range set.URLs {
		urls = append(urls, mapURL{Loc: u.Loc, Links: u.Links})
	}
	return urls, len(p.Body)
}

func TestTheSiteMapNamesEveryLanguageOfEveryPage(t *testing.T) {
	f := newFace(t)
	_, items := catalogue()
	urls, _ := readMap(t, f, items, 0)
	all := map[string][]mapLink{}
	for _, u := range urls {
		if _, twice := all[u.Loc]; twice {
			t.Errorf("%s stands there twice", u.Loc)
		}
		all[u.Loc] = u.Links
	}
	for _, want := range []string{"https://press.example.org/?lang=ar", "https://press.example.org/p/plenary-ends?lang=uk", "https://press.example.org/p/plenary-ends/zh-Hans", "https://press.example.org/p/notice-1/ru"} {
		if _, ok := all[want]; !ok {
			t.Errorf("%s is missing", want)
		}
	}
	links := all["https://press.example.org/p/plenary-ends/ar"]
	if len(links) != 5 || links[4] != (mapLink{"alternate", "x-default", "https://press.example.org/p/plenary-ends/en"}) {
		t.Errorf("%+v", links)
	}
	for loc, links := range all {
		if strings.Contains(loc, "figures-2021") {
			t.Errorf("%s was withdrawn", loc)
		}
		for _, l := range links { // each page that is named names this one, too
			if back, ok := all[l.Href]; l.Hreflang != "x-default" && (!ok || len(back) != len(links)) {
				t.Errorf("%s does not name %s", l.Href, loc)
			}
		}
	}
}

func TestALargeSiteMapHasParts(t *testing.T) {
	f := newFace(t, func(s *Site) { s.Languages = []string{"en", "fr"} })
	items := many(13_000) // eight addresses each
	p, ok, err := f.Sitemap(NewCatalogue(items), 0)
	if err != nil || !ok {
		t.Fatal(err)
	}
	var index struct {
		Parts []struct {
			Loc string `xml:"loc"`
		} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemap"`
	}
	if err := xml.Unmarshal(p.Body, &index); err != nil {
		t.Fatal(err)
	}
	if len(index.Parts) < 3 {
		t.Fatalf("%d parts", len(index.Parts))
	}
	total := 0
	for n, part := range index.Parts {
		if want := fmt.Sprintf("https://press.example.org/sitemap-%d.xml", n+1); part.Loc != want {
			t.Errorf("part %d is at %s", n+1, part.Loc)
		}
		urls, size := readMap(t, f, items, n+1)
		if len(urls) > mapURLs || size > mapBytes {
			t.Errorf("part %d: %d addresses, %d bytes", n+1, len(urls), size)
		}
		total += len(urls)
	}
	if want := 2 + len(items)*8; total != want {
		t.Errorf("%d addresses, want %d", total, want)
	}
	for _, part := range []int{-1, len(index.Parts) + 1} {
		if _, ok, _ := f.Sitemap(NewCatalogue(items), part); ok {
			t.Errorf("there is a part %d", part)
		}
	}
	if _, ok, _ := f.Sitemap(NewCatalogue(items[:5]), 1); ok {
		t.Error("a small site map has a part")
	}
}

// The parts are cut by a length that their bytes must not exceed.
func TestPartsAreNoLongerThanReckoned(t *testing.T) {
	f := newFace(t)
	for _, slug := range []string{"a", "plenary-ends", strings.Repeat("%&\"ж", 30)} {
		i := many(1)[0]
		i.Slug = slug
		set := urlset{URLs: f.mapItem(nil, &i)}
		data, err := xml.Marshal(set)
		if err != nil {
			t.Fatal(err)
		}
		m, l := len(tongues), len(i.Texts)
		if most := m*f.clusterBytes(m, len(slug)) + l*f.clusterBytes(l, len(slug)); len(data) > most {
			t.Errorf("%.20q: %d bytes, %d reckoned", slug, len(data), most)
		}
	}
}
