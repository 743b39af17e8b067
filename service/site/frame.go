package site

import "html/template"

// frame is what every page shows around its content.
type frame struct {
	*tongue
	// Title is the name of the page, empty for the index; Description is for search engines.
	Title, Description string
	Home, Search       string
	Sheet              template.CSS
	Menu, Switcher     []choice
	// Canonical and Alternates are absolute, and empty without a base URL or for a page that is not to be found.
	Canonical  string
	Alternates []choice
	Feed       string
	Hidden     bool
	// Graph is Open Graph, Data is JSON-LD; nil for none.
	Graph *graph
	Data  any
}

// room is a place of the menu.
type room uint8

const (
	elsewhere room = iota
	roomIndex
	roomVerify
)

// frame is the surroundings of a page. Self is its address in a language.
func (f *Face) frame(t *tongue, in room, title string, self func(lang string) string) frame {
	v := frame{tongue: t, Title: title, Home: f.at.index(t.tag, Filter{}, 1), Search: f.at.root + "search", Sheet: f.style.Sheet}
	v.Menu = []choice{
		{URL: v.Home, Name: t.word("site-publications"), Current: in == roomIndex},
		{URL: f.at.verify(t.tag), Name: t.word("site-verify"), Current: in == roomVerify},
	}
	if f.at.origin != "" {
		v.Feed = f.at.feed(t.tag)
	}
	if len(f.site.Languages) > 1 {
		v.Switcher = t.choices(f.site.Languages, self)
		for i := range v.Switcher {
			v.Switcher[i].Current = v.Switcher[i].Hreflang == t.tag
		}
	}
	return v
}

// found completes the frame of a page that search engines may list, under its
// address in each language and, for all others, in none.
func (f *Face) found(v *frame, self func(lang string) string) {
	if f.at.origin == "" {
		return
	}
	v.Canonical = f.at.absolute(self(v.tag))
	for _, c := range v.Switcher {
		v.Alternates = append(v.Alternates, choice{URL: f.at.absolute(c.URL), Hreflang: c.Hreflang})
	}
	if len(v.Alternates) > 0 {
		v.Alternates = append(v.Alternates, choice{URL: f.at.absolute(self("")), Hreflang: "x-default"})
	}
}

// Lang, Dir and Site are for the templates.
func (v *frame) Lang() string { return v.tag }
func (v *frame) Dir() string  { return v.dir }
func (v *frame) Site() string { return v.name }

// Word is a message of the page's language.
func (v *frame) Word(key string) string { return v.word(key) }

// Heading is the text of the title element, without characters that turn the window's title around.
func (v *frame) Heading() string {
	if v.Title == "" {
		return plain(v.name)
	}
	return isolate(v.Title) + " | " + isolate(v.name)
}
