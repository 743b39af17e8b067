// Package site owns the public face of a press office: its index, search,
// publication, verification and preview pages, its notices, feeds and site map.
// A Face turns plain values into bytes and does nothing else: it knows no HTTP,
// database, file or clock, and must never decide what may be shown. Whoever
// calls it hands in what readers may see, and nothing more. Every text that it
// is given is taken for hostile: escaped, isolated, freed of control characters.
package site

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"communique/render/kind"
	"communique/render/locale"
	"communique/render/theme"
)

// Site is the press office that publishes.
type Site struct {
	// Name is the office's name, Names the same by language where it has one there.
	Name  string
	Names map[string]string
	// BaseURL is the public address, "https://press.example.org" or with a path.
	// Without it there is no canonical address, no feed and no site map.
	BaseURL string
	// Languages are those of the pages, the first for readers of no other.
	Languages []string
	// Zone is the office's time zone; nil is UTC.
	Zone *time.Location
	// PageSize is how many publications stand on a page of a list; 0 is 25.
	PageSize int
}

// Resources are the words and the looks.
type Resources struct {
	Locales *locale.Catalog
	Kinds   *kind.Set
	Theme   *theme.Theme
}

// Page is a finished answer.
type Page struct {
	// MediaType is for Content-Type, Policy for Content-Security-Policy.
	MediaType, Policy string
	Body              []byte
}

// Face makes the pages of one office. It is safe for concurrent use.
type Face struct {
	site      Site
	resources Resources
	// at makes the addresses.
	at    addresses
	style Style
	pages map[string]*template.Template
	// tongues are the languages of the pages, by their tag.
	tongues map[string]*tongue
	matcher language.Matcher
}

const (
	htmlType    = "text/html; charset=utf-8"
	defaultSize = 25
)

// New makes the face of an office. The error says what is wrong with the site.
func New(r Resources, s Site) (*Face, error) {
	at, err := newAddresses(s.BaseURL)
	if err != nil {
		return nil, err
	}
	if s.Zone == nil {
		s.Zone = time.UTC
	}
	s.PageSize = cmp.Or(max(s.PageSize, 0), defaultSize)
	f := &Face{site: s, resources: r, at: at, tongues: map[string]*tongue{}}
	var tags []language.Tag
	for _, tag := range s.Languages {
		loc := r.Locales.Get(tag)
		if loc == nil {
			return nil, fmt.Errorf("languages: there is none with the tag %q: expected some of %s", tag, strings.Join(r.Locales.Tags(), ", "))
		}
		f.tongues[tag] = newTongue(loc, r.Locales, s)
		tags = append(tags, language.Make(tag))
	}
	if len(tags) == 0 {
		return nil, fmt.Errorf("languages: there is none: expected one or more of %s", strings.Join(r.Locales.Tags(), ", "))
	}
	f.matcher = language.NewMatcher(tags)
	if f.style, err = pageStyle(r.Theme); err != nil {
		return nil, err
	}
	f.pages, err = parsePages()
	return f, err
}

// Languages are those of the pages, the first for readers of no other.
func (f *Face) Languages() []string { return slices.Clone(f.site.Languages) }

// HasBaseURL tells whether the public address is known: without it there are no
// feeds and no site map.
func (f *Face) HasBaseURL() bool { return f.at.origin != "" }

// Language chooses the language of a page: the one that the address asks for
// (?lang=), else the best one for an Accept-Language header, else the first.
func (f *Face) Language(asked, accept string) string {
	if f.tongues[asked] != nil {
		return asked
	}
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(wanted) == 0 {
		return f.site.Languages[0]
	}
	if _, i, sure := f.matcher.Match(wanted...); sure != language.No {
		return f.site.Languages[i]
	}
	return f.site.Languages[0]
}

// speak is the language of a page, the first one for a tag that is not there.
func (f *Face) speak(lang string) *tongue {
	if t := f.tongues[lang]; t != nil {
		return t
	}
	return f.tongues[f.site.Languages[0]]
}

// label is what the kind of a document is called; empty for a kind that is unknown or has no label.
func (f *Face) label(t *tongue, name string) string {
	k, ok := f.resources.Kinds.Get(name)
	if !ok || k.Label == "" {
		return ""
	}
	return t.word(k.Label)
}

// write fills in a page. Templates are parsed at the start and write to memory:
// an error is one of the program, which tests of every page would show.
func (f *Face) write(name string, view any) Page {
	var out bytes.Buffer
	if err := f.pages[name].Execute(&out, view); err != nil {
		panic(fmt.Sprintf("page %s: %v", name, err))
	}
	return Page{MediaType: htmlType, Policy: f.style.Policy("'self'"), Body: out.Bytes()}
}

// validBase takes a public address apart.
func validBase(base string) (*url.URL, error) {
	u, err := url.Parse(base)
	if err != nil || !slices.Contains([]string{"http", "https"}, u.Scheme) || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return nil, fmt.Errorf("base URL %q: expected a public address such as https://press.example.org", base)
	}
	return u, nil
}
