package site

import (
	"encoding/xml"
	"time"
)

// Limits of a site map (sitemaps.org): addresses, and bytes.
const (
	mapURLs  = 50_000
	mapBytes = 50 << 20
)

const mapType = "application/xml; charset=utf-8"

// urlset is a part of the site map.
type urlset struct {
	XMLName xml.Name `xml:"urlset"`
	Space   string   `xml:"xmlns,attr"`
	XHTML   string   `xml:"xmlns:xhtml,attr"`
	URLs    []mapURL `xml:"url"`
}

type mapURL struct {
	Loc   string    `xml:"loc"`
	Mod   string    `xml:"lastmod,omitempty"`
	Links []mapLink `xml:"xhtml:link"`
}

type mapLink struct {
	Rel      string `xml:"rel,attr"`
	Hreflang string `xml:"hreflang,attr"`
	Href     string `xml:"href,attr"`
}

// mapIndex names the parts of a site map that is too large for one file.
type mapIndex struct {
	XMLName xml.Name `xml:"sitemapindex"`
	Space   string   `xml:"xmlns,attr"`
	Parts   []mapURL `xml:"sitemap"`
}

const mapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// Sitemap is sitemap.xml for part 0: everything, or an index of the parts from
// 1 on where one file does not hold it. It is false for a part that is not
// there. Withdrawn publications are left out: their pages are not to be found.
func (f *Face) Sitemap(c *Catalogue, part int) (page Page, ok bool, err error) {
	if f.at.origin == "" {
		return Page{}, false, ErrNoBaseURL
	}
	parts := f.mapParts(c.items)
	set := urlset{Space: mapSpace, XHTML: "http://www.w3.org/1999/xhtml"}
	switch {
	case part < 0 || part > len(parts) || part > 0 && len(parts) == 1:
		return Page{}, false, nil
	case part == 0 && len(parts) > 1:
		index := mapIndex{Space: mapSpace}
		for n, p := range parts {
			index.Parts = append(index.Parts, mapURL{Loc: f.at.absolute(f.at.sitemap(n + 1)), Mod: machine(p.updated)})
		}
		page, err = xmlPage(mapType, index)
		return page, true, err
	}
	p := parts[max(part, 1)-1]
	if p.from == 0 {
		set.URLs = f.cluster(set.URLs, f.site.Languages, "", time.Time{}, func(lang string) string { return f.at.index(lang, Filter{}, 1) })
	}
	for n := p.from; n < p.to; n++ {
		set.URLs = f.mapItem(set.URLs, &c.items[n])
	}
	page, err = xmlPage(mapType, set)
	return page, true, err
}

// mapPart is the items of one file.
type mapPart struct {
	from, to int
	updated  time.Time
}

// mapParts spreads items over files by the addresses that they have, and by a
// length that they do not exceed.
func (f *Face) mapParts(items []Item) []mapPart {
	m := len(f.site.Languages)
	urls, bytes := m, m*f.clusterBytes(m, 0)
	parts := []mapPart{{}}
	for n := range items {
		i := &items[n]
		p := &parts[len(parts)-1]
		if !i.Withdrawn {
			l := len(i.Texts)
			addURLs := m + l
			addBytes := m*f.clusterBytes(m, len(i.Slug)) + l*f.clusterBytes(l, len(i.Slug))
			if urls+addURLs > mapURLs || bytes+addBytes > mapBytes-1000 {
				parts = append(parts, mapPart{from: n})
				p, urls, bytes = &parts[len(parts)-1], 0, 0
			}
			urls, bytes = urls+addURLs, bytes+addBytes
			if i.Updated.After(p.updated) {
				p.updated = i.Updated
			}
		}
		p.to = n + 1
	}
	return parts
}

// clusterBytes is the most that one address takes with its alternates: a slug's
// byte is at most three in an address, a language's tag at most 35 characters.
func (f *Face) clusterBytes(alternates, slug int) int {
	const around, tag = 120, 35
	return (alternates + 2) * (around + 2*tag + 3*slug + len(f.at.origin) + len(f.at.root))
}

// mapItem adds the page of a publication and its editions.
func (f *Face) mapItem(urls []mapURL, i *Item) []mapURL {
	if i.Withdrawn {
		return urls
	}
	urls = f.cluster(urls, f.site.Languages, "", i.Updated, func(lang string) string { return f.at.publication(i.Slug, lang) })
	original, _ := pick(i.Texts, textLang, i.Original)
	return f.cluster(urls, i.languages(), original.Lang, i.Updated, func(lang string) string {
		return f.at.edition(f.at.current(i.Slug), f.webPage(i, lang))
	})
}

// cluster adds the same page in several languages. All name each other, and the
// address for readers of another language.
func (f *Face) cluster(urls []mapURL, tags []string, fallback string, updated time.Time, address func(lang string) string) []mapURL {
	var links []mapLink
	if len(tags) > 1 {
		for _, tag := range tags {
			links = append(links, mapLink{"alternate", tag, f.at.absolute(address(tag))})
		}
		links = append(links, mapLink{"alternate", "x-default", f.at.absolute(address(fallback))})
	}
	for _, tag := range tags {
		urls = append(urls, mapURL{f.at.absolute(address(tag)), machine(updated), links})
	}
	return urls
}

// Robots is robots.txt: what no crawler needs, and where the site map is.
func (f *Face) Robots() Page {
	text := "User-agent: *\nDisallow: " + f.at.root + "preview/\nDisallow: " + f.at.root + "search\n"
	if f.at.origin != "" {
		text += "\nSitemap: " + f.at.absolute(f.at.sitemap(0)) + "\n"
	}
	return Page{MediaType: "text/plain; charset=utf-8", Policy: "default-src 'none'; frame-ancestors 'none'", Body: []byte(text)}
}
