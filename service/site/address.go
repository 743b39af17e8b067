package site

import (
	"net/url"
	"strconv"
	"strings"

	"communique/render"
)

// addresses makes the addresses of the public face; nothing else spells one.
type addresses struct {
	// origin is scheme and host, empty without a base URL; root begins and ends with a slash.
	origin, host, root string
}

func newAddresses(base string) (addresses, error) {
	if base == "" {
		return addresses{root: "/"}, nil
	}
	u, err := validBase(base)
	if err != nil {
		return addresses{}, err
	}
	return addresses{origin: u.Scheme + "://" + u.Host, host: u.Hostname(), root: strings.TrimSuffix(u.EscapedPath(), "/") + "/"}, nil
}

// absolute is the full address of one on this site; empty without a base URL.
func (a addresses) absolute(path string) string {
	if a.origin == "" {
		return ""
	}
	return a.origin + path
}

// query is an address with its parameters, in the order given; empty values are left out.
func query(path string, pairs ...string) string {
	var b strings.Builder
	b.WriteString(path)
	sign := byte('?')
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			b.WriteByte(sign)
			b.WriteString(pairs[i] + "=" + url.QueryEscape(pairs[i+1]))
			sign = '&'
		}
	}
	return b.String()
}

// pageNumber is a page in an address: the first has none.
func pageNumber(n int) string {
	if n <= 1 {
		return ""
	}
	return strconv.Itoa(n)
}

func (a addresses) index(lang string, f Filter, page int) string {
	year := ""
	if f.Year != 0 {
		year = strconv.Itoa(f.Year)
	}
	return query(a.root, "lang", lang, "year", year, "kind", f.Kind, "in", f.Language, "page", pageNumber(page))
}

func (a addresses) search(lang, text string, page int) string {
	return query(a.root+"search", "lang", lang, "q", text, "page", pageNumber(page))
}

func (a addresses) verify(lang string) string { return query(a.root+"verify", "lang", lang) }

func (a addresses) feed(lang string) string { return a.root + "feeds/" + lang + ".atom" }

func (a addresses) sitemap(part int) string {
	if part == 0 {
		return a.root + "sitemap.xml"
	}
	return a.root + "sitemap-" + strconv.Itoa(part) + ".xml"
}

func (a addresses) publication(slug, lang string) string {
	return query(a.root+"p/"+url.PathEscape(slug), "lang", lang)
}

func (a addresses) preview(token, lang string) string {
	return query(a.root+"preview/"+url.PathEscape(token)+"/", "lang", lang)
}

// edition is where a file stands: below a publication, one of its revisions, or a preview.
func (a addresses) edition(below string, e Edition) string { return below + "/" + e.Name() }

func (a addresses) current(slug string) string { return a.publication(slug, "") }

func (a addresses) revision(slug string, n int) string {
	return a.publication(slug, "") + "/r" + strconv.Itoa(n)
}

// Name is the file's name below its publication: "en" for the web page, "en.pdf",
// "en.decisions.html" for another product of a record, "data.json" for data of no language.
func (e Edition) Name() string {
	name, extension := url.PathEscape(e.Lang), url.PathEscape(string(e.Format))
	switch {
	case e.Lang == "":
		return extension
	case e.Format == render.Card:
		extension = "card.png"
	case e.Format == render.HTML && e.Product == "":
		return name
	}
	if e.Product != "" {
		name += "." + url.PathEscape(e.Product)
	}
	return name + "." + extension
}
